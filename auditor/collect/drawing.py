"""Which pages are given to the browser, and what they may ask for while they draw themselves."""

from __future__ import annotations

from auditor.collect.browser import RENDERED, Browser
from auditor.collect.fetch import Door
from auditor.collect.frontier import Task
from auditor.collect.reading import Ask, Got
from auditor.collect.robots import Book
from auditor.collect.scope import Scope
from auditor.collect.urls import is_web
from auditor.collect.visiting import SiteVisit
from auditor.config import Network
from auditor.evidence.store import EvidenceWriter, Origin
from auditor.model import Capture
from auditor.read.page import draws_itself


class Drawing:
    """Does nothing unless `network.browser` is set. Raises BrowserMissing when it is made."""

    def __init__(self, network: Network, writer: EvidenceWriter, door: Door, book: Book, scope: Scope) -> None:
        self._door = door
        self._book = book
        self._scope = scope
        self._browser = Browser(writer, door.agent, door.clock.now) if network.browser else None

    def close(self) -> None:
        if self._browser is not None:
            self._browser.close()

    def drawn(self, task: Task, visit: SiteVisit, got: Got) -> Got:
        """A page that draws itself, as a browser draws it; the same answer where there is none or it could not."""
        capture = got.capture
        drawable = capture.cause == "ok" and task.follow and "html" in capture.media_type
        if self._browser is None or not drawable or visit.site.role == "restricted" or capture.detail == RENDERED:
            return got
        payload = self._door.payload(got)
        if not draws_itself(capture, payload):
            return got
        drawn = self._browser.draw(capture, payload, lambda url: self._part(task, visit, url))
        if isinstance(drawn, str):
            with visit.lock:
                visit.undrawn.append(f"{task.url}: {drawn}")
            return got
        return Got(*drawn)

    def _part(self, task: Task, visit: SiteVisit, url: str) -> tuple[Capture, bytes] | None:
        """What a page asks for: by the same door and rules as everything else, once a night."""
        if not is_web(url) or (self._scope.sealed(url) and self._scope.owner(url) != task.site):
            return None
        if visit.parts.get(url) is None:
            got = self._asked(Ask(url, Origin(task.site, task.url)), task.site)
            with visit.lock:
                visit.met(url)
                visit.parts[url] = got.capture
        capture = visit.parts[url]
        return None if capture.status is None else (capture, self._door.payload(Got(capture)))

    def _asked(self, ask: Ask, site: str) -> Got:
        rules = self._book.rules(ask.url, site)
        if rules.cause != "ok":
            return self._door.fail(ask, rules.cause, rules.detail)
        return self._door.fetch(ask, lambda hop: self._book.rules(hop, site).allows(hop), retries=0)
