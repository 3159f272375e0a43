"""Addresses without end: calendars, sorting and filtering, paging that never stops, paths that repeat themselves.

Decided by the address and by what this site has shown so far; nothing is fetched to find out. Sessions need no rule:
`urls.key` does not see them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

MAX_SEGMENTS = 16
MAX_REPEATS = 3
MAX_COMBINATIONS = 60
"""Addresses of one place that lay three or more known filters on one another."""

MAX_PAIRS = 600
"""The same of two: a matrix of OPD by year, which is read."""

MAX_SAID = 50_000
"""Parameters remembered of a site."""

MAX_CALENDAR = 60
MAX_PAGE_NUMBER = 1000
BARREN_PAGES = 5
"""So many pages of one list or calendar in a row without a link to anything but more of it, and it is left."""

_PRESENTATION = frozenset(
    [
        "sort",
        "sortby",
        "sort_by",
        "order",
        "orderby",
        "order_by",
        "dir",
        "direction",
        "sorting",
        "view",
        "display",
        "layout",
        "mode",
        "print",
        "printable",
        "tmpl",
        "format_view",
        "replytocom",
        "share",
        "lang_switch",
        "theme",
        "fontsize",
        "kontras",
    ]
)
_COUNTED = frozenset(["page", "hal", "halaman", "pg", "paged"])
_PAGE_NAMES = _COUNTED | {"start", "offset", "limitstart", "per_page"}
_CALENDAR = re.compile(r"kalender|calendar|agenda|event|jadwal|tribe", re.IGNORECASE)
_DATE = re.compile(r"(?:19|20|21)\d\d[-/](?:0?[1-9]|1[0-2])(?:[-/]\d\d?)?(?!\d)")
_DATE_NAMES = frozenset(["month", "year", "bulan", "tahun", "date", "tanggal", "tgl", "day", "ical"])
_PAGE_PATH = re.compile(r"/(?:page|hal|halaman)/(\d+)/?$", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Traps:
    """What one site has shown; not shared between threads without a lock."""

    _said: set[tuple[str, str, str]] = field(default_factory=set)
    _combinations: Counter[tuple[str, bool]] = field(default_factory=Counter)
    _plain: set[str] = field(default_factory=set)
    _calendar: Counter[str] = field(default_factory=Counter)
    _barren: Counter[str] = field(default_factory=Counter)

    def catches(self, url: str) -> bool:
        """True where the address is one of endlessly many; each address is to be asked about once."""
        parts = urlsplit(url)
        segments = [segment for segment in parts.path.split("/") if segment]
        if len(segments) > MAX_SEGMENTS or _repeats(segments):
            return True
        query = parse_qsl(parts.query, keep_blank_values=True)
        if self._is_only_another_view(parts.netloc + parts.path, query):
            return True
        if self._is_filters_laid_on_filters(parts.netloc + _shape(parts.path), query):
            return True
        series = series_of(url)
        if series is None:
            return False
        if self._barren[series] >= BARREN_PAGES or _page_number(url) > MAX_PAGE_NUMBER:
            return True
        if _is_calendar(url):
            self._calendar[series] += 1
            return self._calendar[series] > MAX_CALENDAR
        return False

    def _is_only_another_view(self, place: str, query: list[tuple[str, str]]) -> bool:
        kept = sorted((n, v) for n, v in query if n.lower() not in _PRESENTATION)
        plain = f"{place}?{kept}"
        seen = plain in self._plain
        self._plain.add(plain)
        return seen and len(kept) < len(query)

    def _is_filters_laid_on_filters(self, place: str, query: list[tuple[str, str]]) -> bool:
        """An address that names nothing new: only what others of its place named, put together anew. A document has a
        number of its own (`?option=com_content&id=812&Itemid=3`) and is none of these, however many there are."""
        said = {(place, _shape(name.lower()), value) for name, value in query}
        new = said - self._said
        if len(self._said) < MAX_SAID:
            self._said |= new
        if new or len(said) < 2:
            return False
        self._combinations[place, len(said) > 2] += 1
        return self._combinations[place, len(said) > 2] > (MAX_COMBINATIONS if len(said) > 2 else MAX_PAIRS)

    def saw(self, url: str, more_of_same: int, others: int) -> None:
        """`url` was read and led to that many addresses not known before: of its own series, and others."""
        series = series_of(url)
        if series is None or not (more_of_same or others):
            return
        self._barren[series] = 0 if others else self._barren[series] + 1


def series_of(url: str) -> str | None:
    """The list or calendar whose page this is; None for a page of its own."""
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    if _is_calendar(url):
        own = sorted({name.lower() for name, _ in query} - _DATE_NAMES)
        return f"{parts.netloc}{_shape(_DATE.sub('DATE', parts.path))}?{','.join(own)}"
    fixed = [(name, value) for name, value in query if not _turns(name, value)]
    if len(fixed) == len(query) and not _PAGE_PATH.search(parts.path):
        return None
    return f"{parts.netloc}{_PAGE_PATH.sub('/page/N', parts.path)}?{sorted(fixed)}"


def _turns(name: str, value: str) -> bool:
    """`?page=3`; not `?page=profil`, which is a page of its own."""
    return name.lower() in _PAGE_NAMES and value.isdecimal()


def _is_calendar(url: str) -> bool:
    parts = urlsplit(url)
    if not _CALENDAR.search(parts.path + "?" + parts.query):
        return False
    names = {name.lower() for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
    return bool(names & _DATE_NAMES) or bool(_DATE.search(parts.path + "?" + parts.query))


def _page_number(url: str) -> int:
    parts = urlsplit(url)
    found = _PAGE_PATH.search(parts.path)
    if found:
        return int(found[1][:9])
    for name, value in parse_qsl(parts.query):
        if name.lower() in _COUNTED and value.isdecimal():
            return int(value[:9])
    return 0


def _repeats(segments: list[str]) -> bool:
    """`/a/b/a/b/a/b/a/b`: a group of segments more than three times in a row."""
    for size in range(1, len(segments) // (MAX_REPEATS + 1) + 1):
        for start in range(len(segments) - size * (MAX_REPEATS + 1) + 1):
            group = segments[start : start + size]
            run = segments[start : start + size * (MAX_REPEATS + 1)]
            if run == group * (MAX_REPEATS + 1):
                return True
    return False


def _shape(path: str) -> str:
    return _NUMBER.sub("N", path)
