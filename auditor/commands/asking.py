"""Commands about what is asked: criteria, classify, check-table."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.shared import (
    CONFIG,
    AtOption,
    ConfigOption,
    JsonOption,
    LangOption,
    UsageError,
    app,
    day_of,
    readable,
)
from auditor.config import load
from auditor.console.lines import nearest


@app.command("criteria")
def criteria_command(
    action: Annotated[str, typer.Argument(metavar="[list|show]")] = "list",
    criterion: Annotated[str | None, typer.Argument(metavar="ID")] = None,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """The catalogue: what is asked, by which article, how it is measured."""
    from auditor.console import entries
    from checks.catalogue import load as load_catalogue

    catalogue = load_catalogue()
    if action == "list":
        entries.criteria(catalogue, as_json=as_json, lang=lang)
    elif action == "show" and criterion:
        known = {c.id: c for c in catalogue.criteria}
        if criterion not in known:
            raise UsageError(f"no criterion {criterion!r}; {nearest(criterion, known)}")
        entries.criterion(known[criterion], as_json=as_json, lang=lang)
    else:
        raise UsageError("write `auditor criteria list` or `auditor criteria show ID`")


@app.command()
def classify(
    file: Annotated[str, typer.Argument(metavar="[FILE|-]", help="One title a line; - is standard input.")] = "-",
    config: ConfigOption = CONFIG,
) -> None:
    """What each document title or link text names: kind, years, period, unit, as JSON lines."""
    from auditor.read.titles import classify_line

    units = load(config).body.units if config.exists() else ()
    stream = sys.stdin.buffer if file == "-" else readable(Path(file)).open("rb")
    with stream:
        for line in stream:
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            typer.echo(json.dumps(classify_line(text, units), ensure_ascii=False))


@app.command("check-table")
def check_table_command(
    file: Annotated[Path, typer.Argument(help="A CSV, XLSX, ODS or JSON table.")],
    schema: Annotated[str | None, typer.Option("--schema", help="Schema (default: found by the columns).")] = None,
    at: AtOption = None,
    as_json: JsonOption = False,
    lang: LangOption = "id",
) -> None:
    """A table against the schemas: what is wrong, row by row, before it is published."""
    from auditor.console import entries
    from auditor.tables import basis_of, check_file

    day = day_of(at)
    try:
        table = check_file(readable(file), day, schema)
        basis = basis_of(table)
    except ValueError as error:
        raise UsageError(f"{file}: {error}") from None
    entries.table(table, basis, as_json=as_json, lang=lang)
    if table.error_count:
        raise typer.Exit(1)
