"""Commands that look into history: runs, findings, score, documents, datasets, diff."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.commands.shared import (
    CONFIG,
    ConfigOption,
    JsonOption,
    LangOption,
    RunOption,
    app,
    history_of,
    night_before,
)
from auditor.console import listing
from auditor.drafts import waiting


@app.command()
def runs(config: ConfigOption = CONFIG, as_json: JsonOption = False) -> None:
    """All runs, newest first."""
    settings, history = history_of(config)
    drafts = waiting(settings.storage.data)
    listing.table_of_runs(history.runs(settings.body.code), drafts, as_json=as_json)


@app.command()
def findings(
    config: ConfigOption = CONFIG,
    run: RunOption = None,
    status: Annotated[str | None, typer.Option("--status", help="met partly unmet unknown not-applicable")] = None,
    site: Annotated[str | None, typer.Option("--site", help="Only findings about this site id.")] = None,
    unit: Annotated[str | None, typer.Option("--unit", help="Only findings about this OPD.")] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV on stdout.")] = False,
    lang: LangOption = "en",
) -> None:
    """The findings of a run."""
    settings, history = history_of(config)
    row = history.run(settings.body.code, run)
    chosen = [
        finding
        for finding in history.findings(row.body, row.run)
        if status in (None, finding["status"]) and site in (None, finding["site"]) and unit in (None, finding["unit"])
    ]
    listing.findings(chosen, lang=lang, as_json=as_json, as_csv=as_csv)


@app.command()
def score(config: ConfigOption = CONFIG, run: RunOption = None, as_json: JsonOption = False) -> None:
    """The score of a run, as an interval."""
    settings, history = history_of(config)
    row = history.run(settings.body.code, run)
    folder = settings.storage.public / row.body
    drafted = row.run in waiting(settings.storage.data)
    published = folder / (f"draf/{row.run}" if drafted else row.run) / "score.json"
    listing.score(row, published.read_bytes() if published.exists() else None, as_json=as_json)


@app.command()
def documents(config: ConfigOption = CONFIG, run: RunOption = None, as_json: JsonOption = False) -> None:
    """The documents that a run found."""
    settings, history = history_of(config)
    listing.rows(history.run(settings.body.code, run).documents, "documents", as_json=as_json)


@app.command()
def datasets(config: ConfigOption = CONFIG, run: RunOption = None, as_json: JsonOption = False) -> None:
    """The datasets that a run found."""
    settings, history = history_of(config)
    listing.rows(history.run(settings.body.code, run).datasets, "datasets", as_json=as_json)


@app.command()
def diff(
    first: Annotated[str | None, typer.Argument(metavar="A", help="Older run (default: the one before B).")] = None,
    second: Annotated[str | None, typer.Argument(metavar="B", help="Newer run (default: the latest).")] = None,
    config: ConfigOption = CONFIG,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """What differs between two runs: what the city changed, apart from what we could or could not see."""
    settings, history = history_of(config)
    nights = history.series(settings.body.code)
    newer = history.run(settings.body.code, second or (nights[-1].run if nights else None))
    older = history.run(newer.body, first) if first else night_before(nights, newer.run)
    listing.difference(older, newer, history, as_json=as_json, lang=lang)
