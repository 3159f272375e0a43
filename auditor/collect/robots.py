"""robots.txt by RFC 9309: what a site asks of us, fetched once a night and origin, kept strictly.

2xx: its rules. 4xx: no rules, free (2.3.1.3); 429 is a plea to stay away and is taken as one. 5xx or no answer: keep
out (2.3.1.4). More than five redirects: no rules (2.3.1.2). Read up to 500 KiB (2.5). An HTML page in its place holds
no rules.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from auditor.collect import wellknown
from auditor.collect.causes import CAUSES
from auditor.collect.urls import origin
from auditor.model import Capture

MAX_BYTES = 500 * 1024
MAX_REDIRECTS = 5
MAX_DELAY = 30.0
"""Crawl-delay is kept up to here; with more, a site of 2,000 pages could not be seen in a night."""

_HTML = re.compile(rb"^\s*(?:<!--.*?-->\s*)*<(?:!doctype\s|html|head|body|\?xml)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one origin asks of us. `cause` is `ok`, or why we keep out altogether."""

    cause: str = "ok"
    delay: float = 0.0
    sitemaps: tuple[str, ...] = ()
    agents: tuple[str, ...] = ()
    file: Protego | None = None
    detail: str = ""

    def allows(self, url: str) -> bool:
        if self.cause != "ok":
            return False
        return self.file is None or all(self.file.can_fetch(url, agent) for agent in self.agents)


def rules_of(payload: bytes, agents: tuple[str, ...]) -> Rules:
    """The rules in the bytes of a robots.txt, for the names that we go by (the token and the whole User-Agent: a group
    may be written for either). Never raises: a file that cannot be understood holds no rules."""
    text = payload[:MAX_BYTES]
    if len(payload) > MAX_BYTES:
        text = text.rpartition(b"\n")[0]
    if _HTML.match(text[:4096].removeprefix(b"\xef\xbb\xbf")):
        return Rules(agents=agents, detail="an HTML page in place of robots.txt")
    # Protego loses the whole first group behind a byte order mark.
    file = Protego.parse(text.decode("utf-8-sig", "replace").replace("\0", ""))
    delays = [float(delay) for agent in agents if (delay := file.crawl_delay(agent))]
    return Rules(
        delay=min(max(delays, default=0.0), MAX_DELAY), sitemaps=tuple(file.sitemaps), agents=agents, file=file
    )


def rules_after(capture: Capture, payload: Callable[[], bytes], agents: tuple[str, ...]) -> Rules:
    """The rules after the last hop of the request for robots.txt."""
    status = capture.status or 0
    if capture.cause == "ok" or (200 <= status < 300 and capture.cause == "too-large"):
        return rules_of(payload(), agents)
    if 200 <= status < 300 and capture.cause in ("blocked", "suspended"):
        return Rules(agents=agents, detail=f"no robots.txt ({capture.detail})")
    free = 400 <= status < 500 and status != 429
    if free or (300 <= status < 400 and CAUSES[capture.cause].answered):
        return Rules(agents=agents, detail=f"no robots.txt ({status})")
    answered = CAUSES[capture.cause].answered
    return Rules(
        cause="robots-unreachable" if answered and capture.cause != "blocked" else capture.cause,
        agents=agents,
        detail=f"robots.txt: {status or capture.detail or capture.cause}",
    )


class Book:
    """The rules of every origin met this night; `fetch(url of robots.txt, site, again)` is called once an origin."""

    def __init__(self, fetch: Callable[[str, str, bool], Rules]) -> None:
        self._fetch = fetch
        self._forgotten: set[str] = set()
        self._rules: dict[str, Rules] = {}
        self._locks: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()

    def known(self, url: str) -> Rules | None:
        return self._rules.get(origin(url))

    def rules(self, url: str, site: str) -> Rules:
        """Asks for robots.txt, on behalf of `site`, where it is not known yet."""
        place = origin(url)
        with self._lock:
            lock = self._locks.setdefault(place, threading.Lock())
        with lock:
            if place not in self._rules:
                self._rules[place] = self._fetch(wellknown.robots(url), site, place in self._forgotten)
            return self._rules[place]

    def forget(self, url: str) -> None:
        """Rules that could not be had are asked for once more at the end."""
        known = self.known(url)
        if known is not None and CAUSES[known.cause].transient:
            self._forgotten.add(origin(url))
            self._rules.pop(origin(url), None)
