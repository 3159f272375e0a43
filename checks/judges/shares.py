"""Shares over things found: how many of the documents or links are as they should be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import combinations

from auditor.model import Criterion, Document, Evidence, Verdict
from auditor.read.titles import classify
from checks.judges import document as documents_judge
from checks.judges.answer import of_capture, of_document, of_page, of_search, share_slots, unknown, verdict
from checks.judges.case import ANSWERED, GONE, Case
from checks.judges.due import due_of
from checks.judges.items import judge_items, present
from checks.judges.known import UNKNOWN, Known, share, stepped
from checks.judges.search import Search, Wanted, search, sections_of
from checks.params import DocumentParams, ShareDocumentsParams

_DATE = re.compile(r"\b\d{1,2}[ /.-](?:\d{1,2}|[A-Za-z]{3,9})[ /.-](?:19|20)\d\d\b|\b(?:19|20)\d\d-\d\d-\d\d\b")
_FALSE_BYTES = frozenset({"dead", "not-a-document", "empty"})


@dataclass(frozen=True, slots=True)
class _One:
    """One thing that is counted: whether it is good, and where it is seen."""

    name: str
    good: Known
    evidence: Evidence | None


Counter = Callable[[Criterion, Case, ShareDocumentsParams], list[_One]]


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = ShareDocumentsParams.model_validate(dict(criterion.params))
    wanted = _wanted(params)
    looked = search(case, criterion, wanted)
    if params.measure == "current":  # each of its criteria has been searched for on its own
        looked = replace(looked, complete=True)
    yield counted(case, criterion, MEASURES[params.measure](criterion, case, params), params, looked, wanted)


def _wanted(params: ShareDocumentsParams) -> Wanted:
    if params.measure == "linked-rows":
        return Wanted(frozenset(params.kinds), tuple(params.section))
    return Wanted(counted=True)


def counted(
    case: Case,
    criterion: Criterion,
    things: list[_One],
    params: ShareDocumentsParams,
    looked: Search,
    wanted: Wanted,
) -> Verdict:
    """The share of good ones against its thresholds; bounded by what was found only when all of it was found."""
    things = sorted(things, key=lambda one: (one.good is not False, one.name, one.evidence.url if one.evidence else ""))
    good = sum(1 for one in things if one.good)
    bad = sum(1 for one in things if one.good is False)
    found = share(good, len(things) - good - bad, bad)
    bound = stepped(found, params.met_at, params.partly_at) if found is not None and looked.complete else UNKNOWN
    slots = {
        **share_slots(good, bad, len(things) - good - bad, params.met_at),
        "urls": ", ".join(one.evidence.url for one in things[:5] if one.good is False and one.evidence) or "–",
        "parts": ", ".join(one.name for one in things[:10] if one.good is False) or "–",
    }
    evidence = tuple(one.evidence for one in things if one.evidence) or of_search(case, case.places(criterion), wanted)
    if found is None and looked.complete:
        return not_applicable(case, looked, evidence)
    if bound == UNKNOWN:
        return unknown(case, looked.why or "site-unread", search=looked, slots=slots, evidence=evidence)
    reason = "share-met" if bound.low >= 1 else "share-low" if bound.high <= 0 else "share-partly"
    return verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def not_applicable(case: Case, looked: Search, evidence: tuple[Evidence, ...]) -> Verdict:
    """Nothing that could be counted was found, and everything was looked through."""
    return replace(unknown(case, "not-applicable", search=looked, evidence=evidence), applicable=False)


def _documents(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[Document]:
    sites = {s.site.id for s in case.places(criterion) if not case.set_aside(s)}
    kinds = frozenset(params.kinds)
    return [d for d in case.documents if d.site in sites and (not kinds or d.facts.kind in kinds)]


def _per_document(state: Callable[[Document], Known]) -> Counter:
    def count(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[_One]:
        return [
            _One(d.title, state(d) if present(d) else None, of_document(case, d))
            for d in _documents(criterion, case, params)
            if present(d) is not False
        ]

    return count


def _readable(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[_One]:
    """PDF files only: tables and texts of other formats can be searched by their nature."""
    return [
        _One(d.title, d.readable if present(d) else None, of_document(case, d))
        for d in _documents(criterion, case, params)
        if present(d) is not False and (d.format.lower() == "pdf" or (not present(d) and d.format == ""))
    ]


def _titled(document: Document) -> Known:
    return document.facts.kind is not None and bool(document.facts.years)


def _dated(document: Document) -> Known:
    """A date beside the link, in the file's own data, or at least the year it is of."""
    said = document.modified is not None or bool(document.facts.years)
    return said or bool(_DATE.search(f"{document.title} {document.context}"))


def _alive(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[_One]:
    """Every address that a link leads to, and every document: whether something is there."""
    found: dict[str, _One] = {}
    for site in case.places(criterion):
        if case.set_aside(site):
            continue
        for capture in site.captures:
            if capture.via is None or capture.via.endswith("/robots.txt"):  # our own question, no link of the site
                continue
            states = [_answer(case, c.cause, c.url) for c in case.captures_at[capture.url]]
            state = True if True in states else False if False in states else None
            found[capture.url] = _One(capture.url, state, of_capture(case.captures_at[capture.url][-1]))
    for d in _documents(criterion, case, params):
        if d.flaw in _FALSE_BYTES:
            found[d.url] = _One(d.title, False, of_document(case, d))
        elif d.url not in found:
            found[d.url] = _One(d.title, None if present(d) is None else True, of_document(case, d))
    return list(found.values())


def _answer(case: Case, cause: str, url: str) -> Known:
    if cause not in ANSWERED:
        return None
    page = case.page_at.get(url)
    return cause not in GONE and (page is None or page.nature != "soft-404")


def _current(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[_One]:
    """The catalogue's own document criteria with a year that is due: of those that are there, which are current."""
    found: list[_One] = []
    for other in case.catalogue.criteria:
        if other.judge != "document" or other.freshness is None or other.params.get("all_of"):
            continue
        own = DocumentParams.model_validate(dict(other.params))
        if "current" not in own.items:
            continue
        sought = documents_judge.sought_of(own)
        looked = search(case, other, Wanted(sought.kinds, others=documents_judge.others_than(case, sought)))
        some = documents_judge.candidates(case, sought)
        asked = documents_judge.asked_of(case, due_of(case, other), own)
        judged = judge_items(some, asked, looked)
        if judged.states.get("available", True) is not False:
            deciding = of_search(case, case.places(other), Wanted(frozenset(own.kinds)))
            proof = of_document(case, some[0]) if some else deciding[0] if deciding else None
            found.append(_One(other.question.id, judged.states["current"], proof))
    return found


def _unique(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[_One]:
    """The same bytes under titles that say different things, and placeholders, are not what their titles say."""
    return [
        _One(d.title, _as_titled(d), of_document(case, d))
        for d in _documents(criterion, case, params)
        if d.flaw not in ("dead", "login")
    ]


def _as_titled(document: Document) -> Known:
    if document.flaw in ("failed", "too-large"):
        return None
    if document.flaw:
        return False
    if not document.also:
        return True
    read = [classify(title) for title in (document.title, *document.also)]
    for one, other in combinations(read, 2):
        if one.kind and other.kind and one.kind != other.kind:
            return False
        if one.years and other.years and not set(one.years) & set(other.years):
            return False
    return True


def _linked_rows(criterion: Criterion, case: Case, params: ShareDocumentsParams) -> list[_One]:
    """Rows of the register's tables: one with a link is good, unless what it leads to is dead."""
    wanted = _wanted(params)
    found: list[_One] = []
    sites = tuple(s for s in case.places(criterion) if not case.set_aside(s))
    for page in sections_of(case, sites, wanted):
        rows = sum(t.rows for t in page.tables)
        linked = sum(min(t.rows, t.linked_rows) for t in page.tables)
        below = [d for d in case.documents if d.found_on == page.url]
        dead = min(linked, sum(1 for d in below if present(d) is False))
        unseen = min(linked - dead, sum(1 for d in below if present(d) is None))
        states: list[Known] = [True] * (linked - dead - unseen) + [None] * unseen + [False] * (rows - linked + dead)
        found += [_One(f"{page.title} #{i}", state, of_page(case, page)) for i, state in enumerate(states)]
    return found


MEASURES: Mapping[str, Counter] = {
    "readable": _readable,
    "alive": _alive,
    "current": _current,
    "titled": _per_document(_titled),
    "dated": _per_document(_dated),
    "unique": _unique,
    "linked-rows": _linked_rows,
}
