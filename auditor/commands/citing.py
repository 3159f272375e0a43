"""The command that says how a run is cited, and keeps its evidence for those who cite it."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

import typer

from auditor.commands.shared import CONFIG, ConfigOption, LangOption, RunOption, UsageError, app, history_of

Style = Literal["apa", "bibtex", "ris", "csl"]


@app.command()
def cite(
    config: ConfigOption = CONFIG,
    run: RunOption = None,
    style: Annotated[Style, typer.Option("--style", help="How the reference is written.")] = "apa",
    pinned: Annotated[bool, typer.Option("--pin", help="Keep the evidence of this run for good.")] = False,
    lang: LangOption = "en",
) -> None:
    """How to cite this score."""
    from auditor.pins import pin
    from reports.languages import languages
    from reports.researcher import citation

    settings, history = history_of(config)
    row = history.run(settings.body.code, run)
    if row.low is None or row.high is None or row.coverage is None:
        raise UsageError(f"run {row.run} has no score to cite; `auditor runs` lists those that have one")
    record = citation.Citation(
        settings.body.name,
        row.body,
        row.run,
        row.at.astimezone(ZoneInfo(settings.body.timezone)),
        row.low,
        row.high,
        row.coverage,
        row.catalogue,
        row.auditor,
        row.digest,
        partial=bool(row.only),
    )
    if style == "apa":
        language = next((one for one in languages() if one.code == lang), None)
        if language is None:
            raise UsageError(f"--lang {lang!r} is neither id nor en")
        typer.echo(citation.apa(record, language))
    else:
        written = {"bibtex": citation.bibtex, "ris": citation.ris, "csl": citation.csl}
        typer.echo(written[style](record), nl=False)
    if pinned:
        pin(settings.storage.data, row.body, row.run)
        typer.echo(f"run {row.run} is pinned: `auditor prune` keeps its evidence", err=True)
