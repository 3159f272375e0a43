"""What a site announces to machines about itself: its sitemaps and its feeds, asked for like any page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from auditor.collect import feeds, sitemaps, wellknown
from auditor.collect.content_type import HTML
from auditor.collect.fetch import Door
from auditor.collect.frontier import Frontier, Task
from auditor.collect.intake import Intake
from auditor.collect.reading import Ask, Got
from auditor.collect.robots import Book, Rules
from auditor.collect.scope import Scope
from auditor.collect.urls import is_web
from auditor.collect.visiting import SiteVisit
from auditor.evidence.store import Origin
from auditor.model import Link
from auditor.read.addresses import absolute

PRIORITY = (2.0,)
"""Behind front pages and portals, before everything that a page leads to."""


class Announced:
    """`rules`: those for a task's address, or None where the task went back to wait for its turn."""

    def __init__(
        self,
        scope: Scope,
        book: Book,
        frontier: Frontier,
        intake: Intake,
        door: Door,
        rules: Callable[[Task], Rules | None],
    ) -> None:
        self._scope = scope
        self._book = book
        self._frontier = frontier
        self._intake = intake
        self._door = door
        self._rules = rules

    def begin(self, task: Task, rules: Rules) -> None:
        """Queues the sitemaps that robots.txt names, and the one that has its place by the protocol."""
        usual = wellknown.sitemaps(task.url)
        for url in dict.fromkeys((*usual, *rules.sitemaps)):
            if self._scope.owner(url) == task.site or url in usual:
                self._frontier.put(Task(task.site, "sitemap", Link(url, ""), via=wellknown.robots(task.url)), PRIORITY)

    def sitemap(self, task: Task, visit: SiteVisit) -> None:
        """Offers the pages of one, and queues the further ones that it names."""
        payload = self._asked(task)
        if payload is None:
            return
        found = sitemaps.parse(payload)
        for url in filter(None, (absolute(page, task.url) for page in found.pages)):
            if is_web(url) and self._scope.owner(url) == task.site:
                self._intake.offer(visit, Link(url, ""), task.url, depth=1)
        for url in found.maps[: sitemaps.MAX_FILES]:
            with visit.lock:
                known = visit.met(url)
            if is_web(url) and self._scope.owner(url) == task.site and not known and task.depth < sitemaps.MAX_DEPTH:
                deeper = replace(task, link=Link(url, ""), via=task.url, depth=task.depth + 1)
                self._frontier.put(deeper, PRIORITY)

    def feeds_of(self, task: Task, visit: SiteVisit, got: Got) -> None:
        """Queues the site's own feeds that a page announces."""
        if got.capture.media_type not in HTML or visit.feeds >= feeds.MAX_FEEDS or visit.pages > feeds.LOOKED_AT:
            return
        for url in feeds.announced(self._door.payload(got), got.capture.url):
            if not is_web(url) or self._scope.owner(url) != task.site:
                continue
            with visit.lock:
                if visit.met(url) or visit.feeds >= feeds.MAX_FEEDS:
                    continue
                visit.feeds += 1
            self._frontier.put(Task(task.site, "feed", Link(url, ""), via=task.url, depth=task.depth + 1), PRIORITY)

    def feed(self, task: Task, visit: SiteVisit) -> None:
        """Offers the entries of one."""
        payload = self._asked(task)
        for link in feeds.parse(payload, task.url) if payload else ():
            self._intake.offer(visit, link, task.url, task.depth + 1)

    def _asked(self, task: Task) -> bytes | None:
        rules = self._rules(task)
        if rules is None or not rules.allows(task.url):
            return None
        got = self._door.fetch(ask_of(task), allowed=lambda url: self._book.rules(url, task.site).allows(url))
        return self._door.payload(got) if got.capture.cause == "ok" else None


def ask_of(task: Task) -> Ask:
    """The request that a task is about, with the link that led to it."""
    origin = Origin(task.site, task.via, task.link.text, task.link.context)
    return Ask(task.url, origin, task.chain, cookie=task.cookie)
