"""All that a judge may look at: the facts of one night, the catalogue, and what many judges ask of them.

Everything is sorted by address before a choice is made, so that the order of captures, pages and sites changes nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from auditor.model import Capture, Catalogue, Criterion, Document, Facts, Page, Site, SiteFacts
from checks.judges.fronts import INTERCEPTED, answered, collected, host_of
from checks.judges.hands import MUTE, RUN_OUT, Own, Sign, own_of, sign_of
from checks.params import IdentityParams

ANSWERED = frozenset({"ok", "redirect", "redirect-loop", "too-many-redirects", "bad-redirect", "not-found", "gone"})
"""Causes of a capture that are the site's own answer; everything else was not seen."""

GONE = frozenset({"not-found", "gone", "redirect-loop", "too-many-redirects", "bad-redirect"})

ENDED = GONE | {"dns"}
"""Causes of a visit that say that the site is no more: its server does, or its name does not exist."""

_BLOCKED_CAUSES = re.compile(r"block|forbidden|not-allowed")
_OUR_CAUSES = re.compile(r"budget|interrupted|not-answered")
_SEPARATORS = re.compile(r"[-_/+.=&?]+")


@dataclass(frozen=True)
class Case:
    """One body on one night, asked about by one catalogue."""

    facts: Facts
    catalogue: Catalogue

    @cached_property
    def at(self) -> date:
        return self.facts.at.date()

    @cached_property
    def sites(self) -> tuple[SiteFacts, ...]:
        return tuple(sorted(self.facts.sites, key=lambda s: s.site.id))

    @cached_property
    def public(self) -> tuple[SiteFacts, ...]:
        return tuple(s for s in self.sites if s.site.audience == "public")

    @cached_property
    def no_network(self) -> bool:
        """Not one of the public sites that were asked gave any answer: the fault is more likely ours."""
        asked = [s for s in self.public if s.site.url and collected(s)]
        return bool(asked) and not any(map(answered, asked))

    def places(self, criterion: Criterion) -> tuple[SiteFacts, ...]:
        """Where the thing belongs. An archived site is a place only where the criterion is about archives (covid), or
        about each service or app by itself."""
        lasting = {"covid"} | ({"service", "app"} if set(criterion.places) <= {"service", "app"} else set())
        return tuple(
            s
            for s in self.public
            if s.site.role in criterion.places and (s.site.lifecycle == "active" or s.site.role in lasting)
        )

    @cached_property
    def open_sites(self) -> tuple[SiteFacts, ...]:
        """Sites whose documents and pages are evidence: public, and none whose identity is `unmet`."""
        return tuple(s for s in self.public if not self.set_aside(s))

    @cached_property
    def own(self) -> Own:
        return own_of(self.facts.body, self.sites)

    @cached_property
    def signs(self) -> Mapping[str, Sign | None]:
        """Site -> the sign that it is no longer the body's. A staff system is asked other questions."""
        return {s.site.id: None if s.site.role == "restricted" else self._sign(s) for s in self.sites}

    def _sign(self, site: SiteFacts) -> Sign | None:
        before = self.facts.prior.fronts.get(site.site.id)
        return sign_of(site, self.own, self.facts.at, self.identity.warn_days, before)

    @cached_property
    def identity(self) -> IdentityParams:
        """What the catalogue says of identity; of a catalogue that does not ask for it the defaults."""
        asked = (c.params for c in self.catalogue.criteria if c.judge == "identity")
        return IdentityParams.model_validate(dict(next(asked, {})))

    @cached_property
    def _standing(self) -> Mapping[str, str]:
        usual = self.facts.prior.pages
        return {s.site.id: _standing(s, usual.get(s.site.id), self.signs[s.site.id]) for s in self.sites}

    def seen(self, site: SiteFacts) -> bool:
        """Whether the site answered as itself, if with fewer pages than usual."""
        return self.standing(site) in ("", "auditor-less-than-usual")

    def standing(self, site: SiteFacts) -> str:
        """Empty where the site answered as itself, else the reason code why it was not seen."""
        return self._standing[site.site.id]

    def taken_over(self, site: SiteFacts) -> bool:
        return self.standing(site) == "site-taken-over"

    def set_aside(self, site: SiteFacts) -> bool:
        """Whether the site's identity is `unmet` though it answers, so that nothing on it is judged."""
        return self.standing(site) in ("site-taken-over", "site-expiring", "site-expired")

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """The documents that count as evidence, one per address, by address and title."""
        found = {(d.url, d.title, d.found_on): d for s in self.open_sites for d in s.documents}
        return tuple(found[key] for key in sorted(found))

    def pages(self, sites: Iterable[SiteFacts]) -> tuple[Page, ...]:
        """Pages that are the site's own answer, by address."""
        return tuple(sorted((p for s in sites for p in s.pages if p.nature == "page"), key=lambda p: p.url))

    @cached_property
    def words(self) -> Mapping[str, tuple[str, ...]]:
        """Address -> the words of the links that lead there (anchor, context), also through redirects."""
        return _link_words(self.sites)

    @cached_property
    def page_at(self) -> Mapping[str, Page]:
        return {p.url: p for s in reversed(self.sites) for p in sorted(s.pages, key=lambda p: p.url, reverse=True)}

    @cached_property
    def captures_at(self) -> Mapping[str, tuple[Capture, ...]]:
        found: dict[str, list[Capture]] = defaultdict(list)
        for site in self.sites:
            for capture in site.captures:
                found[capture.url].append(capture)
        return {url: tuple(sorted(some, key=lambda c: (c.at, c.cause, c.digest))) for url, some in found.items()}

    def page_of(self, url: str) -> Page | None:
        """The page that an address leads to, through redirects; None where it is none or was not read."""
        for _ in range(10):
            if url in self.page_at:
                return self.page_at[url]
            target = next((urljoin(c.url, c.location) for c in self.captures_at.get(url, ()) if c.location), None)
            if target is None:
                return None
            url = target
        return None

    def unanswered(self, url: str) -> bool:
        """Whether an address of the body was asked without an answer, or could not be asked."""
        captures = self.captures_at.get(url, ())
        if captures:
            return not any(c.cause in ANSWERED for c in captures)
        site = self.site_of_host.get(host_of(url))
        return site is not None and bool(self.standing(site))

    def labels(self, page: Page) -> tuple[str, ...]:
        """What a page is called: title, headings, breadcrumb, its path, and the links that lead there."""
        return self._labels[page.url, page.digest]

    @cached_property
    def _labels(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        return {(p.url, p.digest): _labels(p, self.words.get(p.url, ())) for s in self.sites for p in s.pages}

    @cached_property
    def site_of_host(self) -> Mapping[str, SiteFacts]:
        hosts: dict[str, SiteFacts] = {}
        for site in reversed(self.sites):
            for host in (host_of(site.site.url or ""), *(h.lower() for h in site.site.hosts)):
                if host:
                    hosts[host] = site
        return hosts


def _labels(page: Page, words: Iterable[str]) -> tuple[str, ...]:
    path = urlsplit(page.url).path
    parts = (page.title, *page.headings[:3], page.breadcrumb, path, readable_path(page.url), *words)
    return tuple(dict.fromkeys(collapse(part) for part in parts if part))


def _standing(site: SiteFacts, usual: int | None, sign: Sign | None) -> str:
    if site.site.url is None:
        return "human-address-not-known"
    if not collected(site):
        return "auditor-not-collected"
    if sign is not None and sign.kind not in MUTE:
        return f"site-{sign.kind}" if sign.kind in RUN_OUT else "site-taken-over"
    if site.visit.cause != "ok":
        if site.visit.second in ("ok", "redirect"):
            return "site-seen-elsewhere"
        return reason_of_cause(site.visit.cause, whole_site=True)
    if usual and max(len(site.pages), site.visit.pages) * 10 < usual:
        return "auditor-less-than-usual"
    return ""


def reason_of_cause(cause: str, *, whole_site: bool = False) -> str:
    """Why something was not seen, as a reason code, from the collection's word for it."""
    if cause == "robots":
        return "site-robots"
    if cause == "no-contact":
        return "auditor-no-contact"
    if _OUR_CAUSES.search(cause):
        return "auditor-budget"
    if "damaged" in cause:
        return "auditor-evidence-damaged"
    if "login" in cause:
        return "site-login"
    if cause in INTERCEPTED:
        return "auditor-intercepted"
    if cause == "suspended":
        return "site-suspended" if whole_site else "site-incomplete"
    if _BLOCKED_CAUSES.search(cause):
        return "site-blocked"
    if cause in ("too-large", "decompression-bomb"):
        return "site-unread"
    return "site-unreachable" if whole_site else "site-incomplete"


def names(sites: Iterable[SiteFacts]) -> str:
    """The names of sites for a reader, by id."""
    unique: dict[str, Site] = {s.site.id: s.site for s in sites}
    return ", ".join(unique[key].name for key in sorted(unique))


def readable_path(url: str) -> str:
    """Path and query of an address as words: `/informasi-berkala?th=2024` -> `informasi berkala th 2024`."""
    parts = urlsplit(url)
    return _SEPARATORS.sub(" ", unquote(f"{parts.path} {parts.query}")).strip()


def collapse(text: str) -> str:
    return " ".join(text.split())


def _link_words(sites: Iterable[SiteFacts]) -> dict[str, tuple[str, ...]]:
    words: dict[str, set[str]] = defaultdict(set)
    redirects: list[tuple[str, str]] = []
    for site in sites:
        for capture in site.captures:
            words[capture.url].add(_joined(capture.anchor, capture.context))
            if capture.location:
                redirects.append((capture.url, urljoin(capture.url, capture.location)))
        for page in site.pages:
            for link in page.links:
                words[link.url].add(_joined(link.text, link.context))
    for _ in range(3):
        for source, target in sorted(redirects):
            words[target] |= words[source]
    return {url: tuple(sorted(some - {""})) for url, some in words.items()}


def _joined(text: str, context: str) -> str:
    return " > ".join(collapse(part) for part in (context, text) if part.strip())
