"""The database's revision: an empty database is made by the migrations, an older one upgraded, a newer one refused."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from auditor.history.engine import MIGRATES, file_of
from auditor.history.troubles import HistoryError, shown

FIRST = "0001"
HEAD = "0003"
"""The newest migration; said here because Alembic takes a second and a half to import and is needed once a release."""

KNOWN = (FIRST, "0002", HEAD)
_LOCK = 7_320_013  # any number, the same in every auditor: one migrates, the others wait


def bring_up(engine: Engine, url: str) -> None:
    """Leaves the database at HEAD. Raises HistoryError for a database that a newer auditor made."""
    with engine.connect() as connection:
        now = revision(connection)
    if now == HEAD:
        return
    with engine.execution_options(**MIGRATES).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
        now = revision(connection)  # another process may have done it while this one waited
        if now == HEAD:
            return
        if now is not None and now not in KNOWN:
            raise HistoryError(
                f"database {shown(url)}: made by a newer auditor (revision {now}, this one knows {HEAD}); "
                f"install that auditor, or put back the copy it made (FILE.before-{now})"
            )
        if now is not None:
            _copy(url)
        _upgrade(connection, stamp=FIRST if now == FIRST and not _stamped(connection) else None)


def revision(connection: Connection) -> str | None:
    """None: empty. Tables without a revision are those of the first one, which was made without Alembic."""
    if _stamped(connection):
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        if found is not None:
            return str(found)
    return FIRST if inspect(connection).has_table("runs") else None


def _stamped(connection: Connection) -> bool:
    return inspect(connection).has_table("alembic_version")


def _copy(url: str) -> None:
    """Beside a SQLite file, a copy of it as it was: `<file>.before-<new revision>`."""
    file = file_of(url)
    if file is None:
        return
    copy = Path(f"{file}.before-{HEAD}")
    part = Path(f"{copy}.part")
    part.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    os.replace(part, copy)


def _upgrade(connection: Connection, stamp: str | None) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    if stamp:
        command.stamp(config, stamp)
    command.upgrade(config, HEAD)
