"""Evidence -> facts: every answer of a night read once, put together site by site. Pure but for the sandbox's worker.

The order of captures changes nothing: everything is sorted before it is used, and what is chosen among equals is chosen
by its content.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from urllib.parse import urlsplit

from auditor.model import (
    Body,
    Capture,
    Exposure,
    Facts,
    Page,
    Personal,
    Prior,
    Site,
    SiteFacts,
    Table,
    TitleFacts,
    Visit,
)
from auditor.read.answers import Answer, Answers, Source, hosts_of, is_home, is_login, is_own
from auditor.read.catalogues import is_catalogue_answer
from auditor.read.datasets import Datasets, PortalFacts
from auditor.read.document import PICTURES, TABLES, open_document
from auditor.read.documents import Documents
from auditor.read.exposed import exposure_of
from auditor.read.known_links import keep_links
from auditor.read.memory import Forgetful, Memory, remembered, remembered_of
from auditor.read.objected import asked_for, claims_apart
from auditor.read.opened import Opened
from auditor.read.page import read_page
from auditor.read.personal import strongest, veil
from auditor.read.personal_files import UNSEEN, scan
from auditor.read.sandbox import Broken, Sandbox
from auditor.read.table import read_table
from auditor.read.witnessed import witnessed

SCHEMAS = "checks.schemas:REGISTRY"
"""Where the table schemas are, as a name: the worker that opens tables imports it, this process does not."""

_NO_PAGE = ("/robots.txt",)
_FIGURES = re.compile(r"\d+")
_SAME_TEXT = 200
"""Characters of text from which two pages that say the same are the same page."""


def read_evidence(
    source: Source,
    body: Body,
    sites: Sequence[Site],
    at: datetime,
    prior: Prior | None = None,
    answers: Sequence[Mapping[str, str]] = (),
    *,
    schemas: str = SCHEMAS,
    memory: Memory | None = None,
) -> Facts:
    """All facts of one night. `at`: aware, in the body's time zone; `answers`: what officers and settlers said;
    `memory`: readings of the same bytes that need not be made again.

    Never raises for what the evidence holds: bytes that cannot be read are documents that could not be opened.
    """
    index = Answers(source)
    visits = {visit.site: visit for visit in source.visits()}
    with Sandbox() as sandbox:
        reader = _Reader(source, index, body, at.date(), sandbox, schemas, memory or Forgetful())
        facts = tuple(
            reader.site(site, visits.get(site.id) or Visit(site.id, _silent(site)))
            for site in sorted(sites, key=lambda site: site.id)
        )
    order = {site.id: number for number, site in enumerate(sites)}
    return Facts(
        body=body,
        at=at,
        sites=tuple(sorted(facts, key=lambda one: order[one.site.id])),
        prior=prior if prior is not None else Prior(),
        answers=tuple(answers),
    )


def _silent(site: Site) -> str:
    return "address-not-known" if site.url is None else "not-answered"


class _Reader:
    """Reads each digest once, however many sites and links lead to it."""

    def __init__(
        self, source: Source, index: Answers, body: Body, at: date, sandbox: Sandbox, schemas: str, memory: Memory
    ) -> None:
        self._source = source
        self._index = index
        self._body = body
        self._at = at
        self._sandbox = sandbox
        self._schemas = schemas
        self._memory = memory
        self._region = body.code.replace(".", "")
        self._pages: dict[tuple[str, str, str], Page] = {}
        self._opened: dict[str, Opened] = {}
        self._tables: dict[tuple[str, str], Table | Broken] = {}

    def site(self, site: Site, visit: Visit) -> SiteFacts:
        captures = tuple(capture for capture in self._index.captures if capture.site == site.id)
        pages = self._pages_of(site, captures)
        portal = PortalFacts(None, (), frozenset())
        if site.role in ("portal", "covid"):
            portal = Datasets(site, self._index, self._at, self._table, self._page).gather(pages)
        asked = asked_for(captures)
        documents = Documents(site, self._body, self._index, self._open, self._page).gather(pages, portal.files, asked)
        visit, captures, pages = claims_apart(visit, captures, pages)
        beside = witnessed(site, self._source)
        return SiteFacts(
            site=site,
            visit=visit,
            captures=captures,
            pages=pages,
            documents=documents,
            datasets=portal.datasets,
            portal=portal.portal,
            certificates=beside.certificates,
            mementos=beside.mementos,
            wildcard=beside.wildcard,
            exposure=self._exposure(site) if site.role == "restricted" else None,
            landing=self._landing(site),
        )

    # ---- pages ----

    def _pages_of(self, site: Site, captures: Sequence[Capture]) -> tuple[Page, ...]:
        hosts = hosts_of(site)
        found: dict[str, Page] = {}
        for capture in captures:
            if not is_own(capture.url, hosts) or urlsplit(capture.url).path in _NO_PAGE:
                continue
            if is_catalogue_answer(capture.url):
                continue
            if capture.cause == "ok" and self._is_page(capture):
                found.setdefault(capture.url, self._page(capture))
            elif capture.location and not is_home(capture.url):
                turned_away = self._turned_away(capture, site)
                if turned_away is not None:
                    found.setdefault(capture.url, turned_away)
        return _without_doubles(tuple(found[url] for url in sorted(found)), self._not_found_texts(captures))

    def _is_page(self, capture: Capture) -> bool:
        kind = self._index.format(capture)
        return kind == "html" or (kind in ("empty", "text") and "html" in capture.media_type)

    def _exposure(self, site: Site) -> Exposure | None:
        """What the one answer of a staff system shows; also that of an error, which may be a debug page."""
        capture = next((c for c in self._index.captures if c.site == site.id and c.url == site.url), None)
        if capture is None or capture.status is None:
            return None
        return exposure_of(capture, self._index.payload(capture), self._page(capture))

    def _landing(self, site: Site) -> Page | None:
        """The page on somebody else's host that the site's address leads to."""
        answer = self._index.find(site.url, site.id) if site.url else None
        if answer is None or not answer.ok or is_own(answer.capture.url, hosts_of(site)):
            return None
        return self._page(answer.capture) if self._is_page(answer.capture) else None

    def _turned_away(self, capture: Capture, site: Site) -> Page | None:
        """The page that an address which leads to the front page or to a login is: a not-found in disguise."""
        answer: Answer | None = self._index.find(capture.url, site.id)
        if answer is None or not answer.ok or len(answer.hops) < 2:
            return None
        final = answer.capture
        if is_login(final.url):
            return _signpost(capture, final, "login")
        return _signpost(capture, final, "soft-404") if is_home(final.url) else None

    def _not_found_texts(self, captures: Sequence[Capture]) -> frozenset[str]:
        """What the site says when it says honestly that something is not there."""
        honest = [c for c in captures if c.status in (404, 410) and c.digest and self._index.format(c) == "html"]
        return frozenset(text for c in honest[:5] if len(text := _signature(self._page(c))) > 20)

    def _page(self, capture: Capture) -> Page:
        key = (capture.url, capture.site, capture.digest)
        page = self._pages.get(key)
        if page is None:
            page = self._pages[key] = self._read_page(capture)
        return page

    def _read_page(self, capture: Capture) -> Page:
        payload = self._index.payload(capture)
        said = (capture.url, capture.site, capture.digest, capture.media_type, capture.header("content-type"))
        digest = hashlib.sha256(payload).hexdigest()

        def anew() -> Page:
            page = read_page(capture, payload, self._body)
            keep_links(self._memory, digest, capture, page.links)
            return page

        page = remembered_of(self._memory, Page, digest, (said, self._body), anew)
        assert isinstance(page, Page)  # read_page never breaks
        return page if page.at == capture.at else replace(page, at=capture.at)

    # ---- files ----

    def _open(self, capture: Capture) -> Opened:
        known = self._opened.get(capture.digest)
        if known is not None:
            return known
        payload = self._index.payload(capture)
        opened = remembered(
            self._memory,
            Opened,
            payload,
            (self._region,),
            lambda: self._sandbox.call(open_document, payload, self._region),
        )
        if isinstance(opened, Broken):
            kind = self._index.format(capture)
            # What kills its reader is too much for us; that it is false, nobody has seen.
            flaw = "too-large" if opened.reason != "error" else ""
            opened = Opened(kind, flaw=flaw, reason=f"{opened.reason}: {opened.detail}"[:200])
        else:
            opened = self._with_personal(capture, payload, opened)
        self._opened[capture.digest] = opened
        return opened

    def _with_personal(self, capture: Capture, payload: bytes, opened: Opened) -> Opened:
        """What lies open in the whole file, and its first words without the people in it."""
        found = list(opened.personal)
        if opened.format in TABLES:
            table = self._table(capture, capture.url.rpartition("/")[2] or "tabel")
            found += table.personal if isinstance(table, Table) else self._scanned(payload)
        elif opened.format not in PICTURES and opened.flaw in ("", "placeholder"):
            found += self._scanned(payload)
        personal = strongest(found)
        named = any(one.kind == "patient" for one in personal)
        return replace(opened, personal=personal, words="" if named else veil(opened.words, personal))

    def _scanned(self, payload: bytes) -> tuple[Personal, ...]:
        found = remembered(
            self._memory,
            tuple,
            payload,
            ("scan", self._region),
            lambda: self._sandbox.call(scan, payload, self._region),
        )
        # What kills its reader was not looked through.
        return found if isinstance(found, tuple) else (UNSEEN,)

    def _table(self, capture: Capture, name: str) -> Table | Broken:
        key = (capture.digest, name)
        if key not in self._tables:
            payload = self._index.payload(capture)
            asked = (name, self._at, self._schemas, self._region)
            table = remembered(
                self._memory, Table, payload, asked, lambda: self._sandbox.call(read_table, payload, *asked)
            )
            if isinstance(table, Table):
                table = replace(table, personal=strongest((*table.personal, *self._scanned(payload))))
            self._tables[key] = table
        return self._tables[key]


def _signpost(capture: Capture, final: Capture, nature: str) -> Page:
    words = "dialihkan ke halaman masuk" if nature == "login" else "dialihkan ke halaman depan"
    return Page(
        url=capture.url,
        site=capture.site,
        digest=final.digest,
        at=capture.at,
        nature="login" if nature == "login" else "soft-404",
        nature_words=f"{words} {final.url}"[:200],
    )


def _without_doubles(pages: tuple[Page, ...], not_found: frozenset[str]) -> tuple[Page, ...]:
    """Addresses that answer everything with the front page, or with their not-found page and a 200, are not there."""
    fronts = {
        _signature(page)
        for page in pages
        if is_home(page.url) and page.nature == "page" and len(page.text) > _SAME_TEXT
    }
    kept = []
    for page in pages:
        if page.nature == "page" and not is_home(page.url):
            said = _signature(page)
            if said in not_found:
                page = _false(page, "sama dengan halaman tidak ditemukan")
            elif said in fronts and not urlsplit(page.url).query:
                page = _false(page, "sama dengan halaman depan")
        kept.append(page)
    return tuple(kept)


def _false(page: Page, words: str) -> Page:
    return replace(page, nature="soft-404", nature_words=words, itself=TitleFacts(None))


def _signature(page: Page) -> str:
    """What a page says, without the figures that change from one answer to the next."""
    return _FIGURES.sub("", f"{page.title} {page.text}")
