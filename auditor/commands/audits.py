"""Commands that audit: run, demo, report, rescore."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

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
    told_gone,
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
    later = audit.later_runs(settings, outcome.judgement)
    ending.summary(outcome, settings, lang=lang, as_json=as_json, later=later)
    if later and not as_json:
        typer.echo(
            f"this run is dated {outcome.judgement.facts.at.isoformat()}, before run {later[-1]} that is already "
            "there: if nobody asked for that with --at, this machine's clock was set back; set it right. "
            "The latest result stays the later one",
            err=True,
        )
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
def report(config: ConfigOption = CONFIG, run: RunOption = None, at: AtOption = None) -> None:
    """Build the published site again from history and evidence; drafts whose window has closed are published."""
    from auditor.audit import cache_folder, publish_closed, recall_drafts
    from auditor.banner import tell_readers
    from auditor.drafts import remember, still_open
    from auditor.facts_cache import FactsCache
    from auditor.follow_up import follow_up
    from auditor.judged import judge_evidence
    from auditor.mirror import evidence_kept
    from auditor.publish import publish_run
    from auditor.retention import pruned
    from checks.catalogue import load as load_catalogue

    settings, history = history_of(config)
    catalogue = load_catalogue()
    chosen = [history.run(settings.body.code, run)] if run else history.judged(settings.body.code)
    if not chosen:
        raise UsageError("no run has been judged yet; `auditor run` makes one")
    today = (moment(at, settings) or datetime.now(ZoneInfo(settings.body.timezone))).date()
    if not (settings.storage.data / "drafts.json").exists():
        recall_drafts(settings, [row.run for row in chosen], today)
    publish_closed(catalogue, settings, history, today)
    memory = FactsCache(cache_folder(settings))
    gone = pruned(settings.storage.data)
    for row in chosen:
        folder = evidence_kept(settings, row.run)
        if row.run in gone and not folder.is_dir():
            if run:
                told_gone(settings, row.run)
            continue
        judged = judge_evidence(folder, catalogue, memory=memory)
        if catalogue.version != row.catalogue:
            typer.echo(
                f"run {row.run} was judged by catalogue {row.catalogue}; its report is left as published "
                f"(`auditor rescore --run {row.run}` judges it by {catalogue.version})",
                err=True,
            )
            continue
        remember(settings.storage.data, row.run, still_open(judged.closes, today))
        typer.echo(publish_run(judged, catalogue, settings, history, today))
    for trouble in follow_up(settings).troubles:
        typer.echo(f"{settings.follow_up}: {trouble.en}", err=True)
    tell_readers(settings, history, datetime.now(UTC))


@app.command()
def rescore(
    config: ConfigOption = CONFIG,
    run: RunOption = None,
    at: AtOption = None,
    criteria: Annotated[Path | None, typer.Option("--criteria", help="Another catalogue.", metavar="DIR")] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Write score.json, findings.json, differences.json here."),
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Judge a past run again from its evidence alone: no network, no database.

    With --criteria, what differs from the catalogue that ships is said on stderr, criterion by criterion.
    """
    from auditor import __version__
    from auditor.console import listing
    from auditor.facts_cache import FactsCache
    from auditor.judged import judge_evidence, notes
    from auditor.read.memory import Session
    from auditor.rejudged import differences, lines
    from checks.catalogue import load as load_catalogue
    from reports.canonical import dump
    from reports.findings_json import findings_json
    from reports.score_json import score_json

    settings = load(config)
    catalogue = load_catalogue(criteria)
    memory = Session(FactsCache(settings.storage.data / "cache", writes=False))
    folder = evidence_of(settings, run)
    judged = judge_evidence(folder, catalogue, moment(at, settings), memory)
    files = {"score.json": score_json(judged.judgement, catalogue), "findings.json": findings_json(judged.judgement)}
    for note in notes(judged, __version__):
        typer.echo(note, err=True)
    if criteria:
        shipped = load_catalogue()
        usual = judge_evidence(folder, shipped, moment(at, settings), memory)
        told = differences(usual.judgement, shipped, judged.judgement, catalogue)
        files["differences.json"] = dump(told)
        typer.echo("\n".join(lines(told)), err=True)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (out / name).write_bytes(content)
    if as_json:
        sys.stdout.buffer.write(files["score.json"])
    else:
        listing.rescored(judged, settings, files["score.json"])
