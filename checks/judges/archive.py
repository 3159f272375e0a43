"""Whether the Covid-19 sites are kept as a truthful archive: the emergency is over, the figures remain."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model import Criterion, Evidence, Page, SiteFacts, Text, Verdict
from checks.judges.answer import of_dataset, of_page, of_search, of_site, unknown, verdict
from checks.judges.case import ENDED, GONE, Case, collapse
from checks.judges.contents import found_parts, page_text
from checks.judges.copies import day_of, evidence_of, of_front
from checks.judges.known import UNKNOWN, Bound, best, widen
from checks.judges.page_parts import missing_parts
from checks.judges.search import Search, Wanted, search
from checks.params import ArchiveParams

_SAYS_RW = re.compile(r"\b(?:per|tingkat|sampai|hingga|menurut|berdasarkan|sebaran|skala)\W+(?:\w+\W+){0,4}?RW\b")
_RW = re.compile(r"\brw\b|rukun warga", re.IGNORECASE)
_KELURAHAN, _KECAMATAN = 10, 3
"""Different ones that a table must name before it counts as broken down so, where the criterion does not say."""


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = ArchiveParams.model_validate(dict(criterion.params))
    looked = search(case, criterion, Wanted())
    places = [s for s in case.places(criterion) if s.site.url is not None]
    if not places:
        yield unknown(case, "human-address-not-known", search=looked)
        return
    if params.measure == "regions":
        yield _regions(case, criterion, params, looked)
        return
    said = [(p, quote) for p in _pages(case, criterion) if (quote := _quote(p, params.patterns))]
    dated = {page.site for page, _ in said}
    reachable = params.measure == "reachable"
    states = [_reachable(case, s, s.site.id in dated, looked) for s in places] if reachable else [_said(said, looked)]
    bound = best(states)
    evidence = tuple(of_page(case, p, quote) for p, quote in said[:3]) or tuple(
        e for s in places for e in of_site(case, s)
    )
    slots = {
        "found": said[0][1] if said else "–",
        "title": said[0][1] if said else "–",
        "n": len(said),
        "m": len(places),
    }
    if bound.low <= 0 and bound.high >= 1:
        yield unknown(case, looked.why or "site-incomplete", search=looked, slots=slots, evidence=evidence)
        return
    gone = all(s.visit.cause in GONE for s in places)
    copies = [(s, m) for s in places if reachable and (m := of_front(s)) is not None and not case.seen(s)]
    if copies and bound.low == 0.5:
        site, copy = copies[0]
        told = {**slots, "found": day_of(copy), "title": copy.memento, "parts": "–", "site": site.site.name}
        yield verdict(case, bound, "archived-copy", slots=told, evidence=(evidence_of(copy), *evidence), search=looked)
        return
    reason = "found" if bound.low >= 1 else "site-gone" if gone else "not-found" if bound.high <= 0 else "some-parts"
    yield verdict(case, bound, reason, slots={**slots, "parts": "–"}, evidence=evidence, search=looked)


def _pages(case: Case, criterion: Criterion) -> tuple[Page, ...]:
    return case.pages(s for s in case.places(criterion) if not case.set_aside(s))


def _quote(page: Page, patterns: list[str]) -> str:
    text = page_text(page)
    for pattern in patterns:
        if seen := re.search(pattern, text, re.IGNORECASE):
            return _whole_words(text, seen.start(), seen.end())
    return ""


def _whole_words(text: str, start: int, end: int) -> str:
    """The words around a place, none of them cut."""
    first = text.rfind(" ", 0, max(0, start - 40)) + 1 if start > 40 else 0
    last = text.find(" ", end + 40)
    cut = text[first : last if last >= 0 else len(text)]
    return f"{'… ' if first else ''}{collapse(cut)}{' …' if last >= 0 else ''}"


def _said(said: list[tuple[Page, str]], looked: Search) -> Bound:
    return widen(Bound(float(bool(said)), float(bool(said))), looked.complete)


def _reachable(case: Case, site: SiteFacts, said: bool, looked: Search) -> Bound:
    """Half for being there, if only in a web archive; half for saying that it is an archive or of which date its
    figures are."""
    if not case.seen(site) and of_front(site) is not None and not case.set_aside(site):
        return Bound(0.5, 0.5) if site.visit.cause in ENDED else Bound(0.5, 1.0)
    if site.visit.cause in GONE:
        return Bound(0.0, 0.0)
    if not case.seen(site):
        return UNKNOWN
    return Bound(1.0, 1.0) if said else widen(Bound(0.5, 0.5), looked.complete)


def _regions(case: Case, criterion: Criterion, params: ArchiveParams, looked: Search) -> Verdict:
    """Tables that name kelurahan (whole) or kecamatan (half); without tables, the words of the pages."""
    kelurahan, kecamatan = params.met_at or _KELURAHAN, params.partly_at or _KECAMATAN
    value, proofs = 0.0, list[tuple[float, str, Evidence]]()
    for site in case.places(criterion):
        if case.set_aside(site):
            continue
        for dataset in site.datasets:
            for table in (r.table for r in dataset.resources if r.table is not None):
                worth = 1.0 if table.kelurahan >= kelurahan else 0.5 if table.kecamatan >= kecamatan else 0.0
                proofs.append((-worth, dataset.url, of_dataset(case, dataset)))
                value = max(value, worth)
    found = frozenset[int]()
    for page in _pages(case, criterion):
        if page.site in {s.site.id for s in case.places(criterion) if s.site.role == "covid"}:
            parts = found_parts(page_text(page), params.parts)
            found |= parts
            if parts:
                proofs.append((-len(parts) / len(params.parts), page.url, of_page(case, page)))
    if params.parts:
        value = max(value, len(found) / len(params.parts))
    claimed = _claims_rw(_pages(case, criterion))
    without_rw = claimed is not None and not _has_rw(case, criterion)
    if without_rw and claimed is not None:
        value = min(value, 0.5)
        proofs.append((0.0, claimed.url, of_page(case, claimed)))
    portals = all(s.portal is None or s.portal.enumerated for s in case.places(criterion))
    bound = widen(Bound(value, value), looked.complete and portals)
    lacking = missing_parts(found, params.parts)
    if without_rw:
        lacking = Text(
            f"{lacking.id}, data per RW".removeprefix("–, "), f"{lacking.en}, figures by RW".removeprefix("–, ")
        )
    slots = {"n": len(found), "m": (len(params.parts) or 1) + without_rw, "parts": lacking, "title": "–"}
    evidence = tuple(e for _, _, e in sorted(proofs, key=lambda row: row[:2])[:3]) or of_search(
        case, case.places(criterion), Wanted()
    )
    if bound.low <= 0 and bound.high >= 1:
        why = looked.why or "site-portal-incomplete"
        return unknown(case, why, search=looked, slots=slots, evidence=evidence)
    reason = "found" if bound.low >= 1 else "no-parts" if bound.high <= 0 else "some-parts"
    return verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def _claims_rw(pages: tuple[Page, ...]) -> Page | None:
    """The page that says that the figures go down to the RW: they are asked for only where the city says so."""
    return next((p for p in pages if _SAYS_RW.search(f"{p.title} {p.text}")), None)


def _has_rw(case: Case, criterion: Criterion) -> bool:
    for site in case.places(criterion):
        if case.set_aside(site):
            continue
        tables = (r.table for d in site.datasets for r in d.resources if r.table is not None)
        if any(_RW.search(column.replace("_", " ")) for table in tables for column in table.columns):
            return True
        if any(_RW.search(header) for p in site.pages for t in p.tables for header in t.headers):
            return True
    return False
