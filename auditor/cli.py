"""The command line. Every command is a few lines over the modules that do the work.

Exit: 0 done (whatever the score), 1 the audit could not be completed, 2 usage or configuration, 3 another run holds the
lock, 130 interrupted. Errors go to stderr as one line that says what to do; a traceback only with --debug.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import typer

from auditor import __version__, console
from auditor.config import Config, ConfigError, load
from auditor.model import ROLES

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    help="Looks at what a local government publishes, proves what is really there, and scores it as an interval.",
)

ConfigOption = Annotated[Path, typer.Option("--config", help="Configuration file.", metavar="FILE")]
RunOption = Annotated[str | None, typer.Option("--run", help="Run ID (default: the latest).", metavar="ID")]
JsonOption = Annotated[bool, typer.Option("--json", help="JSON on stdout.")]
AtOption = Annotated[str | None, typer.Option("--at", help="Judge as of this moment.", metavar="ISO-DATE[TIME]")]
LangOption = Annotated[str, typer.Option("--lang", help="Language of the texts: id or en.", envvar="AUDITOR_LANG")]

CONFIG = Path("config.toml")


class UsageError(Exception):
    """What was asked for on the command line cannot be done; one line that says what to do."""


@app.callback()
def _root(
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback on errors.")] = False,
    version: Annotated[bool, typer.Option("--version", help="Show the version and end.")] = False,
) -> None:
    if version:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit
    _settings["debug"] = debug


_settings: dict[str, bool] = {"debug": False}


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

    settings = load(config)
    with console.stopping() as stop, console.progress(settings, silent=as_json) as progress:
        outcome = audit.run(
            settings,
            started=datetime.now(UTC),
            at=_moment(at, settings),
            only=_roles(only),
            progress=progress,
            stop=stop,
        )
    console.summary(outcome, settings, lang=lang, as_json=as_json)
    if not outcome.answered:
        raise typer.Exit(1)


@app.command()
def demo(
    nights: Annotated[int, typer.Option("--nights", min=1, max=2, help="How many nights.")] = 2,
    directory: Annotated[Path, typer.Option("--dir", help="Everything is written under it.")] = Path("demo"),
    lang: LangOption = "en",
) -> None:
    """Audit Kota Contoh, a city that ships with the auditor, over real HTTP on this machine."""
    from auditor.demo.nights import run_nights

    run_nights(directory, nights, lang=lang)


@app.command()
def runs(config: ConfigOption = CONFIG, as_json: JsonOption = False) -> None:
    """All runs, newest first."""
    settings, history = _history(config)
    console.table_of_runs(history.runs(settings.body.code), as_json=as_json)


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
    settings, history = _history(config)
    row = history.run(settings.body.code, run)
    chosen = [
        finding
        for finding in history.findings(row.body, row.run)
        if status in (None, finding["status"]) and site in (None, finding["site"]) and unit in (None, finding["unit"])
    ]
    console.findings(chosen, lang=lang, as_json=as_json, as_csv=as_csv)


@app.command()
def score(config: ConfigOption = CONFIG, run: RunOption = None, as_json: JsonOption = False) -> None:
    """The score of a run, as an interval."""
    settings, history = _history(config)
    row = history.run(settings.body.code, run)
    published = settings.storage.public / row.body / row.run / "score.json"
    console.score(row, published.read_bytes() if published.exists() else None, as_json=as_json)


@app.command()
def documents(config: ConfigOption = CONFIG, run: RunOption = None, as_json: JsonOption = False) -> None:
    """The documents that a run found."""
    settings, history = _history(config)
    console.rows(history.run(settings.body.code, run).documents, "documents", as_json=as_json)


@app.command()
def datasets(config: ConfigOption = CONFIG, run: RunOption = None, as_json: JsonOption = False) -> None:
    """The datasets that a run found."""
    settings, history = _history(config)
    console.rows(history.run(settings.body.code, run).datasets, "datasets", as_json=as_json)


@app.command()
def diff(
    first: Annotated[str | None, typer.Argument(metavar="A", help="Older run (default: the one before B).")] = None,
    second: Annotated[str | None, typer.Argument(metavar="B", help="Newer run (default: the latest).")] = None,
    config: ConfigOption = CONFIG,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """What differs between two runs: what the city changed, apart from what we could or could not see."""
    settings, history = _history(config)
    newer = history.run(settings.body.code, second)
    older = history.run(settings.body.code, first) if first else _before(history.series(newer.body), newer.run)
    console.difference(older, newer, history, as_json=as_json, lang=lang)


@app.command()
def report(config: ConfigOption = CONFIG, run: RunOption = None) -> None:
    """Build the published site again from history and evidence."""
    from auditor import audit
    from auditor.publish import publish_run
    from checks.catalogue import load as load_catalogue

    settings, history = _history(config)
    catalogue = load_catalogue()
    chosen = [history.run(settings.body.code, run)] if run else history.judged(settings.body.code)
    if not chosen:
        raise UsageError("no run has been judged yet; `auditor run` makes one")
    for row in chosen:
        judged = audit.judge_evidence(audit.evidence_folder(settings, row.run), catalogue)
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
    from auditor import audit
    from checks.catalogue import load as load_catalogue
    from reports.findings_json import findings_json
    from reports.score_json import score_json

    settings = load(config)
    catalogue = load_catalogue(criteria)
    judged = audit.judge_evidence(_evidence(settings, run), catalogue, _moment(at, settings))
    scored = score_json(judged.judgement, catalogue)
    if out:
        out.mkdir(parents=True, exist_ok=True)
        (out / "score.json").write_bytes(scored)
        (out / "findings.json").write_bytes(findings_json(judged.judgement))
    if as_json:
        sys.stdout.buffer.write(scored)
    else:
        console.rescored(judged, settings, scored)


@app.command("criteria")
def criteria_command(
    action: Annotated[str, typer.Argument(metavar="[list|show]")] = "list",
    criterion: Annotated[str | None, typer.Argument(metavar="ID")] = None,
    as_json: JsonOption = False,
    lang: LangOption = "en",
) -> None:
    """The catalogue: what is asked, by which article, how it is measured."""
    from checks.catalogue import load as load_catalogue

    catalogue = load_catalogue()
    if action == "list":
        console.criteria(catalogue, as_json=as_json, lang=lang)
    elif action == "show" and criterion:
        known = {c.id: c for c in catalogue.criteria}
        if criterion not in known:
            raise UsageError(f"no criterion {criterion!r}; {console.nearest(criterion, known)}")
        console.criterion(known[criterion], as_json=as_json, lang=lang)
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
    stream = sys.stdin.buffer if file == "-" else _readable(Path(file)).open("rb")
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
    from auditor.tables import check_file

    day = datetime.fromisoformat(at).date() if at else datetime.now(UTC).date()
    table = check_file(_readable(file), day, schema)
    console.table(table, as_json=as_json, lang=lang)
    if table.error_count:
        raise typer.Exit(1)


@app.command()
def doctor(config: ConfigOption = CONFIG) -> None:
    """Can this machine audit? Every line says what to do."""
    from auditor.doctor import examine

    lines = examine(config)
    for line in lines:
        typer.echo(line.shown())
    if any(line.bad for line in lines):
        raise typer.Exit(1)


@app.command()
def serve(
    config: ConfigOption = CONFIG,
    port: Annotated[int, typer.Option("--port", min=0, max=65535)] = 8765,
) -> None:
    """Serve the published site on this machine."""
    from auditor.serve import serve_folder

    serve_folder(load(config).storage.public, port)


# ---- what commands share ---------------------------------------------------------------------------------------------


def _history(config: Path) -> tuple[Config, Any]:
    from auditor.history import History

    settings = load(config)
    return settings, History(settings.storage.database)


def _before(series: Any, run: str) -> Any:
    names = [summary.run for summary in series]
    place = names.index(run) if run in names else 0
    if place == 0:
        raise UsageError(f"there is no whole run before {run}; `auditor runs` lists them")
    return series[place - 1]


def _evidence(settings: Config, run: str | None) -> Path:
    folder = settings.storage.data / "evidence"
    if run:
        chosen = folder / run
    else:
        kept = sorted(path for path in folder.glob("*") if path.is_dir())
        if not kept:
            raise UsageError(f"no evidence in {folder}; `auditor run` makes some")
        chosen = kept[-1]
    if not chosen.is_dir():
        raise UsageError(f"no evidence of run {run!r} in {folder}; `auditor runs` lists the runs")
    return chosen


def _moment(at: str | None, settings: Config) -> datetime | None:
    """A date alone means one o'clock in the morning there, the hour of the nightly run."""
    if at is None:
        return None
    zone = ZoneInfo(settings.body.timezone)
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise UsageError(f"--at {at!r} is no date; write it like 2026-11-24 or 2026-11-24T01:00") from None
    if len(at) <= len("2026-11-24"):
        moment = datetime.combine(moment.date(), time(1))
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def _roles(only: str | None) -> tuple[str, ...]:
    roles = tuple(role.strip() for role in only.split(",") if role.strip()) if only else ()
    for role in roles:
        if role not in ROLES:
            raise UsageError(f"--only: unknown role {role!r}; {console.nearest(role, ROLES)}")
    return roles


def _readable(path: Path) -> Path:
    if not path.is_file():
        raise UsageError(f"{path}: no such file")
    return path


def main() -> None:
    """Run a command; turn every expected failure into one line on stderr and its exit code."""
    from auditor.failures import exit_code

    try:
        app(standalone_mode=True)
    except SystemExit:
        raise
    except BaseException as error:
        code, line = exit_code(error, (ConfigError, UsageError))
        if _settings["debug"] or line is None:
            raise
        typer.echo(line, err=True)
        sys.exit(code)
