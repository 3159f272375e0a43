"""Commands that audit: run, demo, report, rescore."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from auditor.commands.shared import (
    CONFIG,
    AtOption,
    ConfigOption,
    JsonOption,
    LangOption,
    RunOption,
    UsageError,
    app,
    evidence_of,
    history_of,
    moment,
    roles,
)
from auditor.config import load


@app.command("run")
def run_command(
    config: ConfigOption = CONFIG,
    at: AtOption = None,
    only: Annotated[str | None, typer.Option("--only", help="Only these roles.", metavar="ROLE[,ROLE]")] = None,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """One audit of the body in config.toml."""
    from auditor import audit
    from auditor.console import ending, live
    from auditor.console.telling import telling

    settings = load(config)
    with (
        live.stopping() as stop,
        live.progress(settings, silent=as_json) as progress,
        telling(settings, partial=bool(only)) as tell,
    ):
        outcome = audit.run(
            settings,
            started=datetime.now(UTC),
            at=moment(at, settings),
            only=roles(only),
            progress=progress,
            stop=stop,
        )
        tell(outcome)
    ending.summary(outcome, settings, lang=lang, as_json=as_json)
    if not outcome.answered:
        raise typer.Exit(1)


@app.command()
def demo(
    nights: Annotated[int, typer.Option("--nights", min=1, help="How many nights.")] = 2,
    directory: Annotated[Path, typer.Option("--dir", help="Everything is written under it.")] = Path("demo"),
    lang: LangOption = "en",
) -> None:
    """Audit Kota Contoh, a city that ships with the auditor, over real HTTP on this machine."""
    from auditor.demo.nights import run_nights

    run_nights(directory, nights, lang=lang)


@app.command()
def report(config: ConfigOption = CONFIG, run: RunOption = None) -> None:
    """Build the published site again from history and evidence."""
    from auditor.audit import cache_folder, evidence_folder
    from auditor.facts_cache import FactsCache
    from auditor.judged import judge_evidence
    from auditor.publish import publish_run
    from checks.catalogue import load as load_catalogue

    settings, history = history_of(config)
    catalogue = load_catalogue()
    chosen = [history.run(settings.body.code, run)] if run else history.judged(settings.body.code)
    if not chosen:
        raise UsageError("no run has been judged yet; `auditor run` makes one")
    memory = FactsCache(cache_folder(settings))
    for row in chosen:
        judged = judge_evidence(evidence_folder(settings, row.run), catalogue, memory=memory)
        if catalogue.version != row.catalogue:
            typer.echo(
                f"run {row.run} was judged by catalogue {row.catalogue}; its report is left as published "
                f"(`auditor rescore --run {row.run}` judges it by {catalogue.version})",
                err=True,
            )
            continue
        typer.echo(publish_run(judged, catalogue, settings, history))


@app.command()
def rescore(
    config: ConfigOption = CONFIG,
    run: RunOption = None,
    at: AtOption = None,
    criteria: Annotated[Path | None, typer.Option("--criteria", help="Another catalogue.", metavar="DIR")] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Write score.json and findings.json here.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a past run again from its evidence alone: no network, no database."""
    from auditor.console import listing
    from auditor.facts_cache import FactsCache
    from auditor.judged import judge_evidence
    from checks.catalogue import load as load_catalogue
    from reports.findings_json import findings_json
    from reports.score_json import score_json

    settings = load(config)
    catalogue = load_catalogue(criteria)
    memory = FactsCache(settings.storage.data / "cache", writes=False)
    judged = judge_evidence(evidence_of(settings, run), catalogue, moment(at, settings), memory)
    scored = score_json(judged.judgement, catalogue)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "score.json").write_bytes(scored)
        (out / "findings.json").write_bytes(findings_json(judged.judgement))
    if as_json:
        sys.stdout.buffer.write(scored)
    else:
        listing.rescored(judged, settings, scored)
