"""The newest and the oldest period that a table's own rows and columns speak of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from auditor.read.dates import month_number, newest, oldest, parse_period, part_number, period_end
from auditor.read.rows import RawTable

_YEAR_COLUMN = re.compile(r"^(?:tahun|thn|th|year|tahun[ _]?(?:data|anggaran|ajaran)?|ta|t\.a\.?)$", re.IGNORECASE)
_MONTH_COLUMN = re.compile(r"^(?:bulan|month|bln)$", re.IGNORECASE)
_PART_COLUMN = re.compile(r"^(?:triwulan|tw|kuartal|quarter|semester|smt)$", re.IGNORECASE)
_DATE_COLUMN = re.compile(
    r"^(?:tanggal|tgl|date|periode|period|waktu|hari|time|tanggal[ _]?(?:data|laporan|kejadian|update|"
    r"lapor))(?:[ _]\w+)?$",
    re.IGNORECASE,
)
_BIRTH = re.compile(r"lahir|birth|berdiri|sk\b|mulai|selesai|dibuat|created|updated|unggah", re.IGNORECASE)
_YEAR_NAME = re.compile(
    r"^(?:tahun|thn|th|jumlah|total|nilai|realisasi|data)?[ _.-]*((?:19|20)\d{2})\*{0,3}$", re.IGNORECASE
)
_YEAR_CELL = re.compile(r"^((?:19|20)\d{2})(?:\.0)?\*{0,3}$")
_CLOCK = re.compile(r"(?<=^\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*$")
"""A million moments lie in few days."""


def periods_of(table: RawTable, at: date, name: str = "") -> tuple[str | None, str | None]:
    """`(newest, oldest)`. Periods that begin after `at` are plans: they count only in a table that has no other."""
    found = _from_rows(table) or _from_names(table) or _from_titles((*table.titles, table.sheet, name))
    found = {period for period in found if 1945 <= int(period[:4]) <= at.year + 30}
    past = {period for period in found if _begins(period) <= at} or found
    return newest(tuple(past)), oldest(tuple(past))


def _begins(period: str) -> date:
    if len(period) == 10:
        return date.fromisoformat(period)
    end = period_end(period)
    months = {"S": 6, "T": 3}.get(period[5:6], 1) if len(period) > 4 else 12
    return date(end.year, end.month - months + 1, 1)


def _from_rows(table: RawTable) -> set[str]:
    years = _column(table.columns, _YEAR_COLUMN)
    found: set[str] = set()
    if years is not None:
        months = _column(table.columns, _MONTH_COLUMN)
        parts = _column(table.columns, _PART_COLUMN)
        half = parts is not None and bool(re.match("s", table.columns[parts].strip(), re.IGNORECASE))
        for year, part in _pairs(table, years, months if months is not None else parts):
            match = _YEAR_CELL.match(year)
            if match is None:
                single = parse_period(year)
                found |= {single} if single else set()
            else:
                found.add(_joined(match[1], part, months is not None, half))
    if found:
        return found
    for number, name in enumerate(table.columns):
        if _DATE_COLUMN.match(name.strip()) and not _BIRTH.search(name):
            cells = {_CLOCK.sub("", value.strip()) for value, _ in table.cells[number].counted()}
            said = {period for cell in cells if (period := parse_period(cell))}
            if said:
                return said
    return set()


def _pairs(table: RawTable, years: int, parts: int | None) -> set[tuple[str, str]]:
    """The different pairs of year and part of a year."""
    if parts is None:
        return {(value.strip(), "") for value, _ in table.cells[years].counted()}
    import numpy as np

    year, part = table.cells[years], table.cells[parts]
    both = np.unique(year.codes.astype(np.int64) * len(part.values) + part.codes).tolist()
    return {
        (year.values[pair // len(part.values)].strip(), part.values[pair % len(part.values)].strip()) for pair in both
    }


def _joined(year: str, part: str, monthly: bool, half: bool) -> str:
    if not part:
        return year
    if monthly:
        month = month_number(part)
        return f"{year}-{month:02d}" if month else year
    number = part_number(part)
    if number is None or (half and number > 2):
        return year
    return f"{year}-S{number}" if half else f"{year}-TW{number}"


def _from_names(table: RawTable) -> set[str]:
    found = {match[1] for name in table.columns if (match := _YEAR_NAME.match(name.strip()))}
    if len(found) >= 1:
        return found
    return {
        period
        for name in table.columns
        if 4 <= len(name) <= 40 and re.search(r"\d{4}", name) and (period := parse_period(name))
    }


def _from_titles(titles: Sequence[str]) -> set[str]:
    for title in titles:
        period = parse_period(re.sub(r"[_+]+|\.\w{2,5}$", " ", title))
        if period:
            return {period}
    return set()


def _column(columns: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    return next((number for number, name in enumerate(columns) if pattern.match(name.strip())), None)
