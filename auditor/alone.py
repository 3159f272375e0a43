"""One at a time on a data folder: a run, or something that must not meet a run under way."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout


class AnotherRun(Exception):
    """Another run holds the lock of this data folder."""


def alone(data: Path) -> contextlib.AbstractContextManager[None]:
    """Holds the lock of the folder. Raises AnotherRun."""
    return held(
        data / "lock",
        AnotherRun(f"another run works in {data}; wait until it has ended, or give this one its own [storage]"),
    )


@contextlib.contextmanager
def held(file: Path, otherwise: Exception) -> Iterator[None]:
    """Holds the lock, which the system lets go of when the process dies. Raises `otherwise` where another has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(file)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise otherwise from None
    try:
        yield
    finally:
        lock.release()
