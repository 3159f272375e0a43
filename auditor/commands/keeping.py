"""Commands about what is kept: prune, backup, restore."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from auditor.commands.shared import CONFIG, ConfigOption, JsonOption, UsageError, app, history_of

_MEGABYTE = 1e6


@app.command()
def prune(
    config: ConfigOption = CONFIG,
    days: Annotated[
        int | None,
        typer.Option("--days", min=1, help="Evidence older than that goes (default: [storage] keep_days)."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go, and remove nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Remove old evidence; never of a run that is cited, a draft, or the latest night."""
    from auditor.alone import alone
    from auditor.console.lines import show_json
    from auditor.retention import plan
    from auditor.retention import prune as remove

    settings, history = history_of(config)
    age = days if days is not None else settings.storage.keep_days
    if not age:
        raise UsageError("all evidence is kept; set [storage] keep_days, or say --days N")
    now = datetime.now(UTC)
    with alone(settings.storage.data):
        folders = plan(settings, history, now, age)
        going = [one for one in folders if not one.why]
        if not dry_run:
            remove(settings, going, now.astimezone(ZoneInfo(settings.body.timezone)).date())
    if as_json:
        show_json([{"run": one.run, "bytes": one.bytes, "kept": one.why or None} for one in folders])
        return
    gone = "would be removed" if dry_run else "removed"
    for one in folders:
        typer.echo(f"{one.run}  {one.bytes / _MEGABYTE:9.1f} MB  {f'kept: {one.why}' if one.why else gone}")
    freed = sum(one.bytes for one in going) / _MEGABYTE
    typer.echo(f"{'would be freed' if dry_run else 'freed'}: {freed:.1f} MB of {len(going)} runs")


@app.command()
def backup(
    target: Annotated[Path, typer.Argument(metavar="FILE.tar", help="The file to write.")],
    config: ConfigOption = CONFIG,
) -> None:
    """Everything of the body in one file: configuration, answers, evidence, history, published pages."""
    from auditor.backup import backup as write

    settings, history = history_of(config)
    manifest = write(settings, history, target, datetime.now(UTC))
    size = target.stat().st_size / _MEGABYTE
    typer.echo(f"{target}: {len(manifest['files'])} files, {size:.1f} MB; it may hold passwords of config.toml")


@app.command()
def restore(
    source: Annotated[Path, typer.Argument(metavar="FILE.tar", help="A file that `auditor backup` made.")],
    config: ConfigOption = CONFIG,
) -> None:
    """Put a backup back. Nothing is overwritten; without a configuration there, the backup's is taken."""
    from auditor.restore import restore as put_back

    if not source.is_file():
        raise UsageError(f"{source}: no such file")
    done = put_back(source, config)
    told = f"; the configuration came with it: {done.config.path}" if done.wrote_config else ""
    typer.echo(f"{done.files} files and {done.rows} rows of {done.config.body.name} are back{told}")
