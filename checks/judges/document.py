"""Whether documents of a kind are there, current, in a series, open and searchable."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from auditor.model import Criterion, Document, Evidence, Item, Text, Verdict
from checks.judges.answer import of_document, of_search, unknown, verdict
from checks.judges.case import Case, collapse
from checks.judges.contents import judge_contents, of_year
from checks.judges.due import Due, dated, due_of, newest_year
from checks.judges.items import IMAGES, NAMES, Asked, Judged, decisive, is_page, judge_items, present
from checks.judges.known import NONE, Bound, best, best_share, every, exists, widen
from checks.judges.outgoing import Outgoing, hosts_of, links, of_link, value_of
from checks.judges.search import Search, Wanted, nameless, search, sections_of
from checks.judges.whose import is_units
from checks.params import DocumentParams


@dataclass(frozen=True, slots=True)
class Sought:
    """Which documents are candidates."""

    kinds: frozenset[str]
    revised: bool | None = None
    units_too: bool = False
    in_year: bool = False
    title_words: tuple[str, ...] = ()
    title_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """One way of answering the criterion; of several the best counts."""

    bound: Bound
    reason: str
    slots: dict[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    items: tuple[Item, ...] = ()


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = DocumentParams.model_validate(dict(criterion.params))
    kinds = frozenset(params.kinds) | {kind for part in params.all_of for kind in part.kinds}
    looked = search(case, criterion, Wanted(kinds, others=_others(case, params)))
    ways = [_parts(case, criterion, params) if params.all_of else _single(case, criterion, params, looked)]
    if params.near_miss:
        ways.append(_near_miss(case, criterion, params, looked))
    if params.link is not None:
        found = links(case, case.places(criterion), params.link)
        ways.append(of_links(case, found, 1, complete=looked.complete))
    answer = best_answer(ways)
    if answer.bound.low <= 0 and answer.bound.high >= 1:
        why = looked.why or (answer.reason if answer.reason.startswith("site-") else "site-unread")
        yield replace(
            unknown(case, why, search=looked, slots=answer.slots, evidence=answer.evidence), items=answer.items
        )
        return
    evidence = answer.evidence or of_search(case, case.places(criterion), Wanted(kinds))
    yield verdict(
        case,
        answer.bound,
        answer.reason,
        slots=answer.slots,
        evidence=evidence,
        items=answer.items,
        search=looked,
    )


def of_links(case: Case, found: Sequence[Outgoing], need: int, *, complete: bool) -> Answer:
    """Outgoing links as a way of answering: what they lead to is not fetched, so that only their address speaks."""
    bound = value_of(found, need, complete=complete)
    slots = {"host": hosts_of(found), "found": len(found), "urls": ", ".join(link.url for link in found[:5]) or "–"}
    reason = "not-found"
    if found:
        reason = "found" if bound.low >= 1 else "generic-link" if bound.high > 0 else "only-false"
        slots |= {"title": found[0].text or found[0].url, "n": len(found)}
    return Answer(bound, reason, slots, tuple(of_link(case, link) for link in found[:3]))


def best_answer(ways: Sequence[Answer]) -> Answer:
    """The best of the ways. Items stay only where they alone explain the value."""
    bound = best(way.bound for way in ways)
    leading = max(ways, key=lambda way: (way.bound.low, way.bound.high))
    if leading.bound == bound:
        return leading
    return replace(leading, bound=bound, items=())


def candidates(case: Case, sought: Sought) -> tuple[Document, ...]:
    return tuple(d for d in case.documents if _of_kind(case, sought, d) and _named(sought, d))


def others_than(case: Case, sought: Sought) -> frozenset[str]:
    """Addresses of documents of the kind that say by their own title that they are not the one sought."""
    every = [d for d in case.documents if d.facts.kind in sought.kinds and not nameless(d)]
    return frozenset(d.url for d in every) - {d.url for d in candidates(case, sought)}


def _others(case: Case, params: DocumentParams) -> frozenset[str]:
    return frozenset() if params.all_of or params.near_miss else others_than(case, sought_of(params))


def _of_kind(case: Case, sought: Sought, document: Document) -> bool:
    if document.facts.kind not in sought.kinds:
        return False
    if sought.revised is not None and document.facts.revised != sought.revised:
        return False
    if sought.in_year and document.facts.period is None:
        return False
    return sought.units_too or not is_units(case, document)


def _named(sought: Sought, document: Document) -> bool:
    title = " | ".join((document.title, *document.also))
    if any(re.search(pattern, title, re.IGNORECASE) for pattern in sought.title_not):
        return False
    # What a document quotes is not what it is: its words speak only where its title says nothing.
    text = collapse(f"{title} | {document.context} | {document.words if nameless(document) else ''}")
    return not sought.title_words or any(re.search(p, text, re.IGNORECASE) for p in sought.title_words)


def asked_of(case: Case, due: Due, params: DocumentParams) -> Asked:
    return Asked(due, tuple(params.items), case.catalogue.items, params.series_years, params.page_ok)


def sought_of(params: DocumentParams) -> Sought:
    return Sought(
        kinds=frozenset(params.kinds),
        revised=params.revised,
        units_too=params.unit_ok,
        in_year=params.in_year,
        title_words=tuple(params.title_words),
        title_not=tuple(params.title_not),
    )


def _single(case: Case, criterion: Criterion, params: DocumentParams, looked: Search) -> Answer:
    asked = asked_of(case, due_of(case, criterion), params)
    found = candidates(case, sought_of(params))
    judged = judge_items(found, asked, looked)
    answer = Answer(
        bound=judged.bound,
        reason=reason_of(case, criterion, judged, found, asked, looked),
        slots=slots_of(judged, found, asked),
        evidence=tuple(of_document(case, d) for d in decisive(found, asked)[:3]),
        items=judged.items,
    )
    if not params.contents:
        return answer
    inside = judge_contents(
        case, found, of_year(case, criterion, params.contents), params.need_contents or 1, complete=looked.complete
    )
    if inside.state is True or answer.bound.high <= 0:
        return answer
    half = Bound(answer.bound.low / 2, answer.bound.high if inside.state is None else answer.bound.high / 2)
    if half.low <= 0 and half.high >= 1:
        return replace(answer, bound=half, items=())
    reason = "image-only" if inside.unread else "some-parts"
    return replace(answer, bound=half, reason=reason, slots={**answer.slots, **inside.slots}, items=())


def _near_miss(case: Case, criterion: Criterion, params: DocumentParams, looked: Search) -> Answer:
    """A document of the kind and year that only its title keeps from being the thing."""
    due = due_of(case, criterion)
    found = candidates(case, replace(sought_of(params), title_words=(), title_not=()))
    near = exists(every((present(d), due.current(d))) for d in found)
    if not found or near is False:
        return Answer(widen(NONE, looked.complete), "not-found")
    half = Bound(0.5 if near else 0.0, 0.5)
    first = decisive(found, asked_of(case, due, params))[0]
    return Answer(
        widen(half, looked.complete),
        "some-parts",
        {"n": 1, "m": 2, "parts": first.title, "title": first.title},
        (of_document(case, first),),
    )


def _parts(case: Case, criterion: Criterion, params: DocumentParams) -> Answer:
    """A set of documents: each is judged by its items, and the value is how much of the set is there."""
    asked = asked_of(case, due_of(case, criterion), params)
    need = params.need or len(params.all_of)
    judged: list[tuple[Text, Judged, tuple[Document, ...]]] = []
    for part in params.all_of:
        words = tuple(part.title_words) or tuple(params.title_words)
        sought = replace(sought_of(params), kinds=frozenset(part.kinds), revised=part.revised, title_words=words)
        found = candidates(case, sought)
        looked = search(case, criterion, Wanted(sought.kinds, others=others_than(case, sought)))
        judged.append((Text(part.name.id, part.name.en), judge_items(found, asked, looked), found))
    bound = best_share([j.bound for _, j, _ in judged], need)
    there = [j.states.get("available", j.bound.low > 0) is True for _, j, _ in judged]
    missing = [name for (name, _, _), here in zip(judged, there, strict=True) if not here]
    documents = [d for _, _, found in judged for d in decisive(found, asked)[:1]]
    everything = tuple(d for _, _, found in judged for d in found)
    stale = any(j.states.get("current") is False for (_, j, _), here in zip(judged, there, strict=True) if here)
    if bound.low >= 1:
        reason = "all-parts"
    elif bound.high <= 0:
        reason = "only-false" if everything else "not-found"
    elif sum(there) < need:
        reason = "some-parts"
    else:
        reason = "stale" if stale else "some-items"
    open_items = {i.item for _, j, _ in judged for i in j.items if i.status != "met"}
    slots = {
        **_slots_of_documents(everything, asked),
        "n": sum(there),
        "m": need,
        "parts": joined(missing),
        "items": joined([NAMES[name] for name in params.items if name in open_items]),
    }
    return Answer(bound, reason, slots, tuple(of_document(case, d) for d in documents))


def reason_of(
    case: Case, criterion: Criterion, judged: Judged, found: Sequence[Document], asked: Asked, looked: Search
) -> str:
    there = [d for d in found if present(d) is not False]
    if judged.bound.low >= 1:
        return "found-current" if "current" in judged.states and asked.due.asked else "found"
    if judged.bound.high <= 0:
        if found:
            return "too-old" if there else "only-false"
        kinds = frozenset(criterion.params.get("kinds", ()))
        empty = any(p.nature == "empty-listing" for p in sections_of(case, case.places(criterion), Wanted(kinds)))
        return "empty-section" if empty else "not-found"
    if judged.bound.low <= 0 and judged.bound.high >= 1:
        return looked.why or "site-unread"
    if not asked.page_ok and all(is_page(d) for d in there):
        return "listed-without-file"
    if judged.states.get("current") is False:
        return "stale"
    if all(d.format.lower() in IMAGES for d in there):
        return "image-only"
    return "some-items"


def slots_of(judged: Judged, found: Sequence[Document], asked: Asked) -> dict[str, object]:
    lacking = [NAMES[i.item] for i in judged.items if i.status != "met"]
    return {**_slots_of_documents(found, asked), "items": joined(lacking)}


def _slots_of_documents(found: Sequence[Document], asked: Asked) -> dict[str, object]:
    there = [d for d in found if present(d)]
    ordered = decisive(there or found, asked)
    return {
        "title": ordered[0].title if ordered else "–",
        "found": newest(there, asked.due),
        "expected": asked.due.text,
        "n": len(found),
    }


def newest(documents: Sequence[Document], due: Due) -> str:
    """The newest year or day that was found, for a reader."""
    if due.max_age_days is not None:
        days = [span[1] for d in documents if (span := dated(d, due.at)) is not None]
        return max(days).isoformat() if days else "–"
    years = [max(d.facts.years, default=None) if due.covers else newest_year(d.facts, due.at) for d in documents]
    said = [year for year in years if year is not None]
    return str(max(said or [d.modified.year for d in documents if d.modified is not None], default="–"))


def joined(names: Sequence[Text]) -> Text:
    return Text(", ".join(n.id for n in names) or "–", ", ".join(n.en for n in names) or "–")
