"""How the sites of a run stand while it goes on: pages, their rate, what is left, and what each one waits for.

Pure: events and a monotonic time in, rows out. The events are those of `auditor.collect.crawl`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

RATE_SECONDS = 60.0  # the rate is that of the last minute, so that a site that has slowed down shows it
_LEAST = 5.0  # seconds below which a rate says nothing


@dataclass(slots=True)
class Site:
    """One site. `times`: when its last pages came; `left`: addresses that wait to be asked."""

    id: str
    host: str = ""
    began: float | None = None
    ended: float | None = None
    cause: str = ""
    pages: int = 0
    left: int = 0
    times: list[float] = field(default_factory=list)

    def rate(self, now: float) -> float | None:
        """Pages a minute: of the last minute while it goes on, of the whole visit once it has ended; None too early."""
        if self.began is None:
            return None
        if self.ended is not None:
            spent = self.ended - self.began
            return self.pages * 60 / spent if spent >= 1 else None
        spent = min(now - self.began, RATE_SECONDS)
        return sum(now - at <= RATE_SECONDS for at in self.times) * 60 / spent if spent >= _LEAST else None


class Standings:
    """Every site of the run by its id, told by events."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        """`ids`: site -> its address, or an empty string."""
        self.sites = {id_: Site(id_, _host(url)) for id_, url in ids.items()}
        self._paused: dict[str, float] = {}

    def told(self, event: str, what: Mapping[str, Any], now: float) -> Site | None:
        """Takes an event; gives the site that it was about."""
        if event == "pause":
            self._paused[what["host"]] = now + float(what["seconds"])
            return None
        site = self.sites.setdefault(what["site"], Site(what["site"])) if "site" in what else None
        if site is None:
            return None
        if event == "site":
            site.began, site.host = now, _host(str(what.get("url") or "")) or site.host
        elif event == "page":
            site.pages, site.left = int(what.get("pages", 0)), int(what.get("waiting", 0))
            site.host = _host(str(what.get("url", ""))) or site.host
            site.times = [at for at in site.times if now - at <= RATE_SECONDS]
            site.times.append(now)
        elif event == "visit":
            site.ended, site.cause, site.pages, site.left = now, str(what.get("cause", "")), int(what["pages"]), 0
        return site

    def active(self) -> list[Site]:
        """Sites under way, those with the most left first."""
        some = [site for site in self.sites.values() if site.began is not None and site.ended is None]
        return sorted(some, key=lambda site: (-site.left, site.id))

    def ended(self) -> int:
        return sum(site.ended is not None for site in self.sites.values())

    def waits(self, site: Site, now: float) -> str:
        """What the site waits for, in words; empty while its turn is simply next."""
        pause = self._paused.get(site.host, 0.0) - now
        if pause >= 1:
            return f"waits {pause:.0f} s for {site.host}"
        others = [one.id for one in self.active() if one.host == site.host and one.id != site.id]
        if site.host and others:
            return f"takes turns with {', '.join(sorted(others)[:3])}"
        if site.pages == 0 and not site.times:
            return f"waits for {site.host}" if site.host else ""
        return ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
