"""Whether personal data lie open. The numbers are never repeated: kind, count and place only."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, Evidence, Personal, SiteFacts, Verdict
from checks.judges.answer import of_dataset, of_document, of_page, of_search, unknown, verdict
from checks.judges.case import Case
from checks.judges.items import unreadable
from checks.judges.known import FULL, NONE
from checks.judges.search import Search, Wanted, search_sites
from checks.params import PersonalParams

_NAMED = 25
"""Places that the remedy names; the message says how many things there are."""
_EVERYTHING = Wanted(anything=True)


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = PersonalParams.model_validate(dict(criterion.params))
    places = tuple(s for s in case.public if s.site.role in criterion.places)  # an archived site is as open as any
    looked = search_sites(case, places, _EVERYTHING)
    leaks = sorted(_leaks(case, places, frozenset(params.kinds)), key=lambda leak: leak[0])
    if leaks:
        slots = {
            "n": sum(count for _, count, _ in leaks),
            "m": len(leaks),
            "urls": ", ".join(_place(url, proof.quote) for url, _, proof in leaks[:_NAMED]),
        }
        yield verdict(case, NONE, "bad-found", slots=slots, evidence=(proof for _, _, proof in leaks), search=looked)
        return
    evidence = of_search(case, places, _EVERYTHING)
    why = _unread(places, looked)
    if why:
        yield unknown(case, why, search=looked, evidence=evidence)
        return
    slots = {"n": 0, "pages": looked.pages}
    yield verdict(case, FULL, "nothing-found-bad", slots=slots, evidence=evidence, search=looked)


def _leaks(case: Case, places: tuple[SiteFacts, ...], kinds: frozenset[str]) -> Iterator[tuple[str, int, Evidence]]:
    for site in places:
        if case.taken_over(site):
            continue
        for page in site.pages:
            yield from _of(page.personal, kinds, page.url, of_page(case, page))
        for document in site.documents:
            yield from _of(document.personal, kinds, document.url, of_document(case, document))
        for dataset in site.datasets:
            for resource in dataset.resources:
                if resource.table is not None:
                    yield from _of(resource.table.personal, kinds, resource.url, of_dataset(case, dataset))


def _of(
    found: tuple[Personal, ...], kinds: frozenset[str], url: str, proof: Evidence
) -> Iterator[tuple[str, int, Evidence]]:
    some = [p for p in found if p.confirmed and p.kind in kinds]
    if some:
        quote = ", ".join(
            f"{p.kind} × {p.count}{f' ({p.where})' if p.where else ''}" for p in sorted(some, key=lambda p: p.kind)
        )
        yield url, sum(p.count for p in some), Evidence(proof.url, proof.fetched_at, proof.digest, proof.warc, quote)


def _place(url: str, quote: str) -> str:
    """The address with kind, count and place: cells as in a spreadsheet, pages as `p. 3`. Never the numbers."""
    return f"{url} [{quote}]"


def _unread(places: tuple[SiteFacts, ...], looked: Search) -> str:
    """Why it cannot be said that nothing lies open; empty when everything was read."""
    if not looked.complete:
        return looked.why
    for site in places:
        if site.portal is not None and not site.portal.enumerated:
            return "site-portal-incomplete"
        if any(map(unreadable, site.documents)):
            return "site-unread"
        if any(p.count == 0 for d in site.documents for p in d.personal):  # too long or too strange to look through
            return "site-unread"
        if any(r.flaw in ("failed", "too-large") for d in site.datasets for r in d.resources):
            return "site-unread"
    return ""
