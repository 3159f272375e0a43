"""The only door to the network: every request of a night goes through `Door` and every one is in the evidence.

A request waits for its host's turn, goes to an address that the guard has checked, is read within limits of time and
bytes, and is archived as it came, also when it was cut or failed. Redirects are not followed here but handed back: each
hop is a request of its own. Cookies are neither kept nor sent; only GET and HEAD exist.
"""

from __future__ import annotations

import contextlib
import random
import threading
from collections.abc import Callable
from dataclasses import replace
from urllib.parse import urlsplit

import requests
import urllib3

from auditor import __version__
from auditor.collect import causes, robots
from auditor.collect.certificates import Register
from auditor.collect.conditional import conditions
from auditor.collect.gate import Clock, Gate
from auditor.collect.guard import Guard, GuardedAdapter, Watchdog
from auditor.collect.outage import Outage
from auditor.collect.reading import MAX_REDIRECTS, OFFERS_COOKIE, Ask, Got, Reading
from auditor.collect.urls import host, is_web
from auditor.config import EXAMPLE_CONTACT, Network
from auditor.evidence.earlier import Known
from auditor.evidence.errors import EvidenceDamaged
from auditor.evidence.record import VIA_SECOND, printable
from auditor.evidence.source import DAMAGED
from auditor.evidence.store import EvidenceWriter, Origin
from auditor.model import Capture

urllib3.disable_warnings(urllib3.exceptions.InsecureRequestWarning)  # who sets `despite_tls` has been told
PRODUCT = "TransparencyAuditor"
MAX_RETRY_AFTER = 60.0
BACKOFF_SECONDS = 0.5
CIRCUIT = 5
"""After so many requests in a row without an answer a host is left alone for the night."""


def user_agent(network: Network) -> str:
    return f"{PRODUCT}/{__version__} (+{network.contact})"


class Door:
    """Safe to use from several threads. `trust`: as `verify` of requests (a CA file in tests)."""

    def __init__(
        self,
        network: Network,
        writer: EvidenceWriter,
        *,
        stop: threading.Event | None = None,
        trust: bool | str = True,
    ) -> None:
        self._network = network
        self._writer = writer
        self._trust = trust
        self.stop = stop or threading.Event()
        self.clock = Clock()
        self.gate = Gate(network.delay_seconds, self.stop, network.shared)
        self.agent = user_agent(network)
        guard = Guard(network.allow_private, nameless=network.contact == EXAMPLE_CONTACT)
        self._adapter = GuardedAdapter(guard, witness=Register(writer).saw)
        self._watchdog = Watchdog()
        self.outage = Outage()
        self._silent: dict[str, int] = {}
        self._received: dict[str, int] = {}
        self._counting = threading.Lock()
        self._despite: dict[str, str] = {}  # host -> what its certificate failed by, where we go on all the same
        self._archive = _usable(writer.captures())
        for capture in writer.captures():
            self.gate.was_asked(host(capture.url), (self.clock.now() - capture.at).total_seconds())

    def close(self) -> None:
        self._adapter.close()
        self._watchdog.close()

    # ---- asking ----

    def once(self, ask: Ask) -> Got:
        """One request, or its answer from the archive of this run. Raises Stopped and EvidenceError, nothing else."""
        there = self._archive.get((ask.origin.site, ask.url))
        if there is not None:
            self._count(there)
            return Got(there, from_archive=True)
        if not is_web(ask.url) or "@" in urlsplit(ask.url).netloc:
            return self.fail(ask, "bad-address")  # also with a password in it: we log in nowhere
        name = host(ask.url)
        if self.circuit_open(name):
            return self.fail(ask, "circuit-open")
        try:
            prepared = self.prepared(ask)
        except (requests.RequestException, ValueError, UnicodeError) as error:
            return self.fail(ask, "bad-address", detail=str(error))
        known = self._known(ask, prepared)
        got = self._asked(ask, prepared, name, known) or self._asked(ask, self.prepared(ask), name, None)
        assert got is not None  # what is asked without conditions is archived
        if self._network.despite_tls and got.capture.cause.startswith("tls-") and name not in self._despite:
            self._despite[name] = got.capture.cause
            return self.once(ask)
        silent = got.capture.cause in causes.NO_ANSWER
        self._silent[name] = self._silent.get(name, 0) + 1 if silent else 0
        self.outage.saw(name, silent=silent)
        self._count(got.capture)
        return got

    def _count(self, capture: Capture) -> None:
        with self._counting:
            self._received[capture.site] = self._received.get(capture.site, 0) + capture.size

    def received(self, site: str) -> int:
        """Bytes of payload that the site has given this night, whatever was asked for it."""
        return self._received.get(site, 0)

    def _asked(self, ask: Ask, prepared: requests.PreparedRequest, name: str, known: Known | None) -> Got | None:
        """One request, archived. None where it has to be made again without conditions."""
        with self.gate.turn(name) as began, contextlib.closing(self._reading(ask, prepared, began, known)) as reading:
            reading.run()
        try:
            got = reading.archive(self._writer, self.clock)
        except EvidenceDamaged:
            if known is None:
                raise
            return None  # the earlier night's archive was lost while we asked
        return None if reading.misunderstood else got

    def _known(self, ask: Ask, prepared: requests.PreparedRequest) -> Known | None:
        """What an earlier night has of this address, where the request can ask about it; it then does."""
        if ask.method != "GET":
            return None
        known = self._writer.earlier.find(ask.origin.site, printable(prepared.url or ask.url))
        told = conditions(known, ask.url, self.clock.now()) if known is not None else {}
        prepared.headers.update(told)
        return known if told else None

    def fetch(
        self,
        ask: Ask,
        allowed: Callable[[str], bool] = lambda url: True,
        retries: int | None = None,
        hops: int = MAX_REDIRECTS,
    ) -> Got:
        """`once`, tried again by cause and led on through redirects, in this thread: for the few requests that others
        wait for (robots.txt, sitemaps, the calls of a portal). A hop that is not `allowed` ends it as `robots`."""
        left = self._network.retries if retries is None else retries
        attempt = 0
        while True:
            if not allowed(ask.url):
                return self.fail(ask, "robots")
            got = self.once(ask)
            pause = self.pause_before_retry(got, attempt)
            if pause is not None and attempt < left and not self.circuit_open(host(ask.url)):
                attempt += 1
                self.gate.pause(host(ask.url), pause)
                continue
            following = self.next_hop(ask, got)
            if following is None or len(following.chain) > hops:
                return got
            ask, attempt = following, 0

    def rules(self, url: str, site: str, once: bool) -> robots.Rules:
        """What the robots.txt at `url` asks of us; the delay it names is kept from then on. `once`: not tried again."""
        got = self.fetch(Ask(url, Origin(site)), retries=0 if once else None, hops=robots.MAX_REDIRECTS)
        rules = robots.rules_after(got.capture, lambda: self.payload(got), (PRODUCT, self.agent))
        self.gate.slow_down(host(url), rules.delay)
        return rules

    def fail(self, ask: Ask, cause: str, detail: str = "") -> Got:
        """Archives that nothing was asked, and why."""
        capture = self._writer.failure(
            url=ask.url, origin=ask.origin, at=self.clock.now(), cause=cause, detail=detail[:300]
        )
        return Got(capture)

    def before(self, site: str, part: str) -> list[Known]:
        """Whole answers of an earlier night, whose addresses contain `part`; see `Earlier.listing`."""
        return self._writer.earlier.listing(site, part)

    def carry(self, origin: Origin, known: Known) -> Capture:
        """Takes such an answer into tonight's evidence as it is, under its own date. Raises EvidenceDamaged."""
        return self._writer.carry(known, origin, self.clock.now())

    def payload(self, got: Got) -> bytes:
        """The decoded payload, from memory or from the archive. Raises EvidenceError."""
        return self._writer.payload(got.capture) if got.body is None else got.body

    # ---- what follows from an answer ----

    def next_hop(self, ask: Ask, got: Got) -> Ask | None:
        """The request that a redirect asks for; None where it is none."""
        location = got.capture.location
        if got.capture.cause != "redirect" or location is None:
            return None
        origin = replace(ask.origin, via=ask.url)
        cookie = ask.cookie or got.capture.detail == OFFERS_COOKIE
        return replace(ask, url=location, origin=origin, chain=(*ask.chain, ask.url), cookie=cookie)

    def pause_before_retry(self, got: Got, attempt: int) -> float | None:
        """Seconds to wait before asking again; None where it is of no use tonight, or the server wants us to wait
        longer than we do. Backoff doubles and is jittered, so that hosts of one hoster are not hit in step."""
        if not got.cause.transient or got.from_archive or got.capture.cause == "circuit-open":
            return None
        if got.wait is not None:
            return got.wait if got.wait <= MAX_RETRY_AFTER else None
        return BACKOFF_SECONDS * 2**attempt * random.uniform(0.5, 1.5)  # noqa: S311  (no secret)

    def circuit_open(self, name: str) -> bool:
        return self._silent.get(name, 0) >= CIRCUIT

    def half_open(self, name: str) -> None:
        """One more request may be made to a host that was left alone; if it is not answered either, it stays alone."""
        if self.circuit_open(name):
            self._silent[name] = CIRCUIT - 1

    # ---- the parts of a request ----

    def _reading(self, ask: Ask, prepared: requests.PreparedRequest, began: float, known: Known | None) -> Reading:
        seconds = self._network.timeout_seconds
        failed = self._despite.get(host(ask.url), "")
        trust = False if failed else self._trust
        return Reading(
            ask,
            prepared,
            began,
            send=lambda one: self._adapter.send(one, stream=True, timeout=(seconds, seconds), verify=trust),
            watchdog=self._watchdog,
            timeout=seconds,
            max_bytes=self._network.max_bytes,
            stop=self.stop,
            known=known,
            note=f"{failed}: fetched all the same" if failed else "",
        )

    def prepared(self, ask: Ask) -> requests.PreparedRequest:
        """The request as it goes over the wire. Raises RequestException, ValueError where the address is none."""
        prepared = requests.PreparedRequest()
        prepared.prepare(
            method=ask.method,
            url=ask.url,
            headers={
                "User-Agent": self.agent,
                "Accept": "*/*",
                "Accept-Encoding": "gzip, deflate",
                "Accept-Language": "id, en;q=0.5",
            },
        )
        return prepared


def _usable(captures: tuple[Capture, ...]) -> dict[tuple[str, str], Capture]:
    """What need not be asked again: answers, and failures that would be the same."""
    usable = {}
    for capture in sorted(captures, key=lambda c: c.at):
        cause = causes.CAUSES.get(capture.cause)
        if cause is not None and not cause.transient and capture.cause != DAMAGED and capture.via != VIA_SECOND:
            usable[capture.site, capture.url] = capture
    return usable
