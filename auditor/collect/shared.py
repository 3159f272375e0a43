"""Hosts that several bodies share (a drive, a national service): one limit for all of them, across every worker.

Whoever has the host's lock waits the delay *after* taking it, asks, and lets go: between the starts of any two requests
lies the delay, whichever workers make them and whichever of them dies, and no clock is compared with another one.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from auditor.config import SharedHosts
from auditor.evidence.errors import EvidenceError
from auditor.locks import LockLost, lock, waited_for


@contextmanager
def turn(shared: SharedHosts, host: str, stop: threading.Event) -> Iterator[bool]:
    """Nobody else asks that host inside. Gives False when `stop` was set first.

    Raises EvidenceError where the place of the locks stays away: the night ends there, and what is archived stays.
    """
    try:
        with waited_for(lock(shared.place, f"host {host}"), stop) as held:
            yield held
    except LockLost as error:
        raise EvidenceError(f"{host} is shared with other bodies and its turns are given by: {error}") from None


def hold(shared: SharedHosts, host: str, seconds: float, stop: threading.Event) -> None:
    """Nobody asks that host for so long (Retry-After), also in other workers; returns at once."""

    def held_back() -> None:
        with suppress(EvidenceError), turn(shared, host, stop) as held:
            if held:
                stop.wait(seconds)

    threading.Thread(target=held_back, name=f"hold {host}", daemon=True).start()
