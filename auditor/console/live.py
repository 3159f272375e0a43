"""While a run goes on: a line a site, and what Ctrl-C does."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auditor.config import Config
from auditor.console.lines import err

Progress = Callable[[str, dict[str, Any]], None]

_QUIET_SECONDS = 5.0


@contextlib.contextmanager
def stopping() -> Iterator[threading.Event]:
    """An event that Ctrl-C and SIGTERM set; a second Ctrl-C ends at once."""
    stop = threading.Event()

    def asked(number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        err.print("stopping after the requests under way; Ctrl-C again ends at once")

    before = {number: signal.signal(number, asked) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextlib.contextmanager
def progress(settings: Config, *, silent: bool) -> Iterator[Progress | None]:
    """A line for each site when it ends and, in between, one every few seconds; nothing at all when silent."""
    if silent:
        yield None
        return
    reporter = _Reporter({site.id: site.name for site in settings.sites})
    yield reporter.told


class _Reporter:
    def __init__(self, names: Mapping[str, str]) -> None:
        self._names = names
        self._lock = threading.Lock()
        self._said = time.monotonic()
        self._done: dict[str, int] = {}

    def told(self, event: str, what: dict[str, Any]) -> None:
        site = what["site"]
        with self._lock:
            self._done[site] = int(what.get("pages", self._done.get(site, 0)))
            if event == "visit":
                err.print(f"  {site:<14} {what.get('cause', ''):<20} {self._done[site]:>5} pages")
                self._said = time.monotonic()
            elif time.monotonic() - self._said > _QUIET_SECONDS:
                self._said = time.monotonic()
                busy = ", ".join(f"{key} {count}" for key, count in sorted(self._done.items()) if count)
                err.print(f"  … {busy}")
