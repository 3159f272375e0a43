"""Which fiscal year must be on a site on a given date; pure, the date is the caller's (in the body's time zone)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from auditor.model import Text


class CalendarError(ValueError):
    """A code that the calendar does not know."""


@dataclass(frozen=True, slots=True)
class Expected:
    """The newest fiscal year that must be there, since which date, and why.

    `covers`: the document is a plan over several years and must cover `year`. `max_age_days` is set where a report is
    due by age; then `since` is the earliest date up to which the newest period may reach back.
    """

    code: str
    year: int
    since: date
    name: Text
    legal: Text
    covers: bool = False
    max_age_days: int | None = None

    @property
    def previous(self) -> int:
        return self.year - 1


def expected(code: str, at: date, calendar: Mapping[str, Mapping[str, Any]]) -> Expected:
    """The newest fiscal year of `code` that must be there on `at`.

    `calendar` is `Catalogue.calendar`. Raises CalendarError for an unknown code.
    """
    rule = calendar.get(code)
    if rule is None:
        raise CalendarError(f"no rule {code} in calendar.toml: use one of {', '.join(sorted(calendar))}")
    name, legal = Text(**rule["name"]), Text(**rule["legal"])
    age = rule.get("max_age_days")
    if age is not None:
        since = at - timedelta(days=age)
        return Expected(code, since.year, since, name, legal, max_age_days=age)
    year = at.year
    while (since := _due(rule, year)) > at:
        year -= 1
    return Expected(code, year + rule["offset"], since, name, legal, covers=rule.get("covers", False))


def _due(rule: Mapping[str, Any], year: int) -> date:
    """The first day in calendar year `year` on which the older document no longer suffices."""
    return date(year, rule["month"], rule["day"]) + timedelta(days=rule.get("grace_days", 0))
