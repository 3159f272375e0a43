"""Whether a section is filled and kept up: how much lies in it, how new the newest is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.model import Criterion, Document, Page, Text, Verdict
from checks.judges.answer import of_document, of_page, of_search, unknown, verdict
from checks.judges.case import Case
from checks.judges.contents import found_parts, of_year, page_text, text_of
from checks.judges.due import dated
from checks.judges.items import present
from checks.judges.known import NONE, UNKNOWN, Bound, share
from checks.judges.page_parts import body_sections, missing_parts
from checks.judges.search import Search, Wanted, search
from checks.params import ListingParams, Part

_NOT_READ = Text("bagian yang belum terbaca", "what has not been read")


@dataclass(frozen=True, slots=True)
class _Section:
    """What lies in a section. `rows`: dated entries that are no files; `days`: every span of days that is known;
    `undated`: some document says nothing of when it is of, and may be the newest.
    """

    pages: tuple[Page, ...]
    alive: tuple[Document, ...]
    unseen: tuple[Document, ...]
    dead: tuple[Document, ...]
    entries: tuple[Page, ...]
    rows: int
    days: tuple[tuple[date, date], ...]
    undated: bool

    @property
    def count(self) -> int:
        return len({d.digest or d.url for d in self.alive}) + self.rows


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = ListingParams.model_validate(dict(criterion.params))
    wanted = Wanted(sections=tuple(params.section), counted=True)
    looked = search(case, criterion, wanted)
    section = _section(case, criterion, params, wanted)
    parts = of_year(case, criterion, params.parts)
    names = _named_parts(case, section, parts, params)
    bound = _bound(case.at, section, params, len(names), looked)
    newest = max((last for _, last in section.days), default=None)
    slots = {
        "n": min(section.count, params.min_documents),
        "m": params.min_documents,
        "found": newest.isoformat() if newest else "–",
        "expected": (case.at - timedelta(days=params.max_age_days)).isoformat() if params.max_age_days else "–",
        "title": _title(section),
        "parts": _lacking(section, params, missing_parts(names, parts) if len(names) < len(parts) else None),
    }
    evidence = (
        *(of_page(case, p) for p in section.pages[:2]),
        *(of_document(case, d) for d in section.alive[:2]),
    ) or of_search(case, case.places(criterion), wanted)
    why = params.absent if bound.high <= 0 and params.absent else looked.why or "site-unread"
    if bound == UNKNOWN or why == params.absent:
        yield unknown(case, why, search=looked, slots=slots, evidence=evidence)
        return
    enough = section.count >= params.min_documents and bound.low < 1 <= bound.high
    reason = _reason(case.at, bound, section, params)
    if enough and _withheld(looked.why):
        reason = looked.why
    elif enough and looked.why:
        reason, slots["parts"] = "some-parts", _NOT_READ
    yield verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def _withheld(why: str) -> bool:
    """Whether the site itself keeps the rest from being read, so that there is something to mend."""
    return why.startswith("site-") and why != "site-incomplete"


def _section(case: Case, criterion: Criterion, params: ListingParams, wanted: Wanted) -> _Section:
    pages = body_sections(case, case.places(criterion), wanted)
    heads = {p.url for p in pages}
    below = {
        link.url: case.page_at[link.url]
        for p in pages
        for link in p.links
        if link.region == "main" and link.url in case.page_at and link.url not in heads
    }
    reach = heads | set(below)
    documents = [d for d in case.documents if d.found_on in reach or wanted.in_section(d.title, d.context)]
    entries = [p for _, p in sorted(below.items()) if params.dated_items and p.nature == "page" and _days(p)]
    rows = {day for p in pages if params.dated_items and p.nature == "page" for day in p.dates}
    alive = tuple(d for d in documents if present(d))
    days = [span for d in alive if (span := dated(d, case.at)) is not None]
    days += [(day, day) for p in entries for day in _days(p)] + [(day, day) for day in rows]
    return _Section(
        pages=pages,
        alive=alive,
        unseen=tuple(d for d in documents if present(d) is None),
        dead=tuple(d for d in documents if present(d) is False and d.found_on in reach),
        entries=tuple(entries),
        rows=len(entries) + len(rows),
        days=tuple(sorted(days)),
        undated=any(dated(d, case.at) is None for d in alive),
    )


def _days(page: Page) -> tuple[date, ...]:
    return (page.published,) if page.published is not None else page.dates


def _named_parts(case: Case, section: _Section, parts: list[Part], params: ListingParams) -> frozenset[int]:
    texts = [text_of(case, d) for d in section.alive] + [page_text(p) for p in section.entries]
    texts += [page_text(p) for p in section.pages if params.dated_items and p.nature == "page" and p.dates]
    return frozenset[int]().union(*(found_parts(text, parts) for text in texts))


def _bound(at: date, section: _Section, params: ListingParams, names: int, looked: Search) -> Bound:
    """Low as if nothing more were there, high as if every document that was not seen were a good one."""
    complete = looked.complete
    recent = _recency(at, section, params, complete=complete)
    count = Bound(
        min(1.0, section.count / params.min_documents),
        min(1.0, (section.count + len(section.unseen)) / params.min_documents) if complete else 1.0,
    )
    if not section.count and not section.unseen and complete:
        return NONE
    if params.max_age_days and params.partly_age_days and recent.high <= 0:
        return NONE
    asked = [count]
    if params.max_age_days:
        asked.append(recent)
    if params.kinds_min:
        known = min(1.0, names / params.kinds_min)
        asked.append(Bound(known, known if complete and not section.unseen else 1.0))
    if params.min_alive is not None:
        asked.append(_alive(section, params.min_alive, complete=complete))
    low = 0.0 if params.max_age_days and params.partly_age_days and recent.low <= 0 else sum(b.low for b in asked)
    return Bound(low / len(asked), min(1.0, sum(b.high for b in asked) / len(asked)))


def _alive(section: _Section, least: float, *, complete: bool) -> Bound:
    seen = share(len(section.alive), len(section.unseen), len(section.dead)) if complete else None
    if seen is None:
        return Bound(0.0, 1.0)
    return Bound(float(seen.low >= least), float(seen.high >= least))


def _recency(at: date, section: _Section, params: ListingParams, *, complete: bool) -> Bound:
    """1 when the newest is new enough, 0.5 when it is within the partial age. One without a date may be the newest."""

    def score(day: date) -> float:
        age = (at - day).days
        if age <= (params.max_age_days or 0):
            return 1.0
        return 0.5 if params.partly_age_days and age <= params.partly_age_days else 0.0

    low = max((score(first) for first, _ in section.days), default=0.0)
    high = max((score(last) for _, last in section.days), default=1.0)
    unsure = section.unseen or not complete or section.undated
    return Bound(low, 1.0 if unsure else high)


def _title(section: _Section) -> str:
    if section.pages:
        return section.pages[0].title or section.pages[0].url
    return section.alive[0].title if section.alive else "–"


def _lacking(section: _Section, params: ListingParams, parts: Text | None) -> Text:
    """What is missing, for a reader: named parts, else how many more entries."""
    more = params.min_documents - section.count
    if parts is not None or more <= 0:
        return parts or Text("–", "–")
    return Text(f"{more} dokumen atau informasi lagi", f"{more} more documents or entries")


def _reason(at: date, bound: Bound, section: _Section, params: ListingParams) -> str:
    if bound.low >= 1:
        return "found"
    if bound.high <= 0:
        if section.count:
            return "too-old"
        if section.dead:
            return "only-false"
        return "empty-section" if section.pages else "not-found"
    old = params.max_age_days is not None and section.days and _recency(at, section, params, complete=True).low < 1
    return "stale" if section.count >= params.min_documents and old else "some-parts"
