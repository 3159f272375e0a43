"""Whether a site is still the body's: no gambling pages, no seller of domains, no stranger where it was."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, Evidence, SiteFacts, Verdict
from auditor.read.fronts import words_of
from checks.judges.answer import cut, of_capture, of_page, of_site, unknown, verdict
from checks.judges.case import Case
from checks.judges.expiry import expiry_slots
from checks.judges.fronts import front_page
from checks.judges.hands import RUN_OUT, Sign, leads_to, undecided_host
from checks.judges.known import FULL, NONE
from checks.judges.search import Search, Wanted, search_sites

_EVERY_PAGE = Wanted(
    anything=True,
    harmless=frozenset({"script-only", "login"}),
    own=True,
)
"""A page that draws itself or asks for a login was seen as it is served, and it was the site's own."""


_WORDLESS = 40
"""Characters, menu and headings with them, below which a page with pictures says nothing in words."""


def shows_itself(site: SiteFacts) -> bool:
    front = front_page(site)
    return front is not None and front.nature not in ("script-only", "login")


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    """One verdict for each public site, archived ones too: those are taken over most."""
    for site in case.public:
        if site.site.role in criterion.places:
            yield _one(case, site)


def _one(case: Case, site: SiteFacts) -> Verdict:
    looked = search_sites(case, (site,), _EVERY_PAGE if shows_itself(site) else Wanted(anything=True, own=True))
    sign = case.signs[site.site.id]
    if sign is not None:
        return _lost(case, site, sign, looked)
    host = undecided_host(site, case.own)
    if host:
        slots = {"title": host, "pages": len(site.pages)}
        return unknown(case, "human-other-host", site=site, slots=slots, search=looked, evidence=_way(site))
    wild = site.wildcard
    if wild is not None and wild.same_address and not _recognised(case, site):
        slots = {"title": wild.domain}
        return unknown(case, "site-wildcard", site=site, slots=slots, search=looked, evidence=of_site(case, site))
    if _only_pictures(case, site) and not _recognised(case, site):
        return unknown(case, "site-image-only", site=site, search=looked, evidence=of_site(case, site))
    if not looked.complete:
        return unknown(case, looked.why, site=site, search=looked, evidence=of_site(case, site))
    slots = {"pages": len(site.pages)}
    return verdict(case, FULL, "nothing-found-bad", site=site, slots=slots, evidence=of_site(case, site), search=looked)


def _lost(case: Case, site: SiteFacts, sign: Sign, looked: Search) -> Verdict:
    """Unmet, with the words that decided in the message and, beside each address, in the evidence."""
    seen = [of_page(case, p, p.nature_words or sign.words.id) for p in sign.pages]
    seen += [of_capture(c, cut(sign.words.id)) for c in reversed(sign.captures)]
    urls = [e.url for e in seen]
    slots: dict[str, object] = {"n": len(seen), "title": sign.words}
    if sign.certificate is not None:
        slots = expiry_slots(sign.certificate, case.facts.at)
    return verdict(
        case,
        NONE,
        sign.kind if sign.kind in RUN_OUT else "other-hands",
        site=site,
        slots={**slots, "urls": ", ".join(urls[:5]) or site.site.url},
        evidence=seen or of_site(case, site),
        search=Search(looked.complete, "", looked.searched, (site,), pages=len(site.pages)),
    )


def _way(site: SiteFacts) -> tuple[Evidence, ...]:
    return tuple(of_capture(c) for c in reversed(leads_to(site)[1]))


def _recognised(case: Case, site: SiteFacts) -> bool:
    """One of its pages names the body: it was made for it, whatever other names lead there."""
    return any(case.own.names(words_of(p)) for p in case.pages((site,)))


def _only_pictures(case: Case, site: SiteFacts) -> bool:
    """Whether all that it shows stands in pictures: the sign of a stranger, or of a defacement, could not be read."""
    front = front_page(site)
    pictures = front is not None and front.nature == "page" and front.images > 0
    return pictures and all(len(words_of(p)) < _WORDLESS for p in case.pages((site,)))
