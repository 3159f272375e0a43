"""One at a time, wherever the others are: a lock by a file for one machine, by PostgreSQL for several.

Both are let go by the system when their holder dies, so that a killed worker blocks nobody, and neither asks a clock.
"""

from __future__ import annotations

import hashlib
import math
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError

from auditor.history.engine import open_engine
from auditor.history.troubles import explained

POLL_SECONDS = 0.1
PATIENCE_SECONDS = 90.0
"""How long a database that is away is waited for by somebody who wants a lock of it."""


class LockLost(Exception):
    """The place of the locks cannot be reached; one line that says what to do."""


class Lock(Protocol):
    def take(self) -> bool:
        """Whether it is ours now; does not wait. Raises LockLost."""

    def release(self) -> None: ...


def lock(place: str, name: str) -> Lock:
    """`place` is a folder or a PostgreSQL URL; `name` any text: the same name there is the same lock."""
    if place.startswith("postgresql"):
        return _DatabaseLock(place, name)
    return _FileLock(Path(place), name)


def place_of(database: str, folder: Path) -> str:
    """Where locks belong: with the database where several machines share one, else in the folder."""
    return database if database.startswith("postgresql") else str(folder)


@contextmanager
def waited_for(
    one: Lock,
    stop: threading.Event,
    patience: float = PATIENCE_SECONDS,
    busy_seconds: float = math.inf,
) -> Iterator[bool]:
    """Gives True when it is held; False when `stop` was set before, or somebody else had it for `busy_seconds`.

    Raises LockLost when its place was away for `patience` seconds.
    """
    answered = busy = time.monotonic()
    held = False
    while not held and not stop.is_set():
        now = time.monotonic()
        try:
            held = one.take()
            answered = now
        except LockLost:
            busy = now
            if now - answered > patience:
                raise
        if held or now - busy > busy_seconds:
            break
        stop.wait(POLL_SECONDS)
    try:
        yield held
    finally:
        if held:
            one.release()


class _FileLock:
    def __init__(self, folder: Path, name: str) -> None:
        digest = hashlib.sha256(name.encode()).hexdigest()[:16]
        self._path = folder / f"{digest}.lock"
        self._lock = FileLock(self._path, thread_local=False)

    def take(self) -> bool:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
        except Timeout:
            return False
        except OSError as error:
            raise LockLost(
                f"{self._path} cannot be locked: {error.strerror or error}; give this user the right to write there"
            ) from None
        return True

    def release(self) -> None:
        self._lock.release()


class _DatabaseLock:
    """A session of its own per lock: the server lets go of it when the connection ends."""

    def __init__(self, url: str, name: str) -> None:
        self._url = url
        self._key = int.from_bytes(hashlib.sha256(f"auditor {name}".encode()).digest()[:8], "big", signed=True)
        self._session: Connection | None = None

    def take(self) -> bool:
        try:
            if self._session is None:
                engine = open_engine(self._url).execution_options(isolation_level="AUTOCOMMIT")
                self._session = engine.connect()
            taken = self._session.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": self._key}).scalar()
        except (SQLAlchemyError, ImportError, OSError) as error:
            self._end()
            raise LockLost(str(explained(self._url, error))) from None
        return bool(taken)

    def release(self) -> None:
        self._end()

    def _end(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            with suppress(SQLAlchemyError, OSError):
                session.close()  # NullPool: the connection ends, and with it the lock
