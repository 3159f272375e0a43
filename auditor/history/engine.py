"""From a URL to an engine. A connection lives as long as its transaction: none is held through a night."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry, NullPool

BUSY_SECONDS = 10.0
"""How long the database itself waits for another writer before it says `locked`."""

CONNECT_SECONDS = 5
SILENT_MILLISECONDS = 30_000
"""A PostgreSQL server that is cut off is given up after that long, instead of after the system's quarter of an hour."""

WRITES = {"writes": True}
MIGRATES = {"writes": True, "migrates": True}


def open_engine(url: str, busy_seconds: float = BUSY_SECONDS) -> Engine:
    """Raises ArgumentError for a URL that names neither SQLite nor PostgreSQL, ImportError for a missing driver."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, busy_seconds)
    if parsed.drivername in ("postgresql", "postgresql+psycopg"):
        return _postgresql(parsed, busy_seconds)
    raise ArgumentError(f"no such database: {parsed.drivername}")


def of_the_body(connection: Connection, body: str) -> None:
    """Waits until no other transaction writes runs of this body, and keeps them out until the end of this one.

    SQLite has one writer at a time anyway (BEGIN IMMEDIATE below).
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtext(:body))"), {"body": f"auditor {body}"})


def file_of(url: str) -> Path | None:
    """The file of a SQLite database."""
    parsed = make_url(url)
    name = parsed.database
    if parsed.get_backend_name() != "sqlite" or not name or name == ":memory:" or name.startswith("file:"):
        return None
    return Path(name)


def _postgresql(url: URL, busy_seconds: float) -> Engine:
    arguments = {
        "connect_timeout": CONNECT_SECONDS,
        "tcp_user_timeout": SILENT_MILLISECONDS,
        "options": f"-c lock_timeout={max(1, int(busy_seconds * 1000))}",
    }
    given = {name: value for name, value in arguments.items() if name not in url.query}
    return create_engine(url.set(drivername="postgresql+psycopg"), poolclass=NullPool, connect_args=given)


def _sqlite(url: URL, busy_seconds: float) -> Engine:
    file = file_of(url.render_as_string(hide_password=False))
    if file is not None:
        file.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url, connect_args={"timeout": busy_seconds}, poolclass=NullPool)
    else:
        engine = create_engine(url, connect_args={"timeout": busy_seconds})

    @event.listens_for(engine, "connect")
    def _prepare(connection: sqlite3.Connection, _entry: ConnectionPoolEntry) -> None:
        connection.isolation_level = None  # BEGIN is ours: the driver's own comes too late to keep a reader's view
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA synchronous=NORMAL")
        (journal,) = connection.execute("PRAGMA journal_mode").fetchone()
        if journal not in ("wal", "memory"):
            connection.execute("PRAGMA journal_mode=WAL")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get("migrates"):
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # a table is made anew by drop and rename
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")

    return engine
