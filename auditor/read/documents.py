"""Links and answers of one site -> its documents: each bytes once, under the best of its titles, with what is wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import unquote

from auditor.model import VIA_ANSWER, Body, Capture, Document, Link, Page, Personal, Site, TitleFacts
from auditor.read.answers import UNREAD, Answer, Answers, hosts_of, is_home, is_own
from auditor.read.candidates import FILE_PATH, Candidate, all_titles, candidate
from auditor.read.document import PICTURES, contradiction, opening_of
from auditor.read.falsehoods import false_file
from auditor.read.linkformat import moment
from auditor.read.opened import Opened
from auditor.read.page import DRIVE, leads_to_file
from auditor.read.personal import find_in_source, mask, strongest
from auditor.read.titles import classify

_NO_DOCUMENT = frozenset(("xml", "binary", "gif", "webp", "html"))
_PLAIN = frozenset(("json", "geojson", "text"))
_GONE = frozenset(("not-found", "gone", "bad-redirect", "redirect-loop", "too-many-redirects"))
_CLOSED = frozenset(("login-required", "forbidden"))
_LARGE = frozenset(("too-large", "decompression-bomb"))
_WORDS = 4000
_MASKED = re.compile(r"(?<!\d)\d\d\*{14}")
_PPID = re.compile(r"\bppid\b|pejabat pengelola informasi", re.IGNORECASE)

Open = Callable[[Capture], Opened]
ReadPage = Callable[[Capture], Page]


@dataclass(frozen=True, slots=True)
class _Target:
    """What a link led to. `key`: the bytes where there are any, else the address."""

    key: str
    answer: Answer
    flaw: str = ""
    words: str = ""


class Documents:
    """Collects the documents of one site."""

    def __init__(self, site: Site, body: Body, answers: Answers, open_: Open, read_page: ReadPage) -> None:
        self._site = site
        self._body = body
        self._answers = answers
        self._open = open_
        self._read_page = read_page
        self._targets: dict[str, _Target | None] = {}

    def gather(
        self, pages: Iterable[Page], data_files: frozenset[str], answered: Sequence[Capture] = ()
    ) -> tuple[Document, ...]:
        """Every document that a page of the site links to, and the pages that are documents themselves.

        `data_files`: digests of the portal's own resources; they are datasets and not documents. `answered`: captures
        that only an officer's answer led to; they speak for themselves, and what is false there is no document at all.
        """
        claims: dict[str, list[Candidate]] = {}
        targets: dict[str, _Target] = {}
        own_pages = [page for page in pages if page.nature == "page"]
        for page in own_pages:
            for link in page.links:
                target = self._target(link)
                if target is None or target.answer.capture.digest in data_files:
                    continue
                claim = candidate(link, page, self._body)
                if self._counts(claim, target):
                    claims.setdefault(target.key, []).append(claim)
                    targets[target.key] = target
        for capture in answered:
            given = self._given(capture)
            if given is not None:
                claims.setdefault(given[0].key, []).append(given[1])
                targets[given[0].key] = given[0]
        found = [document for key in sorted(claims) for document in self._documents(targets[key], claims[key])]
        found = [one for one in found if not (one.flaw and one.found_on == VIA_ANSWER)]
        found += filter(None, map(self._given_page, answered))
        if self._site.role != "portal":
            offered = {(claim.page.url, claim.facts.kind) for some in claims.values() for claim in some}
            itself = [
                one
                for page in own_pages
                # A page that offers a file of its own kind announces the document: the file is it. Not so a register.
                if (one := page_document(page)) is not None
                and ((page.url, one.facts.kind) not in offered or (one.facts.kind in _LINKED_LISTS and _rows(page)))
            ]
            found += _once(itself)
        return tuple(sorted(found, key=lambda d: (d.url, d.title, d.found_on)))

    # ---- what officers gave ----

    def _given(self, capture: Capture) -> tuple[_Target, Candidate] | None:
        """The file at an address that an answer gives. The answer's words are no claim: it names only the address."""
        link = Link(capture.url, "")
        target = self._target(link)
        if target is None or target.flaw:
            return None
        stand = Page(VIA_ANSWER, self._site.id, "", capture.at)
        claim = candidate(link, stand, self._body)
        return (target, claim) if self._counts(claim, target) else None

    def _given_page(self, capture: Capture) -> Document | None:
        """The page of another host at such an address; one of the site's own is among its pages."""
        answer = self._answers.find(capture.url, self._site.id)
        if answer is None or not answer.ok or is_own(answer.capture.url, hosts_of(self._site)):
            return None
        if self._answers.format(answer.capture) != "html":
            return None
        found = page_document(self._read_page(answer.capture))
        return replace(found, found_on=VIA_ANSWER) if found is not None else None

    # ---- where a link leads ----

    def _target(self, link: Link) -> _Target | None:
        if link.url not in self._targets:
            self._targets[link.url] = self._look(link.url)
        return self._targets[link.url]

    def _look(self, url: str) -> _Target | None:
        answer = self._answers.downloaded(url, self._site.id)
        if answer is None:
            return None
        capture = answer.capture
        named = leads_to_file(url) or FILE_PATH.search(url) is not None
        if not answer.ok:
            return _Target(url, answer, *_failure(capture)) if named else None
        kind = self._answers.format(capture)
        if kind == UNREAD:
            return _Target(url, answer, "failed", "arsip bukti rusak") if named else None
        if kind == "empty":
            return _Target(url, answer, "empty", "berkas kosong (0 bita)") if named else None
        if kind == "html":
            if not (leads_to_file(url) or _is_share(url)):
                return None
            return _Target(url, answer, *false_file(self._read_page(capture), answer, url))
        if kind in _NO_DOCUMENT or (kind in _PLAIN and not named):
            return None
        return _Target(capture.digest or url, answer)

    def _counts(self, claim: Candidate, target: _Target) -> bool:
        """Is the link meant as a document: a picture only if its title is one, a menu entry only if it names a file."""
        kind = self._answers.format(target.answer.capture) if target.answer.ok else ""
        if kind in PICTURES:
            return claim.facts.kind is not None and not claim.page.news
        return claim.link.region == "main" or not target.flaw or claim.facts.kind is not None

    # ---- what it is ----

    def _documents(self, target: _Target, claims: Sequence[Candidate]) -> list[Document]:
        """One document under its best title. What it is claimed to be besides, and is not, is a false one of its own:
        one file behind the titles of several documents is still missing for the others (traps T10, T11)."""
        ranked = sorted(claims, key=Candidate.rank, reverse=True)
        if target.flaw:
            return [self._flawed(target, ranked)]
        opened = self._open(target.answer.capture)
        if target.answer.capture.truncated:
            opened = replace(opened, readable=None, flaw="too-large")
        if opened.flaw:
            return [self._opened(target, opened, (claim, *same), opened.flaw) for claim, same in _by_claim(ranked)]
        true, false = self._sorted_out(ranked, opened)
        found = [self._opened(target, opened, true)] if true else []
        for claim, same in _by_claim([claim for claim, _ in false]):
            words = next(words for other, words in false if other is claim)
            found.append(self._opened(target, replace(opened, words=words), (claim, *same), "other-kind"))
        return found

    def _opened(self, target: _Target, opened: Opened, ranked: Sequence[Candidate], flaw: str = "") -> Document:
        chosen = ranked[0]
        own = self._target(chosen.link) or target
        capture = own.answer.capture
        hinted = opened.words or self._answers.hint(target.answer.capture.digest)
        facts = chosen.facts if flaw else self._with_words(chosen, hinted)
        return Document(
            url=capture.url,
            site=self._site.id,
            title=mask(chosen.title),
            facts=facts,
            found_on=chosen.page.url,
            digest=capture.digest,
            at=capture.at,
            context=mask(chosen.link.context),
            format=opened.format,
            bytes=capture.size,
            pages=opened.pages,
            readable=opened.readable,
            words=(opened.words or (opened.reason if flaw else ""))[:_WORDS],
            flaw=flaw,
            modified=last_modified(capture) or opened.modified,
            personal=strongest(
                (*opened.personal, *self._recognised(capture.digest), *self._in_name(capture.url, ranked))
            ),
            also=all_titles(ranked, chosen),
        )

    def _in_name(self, url: str, ranked: Sequence[Candidate]) -> tuple[Personal, ...]:
        """What its address, its file's name and its titles hold by themselves."""
        said = " \n".join(dict.fromkeys((unquote(url), *(claim.title for claim in ranked))))
        return find_in_source(said, self._body.code.replace(".", ""))

    def _recognised(self, digest: str) -> tuple[Personal, ...]:
        """Numbers on a scan: what was recognised there is kept masked only."""
        hint = self._answers.hint(digest)
        count = len(_MASKED.findall(hint))
        return (Personal("nik", count, "", confirmed="nik" in hint.lower().split()),) if count else ()

    def _sorted_out(
        self, ranked: Sequence[Candidate], opened: Opened
    ) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
        """The claims that the opened document bears out, and those that it contradicts with the words that do."""
        if not opened.words:
            return list(ranked), []
        opening = opening_of(opened.words.replace(self._body.name, " ").replace(self._body.name.upper(), " "))
        content = classify(opening, units=self._body.units)
        true: list[Candidate] = []
        false: list[tuple[Candidate, str]] = []
        for claim in ranked:
            against = contradiction(claim.facts, content, opened.words)
            if against:
                false.append((claim, against))
            else:
                true.append(claim)
        return true, false

    def _with_words(self, claim: Candidate, words: str) -> TitleFacts:
        facts = classify(claim.title, claim.link.context, claim.link.url, units=self._body.units, words=words)
        return facts if facts.kind is not None or claim.facts.kind is None else claim.facts

    def _flawed(self, target: _Target, ranked: Sequence[Candidate]) -> Document:
        chosen, capture = ranked[0], target.answer.capture
        return Document(
            url=chosen.link.url,
            site=self._site.id,
            title=mask(chosen.title),
            facts=chosen.facts,
            found_on=chosen.page.url,
            digest=capture.digest,
            at=capture.at,
            context=mask(chosen.link.context),
            format=self._answers.format(capture) if capture.digest and target.answer.ok else "",
            bytes=capture.size,
            words=mask(target.words)[:_WORDS],
            flaw=target.flaw,
            also=all_titles(ranked, chosen),
        )


# Kinds that a page can be by its words. Budgets and reports are files, or a table of figures.
PAGE_KINDS = frozenset(
    (
        *("dip", "dik-dikecualikan", "maklumat", "sop", "standar-pelayanan", "laporan-ppid", "sk-ppid", "pengaduan"),
        *("tata-cara-permohonan", "tata-cara-keberatan", "formulir-permohonan", "formulir-keberatan", "agenda", "skm"),
        *("struktur-organisasi", "profil-pejabat", "profil-badan", "statistik", "metadata-statistik", "lhkpn", "iku"),
        *("daftar-aset", "kontrak-pengadaan", "rup", "mou", "risalah-rapat", "perjanjian-kinerja"),
    )
)
FIGURE_KINDS = frozenset(("rka", "dpa", "lra", "neraca", "lak", "lpe", "apbd", "perubahan-apbd", "lkpd"))
# Lists whose rows lead on by their nature.
_LINKED_LISTS = frozenset(("dip", "dik-dikecualikan", "agenda"))
# Lists by their nature: without rows a page only speaks of one.
_REGISTERS = frozenset(
    ("lhkpn", "daftar-aset", "kontrak-pengadaan", "rup", "mou", "perjanjian-kinerja", "iku", "risalah-rapat")
)
_ENTRIES = 5
SUBSTANCE = 400
"""Characters of a page's own words from which it is more than a signpost."""


def page_document(page: Page) -> Document | None:
    """The page as a document, where it is one: an ordinary page with words, a form or rows of its own, and no news."""
    kind = page.itself.kind
    if kind is None or page.nature != "page" or page.news or is_home(page.url):
        return None
    title = next((h for h in page.headings if h), page.title)
    if kind in ("profil-badan", "struktur-organisasi") and _PPID.search(title):
        # The PPID's own profile is not that of the body (trap T9).
        return None
    if not (_figures(page) if kind in FIGURE_KINDS else kind in PAGE_KINDS and _substance(page, kind)):
        return None
    return Document(
        url=page.url,
        site=page.site,
        title=title,
        facts=page.itself,
        found_on=page.url,
        digest=page.digest,
        at=page.at,
        context=page.breadcrumb,
        format="html",
        bytes=page.size,
        readable=True,
        words=page.text[:_WORDS],
        modified=page.published,
        personal=page.personal,
    )


def _once(pages: list[Document]) -> list[Document]:
    """A page that is shown again by another query (next month, second part of a list) is one document."""
    first: dict[tuple[str, str | None], Document] = {}
    for document in sorted(pages, key=lambda d: (d.url.partition("?")[0], "?" in d.url, d.url)):
        first.setdefault((document.url.partition("?")[0], document.facts.kind), document)
    return list(first.values())


def _figures(page: Page) -> bool:
    """A budget that stands in the page: rows of figures, not of links."""
    rows = any(table.rows >= 5 and table.linked_rows == 0 and len(table.headers) >= 3 for table in page.tables)
    return rows and sum(c.isdigit() for c in page.text) >= 150


def _substance(page: Page, kind: str) -> bool:
    asked = max((len(form.fields) for form in page.forms if not form.search), default=0)
    if kind.startswith("formulir-"):
        return asked >= 4
    if kind == "pengaduan" and asked >= 3:
        return True
    if kind in _LINKED_LISTS:
        if _rows(page) or (kind == "agenda" and any(t.rows and len(t.headers) > 1 for t in page.tables)):
            return True
        if kind == "dip":  # without a table, a register is still many entries
            return max(len(page.headings), sum(link.region == "main" for link in page.links)) >= _ENTRIES
    elif any(table.linked_rows * 2 >= table.rows and table.linked_rows >= 2 for table in page.tables):
        # The rows lead to the documents: this is their list.
        return False
    elif any(table.rows >= 3 for table in page.tables):
        return True
    if kind in _REGISTERS:
        return False
    return len(page.text) - _listed(page) >= SUBSTANCE


def _rows(page: Page) -> bool:
    """A table of entries, or the first of many under the columns of a register (the rest is behind paging)."""
    return any(
        (table.rows >= 3 and len(table.headers) > 1)
        or (table.rows and len(table.headers) >= _ENTRIES)
        or table.rows >= 2 * _ENTRIES
        for table in page.tables
    )


def _listed(page: Page) -> int:
    """Characters that are only links to elsewhere: a list of files is no text of its own."""
    return sum(len(link.text) for link in page.links if link.region == "main")


def last_modified(capture: Capture) -> date | None:
    """The server's Last-Modified as a day, UTC; None where it sends none or it is the moment of the answer."""
    changed = moment(capture.header("last-modified"))
    if changed is None or abs((capture.at - changed).total_seconds()) < 120:
        return None
    return changed.date()


def _by_claim(ranked: Sequence[Candidate]) -> list[tuple[Candidate, list[Candidate]]]:
    """The best of the claims for each thing claimed (kind, years, unit), with the others for the same."""
    groups: dict[tuple[object, ...], list[Candidate]] = {}
    for claim in ranked:
        groups.setdefault((claim.facts.kind, claim.facts.years, claim.facts.unit), []).append(claim)
    return [(group[0], group[1:]) for group in groups.values()]


def _failure(capture: Capture) -> tuple[str, str]:
    words = f"HTTP {capture.status}" if capture.status else capture.cause
    if capture.cause in _GONE:
        return "dead", words
    if capture.cause in _CLOSED:
        return ("login" if capture.cause == "login-required" else "dead"), words
    if capture.cause in _LARGE:
        return "too-large", words
    return "failed", words


def _is_share(url: str) -> bool:
    return DRIVE.match(url) is not None or "/file/d/" in url
