"""Commands for many bodies: fleet, bodies."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from auditor.commands.shared import AtOption, JsonOption, UsageError, app, moment_in
from auditor.failures import EXIT_INTERRUPTED

if TYPE_CHECKING:
    from auditor.fleet.bodies import Fleet
    from auditor.fleet.run import Executor

ZONE = ZoneInfo("Asia/Jakarta")
"""The nights of a country are named by its capital's clock."""


class Where(StrEnum):
    local = "local"
    dask = "dask"


@app.command()
def fleet(
    bodies: Annotated[Path, typer.Argument(help="bodies.toml: [[bodies]] with config = FILE each.", metavar="BODIES")],
    executor: Annotated[Where, typer.Option("--executor", help="Where the work is done.")] = Where.local,
    scheduler: Annotated[
        str, typer.Option("--scheduler", help="A dask scheduler's address (default: a cluster on this machine).")
    ] = "",
    workers: Annotated[int | None, typer.Option("--workers", min=1, help="Bodies at the same time.")] = None,
    at: AtOption = None,
    as_json: JsonOption = False,
) -> None:
    """Audit many bodies. Started again on the same night, finished ones are not audited again. Exit 1 if any failed."""
    from auditor.console import live
    from auditor.console.fleet import Progress, summary
    from auditor.fleet.bodies import read
    from auditor.fleet.run import audit_fleet

    if scheduler and executor is not Where.dask:
        raise UsageError("--scheduler is for --executor dask; add that, or take --scheduler away")
    known = read(bodies)
    progress = Progress(len(known.bodies))
    with live.stopping() as stop:
        night = audit_fleet(
            known,
            _executor(executor, scheduler, workers, known, stop, progress.pages),
            now=datetime.now(ZONE),
            at=moment_in(at, ZONE),
            told=progress.ended,
            stop=stop,
        )
    summary(night, str(known.public / "index.html"), as_json=as_json)
    if stop.is_set():
        raise typer.Exit(EXIT_INTERRUPTED)
    if not night.good:
        raise typer.Exit(1)


def _executor(
    executor: Where,
    scheduler: str,
    workers: int | None,
    known: Fleet,
    stop: threading.Event,
    pages: Callable[[str, int], None],
) -> Executor:
    from auditor.fleet.run import workers_by_default

    count = min(workers or workers_by_default(), len(known.bodies))
    if executor is Where.dask:
        from auditor.fleet.cluster import audited_by_dask

        return lambda tasks: audited_by_dask(tasks, scheduler, count, stop)
    from auditor.fleet.local import audited

    return lambda tasks: audited(tasks, count, known.state / "logs", stop, pages)


@app.command()
def bodies(
    listing: Annotated[Path, typer.Argument(help="CSV: name and/or code, a column a role.", metavar="LIST.csv")],
    out: Annotated[Path, typer.Option("--out", help="bodies.toml and a folder a body go here.", metavar="DIR")],
    codes: Annotated[
        Path | None, typer.Option("--codes", help="The official codes: CSV with kode,nama.", metavar="FILE")
    ] = None,
    contact: Annotated[str | None, typer.Option("--contact", help="[network] contact of all of them.")] = None,
) -> None:
    """Write bodies.toml from a list of local governments and their sites; says what is missing.

    With --codes every province, kabupaten and kota of the official list is written, and LIST.csv need only name them.
    """
    from auditor.fleet.register import register

    made = register(listing, out, codes=codes, contact=contact)
    for line in made.missing:
        typer.echo(f"missing: {line}", err=True)
    kinds = ", ".join(f"{count} {kind}" for kind, count in made.kinds.items())
    typer.echo(f"{made.file}: {len(made.bodies)} bodies ({kinds})")
    typer.echo(f"configs: {made.written} written, {made.kept} left as they were")
    typer.echo(f"missing: {len(made.missing)} (named on stderr)")
