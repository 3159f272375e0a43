"""Whether a section says what it must: parts that its pages (and, where asked, its documents) name in words."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, Document, Page, SiteFacts, Text, Verdict
from checks.judges.answer import of_document, of_page, of_search, unknown, verdict
from checks.judges.case import Case
from checks.judges.contents import found_parts, of_year, page_text, text_of
from checks.judges.items import present, unreadable
from checks.judges.known import UNKNOWN, Bound
from checks.judges.search import Search, Wanted, search, sections_of
from checks.judges.whose import OF_BOTH, own_site_of
from checks.params import PagePartsParams, Part

_LITTLE_TEXT = 200
"""Characters up to which a page with images shows its matter in the images."""


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = PagePartsParams.model_validate(dict(criterion.params))
    parts = of_year(case, criterion, params.parts)
    wanted = Wanted(sections=tuple(params.section))
    looked = search(case, criterion, wanted)
    sections = body_sections(case, case.places(criterion), wanted)
    pages = [p for p in sections if p.nature == "page"]
    documents = section_documents(case, wanted, pages) if params.documents_ok else ()
    sources = [(found_parts(page_text(p, links=params.links), parts), of_page(case, p)) for p in pages]
    sources += [(found_parts(text_of(case, d), parts), of_document(case, d)) for d in documents if present(d)]
    found = frozenset[int]().union(*(some for some, _ in sources))
    in_images = params.image_partly and any(p.images and len(p.text) < _LITTLE_TEXT for p in pages)
    unread = any(map(unreadable, documents))
    bound = _bound(len(found), params.need, looked, in_images=in_images, unread=unread)
    slots = {
        "n": min(len(found), params.need),
        "m": params.need,
        "parts": missing_parts(found, parts),
        "title": sections[0].title or sections[0].url if sections else "–",
    }
    sources.sort(key=lambda source: (-len(source[0]), source[1].url))
    evidence = tuple(e for _, e in sources[:3]) or of_search(case, case.places(criterion), wanted)
    why = params.absent if bound.high <= 0 and params.absent else looked.why or "site-unread"
    if bound == UNKNOWN or why == params.absent:
        yield unknown(case, why, search=looked, slots=slots, evidence=evidence)
        return
    reason = _reason(bound, sections, len(found), params.need)
    yield verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def body_sections(case: Case, sites: tuple[SiteFacts, ...], wanted: Wanted) -> tuple[Page, ...]:
    """Pages of a section, without what units say of themselves on their own sites (their own profile)."""
    found: list[Page] = []
    for site in sites:
        if case.set_aside(site):
            continue
        own = own_site_of(case, site) is not None
        found += [p for p in sections_of(case, (site,), wanted) if not (own and p.itself.kind in OF_BOTH)]
    return tuple(sorted(found, key=lambda p: p.url))


def section_documents(case: Case, wanted: Wanted, pages: list[Page]) -> tuple[Document, ...]:
    """Documents that lie in a section or are named like it."""
    urls = {p.url for p in pages}
    return tuple(
        d
        for d in case.documents
        if present(d) is not False and (d.found_on in urls or wanted.in_section(d.title, d.context, *d.also))
    )


def missing_parts(found: frozenset[int], parts: list[Part]) -> Text:
    missing = [part.name for i, part in enumerate(parts) if i not in found]
    return Text(", ".join(n.id for n in missing) or "–", ", ".join(n.en for n in missing) or "–")


def _bound(found: int, need: int, looked: Search, *, in_images: bool, unread: bool) -> Bound:
    share = max(min(1.0, found / need), 0.5 if in_images else 0.0)
    return Bound(share, share if looked.complete and not unread else 1.0)


def _reason(bound: Bound, sections: tuple[Page, ...], found: int, need: int) -> str:
    if bound.low >= 1:
        return "all-parts"
    if bound.high <= 0:
        if not sections:
            return "not-found"
        return "empty-section" if all(p.nature == "empty-listing" for p in sections) else "no-parts"
    return "image-only" if found / need < bound.low else "some-parts"
