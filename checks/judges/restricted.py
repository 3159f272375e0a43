"""Whether staff systems are closed to strangers: by robots.txt and one GET of the front page, and nothing more."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, SiteFacts, Text, Verdict
from checks.judges.answer import of_capture, unknown, verdict
from checks.judges.case import Case, reason_of_cause
from checks.judges.fronts import collected
from checks.judges.known import FULL, NONE
from checks.judges.search import Search, Wanted, search_sites

_OPEN = {
    "people": Text("daftar orang tanpa login", "a list of people without login"),
    "records": Text("data orang sebagai JSON tanpa login", "records of people as JSON without login"),
    "index": Text("daftar berkas peladen", "the server's list of files"),
    "debug": Text("halaman galat berisi jejak program", "an error page with the program's trace"),
    "phpinfo": Text("halaman phpinfo", "a phpinfo page"),
    "admin": Text("panel admin tanpa login", "an admin panel without login"),
}
_CLOSED = frozenset({"login", "refused", "absent"})
_UNSEEN = {"script-only": "site-script-only", "blocked": "site-blocked", "maintenance": "site-incomplete"}


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    """One verdict for each restricted site, archived ones too: what was switched off by habit often still answers."""
    for site in case.sites:
        if site.site.role in criterion.places:
            yield _one(case, site)


def _one(case: Case, site: SiteFacts) -> Verdict:
    looked = search_sites(case, (site,), Wanted())
    shown = site.exposure
    front = [c for c in site.captures if c.url == site.site.url]
    if site.site.url is None:
        return unknown(case, "human-address-not-known", site=site, search=looked)
    if not collected(site):
        return unknown(case, "auditor-not-collected", site=site, search=looked)
    if shown is not None and shown.kind in _OPEN:
        name = _OPEN[shown.kind]
        words = Text(f"{name.id} ({shown.words})", f"{name.en} ({shown.words})")
        proof = tuple(of_capture(c, words.id) for c in front)
        looked = Search(True, "", looked.searched, (site,), pages=1)
        slots = {"title": words, "n": 1, "urls": site.site.url}
        return verdict(case, NONE, "lies-open", site=site, slots=slots, evidence=proof, search=looked)
    if shown is not None and shown.kind in _CLOSED:
        proof = tuple(of_capture(c, shown.words) for c in front)
        slots = {"pages": 1, "title": shown.words}
        return verdict(case, FULL, "nothing-found-bad", site=site, slots=slots, evidence=proof, search=looked)
    return unknown(case, _why(site), site=site, search=looked, evidence=map(of_capture, front))


def _why(site: SiteFacts) -> str:
    """Never met for want of an answer: what was not seen may lie open."""
    front = next((p for p in site.pages if p.url == site.site.url), None)
    if front is not None and front.nature in _UNSEEN:
        return _UNSEEN[front.nature]
    if site.visit.cause in ("ok", "redirect"):
        return "human-not-observable"
    return reason_of_cause(site.visit.cause, whole_site=True)
