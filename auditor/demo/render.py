"""The templates of Kota Contoh's pages. Autoescaping is on; a missing name is an error, not an empty string."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from auditor.demo.answer import Answer, html
from auditor.demo.clock import long_date
from auditor.demo.invented import rupiah

_TEMPLATES = Path(__file__).parent / "templates"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["rupiah"] = rupiah
    environment.filters["tanggal"] = long_date
    return environment


def page(template: str, status: int = 200, **values: object) -> Answer:
    """The page that a template draws. Raises jinja2.UndefinedError when it needs a value that was not given."""
    return html(_environment().get_template(template).render(**values), status)


def asset(name: str) -> bytes:
    """A file that lies beside the templates as it is, e.g. a style sheet."""
    return (_TEMPLATES / name).read_bytes()
