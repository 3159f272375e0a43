"""Writes docs/commands.md from the command line, docs/configuration.md from config.py: `python -m auditor.reference`.

`--check` writes nothing and says what is behind.
"""

from __future__ import annotations

import json
import sys
import typing
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import typer.main
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

DOCS = Path(__file__).parent.parent / "docs"
MADE = "<!-- Made by `python -m auditor.reference` (make docs). Change the code, not this page. -->"

MEANING = {
    "body.code": "Kemendagri code, `32.71`",
    "body.name": "as people write it",
    "body.timezone": "in which nights, dates and `--at` are meant",
    "body.units": 'the OPD: names, or `[name, other names …]`, or `{ file = "units.csv" }`',
    "sites.id": "short name in messages and files",
    "sites.url": "may be absent: its findings are then `unknown`, `human-address-not-known`",
    "sites.name": "as the report calls it",
    "sites.unit": "the OPD that answers for it; what is found there is asked of it",
    "sites.hosts": "further hosts that belong to it",
    "sites.audience": "`staff` for what citizens need not see",
    "sites.lifecycle": "`archived` when it has ended",
    "sites.started": "the day on which it began, where it is known",
    "sites.ended": "the day on which it ended",
    "sites.max_bytes_per_site": "so many bytes a night at most, instead of those of `[network]`",
    "sites.max_pages": "so many pages a night at most",
    "network.contact": "goes into the User-Agent: `mailto:…` or a page",
    "network.delay_seconds": "per host, start of one request to start of the next",
    "network.timeout_seconds": "for one answer",
    "network.allow_private": "private and loopback networks that may be asked, e.g. `127.0.0.0/8`",
    "network.workers": "requests under way at a time, over all hosts",
    "network.max_bytes": "of one answer; what is longer is kept as truncated",
    "network.max_seconds_per_site": "of one night",
    "network.max_bytes_per_site": "of one night",
    "network.second_chance_seconds": "after what time a site that did not answer is asked once more",
    "network.browser": "pages that draw themselves are rendered (needs Chromium)",
    "network.second_vantage": "a proxy that is asked once more before a site is called gone",
    "network.despite_tls": "pages behind a broken certificate are read all the same, and marked",
    "network.retries": "of what failed for a passing reason",
    "network.obey_api_robots": "false when the owner of a portal agrees that its API is asked",
    "storage.data": "evidence, state, log",
    "storage.database": "SQLite or PostgreSQL, as a URL",
    "storage.public": "the published site",
    "storage.database_wait_seconds": "how long a locked or absent database is waited for",
    "storage.keep_days": "`auditor prune` takes evidence that is older; 0 keeps all",
    "storage.evidence": "where evidence is copied to after a night, as an fsspec URL",
    "read.ocr": "first pages of scans by tesseract: a hint, never evidence",
    "schedule.cron": "minute hour day month weekday (a name)",
    "notify.urls": "Apprise addresses of the operator",
    "notify.units": "owner of findings -> its own addresses",
    "memento.timegate": "a web archive (RFC 7089), asked for the last copy of what is gone; `{url}` or behind it",
    "memento.timemap": "the same by its list of copies",
    "memento.most_per_site": "so many questions to it for one site and night",
    "publish.objection_days": "a run stays a draft that long, so that officers can answer first",
    "publish.follow_up": "folder of follow-up lists (findings.xlsx) that officers sent back; empty: none is read",
}


def commands() -> str:
    """The page of commands, as the program itself describes them."""
    from auditor.cli import app

    root: Any = typer.main.get_command(app)
    lines = ["# Commands", "", MADE, "", f"`auditor [OPTIONS] COMMAND`. {root.help}", ""]
    lines += _options(root)
    for name, command in sorted(root.commands.items()):
        lines += ["", f"## auditor {name}", "", *_said(command.help)]
        lines += ["", *_options(command)] if command.params else []
        for below, inner in sorted((getattr(command, "commands", None) or {}).items()):
            lines += ["", f"### auditor {name} {below}", "", *_said(inner.help), "", *_options(inner)]
    lines += ["", "Exit codes: 0 done, 1 not completed, 2 usage or configuration, 3 another run holds the lock, "
                  "130 interrupted."]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _said(text: str | None) -> list[str]:
    return [" ".join(part.split()) for part in (text or "").split("\n\n") if part.strip()]


def _options(command: Any) -> list[str]:
    rows = []
    for one in command.params:
        if one.name == "help" or getattr(one, "hidden", False):
            continue
        names = ", ".join(f"`{name}`" for name in (*one.opts, *one.secondary_opts))
        if one.param_type_name == "argument":
            names = f"`{one.metavar or one.name.upper()}`"
        elif one.metavar:
            names += f" {one.metavar}"
        usual = one.default
        shown = "" if usual is None or usual is False or callable(usual) or usual == () else f" (default `{usual}`)"
        rows.append(f"| {_cell(names)} | {_cell(getattr(one, 'help', None) or '')}{'' if one.required else shown} |")
    return ["| | |", "|---|---|", *rows] if rows else []


def configuration() -> str:
    """The page of config.toml, as config.py checks it."""
    from auditor.config import _File

    lines = ["# config.toml", "", MADE, "",
             "Relative paths are relative to the file. An unknown key is an error that names the nearest known one.",
             "", *_tables(_File)]  # fmt: skip
    return "\n".join(lines).rstrip() + "\n"


def _tables(file: type[BaseModel]) -> Iterator[str]:
    for name, found in file.model_fields.items():
        model, several = _model(found.annotation)
        if model is None:
            continue
        yield from (f"## {'[[' if several else '['}{name}{']]' if several else ']'}", "")
        yield from ("| key | default | |", "|---|---|---|")
        for key, entry in model.model_fields.items():
            yield f"| `{key}` | {_default(entry)} | {_cell(_meaning(f'{name}.{key}', entry))} |"
        yield ""


def _model(annotation: Any) -> tuple[type[BaseModel] | None, bool]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, False
    for inner in typing.get_args(annotation):
        model, _ = _model(inner)
        if model is not None:
            return model, typing.get_origin(annotation) is list
    return None, False


def _default(entry: FieldInfo) -> str:
    if entry.is_required():
        return "needed"
    value = entry.default
    if value is PydanticUndefined:
        value = entry.default_factory() if entry.default_factory else None  # type: ignore[call-arg]
    return "–" if value is None else f"`{json.dumps(value, default=str)}`"


def _meaning(key: str, entry: FieldInfo) -> str:
    choices = [f"`{word}`" for word in _choices(entry.annotation)]
    said = MEANING.get(key) or entry.description or ""
    return "; ".join(part for part in (" ".join(choices), said) if part)


def _choices(annotation: Any) -> list[str]:
    if typing.get_origin(annotation) is typing.Literal:
        return [str(word) for word in typing.get_args(annotation)]
    return [word for inner in typing.get_args(annotation) for word in _choices(inner)]


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def main(arguments: Sequence[str]) -> int:
    """Writes both pages, or with `--check` only compares; returns the exit code."""
    behind = 0
    for name, text in (("commands.md", commands()), ("configuration.md", configuration())):
        path = DOCS / name
        if "--check" not in arguments:
            path.write_text(text, encoding="utf-8")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            sys.stderr.write(f"docs/{name} is not what the program says; run `make docs`\n")
            behind = 1
    return behind


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
