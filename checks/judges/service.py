"""What a service says of itself, site by site: parts that any of its pages or documents names in words.

Unlike `page_parts` it looks through a whole small site and answers for each: a city has many services, and one that
says its price does not excuse the next.
"""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, Evidence, SiteFacts, Verdict
from checks.judges.answer import of_document, of_page, of_search, unknown, verdict
from checks.judges.case import Case
from checks.judges.contents import found_parts, page_text, text_of
from checks.judges.ended import not_asked
from checks.judges.fronts import collected
from checks.judges.items import present, unreadable
from checks.judges.known import NONE, Bound
from checks.judges.page_parts import missing_parts
from checks.judges.search import Wanted, search_sites
from checks.params import ServiceParams


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = ServiceParams.model_validate(dict(criterion.params))
    for site in case.places(criterion):
        yield not_asked(case, site, moot=site.site.role == "service") or _of(case, site, params)


def _of(case: Case, site: SiteFacts, params: ServiceParams) -> Verdict:
    wanted = Wanted(sections=tuple(params.section))
    looked = search_sites(case, (site,), wanted)
    why = _unseen(case, site)
    if why:
        return unknown(case, why, site=site, search=looked)
    sources = sorted(_sources(case, site, params), key=lambda source: (-len(source[0]), source[1].url))
    found = frozenset[int]().union(*(some for some, _ in sources))
    share = min(1.0, len(found) / params.need)
    # A scan of the service standard holds what cannot be read.
    bound = Bound(share, share if looked.complete and not any(map(unreadable, site.documents)) else 1.0)
    slots = {"n": min(len(found), params.need), "m": params.need, "parts": missing_parts(found, params.parts)}
    evidence = tuple(proof for some, proof in sources[:3] if some) or of_search(case, (site,), wanted)
    if bound == Bound(0.0, 1.0):
        return unknown(case, looked.why or "site-unread", site=site, search=looked, slots=slots, evidence=evidence)
    return verdict(case, bound, _reason(bound), site=site, slots=slots, evidence=evidence, search=looked)


def _unseen(case: Case, site: SiteFacts) -> str:
    if site.site.url is None:
        return "human-address-not-known"
    if not collected(site):
        return "auditor-not-collected"
    return "" if case.seen(site) else case.standing(site)


def _sources(case: Case, site: SiteFacts, params: ServiceParams) -> Iterator[tuple[frozenset[int], Evidence]]:
    for page in site.pages:
        if page.nature == "page" and not page.news:
            yield found_parts(page_text(page, links=params.links), params.parts), of_page(case, page)
    for document in site.documents:
        if present(document):
            yield found_parts(text_of(case, document), params.parts), of_document(case, document)


def _reason(bound: Bound) -> str:
    if bound.low >= 1:
        return "all-parts"
    return "no-parts" if bound == NONE else "some-parts"
