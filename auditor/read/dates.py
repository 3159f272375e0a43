"""Indonesian dates and periods in text. Nothing is invented: `Maret 2024` has no day, so it is a period and no date.

Periods are written `2024`, `2024-S1`, `2024-TW3`, `2024-05` or `2024-05-31`, and compare by the day they end on.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Sequence
from datetime import date

EARLIEST, LATEST = 1945, 2100

_MONTHS = {
    1: "januari jan january",
    2: "februari pebruari feb peb february febuari",
    3: "maret mar mrt march",
    4: "april apr apl",
    5: "mei may",
    6: "juni jun june",
    7: "juli jul july",
    8: "agustus agst ags agt agus agu aug august agustsus",
    9: "september sept sep spt",
    10: "oktober okt october oct",
    11: "november nopember nov nop",
    12: "desember des december dec",
}
MONTHS = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "satu": 1, "dua": 2, "tiga": 3, "empat": 4, "pertama": 1, "kedua": 2}
_YEAR = r"(?P<y>(?:19[4-9]|20)\d{2})"

_WRITTEN = re.compile(
    rf"(?<!\d)(?P<d>[0-3]?\d)[\s.\-/]{{1,3}}(?P<m>{_NAMES})\.?,?[\s.\-/]{{1,3}}{_YEAR}(?!\d)", re.IGNORECASE
)
_ENGLISH = re.compile(rf"\b(?P<m>{_NAMES})\.?\s{{1,3}}(?P<d>[0-3]?\d),\s{{0,2}}{_YEAR}(?!\d)", re.IGNORECASE)
_ISO = re.compile(rf"(?<![\d/-]){_YEAR}[-/](?P<m>0?[1-9]|1[0-2])[-/](?P<d>[0-2]?\d|3[01])(?=$|[^\d/-])")
_SLASHED = re.compile(rf"(?<![\d/.-])(?P<d>[0-3]?\d)(?P<s>[-/.])(?P<m>0?[1-9]|1[0-2])(?P=s){_YEAR}(?=$|[^\d/])")
_MAYBE_ENGLISH = re.compile(r"\d,\s{0,2}(?:19|20)\d\d")
_FIGURES = re.compile(r"\d+")
_ALL = (_WRITTEN, _ENGLISH, _ISO, _SLASHED)

_ORDINAL = r"(?P<n>iv|iii|ii|i|[1-4]|satu|dua|tiga|empat|pertama|kedua)\b"
_QUARTER = re.compile(rf"\b(?:tri\s?wulan|tw|tri|kuartal|quarter|q)\W{{0,3}}(?:ke\W{{0,2}})?{_ORDINAL}", re.IGNORECASE)
_HALF = re.compile(rf"\b(?:semester|smt|sem)\W{{0,3}}(?:ke\W{{0,2}})?{_ORDINAL}", re.IGNORECASE)
_HALF_YEAR = re.compile(rf"^{_YEAR}[\s-]?[sS](?P<n>[12])$")
_QUARTER_YEAR = re.compile(rf"^{_YEAR}[\s-]?(?:[qQ]|[tT][wW])(?P<n>[1-4])$")
_MONTH_YEAR = re.compile(rf"\b(?P<m>{_NAMES})\.?[\s.\-/]{{1,3}}(?:tahun\s+)?{_YEAR}(?!\d)", re.IGNORECASE)
_YEAR_MONTH = re.compile(rf"^{_YEAR}[-/.]?(?P<m>0[1-9]|1[0-2])$")
_MONTH_NUMBER = re.compile(rf"^(?P<m>0?[1-9]|1[0-2])[-/]{_YEAR}$")
_BARE_YEAR = re.compile(rf"(?<![\d.,/-]){_YEAR}(?![\d/]|[.,]\d)")
_PERIOD = re.compile(r"^(\d{4})(?:-(?:S([12])|TW([1-4])|(\d{2})(?:-(\d{2}))?))?$")


def find_dates(text: str, limit: int = 100) -> tuple[date, ...]:
    """Whole dates in the order they stand in the text; `31 Februari 2024` is none."""
    found: list[tuple[int, date]] = []
    figures = [one.start() for one in _FIGURES.finditer(text)]
    for pattern in _ALL:
        for match in _matches(pattern, text, figures):
            day = _day(match)
            if day is not None:
                found.append((match.start(), day))
            if len(found) >= limit * 4:
                break
    return tuple(day for _, day in sorted(found)[:limit])


def _matches(pattern: re.Pattern[str], text: str, figures: Sequence[int]) -> Iterator[re.Match[str]]:
    """What `finditer` gives. Only an English date begins with letters: the others are tried where figures begin."""
    if pattern is _ENGLISH:
        if _MAYBE_ENGLISH.search(text):
            yield from pattern.finditer(text)
        return
    end = 0
    for place in figures:
        if place >= end and (match := pattern.match(text, place)):
            yield match
            end = match.end()


def parse_date(text: str) -> date | None:
    """The one date that a cell or a label says (`Senin, 3 Februari 2025 09:00 WIB`, `2025-02-03T09:00:00`), or None."""
    text = text.strip()
    if not 6 <= len(text) <= 60:
        return None
    text = re.sub(r"(?<=\d)T\d\d:\d\d.*$", "", text)
    dates = set(find_dates(text, 3))
    return dates.pop() if len(dates) == 1 else None


def ordinal(text: str) -> int:
    """The number of that one date, by which days are ordered; 0 where the text says none."""
    found = parse_date(text)
    return found.toordinal() if found else 0


def parse_period(text: str) -> str | None:
    """The period that a cell, a title or a header names, in its finest form; None when it names none or several."""
    text = text.strip()
    if not 4 <= len(text) <= 300:
        return None
    for pattern, mark in ((_HALF_YEAR, "S"), (_QUARTER_YEAR, "TW")):
        short = pattern.match(text)
        if short:
            return f"{short['y']}-{mark}{short['n']}"
    days = set(find_dates(text, 3))
    if len(days) == 1:
        return days.pop().isoformat()
    years = list(dict.fromkeys(match["y"] for match in _BARE_YEAR.finditer(text)))
    quarter, half = _QUARTER.search(text), _HALF.search(text)
    if len(years) == 1 and quarter:
        return f"{years[0]}-TW{_number(quarter['n'])}"
    if len(years) == 1 and half and _number(half["n"]) <= 2:
        return f"{years[0]}-S{_number(half['n'])}"
    named = list(_MONTH_YEAR.finditer(text))
    if len(named) == 1:
        return f"{named[0]['y']}-{MONTHS[named[0]['m'].lower()]:02d}"
    short = _YEAR_MONTH.match(text) or _MONTH_NUMBER.match(text)
    if short:
        return f"{short['y']}-{int(short['m']):02d}"
    return years[0] if len(years) == 1 and not named else None


def month_number(text: str) -> int | None:
    """`Maret`, `Mrt`, `03` or `3` -> 3."""
    word = text.strip().strip(".").lower()
    if word in MONTHS:
        return MONTHS[word]
    return int(word) if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 12 else None


def part_number(text: str) -> int | None:
    """The number of a quarter or a half: `III`, `TW 3`, `Triwulan III`, `3` -> 3."""
    word = text.strip().lower()
    found = _QUARTER.search(word) or _HALF.search(word)
    word = found["n"] if found else word
    return _number(word) if word in _ROMAN or word in ("1", "2", "3", "4") else None


def period_end(period: str) -> date:
    """The last day of a period. Raises ValueError for anything that is not a period."""
    match = _PERIOD.match(period)
    if match is None:
        raise ValueError(f"not a period: {period!r}")
    year = int(match[1])
    if match[5]:
        return date(year, int(match[4]), int(match[5]))
    month = 12
    if match[2]:
        month = 6 * int(match[2])
    elif match[3]:
        month = 3 * int(match[3])
    elif match[4]:
        month = int(match[4])
    return date(year, month, calendar.monthrange(year, month)[1])


def newest(periods: Iterator[str] | list[str] | tuple[str, ...]) -> str | None:
    """The period that ends last; of two that end on one day, the longer."""
    return max(periods, key=lambda p: (period_end(p), -len(p)), default=None)


def oldest(periods: Iterator[str] | list[str] | tuple[str, ...]) -> str | None:
    return min(periods, key=lambda p: (period_end(p), len(p)), default=None)


def _number(word: str) -> int:
    word = word.lower()
    return _ROMAN.get(word) or int(word)


def _day(match: re.Match[str]) -> date | None:
    month = match["m"].lower()
    try:
        return date(int(match["y"]), MONTHS.get(month) or int(month), int(match["d"]))
    except ValueError:
        return None
