"""Commands about this machine and its nights: doctor, serve, schedule, status."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from auditor.commands.shared import (
    CONFIG,
    ConfigOption,
    JsonOption,
    app,
    history_of,
)
from auditor.config import load


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


@app.command()
def schedule(config: ConfigOption = CONFIG) -> None:
    """Stay up and run the nights of [schedule]; made up for where one was missed. SIGTERM ends it cleanly."""
    from auditor.schedule import Nights

    raise typer.Exit(Nights(*history_of(config)).run())


@app.command()
def status(
    config: ConfigOption = CONFIG,
    as_json: JsonOption = False,
    scheduler: Annotated[bool, typer.Option("--scheduler", help="Exit 1 also when `schedule` does not live.")] = False,
) -> None:
    """The last finished run, the next one, and what is overdue. Exit 1 when the last is older than 26 hours.

    The published pages say it too: their banner is brought up to date.
    """
    from auditor.banner import tell_readers
    from auditor.console import standing
    from auditor.schedule import status as nights

    settings, history = history_of(config)
    now = datetime.now(UTC)
    stands = nights(settings, history, now)
    try:
        tell_readers(settings, history, now)
    except OSError as error:
        typer.echo(f"the banner of the published pages could not be brought up to date: {error}", err=True)
    standing.show(stands, settings, as_json=as_json)
    if stands.overdue or (scheduler and stands.scheduler not in ("waiting", "running")):
        raise typer.Exit(1)
