"""Whether the network went away in the middle of a night: ours, not the sites'. Then nothing more is learnt by asking.

A host that never answered says nothing about the network. Hosts that did, and all at once do not any more, while nobody
else answers either, do.
"""

from __future__ import annotations

import threading
from collections import Counter

HOSTS = 2
SILENT = 5
"""So many requests in a row without an answer from anybody, to that many hosts that had answered before."""


class NetworkGone(Exception):
    """The night cannot go on. What is archived stays; the next run goes on from there."""

    def __init__(self) -> None:
        super().__init__(
            "the network went away: hosts that had answered do not any more, all of them; see to the connection and "
            "run again: what is archived stays, and the next `auditor run` goes on from there"
        )


class Outage:
    """Told of each request; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answered: set[str] = set()
        self._silent: Counter[str] = Counter()

    def saw(self, host: str, *, silent: bool) -> None:
        with self._lock:
            if not silent:
                self._answered.add(host)
                self._silent.clear()
            elif host in self._answered:
                self._silent[host] += 1

    @property
    def doubtful(self) -> bool:
        """Nobody answered since a host that had answered fell silent."""
        with self._lock:
            return bool(self._silent)

    @property
    def gone(self) -> bool:
        with self._lock:
            return len(self._silent) >= HOSTS and self._silent.total() >= SILENT
