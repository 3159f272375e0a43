"""Politeness by host: one request at a time, a delay from start to start, and never before the last one has ended.

Times are monotonic, so a wall clock that is set in the middle of the night moves nothing. `Clock` dates requests from
one reading of the wall clock plus monotonic time, so the gaps between archived times are the true ones.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from auditor.config import SharedHosts


class Stopped(Exception):
    """The collection was asked to end."""


class Clock:
    def __init__(self) -> None:
        self._wall = datetime.now(UTC)
        self._start = time.monotonic()

    def at(self, monotonic: float) -> datetime:
        """That moment in UTC."""
        return self._wall + timedelta(seconds=monotonic - self._start)

    def now(self) -> datetime:
        return self.at(time.monotonic())


@dataclass(slots=True)
class _Host:
    delay: float
    lock: threading.Lock = field(default_factory=threading.Lock)
    began: float = -math.inf  # when the last turn did
    next_at: float = 0.0


class Gate:
    """Hands out turns. Raises Stopped when `stop` is set while somebody waits. `shared`: hosts of other bodies too."""

    def __init__(
        self, delay_seconds: float, stop: threading.Event | None = None, shared: SharedHosts | None = None
    ) -> None:
        self._delay = delay_seconds
        self._shared = shared
        self._stop = stop or threading.Event()
        self.on_pause: Callable[[str, float], None] = lambda host, seconds: None
        self._hosts: dict[str, _Host] = {}
        self._lock = threading.Lock()

    def _host(self, host: str) -> _Host:
        with self._lock:
            return self._hosts.setdefault(host, _Host(self._delay))

    @contextmanager
    def turn(self, host: str) -> Iterator[float]:
        """Waits for this host's next turn; gives the moment it began (monotonic)."""
        state = self._host(host)
        self._take(state.lock)
        try:
            with self._among_all(host, state):
                self._wait(state)
                state.began = time.monotonic()
                try:
                    yield state.began
                finally:
                    state.next_at = max(state.next_at, state.began + state.delay, time.monotonic())
        finally:
            state.lock.release()

    @contextmanager
    def _among_all(self, host: str, state: _Host) -> Iterator[None]:
        if self._shared is None or not self._shared.covers(host):
            yield
            return
        from auditor.collect.shared import turn  # brings the database's locks, which a night alone needs not

        with turn(self._shared, host, self._stop) as held:
            if not held:
                raise Stopped
            state.next_at = max(state.next_at, time.monotonic() + state.delay)
            yield

    def _take(self, lock: threading.Lock) -> None:
        while not lock.acquire(timeout=0.2):
            if self._stop.is_set():
                raise Stopped

    def _wait(self, state: _Host) -> None:
        while (left := state.next_at - time.monotonic()) > 0:
            if self._stop.wait(left):
                raise Stopped
        if self._stop.is_set():
            raise Stopped

    def was_asked(self, host: str, ago: float) -> None:
        """A request to this host began that many seconds ago, before this gate was there (a night that is resumed)."""
        state = self._host(host)
        state.began = max(state.began, time.monotonic() - ago)
        state.next_at = max(state.next_at, state.began + state.delay)

    def slow_down(self, host: str, delay: float) -> None:
        """This host wants at least `delay` seconds (Crawl-delay)."""
        state = self._host(host)
        state.delay = max(state.delay, delay)
        state.next_at = max(state.next_at, state.began + state.delay)

    def pause(self, host: str, seconds: float) -> None:
        """Nothing to this host for that long (Retry-After, backoff)."""
        state = self._host(host)
        state.next_at = max(state.next_at, time.monotonic() + seconds)
        if self._shared is not None and self._shared.covers(host):
            from auditor.collect.shared import hold

            hold(self._shared, host, seconds, self._stop)
        self.on_pause(host, seconds)

    def delay(self, host: str) -> float:
        return self._host(host).delay

    def next_at(self, host: str) -> float:
        """When the next turn may begin (monotonic); in the past when it may begin now."""
        return self._host(host).next_at
