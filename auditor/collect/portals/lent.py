"""What a portal's platform is lent of the crawl: polite, archived requests, and robots.txt asked first."""

from __future__ import annotations

from auditor.collect import wellknown
from auditor.collect.fetch import Door
from auditor.collect.portals.session import session
from auditor.collect.reading import Ask, Got
from auditor.collect.robots import Book
from auditor.collect.visiting import SiteVisit
from auditor.config import Network
from auditor.evidence.earlier import Known
from auditor.evidence.store import Origin
from auditor.model import Capture, Link


class Lent:
    """See `auditor.collect.portals.Client`. `via`: the address that the requests are said to come from."""

    def __init__(self, visit: SiteVisit, via: str, door: Door, book: Book, network: Network) -> None:
        self._visit = visit
        self._origin = Origin(visit.site.id, via)
        self._door = door
        self._book = book
        self._obey = network.obey_api_robots
        self.hints = visit.hints
        self.asked = via
        self.agent = door.agent
        self.timeout = network.timeout_seconds
        self.session = session(self._get, door.payload)

    def ask(self, url: str) -> tuple[Capture, bytes]:
        got = self._get(url)
        whole = got.capture.cause == "ok" and not got.capture.truncated
        return got.capture, self._door.payload(got) if whole else b""

    def before(self, part: str) -> list[Known]:
        return self._door.before(self._origin.site, part)

    def carry(self, known: Known) -> Capture:
        return self._door.carry(self._origin, known)

    def may_ask(self, url: str) -> bool:
        if self._allowed(url):
            return True
        with self._visit.lock:
            self._visit.refuse(Link(url, ""), "robots", wellknown.robots(url))
        return False

    def _allowed(self, url: str) -> bool:
        rules = self._book.rules(url, self._visit.site.id)
        if rules.cause != "ok" or rules.allows(url):
            return rules.cause == "ok"
        if not self._obey:
            with self._visit.lock:
                self._visit.against_robots.add(url.partition("?")[0])
        return not self._obey

    def _get(self, url: str) -> Got:
        self.asked = url
        return self._door.fetch(Ask(url, self._origin, alone=True), self._allowed)
