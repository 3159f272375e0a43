"""While a run goes on: a table of the sites on a terminal, a line a site in a pipe; and what Ctrl-C does."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

from rich.live import Live
from rich.table import Table as Grid

from auditor.config import Config
from auditor.console.lines import err
from auditor.console.under_way import Site, Standings

Progress = Callable[[str, dict[str, Any]], None]

_QUIET_SECONDS = 5.0
_AROUND = 4  # lines of a screen that the table leaves free: its head, its last line, and the prompt's two


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
    """A line for each site when it ends and, in between, how the others stand; nothing at all when silent."""
    if silent:
        yield None
        return
    reporter = _Reporter(Standings({site.id: site.url or "" for site in settings.sites}))
    if not err.is_terminal or err.is_dumb_terminal:
        yield reporter.told
        return
    with Live(console=err, get_renderable=reporter.table, refresh_per_second=4, transient=True):
        reporter.drawn = True
        yield reporter.told


class _Reporter:
    def __init__(self, standings: Standings) -> None:
        self._standings = standings
        self._lock = threading.Lock()
        self._said = time.monotonic()
        self.drawn = False

    def told(self, event: str, what: dict[str, Any]) -> None:
        now = time.monotonic()
        with self._lock:
            site = self._standings.told(event, what, now)
            if event == "visit" and site is not None:
                err.print(_ended(site, now))
                self._said = now
            elif not self.drawn and now - self._said > _QUIET_SECONDS:
                self._said = now
                err.print("  … " + "; ".join(self._line(one, now) for one in self._standings.active()[:8]))

    def _line(self, site: Site, now: float) -> str:
        parts = [f"{site.pages} pages", _rate(site, now), f"{site.left} left", self._standings.waits(site, now)]
        return f"{site.id} " + ", ".join(part for part in parts if part)

    def table(self) -> Grid:
        """The sites under way; as many as the screen has lines for."""
        now = time.monotonic()
        grid = Grid("site", "pages", "a minute", "left", "", box=None, pad_edge=False, header_style="bold")
        for number in (1, 2, 3):
            grid.columns[number].justify = "right"
        for column in grid.columns:
            column.no_wrap = True
        with self._lock:
            active = self._standings.active()
            room = max(1, err.height - _AROUND)
            for site in active[:room]:
                rate = site.rate(now)
                shown = "" if rate is None else f"{rate:.0f}"
                grid.add_row(f"  {site.id}", str(site.pages), shown, str(site.left), self._standings.waits(site, now))
            done, all_sites = self._standings.ended(), len(self._standings.sites)
            more = f"; {len(active) - room} more under way" if len(active) > room else ""
            more = "; judging what was seen and writing the report" if done == all_sites else more
            grid.caption = f"{done} of {all_sites} sites done{more}"
        return grid


def _rate(site: Site, now: float) -> str:
    rate = site.rate(now)
    return "" if rate is None else f"{rate:.0f} a minute"


def _ended(site: Site, now: float) -> str:
    rate = _rate(site, now)
    return f"  {site.id:<14} {site.cause:<20} {site.pages:>5} pages{f', {rate}' if rate else ''}"
