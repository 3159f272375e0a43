"""A document criterion by its items, after Brazil's PNTP: available, current, series, open, searchable.

Each item is met when any one candidate meets it, so that a further document never lowers anything; what no candidate
meets is unmet only where the search was complete.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from auditor.model import Document, Item, Status, Text
from checks.judges.due import Due, newest_year, years_of
from checks.judges.known import Bound, Known, exists, unless_unseen, weigh
from checks.judges.search import FALSE, Search

IMAGES = frozenset({"jpg", "jpeg", "png", "gif", "webp", "bmp", "tif", "tiff"})
OPEN_FORMATS = frozenset(
    {"html", "htm", "pdf", "docx", "odt", "xlsx", "ods", "csv", "tsv", "json", "geojson", "xml", "txt", "rtf"}
)
CLOSED_FORMATS = IMAGES | {"rar", "7z", "doc", "xls", "ppt", "pptx", "pps"}

NAMES: Mapping[str, Text] = {
    "available": Text("tersedia", "available"),
    "current": Text("mutakhir", "current"),
    "series": Text("deret tahun", "series of years"),
    "open": Text("format terbuka", "open format"),
    "searchable": Text("dapat dicari", "searchable"),
}

_MET = {"available": "found", "current": "found-current", "series": "found", "open": "found", "searchable": "found"}
_UNMET = {
    "available": "not-found",
    "current": "stale",
    "series": "some-parts",
    "open": "not-offered",
    "searchable": "image-only",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """How candidates are looked at. `page_ok`: a page that is itself the document is as good as a file."""

    due: Due
    names: tuple[str, ...]
    weights: Mapping[str, float]
    series_years: int = 3
    page_ok: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    items: tuple[Item, ...]
    bound: Bound
    states: Mapping[str, Known]


def judge_items(candidates: Sequence[Document], asked: Asked, search: Search) -> Judged:
    """The items that are asked for, with the interval they make. Weights are rescaled to the items that are asked."""
    available = exists(present(d) for d in candidates)
    states: dict[str, Known] = {}
    for name in asked.names:
        state = available if name == "available" else _STATES[name](candidates, asked)
        if available is not True:
            state = available
        states[name] = unless_unseen(state, search.complete)
    bound = weigh([(asked.weights[name], states[name]) for name in asked.names])
    return Judged(tuple(_item(name, states[name], candidates, search) for name in asked.names), bound, states)


def present(document: Document) -> Known:
    """Whether it is there as what its link says. No answer and too large to fetch: not seen."""
    return None if document.flaw and document.flaw not in FALSE else not document.flaw


def open_format(document: Document) -> Known:
    kind = document.format.lower().lstrip(".")
    return True if kind in OPEN_FORMATS else False if kind in CLOSED_FORMATS else None


def is_page(document: Document) -> bool:
    return document.format.lower() in ("html", "htm")


def unreadable(document: Document) -> bool:
    """Whether it is there, or may be, and what stands in it could not be read."""
    there = present(document)
    return there is None or (there and not document.readable)


def _both(document: Document, state: Known) -> Known:
    """An absent document has no properties; of one that was not seen, none is known."""
    there = present(document)
    return state if there is True else there


def _file_like(candidates: Sequence[Document], asked: Asked) -> Sequence[Document]:
    return candidates if asked.page_ok else [d for d in candidates if not is_page(d)]


def _current(candidates: Sequence[Document], asked: Asked) -> Known:
    return exists(_both(d, asked.due.current(d)) for d in _file_like(candidates, asked))


def _open(candidates: Sequence[Document], asked: Asked) -> Known:
    return exists(_both(d, open_format(d)) for d in _file_like(candidates, asked))


def _searchable(candidates: Sequence[Document], asked: Asked) -> Known:
    return exists(_both(d, d.readable) for d in _file_like(candidates, asked))


def _series(candidates: Sequence[Document], asked: Asked) -> Known:
    """Each of the years up to the one that is due; without a due year, that many different years."""
    files = _file_like(candidates, asked)
    if asked.due.year is None:
        return _distinct_years(files, asked)
    years = range(asked.due.year - asked.series_years + 1, asked.due.year + 1)
    states = [exists(_of_year(d, year) for d in files) for year in years]
    return False if False in states else None if None in states else True


def _of_year(document: Document, year: int) -> Known:
    there = present(document)
    if there is False:
        return False
    years = years_of(document.facts)
    if not years:
        return None if there is None or not document.readable else False
    return there if year in years else False


def _distinct_years(files: Sequence[Document], asked: Asked) -> Known:
    sure = {y for d in files if present(d) for y in years_of(d.facts)}
    if len(sure) >= asked.series_years:
        return True
    silent = sum(1 for d in files if present(d) is not False and not d.facts.years and not d.readable)
    maybe = sure | {y for d in files if present(d) is None for y in years_of(d.facts)}
    return None if len(maybe) + silent >= asked.series_years else False


_STATES: Mapping[str, Callable[[Sequence[Document], Asked], Known]] = {
    "current": _current,
    "series": _series,
    "open": _open,
    "searchable": _searchable,
}


def _item(name: str, state: Known, candidates: Sequence[Document], search: Search) -> Item:
    if state is True:
        return Item(name, Status.MET, _MET[name])
    if state is None:
        return Item(name, Status.UNKNOWN, search.why or "site-unread")
    if candidates and not any(present(d) is not False for d in candidates):
        return Item(name, Status.UNMET, "only-false")
    if not candidates:
        return Item(name, Status.UNMET, "not-found")
    return Item(name, Status.UNMET, _UNMET[name])


def decisive(candidates: Sequence[Document], asked: Asked) -> tuple[Document, ...]:
    """Those that decided first: present, current, searchable, open, newest; then by address."""

    def rank(document: Document) -> tuple[object, ...]:
        states = (present(document), asked.due.current(document), document.readable, open_format(document))
        order = tuple({True: 0, None: 1, False: 2}[state] for state in states)
        return (is_page(document), *order, -(newest_year(document.facts, asked.due.at) or 0), document.url)

    return tuple(sorted(candidates, key=rank))
