"""The command line: `auditor COMMAND`. Every command is a few lines in `auditor/commands` over the modules that work.

Exit: 0 done (whatever the score), 1 the audit could not be completed, 2 usage or configuration, 3 another run holds the
lock, 130 interrupted. Errors go to stderr as one line that says what to do; a traceback only with --debug.
"""

from __future__ import annotations

import sys
import traceback
from typing import Annotated

import typer

from auditor import __version__
from auditor.commands import asking, audits, citing, fleets, keeping, looking, machine, people
from auditor.commands.shared import app
from auditor.failures import exit_code
from auditor.read.personal import mask

__all__ = ["app", "asking", "audits", "citing", "fleets", "keeping", "looking", "machine", "main", "people"]

_debug = False


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"auditor {__version__}")
        raise typer.Exit


VersionOption = Annotated[bool, typer.Option("--version", is_eager=True, callback=_version, help="Show it and end.")]


@app.callback()
def _root(
    debug: Annotated[bool, typer.Option("--debug", help="Show a traceback on errors.")] = False,
    version: VersionOption = False,
) -> None:
    global _debug
    _debug = debug


def main() -> None:
    """Run a command; turn every expected failure into one line on stderr and its exit code."""
    try:
        app()
    except Exception as error:
        code, line = exit_code(error)
        # What an exception quotes may come from outside: a number of somebody's in it is not spread by a log.
        typer.echo(mask(traceback.format_exc() if _debug else line), err=True)
        sys.exit(code)
