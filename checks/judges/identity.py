"""Whether a site is still the body's: no gambling pages, no seller of domains where it was."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, SiteFacts, Verdict
from checks.judges.answer import of_page, of_site, unknown, verdict
from checks.judges.case import Case, foreign_page, front_page
from checks.judges.known import FULL, NONE
from checks.judges.search import Search, Wanted, search_sites

_EVERY_PAGE = Wanted(
    anything=True,
    harmless=frozenset({"script-only", "login"}),
    own=True,
)
"""A page that draws itself or asks for a login was seen as it is served, and it was the site's own."""


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
    foreign = foreign_page(site)
    if foreign is None:
        if not looked.complete:
            return unknown(case, looked.why, site=site, search=looked, evidence=of_site(case, site))
        slots = {"pages": len(site.pages)}
        return verdict(
            case,
            FULL,
            "nothing-found-bad",
            site=site,
            slots=slots,
            evidence=of_site(case, site),
            search=looked,
        )
    pages = sorted((p for p in site.pages if p.nature == "injected"), key=lambda p: p.url) or [foreign]
    return verdict(
        case,
        NONE,
        "bad-found",
        site=site,
        slots={"n": len(pages), "urls": ", ".join(p.url for p in pages[:5]), "title": foreign.nature_words},
        evidence=tuple(of_page(case, p, p.nature_words) for p in pages),
        search=Search(looked.complete, "", looked.searched, (site,), pages=len(site.pages)),
    )
