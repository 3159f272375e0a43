"""What makes a document current: the fiscal calendar, its age, or the period that a plan covers."""

from __future__ import annotations

import calendar as months
import re
from dataclasses import dataclass
from datetime import date, timedelta

from auditor.model import Criterion, Document, TitleFacts
from checks.calendar import Expected, expected
from checks.judges.case import Case
from checks.judges.known import Known, every

_FAR = 2  # a document about a year further ahead than this has its year misread
_LONGEST_SPAN = 25
_QUARTER = re.compile(r"TW([1-4])")
_HALF = re.compile(r"S([12])")
_MONTH = re.compile(r"(?:20\d\d-|M|B)?(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Due:
    """What is due on `at`. Every demand that is set must hold; without any, what is there is current."""

    at: date
    year: int | None = None
    covers: bool = False
    max_age_days: int | None = None
    max_age_years: int | None = None
    min_year: int | None = None

    @property
    def asked(self) -> bool:
        return any(demand is not None for demand in (self.year, self.max_age_days, self.max_age_years, self.min_year))

    @property
    def text(self) -> str:
        """The earliest that suffices, as a year or an ISO date, for a reader."""
        if self.max_age_days is not None:
            return (self.at - timedelta(days=self.max_age_days)).isoformat()
        years = [self.year, self.min_year]
        if self.max_age_years is not None:
            years.append(self.at.year - self.max_age_years)
        return str(max((y for y in years if y is not None), default="–"))

    def current(self, document: Document) -> Known:
        """None where neither title nor words say when, and the document could not be read."""
        return every(self._demands(document))

    def _demands(self, document: Document) -> list[Known]:
        silent: Known = False if document.readable else None
        newest = newest_year(document.facts, self.at)
        asked: list[Known] = []
        if self.max_age_days is not None:
            span = dated(document, self.at)
            asked.append(silent if span is None else within(span, self.at - timedelta(days=self.max_age_days)))
        if self.max_age_years is not None:
            year = newest or (document.modified.year if document.modified else None)
            asked.append(silent if year is None else year >= self.at.year - self.max_age_years)
        if self.min_year is not None:
            asked.append(silent if newest is None else newest >= self.min_year)
        if self.year is not None and self.max_age_days is None:
            if self.covers:
                asked.append(silent if not document.facts.years else max(document.facts.years) >= self.year)
            else:
                asked.append(silent if newest is None else newest >= self.year)
        return asked


def due_of(case: Case, criterion: Criterion) -> Due:
    """What the criterion's calendar code and its own parameters ask for on the night."""
    params = criterion.params
    rule = fiscal(case, criterion)
    return Due(
        at=case.at,
        year=rule.year if rule is not None and rule.max_age_days is None else None,
        covers=bool(params.get("period")) or (rule is not None and rule.covers),
        max_age_days=params.get("max_age_days") or (rule.max_age_days if rule is not None else None),
        max_age_years=params.get("max_age_years"),
        min_year=params.get("min_year"),
    )


def fiscal(case: Case, criterion: Criterion) -> Expected | None:
    if criterion.freshness is None:
        return None
    return expected(criterion.freshness, case.at, case.catalogue.calendar)


def years_of(facts: TitleFacts) -> frozenset[int]:
    """The years a document is about; a span is given as its first and last."""
    if not facts.years:
        return frozenset()
    first, last = min(facts.years), max(facts.years)
    return frozenset(range(first, last + 1)) if last - first <= _LONGEST_SPAN else frozenset(facts.years)


def newest_year(facts: TitleFacts, at: date) -> int | None:
    return max((year for year in facts.years if year <= at.year + _FAR), default=None)


def dated(document: Document, at: date) -> tuple[date, date] | None:
    """The earliest and the latest day that a document's state can be of; None where nothing says so.

    Its own period first (`Triwulan III 2024`), then its year, made exact by the day it was put there where that fits.
    """
    year = newest_year(document.facts, at)
    if year is None:
        return (document.modified, document.modified) if document.modified is not None else None
    end = period_end(year, document.facts.period)
    if end is not None:
        return end, end
    if document.modified is not None and document.modified.year == year:
        return document.modified, document.modified
    return date(year, 1, 1), max(date(year, 1, 1), min(date(year, 12, 31), at))


def period_end(year: int, period: str | None) -> date | None:
    """Last day of `S1`, `TW3` or a month (`05`, `2024-05`); None for anything else."""
    if not period:
        return None
    if half := _HALF.fullmatch(period):
        return date(year, 6, 30) if half[1] == "1" else date(year, 12, 31)
    month = 0
    if quarter := _QUARTER.fullmatch(period):
        month = int(quarter[1]) * 3
    elif single := _MONTH.fullmatch(period):
        month = int(single[1])
    return date(year, month, months.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def within(span: tuple[date, date], since: date) -> Known:
    """Whether a day that lies in `span` is not before `since`."""
    return True if span[0] >= since else False if span[1] < since else None
