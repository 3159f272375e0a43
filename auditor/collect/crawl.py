"""A night's collection: every site from its front page on, politely, within budget, into the evidence.

A fixed pool of workers takes tasks from the frontier. A task makes at most one request, except where robots.txt has to
be had first. What was archived before an interruption is not asked again: the crawl walks over it as if it had just
come, so a resumed night ends where an undisturbed one would have.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

from auditor.collect.announced import Announced, ask_of
from auditor.collect.causes import CAUSES
from auditor.collect.drawing import Drawing
from auditor.collect.fetch import Door
from auditor.collect.frontier import Frontier, Task
from auditor.collect.intake import Intake, Interest
from auditor.collect.names import Names
from auditor.collect.outage import NetworkGone
from auditor.collect.pool import Pool
from auditor.collect.portals.detect import detect
from auditor.collect.portals.hints import hints_of
from auditor.collect.portals.lent import Lent
from auditor.collect.reading import Ask, Got
from auditor.collect.robots import Book, Rules
from auditor.collect.scope import Scope
from auditor.collect.urls import host, is_web
from auditor.collect.vantage import Vantage
from auditor.collect.visiting import SiteVisit
from auditor.config import Network
from auditor.evidence.source import visit_of
from auditor.evidence.store import EvidenceWriter
from auditor.model import Capture, Link, Site, Visit
from auditor.read.memory import Forgetful, Memory

Progress = Callable[[str, dict[str, Any]], None]

_FRONT = (0.0,)
_PORTAL = (1.0,)


def collect(
    sites: Sequence[Site],
    network: Network,
    writer: EvidenceWriter,
    *,
    interest: Interest,
    progress: Progress | None = None,
    stop: threading.Event | None = None,
    trust: bool | str = True,
    answered: Mapping[str, Sequence[str]] | None = None,
    memory: Memory | None = None,
) -> tuple[Visit, ...]:
    """Collects all sites and writes a `visit` record of each (and a `portal` record of each portal) as it ends.

    `interest`: how much the catalogue wants what a link names; higher is asked for first. `progress` is called with
    `site`, `page`, `pause` and `visit` events from the workers. `stop` ends it after the requests under way; sites that
    were not finished get no visit, and the next call on the same evidence goes on. `trust`: as `verify` of requests.
    `answered`: site -> addresses that officers gave, asked for first by the same rules; a foreign page's links are not
    followed. `memory`: what was read of the same bytes on earlier nights.
    Gives the visits of the finished sites, in their order. Raises EvidenceError.
    """
    stopped = stop or threading.Event()
    return _Crawl(
        sites, network, writer, interest, progress, stopped, trust, answered or {}, memory or Forgetful()
    ).run()


class _Crawl:
    def __init__(
        self,
        sites: Sequence[Site],
        network: Network,
        writer: EvidenceWriter,
        interest: Interest,
        progress: Progress | None,
        stop: threading.Event,
        trust: bool | str,
        answered: Mapping[str, Sequence[str]],
        memory: Memory,
    ) -> None:
        self._sites = sites
        self._network = network
        self._writer = writer
        self._progress = progress or (lambda event, data: None)
        self._stop = stop
        self._answered = answered
        self._scope = Scope(sites)
        self._names = Names(writer)
        self._door = Door(network, writer, stop=stop, trust=trust)
        self._door.gate.on_pause = lambda host, seconds: self._progress("pause", {"host": host, "seconds": seconds})
        self._vantage = Vantage(network, writer, self._door, trust)
        self._book = Book(self._ask_robots)
        self._drawing = Drawing(network, writer, self._door, self._book, self._scope)
        self._frontier = Frontier(self._door.gate.next_at, stop)
        self._intake = Intake(self._scope, self._book, self._frontier, interest, self._door.payload, memory)
        self._announced = Announced(
            self._scope, self._book, self._frontier, self._intake, self._door, self._rules_or_back
        )
        self._visits = {site.id: SiteVisit.of(site, network) for site in sites}
        self._finished = {visit.site: visit for visit in map(visit_of, writer.records("visit"))}
        self._held: deque[Visit] = deque()
        self._steps = {
            "start": self._start,
            "page": self._page,
            "sitemap": self._announced.sitemap,
            "feed": self._announced.feed,
            "portal": self._portal,
        }

    # ---- the whole ----

    def run(self) -> tuple[Visit, ...]:
        for site in self._sites:
            self._begin(site)
        pool = Pool(self._frontier, self._stop, do=self._do, hurt=self._hurt, ended=self._site_end)
        try:
            pool.run(self._network.workers)
        finally:
            self._drawing.close()
            self._door.close()
        if self._door.outage.gone:
            raise NetworkGone
        if not self._stop.is_set():
            self._write_held()
        return tuple(self._finished[site.id] for site in self._sites if site.id in self._finished)

    def _do(self, task: Task) -> None:
        self._steps[task.kind](task, self._visits[task.site])

    def _hurt(self, task: Task, error: Exception) -> None:
        visit = self._visits[task.site]
        with visit.lock:
            visit.troubles.append(f"{task.url}: {type(error).__name__}: {error}"[:300])

    def _begin(self, site: Site) -> None:
        if site.id in self._finished:
            return
        if site.url is None:
            self._end(Visit(site.id, "address-not-known", detail=CAUSES["address-not-known"].text.en))
            return
        self._progress("site", {"site": site.id, "url": site.url})
        visit = self._visits[site.id]
        visit.met(site.url)
        self._frontier.open(site.id)
        self._frontier.put(Task(site.id, "start", Link(site.url, site.name), front=True), _FRONT)
        self._intake.answers(visit, self._answered.get(site.id, ()))

    # ---- the kinds of task ----

    def _start(self, task: Task, visit: SiteVisit) -> None:
        """robots.txt, then the front page and whatever else a site is asked for without a link."""
        if task.again:
            self._book.forget(task.url)
        rules = self._book.rules(task.url, task.site)
        visit.delay = self._door.gate.delay(host(task.url))
        page = replace(task, kind="page")
        if rules.cause != "ok":
            self._not_asked(page, visit, rules, retry=task)
            return
        self._names.look(visit.site)
        self._frontier.put(page, _FRONT)
        if visit.site.role in ("restricted", "app"):
            return
        self._announced.begin(task, rules)

    def _page(self, task: Task, visit: SiteVisit) -> None:
        rules = self._rules_or_back(task)
        if rules is None or not self._may_ask(task, visit, rules):
            return
        got = self._door.once(ask_of(task))
        visit.bytes = self._door.received(task.site)
        if self._asked_again(task, visit, got):
            return
        capture = got.capture
        self._progress(
            "page",
            {
                "site": task.site,
                "url": task.url,
                "cause": capture.cause,
                "pages": visit.pages,
                "waiting": self._frontier.waiting(task.site),
            },
        )
        hop = self._door.next_hop(ask_of(task), got)
        if hop is not None and visit.site.role != "restricted":
            self._follow_redirect(task, visit, hop, capture)
            return
        got = self._drawing.drawn(task, visit, got)
        self._learn(task, visit, got)
        self._ask_portal(task, visit, got)
        if capture.cause == "ok" and task.follow and visit.site.role != "restricted":
            self._intake.take(task, visit, got)
            self._announced.feeds_of(task, visit, got)
            if visit.site.role == "portal":
                self._intake.take_described(task, visit, got)
            elif visit.site.role == "covid":
                self._intake.take_map_data(task, visit, got)

    def _learn(self, task: Task, visit: SiteVisit, got: Got) -> None:
        """What an answer says of others: whether it stands in a mirror, how a page looks that is not there."""
        capture = got.capture
        with visit.lock:
            visit.answered(task, capture)
            if not task.follow or (task.front and capture.cause != "ok"):
                return
            if capture.cause == "ok":
                bare = Got(capture)  # without the bytes: they are in the archive
                visit.mirrors.saw(capture.url, capture.digest, capture.size, lambda: self._door.payload(bare))
                return
            if capture.cause in ("not-found", "gone"):
                visit.lost.saw_honest(self._door.payload(got))
            apart = visit.not_mirrored(task.url)
        if apart is not None:
            self._frontier.put(apart, _FRONT)

    def _ask_portal(self, task: Task, visit: SiteVisit, got: Got | None) -> None:
        """Once the front page of a portal is there: it says what to ask for."""
        if not task.front or visit.site.role != "portal" or visit.harvest is not None:
            return
        if got is not None and got.capture.cause == "ok":
            visit.hints = hints_of(self._door.payload(got), got.capture.url)
        portal = Task(task.site, "portal", Link(visit.site.url or task.url, visit.site.name))
        visit.harvest = detect(visit.site, Lent(visit, portal.url, self._door, self._book, self._network))
        self._frontier.put(portal, _PORTAL)

    def _portal(self, task: Task, visit: SiteVisit) -> None:
        """One step of the harvest, then back into the queue."""
        if visit.harvest is None:
            return
        try:
            shown_by, links = next(visit.harvest)
        except StopIteration as ended:
            visit.outcome = ended.value
            return
        for link in links:
            self._intake.offer(visit, link, shown_by, depth=1, declared=True)
        self._frontier.put(task, _PORTAL)

    # ---- before a request ----

    def _ask_robots(self, url: str, site: str, again: bool) -> Rules:
        return self._door.rules(url, site, once=again or self._visits[site].site.role == "restricted")

    def _rules_or_back(self, task: Task) -> Rules | None:
        """The rules for the task's address; where they had to be asked for, the task goes back to wait its turn."""
        rules = self._book.known(task.url)
        if rules is not None or not is_web(task.url):
            return rules or Rules()
        self._book.rules(task.url, task.site)
        self._frontier.put(task, _FRONT)
        return None

    def _may_ask(self, task: Task, visit: SiteVisit, rules: Rules) -> bool:
        if rules.cause != "ok":
            self._not_asked(task, visit, rules, retry=task)
            return False
        with visit.lock:
            if not rules.allows(task.url):
                visit.refuse(task.link, "robots", task.via)
                if task.front:
                    visit.front = self._door.fail(ask_of(task), "robots").capture
                    self._ask_portal(task, visit, None)
                return False
            original = None if task.front else visit.mirrors.original(task.url)
            if original is not None:
                visit.mirrored(task, original)
                self._intake.offer(visit, replace(task.link, url=original), task.via or task.url, max(task.depth, 1))
                return False
            if task.attempt == 0 and not task.again:
                if not task.front and not visit.within_budget():
                    visit.refuse(task.link, "budget", task.via)
                    self._drop_rest(visit)
                    return False
                visit.asked += 1
        return True

    def _not_asked(self, task: Task, visit: SiteVisit, rules: Rules, retry: Task) -> None:
        """robots.txt could not be had: what would have been asked is recorded with that cause."""
        got = self._door.fail(ask_of(task), rules.cause, rules.detail)
        with visit.lock:
            visit.answered(task, got.capture)
            if got.cause.transient and not task.again and visit.site.role != "restricted":
                visit.again.append(retry)

    def _drop_rest(self, visit: SiteVisit) -> None:
        dropped, _ = self._frontier.drain(lambda other: other.site == visit.site.id and other.kind == "page")
        for other in dropped:
            visit.refuse(other.link, "budget", other.via)

    # ---- after an answer ----

    def _asked_again(self, task: Task, visit: SiteVisit, got: Got) -> bool:
        """True where the task goes on later: now with a pause, or once more at the end of the site."""
        if not got.cause.transient or visit.site.role == "restricted":
            return False
        name = host(task.url)
        if self._door.circuit_open(name):
            with visit.lock:
                visit.answered(task, got.capture)
                if not task.again:
                    visit.again.append(task)
            self._give_up(name)
            return True
        pause = self._door.pause_before_retry(got, task.attempt)
        if pause is not None and task.attempt < self._network.retries and not task.again:
            self._door.gate.pause(name, pause)
            self._frontier.put(task.next_attempt(), _FRONT)
            return True
        if not task.again:
            with visit.lock:
                visit.again.append(task)
        return False

    def _give_up(self, name: str) -> None:
        """Nothing more is asked of that host tonight; what was waiting for it is recorded as such."""
        if self._door.outage.gone:
            raise NetworkGone
        dropped, ended = self._frontier.drain(lambda other: host(other.url) == name and other.kind != "portal")
        for other in dropped:
            visit = self._visits[other.site]
            got = None if other.again else self._door.fail(ask_of(other), "circuit-open")
            with visit.lock:
                if got is not None and other.front:
                    visit.front = got.capture
                if got is not None and visit.site.role != "restricted":
                    visit.again.append(other)
                else:
                    visit.given_up = visit.given_up or other.follow
        for site in ended:
            self._site_end(site)

    def _follow_redirect(self, task: Task, visit: SiteVisit, hop: Ask, capture: Capture) -> None:
        with visit.lock:
            known = visit.met(hop.url)
        link = replace(task.link, url=hop.url)
        if self._scope.sealed(hop.url) and self._scope.owner(hop.url) != task.site:
            with visit.lock:
                visit.refuse(link, "other-host", task.url)
                visit.answered(task, capture)
        elif not known or task.front:
            mine = self._scope.owner(hop.url) == task.site
            following = replace(
                task,
                link=link,
                via=task.url,
                chain=hop.chain,
                cookie=hop.cookie,
                follow=task.follow and mine,
                attempt=0,
                again=False,
            )
            self._frontier.put(following, _FRONT)

    # ---- the end of a site ----

    def _site_end(self, site: str) -> None:
        """Asks once more, some minutes later, for what may answer then; where nothing is left, writes how it went."""
        visit = self._visits[site]
        with visit.lock:
            again, visit.again = visit.again, []
        if again and not visit.spent:
            self._later(again)
            return
        if visit.outcome is not None:
            self._writer.record("portal", {"site": site, **asdict(visit.outcome)})
        visit.delay = self._door.gate.delay(host(visit.site.url or ""))
        self._end(self._vantage.looked(visit.visit(), visit.site))
        self._frontier.close(site)

    def _later(self, again: list[Task]) -> None:
        for name in {host(task.url) for task in again}:
            self._door.half_open(name)
            self._door.gate.pause(name, self._network.later)
        for task in again:
            self._book.forget(task.url)
            self._frontier.put(replace(task, again=True, attempt=0), _FRONT)

    def _end(self, visit: Visit) -> None:
        """Where nobody answers any more it may be our network: then how a site went is not final yet."""
        self._finished[visit.site] = visit
        self._held.append(visit)
        if not self._door.outage.doubtful:
            self._write_held()
        self._progress("visit", {"site": visit.site, "cause": visit.cause, "pages": visit.pages})

    def _write_held(self) -> None:
        while self._held:
            self._writer.record("visit", asdict(self._held.popleft()))
