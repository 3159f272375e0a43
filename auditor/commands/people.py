"""Commands for people who judge beside the machine: sample, agreement, settle."""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from auditor.commands.shared import (
    CONFIG,
    ConfigOption,
    JsonOption,
    LangOption,
    RunOption,
    UsageError,
    app,
    history_of,
    readable,
)

SettledBy = Annotated[str | None, typer.Option("--who", help="Who decided, where the sheet has no coder column.")]


@app.command()
def sample(
    config: ConfigOption = CONFIG,
    run: RunOption = None,
    n: Annotated[int, typer.Option("--n", min=1, help="How many findings.")] = 60,
    seed: Annotated[int, typer.Option("--seed", help="The same seed draws the same findings.")] = 1,
    lang: LangOption = "id",
) -> None:
    """A coding sheet (CSV on stdout) for people who judge blind: the machine's answers are not in it."""
    from auditor.agreement import spread
    from checks.catalogue import load as load_catalogue

    settings, history = history_of(config)
    row = history.run(settings.body.code, run)
    questions = {c.id: c.question.id if lang == "id" else c.question.en for c in load_catalogue().criteria}
    fronts = {site.id: site.url for site in settings.sites if site.url}
    writer = csv.writer(sys.stdout)
    writer.writerow(["criterion", "subject", "question", "evidence", "status", "coder", "why"])
    for finding in spread(history.findings(row.body, row.run), n, seed):
        links = sorted({e["url"] for e in finding["evidence"]}) or _fronts(finding["site"], fronts)
        writer.writerow(
            [finding["criterion"], finding["subject"], questions[finding["criterion"]], " ".join(links), "", "", ""]
        )


def _fronts(site: str | None, fronts: Mapping[str, str]) -> list[str]:
    """Where a coder starts looking when the machine has no evidence to show."""
    return [fronts[site]] if site is not None and site in fronts else sorted(fronts.values())


@app.command()
def agreement(
    coded: Annotated[Path, typer.Argument(metavar="CODED.csv", help="Columns criterion,subject,status[,coder].")],
    config: ConfigOption = CONFIG,
    run: RunOption = None,
    as_json: JsonOption = False,
) -> None:
    """Machine against human coders, and the coders against each other: F1 and Cohen's kappa with intervals."""
    from auditor.agreement import agreements, as_rows, read_coded
    from auditor.console.listing import agreement_table

    settings, history = history_of(config)
    row = history.run(settings.body.code, run)
    machine = {(f["criterion"], f["subject"]): f["status"] for f in history.findings(row.body, row.run)}
    sheet = read_coded(readable(coded))
    if not any((one.criterion, one.subject) in machine for one in sheet):
        raise UsageError(
            f"{coded}: no row is a finding of run {row.run}; `auditor sample --run {row.run}` makes a sheet"
        )
    agreement_table(as_rows(agreements(machine, sheet)), as_json=as_json)


@app.command()
def settle(
    coded: Annotated[Path, typer.Argument(metavar="CODED.csv", help="Columns criterion,subject,status[,coder,why].")],
    config: ConfigOption = CONFIG,
    who: SettledBy = None,
) -> None:
    """Keep a person's decisions on `human-` unknowns; the next judgement takes them as evidence."""
    from dataclasses import replace

    from auditor.agreement import read_coded
    from auditor.settling import keep, settled_file

    settings, history = history_of(config)
    row = history.run(settings.body.code)
    askable = {
        (f["criterion"], f["subject"])
        for f in history.findings(row.body, row.run)
        if f["reason"].startswith("human-") or f["reason"] == "settled"
    }
    sheet = read_coded(readable(coded))
    for one in sheet:
        if (one.criterion, one.subject) not in askable:
            raise UsageError(
                f"{coded}: {one.criterion} of {one.subject} is not for a person to decide in run {row.run}; "
                "only findings whose reason begins with human- are"
            )
    named = [replace(one, coder=who) if who else one for one in sheet]
    today = datetime.now(UTC).astimezone(ZoneInfo(settings.body.timezone)).date()
    count = keep(settled_file(settings.storage.data), named, today)
    typer.echo(f"{count} decisions kept; the next `auditor run` shows them with who, when and why")
