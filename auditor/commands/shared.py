"""What every command shares: the app, its options, and the way from a configuration to its history and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from auditor.config import Config, load
from auditor.console.lines import nearest
from auditor.model import ROLES, RunSummary

if TYPE_CHECKING:
    from auditor.history import History

ConfigOption = Annotated[Path, typer.Option("--config", help="Configuration file.", metavar="FILE")]
RunOption = Annotated[str | None, typer.Option("--run", help="Run ID (default: the latest).", metavar="ID")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
AtOption = Annotated[str | None, typer.Option("--at", help="Judge as of this moment.", metavar="ISO-DATE[TIME]")]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the texts: id or en.", envvar="AUDITOR_LANG")]

CONFIG = Path("config.toml")

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Looks at what a local government publishes, proves what is really there, and scores it as an interval.",
)


class UsageError(Exception):
    """What was asked for on the command line cannot be done; one line that says what to do."""


def history_of(config: Path) -> tuple[Config, History]:
    from auditor.history import History

    settings = load(config)
    return settings, History(settings.storage.database)


def night_before(series: Sequence[RunSummary], run: str) -> RunSummary:
    names = [summary.run for summary in series]
    place = names.index(run) if run in names else 0
    if place == 0:
        raise UsageError(f"there is no whole run before {run}; `auditor runs` lists them")
    return series[place - 1]


def evidence_of(settings: Config, run: str | None) -> Path:
    from auditor.mirror import evidence_kept, runs_kept

    folder = settings.storage.data / "evidence"
    if run:
        chosen = evidence_kept(settings, run)
    else:
        kept = runs_kept(settings)
        if not kept:
            raise UsageError(f"no evidence in {folder}; `auditor run` makes some")
        chosen = evidence_kept(settings, kept[-1])
    if not chosen.is_dir():
        told_gone(settings, chosen.name)
        raise UsageError(f"no evidence of run {run!r} in {folder}; `auditor runs` lists the runs")
    return chosen


def told_gone(settings: Config, run: str) -> None:
    """Raises UsageError where the evidence of the run was removed."""
    from auditor.retention import pruned

    day = pruned(settings.storage.data).get(run)
    if day:
        raise UsageError(
            f"the evidence of run {run} was removed by `auditor prune` on {day}; what was published of it stays, "
            "but it cannot be judged again"
        )


def moment(at: str | None, settings: Config) -> datetime | None:
    """A date alone means one o'clock in the morning there, the hour of the nightly run."""
    return moment_in(at, ZoneInfo(settings.body.timezone))


def moment_in(at: str | None, zone: ZoneInfo) -> datetime | None:
    if at is None:
        return None
    moment = _parsed(at)
    if len(at) <= len("2026-11-24"):
        moment = datetime.combine(moment.date(), time(1))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def day_of(at: str | None) -> date:
    """The date of `--at`, or today."""
    return datetime.now(UTC).date() if at is None else _parsed(at).date()


def _parsed(at: str) -> datetime:
    try:
        return datetime.fromisoformat(at)
    except ValueError:
        raise UsageError(f"--at {at!r} is no date; write it like 2026-11-24 or 2026-11-24T01:00") from None


def roles(only: str | None) -> tuple[str, ...]:
    roles = tuple(role.strip() for role in only.split(",") if role.strip()) if only else ()
    for role in roles:
        if role not in ROLES:
            raise UsageError(f"--only: unknown role {role!r}; {nearest(role, ROLES)}")
    return roles


def readable(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    return path
