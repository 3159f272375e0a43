"""Reading done apart: one more worker for the libraries that take catalogues and marked pages of outsiders to pieces.

rdflib and extruct have no limit of their own: a few kilobytes can keep them busy without end. The worker is started at
the first use, shared by all threads, and ends with this process.
"""

from __future__ import annotations

import atexit
import threading
from collections.abc import Callable
from typing import Any, TypeVar

from auditor.read.listing import NotThis
from auditor.read.sandbox import Broken, Sandbox

MEMORY_BYTES = 1536 * 1024**2
CPU_SECONDS = 15
WALL_SECONDS = 45.0

_T = TypeVar("_T")
_lock = threading.Lock()
_workers: list[Sandbox] = []


def apart(function: Callable[..., _T], *arguments: Any) -> _T:
    """What the function gives. Raises NotThis where it does, and where it ends its worker or its patience."""
    found = _worker().call(function, *arguments)
    if not isinstance(found, Broken):
        return found
    kind, _, said = found.detail.partition(": ")
    if found.reason == "error" and kind == NotThis.__name__:
        raise NotThis(said)
    raise NotThis(f"more work than is allowed: {kind if found.reason == 'error' else found.reason}")


def _worker() -> Sandbox:
    with _lock:
        if not _workers:
            _workers.append(Sandbox(memory_bytes=MEMORY_BYTES, cpu_seconds=CPU_SECONDS, wall_seconds=WALL_SECONDS))
            atexit.register(_workers[0].close)
        return _workers[0]
