"""Commands about this machine: doctor, serve."""

from __future__ import annotations

from typing import Annotated

import typer

from auditor.commands.shared import (
    CONFIG,
    ConfigOption,
    app,
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
