"""One at a time on a data folder: a run, or something that must not meet a run under way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout


class AnotherRun(Exception):
    """Another run holds the lock of this data folder."""


@contextlib.contextmanager
def alone(data: Path) -> Iterator[None]:
    """Holds the lock of the folder, which the system lets go of when the process dies. Raises AnotherRun."""
    data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(data / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise AnotherRun(
            f"another run works in {data}; wait until it has ended, or give this one its own [storage]"
        ) from None
    try:
        yield
    finally:
        lock.release()
