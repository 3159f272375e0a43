"""What next: one queue a host, the host that may be asked soonest first, within a host the most promising address.

A fixed number of workers take from it; a host is given to one worker at a time. A site is open until somebody closes
it; when all are closed there is nothing left to take.
"""

from __future__ import annotations

import heapq
import itertools
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

from auditor.collect.urls import host
from auditor.model import Link

Kind = Literal["start", "page", "sitemap", "feed", "portal"]


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to ask for. `follow`: its links are taken. `front`: its outcome is the site's outcome."""

    site: str
    kind: Kind
    link: Link
    via: str | None = None
    depth: int = 0
    chain: tuple[str, ...] = ()
    cookie: bool = False  # one of the chain offered one
    follow: bool = True
    front: bool = False
    attempt: int = 0
    again: bool = False  # the second chance at the end of the site

    @property
    def url(self) -> str:
        return self.link.url

    def next_attempt(self) -> Task:
        return replace(self, attempt=self.attempt + 1)


@dataclass(slots=True)
class _Queue:
    heap: list[tuple[tuple[float, ...], int, Task]] = field(default_factory=list)
    busy: bool = False


class Frontier:
    """`next_at(host)` says when a host may be asked again (monotonic seconds)."""

    def __init__(self, next_at: Callable[[str], float], stop: threading.Event) -> None:
        self._next_at = next_at
        self._stop = stop
        self._changed = threading.Condition()
        self._hosts: dict[str, _Queue] = {}
        self._open: Counter[str] = Counter()
        self._order = itertools.count()

    def open(self, site: str) -> None:
        """Counts the site itself as something that is not finished."""
        with self._changed:
            self._open[site] += 1

    def close(self, site: str) -> None:
        with self._changed:
            del self._open[site]
            self._changed.notify_all()

    def put(self, task: Task, priority: tuple[float, ...]) -> None:
        with self._changed:
            self._open[task.site] += 1
            queue = self._hosts.setdefault(host(task.url), _Queue())
            heapq.heappush(queue.heap, (priority, next(self._order), task))
            self._changed.notify()

    def take(self) -> Task | None:
        """The next task; its host is this worker's until `done`. None when all is finished or was stopped."""
        with self._changed:
            while self._open and not self._stop.is_set():
                name, wait = self._soonest()
                if name is not None and wait <= 0:
                    queue = self._hosts[name]
                    queue.busy = True
                    return heapq.heappop(queue.heap)[2]
                self._changed.wait(0.2 if name is None else min(wait, 0.2))
            return None

    def _soonest(self) -> tuple[str | None, float]:
        free = [(self._next_at(name), name) for name, queue in self._hosts.items() if queue.heap and not queue.busy]
        if not free:
            return None, 0.0
        moment, name = min(free)
        return name, moment - time.monotonic()

    def done(self, task: Task) -> bool:
        """Gives the host back; True where nothing of the site is left but the site itself, to one worker only."""
        with self._changed:
            self._hosts[host(task.url)].busy = False
            self._open[task.site] -= 1
            self._changed.notify()
            return self._open[task.site] == 1

    def drain(self, drop: Callable[[Task], bool]) -> tuple[list[Task], list[str]]:
        """Takes out, all at once and without waiting for a turn, what `drop` says. Gives it back with the sites of
        which nothing is left but the site itself."""
        dropped: list[Task] = []
        with self._changed:
            for queue in self._hosts.values():
                gone = [entry for entry in queue.heap if drop(entry[2])]
                if gone:
                    queue.heap = [entry for entry in queue.heap if not drop(entry[2])]
                    heapq.heapify(queue.heap)
                    dropped += [entry[2] for entry in sorted(gone)]
            for task in dropped:
                self._open[task.site] -= 1
            ended = [site for site in dict.fromkeys(task.site for task in dropped) if self._open[site] == 1]
        return dropped, ended

    def waiting(self, site: str) -> int:
        """How many tasks of the site are not finished."""
        with self._changed:
            return max(0, self._open[site] - 1)
