"""Which fiscal year must be there on which date, at the days where the answer changes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.calendar import CalendarError, expected
from checks.catalogue import load

CALENDAR = load().calendar


@pytest.mark.parametrize(
    ("code", "at", "year"),
    [
        ("F-APBD", "2026-01-30", 2025),
        ("F-APBD", "2026-01-31", 2026),
        ("F-DPA", "2026-01-31", 2025),  # due, and still within the grace that ends on 28 February
        ("F-DPA", "2026-02-27", 2025),
        ("F-DPA", "2026-02-28", 2026),
        ("F-DPA", "2028-02-28", 2028),
        ("F-RUP", "2026-03-30", 2025),
        ("F-RUP", "2026-03-31", 2026),
        ("F-LAYANAN", "2026-03-31", 2024),
        ("F-LAYANAN", "2026-04-01", 2025),
        ("F-LKPJ", "2026-04-29", 2024),
        ("F-LPPD", "2026-04-30", 2025),
        ("F-LKJIP", "2026-04-30", 2025),
        ("F-LKPD", "2026-06-29", 2024),
        ("F-LKPD", "2026-06-30", 2025),
        ("F-DIP", "2026-06-30", 2025),
        ("F-DIP", "2026-07-01", 2026),
        ("F-RKPD", "2026-07-31", 2026),
        ("F-RKPD", "2026-08-01", 2027),
        ("F-LHKPN", "2026-08-30", 2024),
        ("F-LHKPN", "2026-08-31", 2025),
        ("F-SEM1", "2026-08-31", 2026),
        ("F-RENJA", "2026-09-01", 2027),
        ("F-KUA", "2026-09-14", 2026),
        ("F-KUA", "2026-09-15", 2027),
        ("F-PJAPBD", "2026-09-29", 2024),
        ("F-PJAPBD", "2026-09-30", 2025),
        ("F-PAPBD", "2026-11-14", 2025),
        ("F-PAPBD", "2026-11-15", 2026),
        ("F-RAPBD", "2026-11-14", 2026),
        ("F-RAPBD", "2026-11-15", 2027),
        ("F-RKA", "2026-12-14", 2026),
        ("F-RKA", "2026-12-15", 2027),
        ("F-RPJMD", "2025-09-30", 2024),  # the old plan still suffices
        ("F-RPJMD", "2025-10-01", 2025),
        ("F-RENSTRA", "2025-12-31", 2024),
        ("F-RENSTRA", "2026-01-01", 2025),
    ],
)
def test_boundaries(code: str, at: str, year: int) -> None:
    assert expected(code, date.fromisoformat(at), CALENDAR).year == year


def test_plans_must_cover_a_year_and_others_are_of_it() -> None:
    assert {code for code in CALENDAR if expected(code, date(2026, 11, 2), CALENDAR).covers} == {"F-RPJMD", "F-RENSTRA"}


def test_in_year_reports_are_due_by_age() -> None:
    rule = expected("F-LRA-M", date(2026, 11, 2), CALENDAR)
    assert rule.max_age_days == 122
    assert rule.since == date(2026, 7, 3)
    # A city that publishes each quarter within 30 days is never late: 30 September is out on 30 October,
    # and until then 30 June, 122 days back, still suffices.
    assert expected("F-LRA-M", date(2026, 10, 30), CALENDAR).since <= date(2026, 6, 30)


def test_the_previous_year_and_the_legal_moment_are_said() -> None:
    rule = expected("F-DPA", date(2026, 11, 2), CALENDAR)
    assert (rule.year, rule.previous, rule.since) == (2026, 2025, date(2026, 2, 28))
    assert "28 Februari" in rule.legal.id
    assert "28 February" in rule.legal.en


def test_an_unknown_code_names_the_known_ones() -> None:
    with pytest.raises(CalendarError, match=r"no rule F-XYZ in calendar\.toml: use one of .*F-APBD"):
        expected("F-XYZ", date(2026, 1, 1), CALENDAR)


@given(
    code=st.sampled_from(sorted(CALENDAR)),
    at=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 30)),
)
def test_the_year_never_goes_back_and_the_date_is_never_in_the_future(code: str, at: date) -> None:
    today, tomorrow = expected(code, at, CALENDAR), expected(code, at + timedelta(days=1), CALENDAR)
    assert today.since <= at
    assert 0 <= tomorrow.year - today.year <= 1
