"""Links of a page -> tasks or refusals: each address that a site shows is followed, or refused by a stated rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from auditor.collect.content_type import HTML
from auditor.collect.drives import download_address
from auditor.collect.frontier import Frontier, Task
from auditor.collect.page_links import PageLinks
from auditor.collect.reading import Got
from auditor.collect.robots import Book
from auditor.collect.scope import Scope
from auditor.collect.traps import series_of
from auditor.collect.urls import MAX_LENGTH, is_web
from auditor.collect.visiting import SiteVisit
from auditor.model import VIA_ANSWER, Link
from auditor.read.mapdata import named_in_page, named_in_script, scripts_of
from auditor.read.markup import charset_of
from auditor.read.memory import Memory

Interest = Callable[[Link], float]

MAX_DEPTH = 25
MAX_HTML = 5_000_000
_ANSWERED = 0.5
_OTHER = 3.0  # behind front pages, portals and sitemaps in the frontier
_UNSAID_TYPES = frozenset(("", "text/plain", "application/octet-stream", "application/xml", "text/xml"))
_LOOKS_HTML = re.compile(rb"^[\s\xef\xbb\xbf]*<(?:!doctype\s+html|html|head|body)", re.IGNORECASE)


class Intake:
    """`interest`: how much the catalogue wants what a link names. `payload`: the decoded bytes of an answer."""

    def __init__(
        self,
        scope: Scope,
        book: Book,
        frontier: Frontier,
        interest: Interest,
        payload: Callable[[Got], bytes],
        memory: Memory,
    ) -> None:
        self._scope = scope
        self._book = book
        self._frontier = frontier
        self._interest = interest
        self._payload = payload
        self._links = PageLinks(memory, payload)

    def take(self, task: Task, visit: SiteVisit, got: Got) -> None:
        """Offers every link of a page that was fetched."""
        capture = got.capture
        if capture.size > MAX_HTML or not (capture.media_type in HTML or capture.media_type in _UNSAID_TYPES):
            return
        if capture.media_type in _UNSAID_TYPES and not _LOOKS_HTML.match(self._payload(got)[:1024]):
            return
        here = series_of(capture.url)
        nowhere = self._leads_nowhere(task, visit, got)
        same = others = 0
        for link in self._links.of(got, visit):
            if self.offer(visit, link, capture.url, task.depth + 1, nowhere=nowhere) and here is not None:
                more = series_of(link.url) == here
                same, others = same + more, others + (not more)
        with visit.lock:
            visit.traps.saw(capture.url, same, others)

    def _leads_nowhere(self, task: Task, visit: SiteVisit, got: Got) -> bool:
        """Bytes that have not changed since an earlier night are only looked at where the site has shown such pages."""
        if not task.front and got.capture.unchanged_since is not None and not visit.lost.suspicious:
            return False
        payload = self._payload(got)
        with visit.lock:
            if task.front:
                visit.lost.saw_front(payload)
            return not task.front and visit.lost.leads_nowhere(got.capture.url, payload)

    def take_described(self, task: Task, visit: SiteVisit, got: Got) -> None:
        """Offers the files of datasets that a page describes for machines; they need not be links of it."""
        if got.capture.media_type not in HTML or got.capture.size > MAX_HTML:
            return
        for link in self._links.described(got):
            self.offer(visit, link, got.capture.url, task.depth + 1, declared=True)

    def take_map_data(self, task: Task, visit: SiteVisit, got: Got) -> None:
        """Offers the data that a page with a map, or a script of its host, names; and the scripts of the page."""
        capture = got.capture
        if capture.size > MAX_HTML:
            return
        if "javascript" in capture.media_type or "ecmascript" in capture.media_type:
            found = named_in_script(self._payload(got), task.via or capture.url)
        elif capture.media_type in HTML:
            payload = self._payload(got)
            found = named_in_page(payload, capture.url, charset_of(capture.header("content-type")))
            for script in scripts_of(payload, capture.url):
                self.offer(visit, script, capture.url, task.depth + 1)
        else:
            return
        for link in found:
            self.offer(visit, link, capture.url, task.depth + 1, declared=True)

    def offer(
        self, visit: SiteVisit, link: Link, via: str, depth: int, declared: bool = False, nowhere: bool = False
    ) -> bool:
        """Queues or refuses an address that was not met before; True where it is followed. `declared`: a portal says
        that this is its file, so it is fetched wherever it is. `nowhere`: it stands on a page that is not there."""
        address = download_address(link.url)
        link = link if address == link.url else replace(link, url=address)
        with visit.lock:
            if not visit.is_new(link.url):
                return False
            rule, follow = self._rule(visit, link, depth, declared)
            if rule or nowhere:
                visit.refuse(link, rule or "soft-404", via)
                return False
            # Depth 0: no page leads there, an officer's answer does; it is what the night is waited for.
            priority = (_OTHER, -self._interest(link), float(depth)) if depth else (_ANSWERED,)
            self._frontier.put(Task(visit.site.id, "page", link, via, depth, follow=follow), priority)
            return True

    def answers(self, visit: SiteVisit, urls: Iterable[str]) -> None:
        """Offers the addresses that officers gave; no page leads there."""
        for url in urls:
            self.offer(visit, Link(url, ""), VIA_ANSWER, depth=0, declared=True)

    def _rule(self, visit: SiteVisit, link: Link, depth: int, declared: bool) -> tuple[str, bool]:
        """The rule by which the link is refused, or none; whether its own links are to be taken."""
        if not is_web(link.url):
            return "scheme", False
        if len(link.url) > MAX_LENGTH:
            return "size", False
        way = self._scope.way(visit.site, link.url)
        if way == "refuse" and not (declared and not self._scope.sealed(link.url)):
            return "other-host", False
        rules = self._book.known(link.url)
        if rules is not None and rules.cause == "ok" and not rules.allows(link.url):
            return "robots", False
        if visit.site.role == "app" or depth > MAX_DEPTH:
            return "depth", False
        if way == "follow" and visit.traps.catches(link.url):
            return "trap", False
        return ("budget" if visit.spent else ""), way == "follow"
