"""The book that is kept on one site while it is crawled: what was seen, refused, failed; at the end, its Visit."""

from __future__ import annotations

import threading
import time
from collections.abc import Generator
from dataclasses import dataclass, field

from auditor.collect.causes import CAUSES
from auditor.collect.frontier import Task
from auditor.collect.lost import Lost
from auditor.collect.mirrors import Mirrors
from auditor.collect.portals import Hints, Outcome
from auditor.collect.scope import hosts_of, twin
from auditor.collect.traps import Traps
from auditor.collect.urls import host, key
from auditor.config import Network
from auditor.model import Capture, Link, Refusal, Site, Visit
from auditor.read.addresses import root_of

MAX_REFUSALS = 20_000
"""More are counted, not listed."""

MAX_HREFS = 20_000
"""So many hrefs are known without being resolved again; they begin anew where there are more."""

MAX_KNOWN = 300_000
"""So many addresses of one site are remembered; a site that shows more has no end."""

_SPENT = {
    "pages": "the budget of pages is used up (max_pages)",
    "bytes": "the budget of bytes is used up (max_bytes_per_site)",
    "time": "the budget of time is used up (max_seconds_per_site)",
    "addresses": f"the site shows more than {MAX_KNOWN} addresses",
}


@dataclass(slots=True)
class SiteVisit:
    """Mutable; hold `lock` around everything but `visit`."""

    site: Site
    max_seconds: float
    max_bytes: int
    lock: threading.RLock = field(default_factory=threading.RLock)
    traps: Traps = field(default_factory=Traps)
    mirrors: Mirrors = field(default_factory=Mirrors)
    lost: Lost = field(default_factory=Lost)
    pages: int = 0
    asked: int = 0
    again: list[Task] = field(default_factory=list)
    front: Capture | None = None
    troubles: list[str] = field(default_factory=list)
    spent: str = ""  # the budget that is used up
    bytes: int = 0
    feeds: int = 0
    parts: dict[str, Capture] = field(default_factory=dict)  # what pages asked for while they drew themselves
    undrawn: list[str] = field(default_factory=list)
    given_up: bool = False  # a host of the site did not answer several times in a row
    delay: float = 0.0
    harvest: Generator[tuple[str, tuple[Link, ...]], None, Outcome] | None = None
    hints: Hints = field(default_factory=Hints)
    outcome: Outcome | None = None
    against_robots: set[str] = field(default_factory=set)  # asked all the same: the operator has the owner's word
    _seen: set[str] = field(default_factory=set)
    _keys: set[str] = field(default_factory=set)
    _hrefs: dict[str, set[str]] = field(default_factory=dict)
    _refused: list[Refusal] = field(default_factory=list)
    _mirrored: dict[str, Task] = field(default_factory=dict)  # address of the original -> what was not asked for it
    _unlisted: int = 0
    _began: float | None = None

    @classmethod
    def of(cls, site: Site, network: Network) -> SiteVisit:
        """A fresh book, with the budgets of the site, or of all sites."""
        return cls(site, network.max_seconds_per_site, site.max_bytes_per_site or network.max_bytes_per_site)

    def is_new(self, url: str) -> bool:
        """True the first time that this address, or another with the same key, is met."""
        if url in self._seen:
            return False
        if len(self._seen) >= MAX_KNOWN:
            self._unlisted += 1
            self.spent = self.spent or "addresses"
            return False
        self._seen.add(url)
        same = key(url)
        if same in self._keys:
            return False
        self._keys.add(same)
        return True

    def unmet(self, url: str) -> bool:
        """True where exactly this address was not met yet; asked without the lock, so `is_new` has the last word."""
        return url not in self._seen

    def hrefs(self, base: str) -> set[str]:
        """The hrefs on pages of that origin that lead to addresses met before (`auditor.read.links.Known`)."""
        known = self._hrefs.setdefault(root_of(base), set())
        if len(known) > MAX_HREFS:
            known.clear()
        return known

    def met(self, url: str) -> bool:
        """True where exactly this address was met before; it is remembered."""
        known = url in self._seen
        self._seen.add(url)
        self._keys.add(key(url))
        return known

    def refuse(self, link: Link, rule: str, via: str | None) -> None:
        if len(self._refused) >= MAX_REFUSALS:
            self._unlisted += 1
            return
        self._refused.append(Refusal(link.url, rule, via, link.text, link.context))

    def mirrored(self, task: Task, original: str) -> None:
        """Not asked: the same stands at `original`."""
        self._mirrored[original] = task

    def not_mirrored(self, original: str) -> Task | None:
        """The task that is to be asked after all, since the original does not have what it should."""
        task = self._mirrored.pop(original, None)
        if task is not None:
            self.mirrors.keep_apart(task.url)
        return task

    def within_budget(self) -> bool:
        """False from the moment on that pages, bytes or time are used up."""
        now = time.monotonic()
        self._began = self._began if self._began is not None else now
        if not self.spent:
            used = (
                ("pages", self.asked >= self.site.max_pages),
                ("bytes", self.bytes >= self.max_bytes),
                ("time", now - self._began > self.max_seconds),
            )
            self.spent = next((name for name, up in used if up), "")
        return not self.spent

    def answered(self, task: Task, capture: Capture) -> None:
        """Counts an answer that is final for this address."""
        if capture.cause == "ok":
            self.pages += 1
        if task.front:
            self.front = capture

    def visit(self) -> Visit:
        """How it went, in the end."""
        cause = self.front.cause if self.front is not None else "not-answered"
        for task in self._mirrored.values():
            self.refuse(task.link, "mirror", task.via)
        self._mirrored.clear()
        return Visit(
            site=self.site.id,
            cause=cause,
            exhausted=cause == "ok" and not (self.spent or self.given_up or self.troubles),
            pages=self.pages,
            refused=tuple(self._refused),
            detail=self._detail(cause),
            delay_seconds=self.delay,
            spent=self.spent,
            against_robots=len(self.against_robots),
        )

    def _detail(self, cause: str) -> str:
        parts = []
        if cause != "ok":
            parts.append(self.front.detail if self.front is not None else "")
            parts.append(CAUSES[cause].text.en)
        elif self.front is not None and twin(host(self.front.url)) not in hosts_of(self.site):
            parts.append(f"the address leads to {host(self.front.url)}; add it to `hosts` if it belongs to the site")
        if self.spent:
            parts.append(_SPENT[self.spent])
        if self._unlisted:
            parts.append(f"{self._unlisted} more links were not followed and are not listed")
        parts += self.troubles[:5] + self.undrawn[:5]
        return "; ".join(part for part in parts if part)
