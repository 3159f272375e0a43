"""Whether a site that has ended is kept: judged on preservation alone, never on how new it is. Pure.

Four questions, each of the same weight: is it still there (at its address, at a place that the address or the site
states, or in a web archive); can its tables be downloaded; do they reach from its first to its last year; does it say
that it is an archive. What a site never had is not asked of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from auditor.model import Criterion, Evidence, Page, SiteFacts, Text, Verdict
from checks.judges.answer import of_capture, of_dataset, of_document, of_page, of_site, unknown, verdict
from checks.judges.case import ENDED, Case
from checks.judges.contents import page_text
from checks.judges.copies import asked_in_vain, day_of, evidence_of, of_front
from checks.judges.fronts import front_page, host_of
from checks.judges.hands import leads_to
from checks.judges.known import UNKNOWN, Known, every, exists, unless_unseen, weigh
from checks.judges.search import Search, Wanted, search_sites
from checks.params import PreservedParams

_TABLES = frozenset({"csv", "xlsx", "xls", "ods", "json", "geojson"})
_MOVED = re.compile(
    r"\b(?:pindah|dipindahkan|beralih|dialihkan|berpindah|moved)\b.{0,80}?\b(?:ke|di|pada|to)\b",
    re.IGNORECASE | re.DOTALL,
)
LEAST_ROWS = 5
"""Rows from which a table in a page holds data that somebody would want as a file."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with its answer; `state` None is not known."""

    name: Text
    state: Known
    proof: tuple[Evidence, ...] = ()


THERE = Text("masih dapat dijangkau", "still to be reached")
TABLES = Text("tabel dapat diunduh", "tables can be downloaded")
PERIOD = Text("periode data lengkap", "the period of the data is complete")
NOTE = Text("keterangan bahwa situs sudah diarsipkan", "a note that the site is an archive")


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    """One verdict for each public site that has ended."""
    params = PreservedParams.model_validate(dict(criterion.params))
    for site in case.public:
        if site.site.lifecycle == "archived" and site.site.role in criterion.places:
            yield _one(case, site, params)


def _one(case: Case, site: SiteFacts, params: PreservedParams) -> Verdict:
    looked = search_sites(case, (site,), Wanted())
    if site.site.url is None:
        return unknown(case, "human-address-not-known", site=site, search=looked)
    if case.set_aside(site):
        return unknown(case, case.standing(site), site=site, search=looked, evidence=of_site(case, site))
    asked = [a for a in _questions(case, site, params, looked) if a is not None]
    bound = weigh([(1.0, a.state) for a in asked])
    lacking = [a.name for a in asked if not a.state]
    parts = Text(", ".join(t.id for t in lacking) or "–", ", ".join(t.en for t in lacking) or "–")
    proof = tuple(e for a in asked for e in a.proof) or of_site(case, site)
    met = sum(a.state is True for a in asked)
    slots = {"n": met, "m": len(asked), "parts": parts, "title": site.site.name, "urls": site.site.url}
    if bound == UNKNOWN:
        why = looked.why or "site-incomplete"
        return unknown(case, why, site=site, search=looked, slots=slots, evidence=proof)
    copy = of_front(site)
    if copy is not None and not case.seen(site) and bound.high < 1:
        slots |= {"found": day_of(copy), "title": copy.memento}
        return verdict(case, bound, "archived-copy", site=site, slots=slots, evidence=proof, search=looked)
    reason = "all-parts" if bound.low >= 1 else "no-parts" if bound.high <= 0 else "some-parts"
    return verdict(case, bound, reason, site=site, slots=slots, evidence=proof, search=looked)


def _questions(case: Case, site: SiteFacts, params: PreservedParams, looked: Search) -> Sequence[Asked | None]:
    return (
        _there(case, site),
        _tables(case, site, looked),
        _period(case, site),
        _note(case, site, params, looked),
    )


def _there(case: Case, site: SiteFacts) -> Asked:
    copy = of_front(site)
    if case.seen(site):
        moved = moved_to(case, site)
        proof = of_site(case, site) or tuple(of_capture(c) for c in leads_to(site)[1][-1:])
        return Asked(Text(f"{THERE.id} ({moved})", f"{THERE.en} ({moved})") if moved else THERE, True, proof)
    if copy is not None:
        return Asked(THERE, True, (evidence_of(copy),))
    return Asked(THERE, False if site.visit.cause in ENDED and asked_in_vain(site) else None)


def moved_to(case: Case, site: SiteFacts) -> str:
    """The new place: where the address leads to on another host of the body, or which its front page states."""
    url, way = leads_to(site)
    host = host_of(url)
    if len(way) > 1 and host != host_of(site.site.url or "") and case.own.holds(host):
        return host
    front = front_page(site)
    if front is None or not (said := _MOVED.search(front.text)):
        return ""
    hosts = [host_of(link.url) for link in front.links if host_of(link.url) not in ("", host_of(front.url))]
    stated = front.text[said.start() : said.end() + 200]
    return next((h for h in hosts if h in stated or case.own.holds(h)), "")


def _tables(case: Case, site: SiteFacts, looked: Search) -> Asked | None:
    """None where the site shows no data at all, so that there is nothing to download."""
    if not case.seen(site):
        return Asked(TABLES, None)
    files = [of_document(case, d) for d in site.documents if not d.flaw and d.format in _TABLES]
    files += [
        of_dataset(case, d) for d in site.datasets if any(r.table is not None and not r.flaw for r in d.resources)
    ]
    if files:
        return Asked(TABLES, True, tuple(files[:2]))
    offered = bool(site.datasets) or any(d.format in _TABLES for d in site.documents)
    shown = [p for p in _pages(case, site) if any(t.rows >= LEAST_ROWS for t in p.tables)]
    if offered or shown:
        unread = any(r.flaw in ("failed", "too-large") for d in site.datasets for r in d.resources)
        state = None if unread else unless_unseen(False, looked.complete)
        return Asked(TABLES, state, tuple(of_page(case, p) for p in shown[:1]))
    return None if looked.complete else Asked(TABLES, None)


def _period(case: Case, site: SiteFacts) -> Asked | None:
    """Of the series that say from when to when they go: one that is whole suffices, for others may be parts of it."""
    if not case.seen(site):
        return Asked(PERIOD, None)
    kept = [d for d in site.datasets if d.quality is not None and d.quality.archive is not None]
    states = [d.quality.archive.whole for d in kept if d.quality is not None and d.quality.archive is not None]
    if not states:
        return None
    state = True if True in states else every(s for s in states if s is not None) if False in states else exists(states)
    dated = [d for d in kept if d.quality is not None and d.quality.archive is not None and d.quality.archive.first]
    return Asked(PERIOD, state, tuple(of_dataset(case, d) for d in dated[:1]))


def _note(case: Case, site: SiteFacts, params: PreservedParams, looked: Search) -> Asked:
    if not case.seen(site):
        return Asked(NOTE, False if site.visit.cause in ENDED else None)
    for page in _pages(case, site):
        text = page_text(page)
        for pattern in params.patterns:
            if found := re.search(pattern, text, re.IGNORECASE):
                return Asked(NOTE, True, (of_page(case, page, text[max(0, found.start() - 60) : found.end() + 60]),))
    return Asked(NOTE, unless_unseen(False, looked.complete))


def _pages(case: Case, site: SiteFacts) -> tuple[Page, ...]:
    return case.pages((site,))
