"""Whether every unit (OPD) publishes its own: one verdict a unit, and the matrix unit x kind x year."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from auditor.model import Catalogue, Criterion, Document, Facts, Status, Unit, Verdict
from checks.judges.answer import of_document, of_search, unknown, verdict
from checks.judges.case import Case
from checks.judges.document import Sought, candidates, reason_of, slots_of
from checks.judges.due import Due, due_of
from checks.judges.items import Asked, decisive, judge_items, present
from checks.judges.known import Known, exists, unless_unseen
from checks.judges.search import Search, Wanted, nameless, search
from checks.judges.whose import unit_of
from checks.params import CoverageParams

_ITEMS = ("available", "current")
_BACK = 3  # years of the matrix: the one that is due and the two before


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of document of one unit for one year. `year`: for a plan of several years, one that it covers."""

    unit: str
    kind: str
    year: int
    status: Status
    url: str | None
    reason: str


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = CoverageParams.model_validate(dict(criterion.params))
    looked = search(case, criterion, Wanted(frozenset(params.kinds)))
    found = candidates(case, _sought(params))
    together = tuple(d for d in found if _is_together(case, params, d))
    if not case.facts.body.units:
        yield _of_the_body(case, criterion, together, looked)
        return
    for unit in case.facts.body.units:
        own = tuple(d for d in found if unit_of(case, d) == unit.name)
        yield _of_unit(case, criterion, unit, own, together, search(case, criterion, _wanted(case, params, unit)))


def matrix(facts: Facts, catalogue: Catalogue) -> list[Cell]:
    """Every unit by every kind that a criterion of coverage asks for, by year: a state in each cell."""
    case = Case(facts, catalogue)
    cells: list[Cell] = []
    for criterion in catalogue.criteria:
        if criterion.judge != "coverage":
            continue
        params = CoverageParams.model_validate(dict(criterion.params))
        found = candidates(case, _sought(params))
        together = [d for d in found if _is_together(case, params, d)]
        due = due_of(case, criterion)
        newest = due.year if due.year is not None else case.at.year
        for unit in facts.body.units:
            own = [d for d in found if unit_of(case, d) == unit.name]
            looked = search(case, criterion, _wanted(case, params, unit))
            for year in range(newest, newest - _BACK, -1):
                cells.append(_cell(unit, params.kinds[0], year, own, together, looked))
    return cells


def _cell(unit: Unit, kind: str, year: int, own: list[Document], together: list[Document], looked: Search) -> Cell:
    some = [d for d in (*own, *together) if _is_of(d, year)]
    state = unless_unseen(exists(present(d) for d in some), looked.complete)
    if state is None:
        return Cell(unit.name, kind, year, Status.UNKNOWN, None, looked.why or "site-unread")
    if state is False:
        return Cell(unit.name, kind, year, Status.UNMET, None, "only-false" if some else "not-found")
    url = next(d.url for d in some if present(d))
    reason = "found" if any(present(d) for d in some if d in own) else "found-consolidated"
    return Cell(unit.name, kind, year, Status.MET, url, reason)


def _is_of(document: Document, year: int) -> bool:
    years = document.facts.years
    return bool(years) and min(years) <= year <= max(years)


def _sought(params: CoverageParams) -> Sought:
    return Sought(
        kinds=frozenset(params.kinds),
        revised=params.revised,
        units_too=True,
        title_words=tuple(params.title_words),
        title_not=tuple(params.title_not),
    )


def _wanted(case: Case, params: CoverageParams, unit: Unit) -> Wanted:
    """What is looked for of one unit: a document that names another unit in its title is that one's."""
    kinds = frozenset(params.kinds)
    others = [
        d.url
        for d in case.documents
        if d.facts.kind in kinds and unit_of(case, d) not in (None, unit.name) and not nameless(d)
    ]
    return Wanted(kinds, others=frozenset(others))


def _is_together(case: Case, params: CoverageParams, document: Document) -> bool:
    """Whether one document holds those of all units: its title says so and names none of them."""
    if unit_of(case, document) is not None:
        return False
    titles = (document.title, *document.also)
    return any(re.search(pattern, title, re.IGNORECASE) for pattern in params.consolidated for title in titles)


def _asked(case: Case, due: Due) -> Asked:
    return Asked(due, _ITEMS, case.catalogue.items)


def _of_unit(
    case: Case,
    criterion: Criterion,
    unit: Unit,
    own: tuple[Document, ...],
    together: tuple[Document, ...],
    looked: Search,
) -> Verdict:
    asked = _asked(case, due_of(case, criterion))
    some = (*own, *together)
    judged = judge_items(some, asked, looked)
    alone = judge_items(own, asked, looked)
    slots = {**slots_of(judged, some, asked), "units": unit.name, "m": len(case.facts.body.units)}
    evidence = tuple(of_document(case, d) for d in decisive(some, asked)[:3]) or of_search(
        case, case.places(criterion), Wanted(frozenset(criterion.params["kinds"]))
    )
    reason = reason_of(case, criterion, judged, some, asked, looked)
    if judged.bound.low <= 0 and judged.bound.high >= 1:
        result = unknown(case, reason, subject=unit.name, unit=unit.name, search=looked, slots=slots, evidence=evidence)
        return replace(result, items=judged.items)
    if judged.bound.low >= 1 and alone.bound.low < 1:
        reason = "found-consolidated"
    return verdict(
        case,
        judged.bound,
        reason,
        subject=unit.name,
        unit=unit.name,
        slots=slots,
        evidence=evidence,
        items=judged.items,
        search=looked,
    )


def _of_the_body(case: Case, criterion: Criterion, together: tuple[Document, ...], looked: Search) -> Verdict:
    """Without a list of units only a document of all of them says anything."""
    asked = _asked(case, due_of(case, criterion))
    judged = judge_items(together, asked, looked)
    there: Known = exists(present(d) for d in together)
    slots = {**slots_of(judged, together, asked), "units": "–", "m": "–"}
    if not there:
        return unknown(case, "human-units-not-known", search=looked, slots=slots)
    evidence = tuple(of_document(case, d) for d in decisive(together, asked)[:3])
    reason = reason_of(case, criterion, judged, together, asked, looked)
    if judged.bound.low >= 1:
        reason = "found-consolidated"
    return verdict(case, judged.bound, reason, slots=slots, evidence=evidence, items=judged.items, search=looked)
