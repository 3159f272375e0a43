"""Templates to bytes: one environment a language, everything from outside escaped and neutralised."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname, relpath
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from reports import labels
from reports.languages import Language
from reports.safe import clip, href, plain


class Here:
    """Where a page stands, for links that work from any web server, sub-path or folder.

    `path` is the Indonesian path under the published site; the other language has the same below its code.
    """

    def __init__(self, path: str, language: Language, assets: Mapping[str, str]) -> None:
        self.path = path
        self.language = language
        self._folder = dirname(language.prefix + path)
        self._assets = assets

    def page(self, path: str) -> str:
        """The way to a page of the same language."""
        return self.file(self.language.prefix + path)

    def file(self, path: str) -> str:
        """The way to a file that both languages share."""
        return relpath(path, self._folder or ".")

    def other(self, language: Language) -> str:
        """The way to this page in another language."""
        return self.file(language.prefix + self.path)

    def asset(self, name: str) -> str:
        return self.file(self._assets[name])


def environment(language: Language) -> Environment:
    """The templates in one language."""
    made = Environment(
        loader=PackageLoader("reports", "website/templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(language.words, newstyle=True)  # type: ignore[attr-defined]
    made.filters.update(
        say=language.say,
        number=language.number,
        gain=language.gain,
        percent=language.percent,
        day=language.day,
        day_of_year=language.day_of_year,
        weekday=language.weekday,
        time=language.time,
        href=href,
        clip=clip,
    )
    made.globals.update(
        STATUS=labels.STATUS,
        SIGN=labels.SIGN,
        STATE=labels.STATE,
        KIND=labels.KIND,
        OUTCOME=labels.OUTCOME,
        ROLE=labels.ROLE,
        RULE=labels.RULE,
        ITEM=labels.ITEM,
        LEVEL=labels.LEVEL,
        FLAW=labels.FLAW,
        BASIS=labels.BASIS,
        whose=labels.whose,
        language=language,
    )
    return made


def render(templates: Environment, template: str, **context: Any) -> bytes:
    """A page as UTF-8. What steers a display is taken out of the whole of it, wherever it came from."""
    return plain(templates.get_template(template).render(**context)).encode("utf-8")
