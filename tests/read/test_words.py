"""Dates, periods and figures as Indonesian pages and tables write them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.read.dates import find_dates, newest, parse_date, parse_period, period_end
from auditor.read.numbers import column_style
from checks.schemas import cells


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Senin, 3 Februari 2025 09:00 WIB", date(2025, 2, 3)),
        ("Jum'at, 5 Pebruari 2021", date(2021, 2, 5)),
        ("12 Nopember 2020", date(2020, 11, 12)),
        ("5 Agst 2021 WITA", date(2021, 8, 5)),
        ("02/03/2024", date(2024, 3, 2)),
        ("2021-07-31T10:00:00", date(2021, 7, 31)),
        ("October 5, 2023", date(2023, 10, 5)),
        ("Maret 2024", None),
        ("31 Februari 2024", None),
        ("1.234.2024", None),
    ],
)
def test_a_date_is_read_and_never_invented(text: str, day: date | None) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Semester I 2023", "2023-S1"),
        ("Triwulan III Tahun 2024", "2024-TW3"),
        ("TW IV TA 2024", "2024-TW4"),
        ("Maret 2024", "2024-03"),
        ("2024-03", "2024-03"),
        ("Tahun 2023", "2023"),
        ("per 30 Juni 2025", "2025-06-30"),
        ("2023/2024", None),
        ("Nomor 12 Tahun 2023 dan 2024", None),
        ("20224", None),
        ("Rp 2.024.000", None),
    ],
)
def test_a_period_is_read_in_its_finest_form(text: str, period: str | None) -> None:
    assert parse_period(text) == period


def test_dates_come_in_the_order_of_the_text() -> None:
    text = "Berlaku 2 Mei 2024 sampai 1 Januari 2024, ditetapkan 2023-12-30."
    assert find_dates(text) == (date(2024, 5, 2), date(2024, 1, 1), date(2023, 12, 30))


def test_the_newest_period_is_the_one_that_ends_last() -> None:
    assert newest(["2023", "2023-TW4", "2024-01", "2022-12-31"]) == "2024-01"
    assert period_end("2024-S1") == date(2024, 6, 30)


def figure(text: str) -> float | None:
    """One cell as the schemas read a column of them."""
    read = cells.numbers(pd.Series([text], dtype=str), "id")[0]
    return None if pd.isna(read) else float(read)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("Rp 1.234.567,00", "1234567.00"),
        ("(1.200)", "-1200"),
        ("-3,5", "-3.5"),
        ("12 %", "12"),
        ("1.234", "1234"),
        ("1234.5", None),
        ("4.874,35 M", None),
        ("1.23.4", None),
        ("", None),
    ],
)
def test_indonesian_figures_are_read_strictly(text: str, value: str | None) -> None:
    assert figure(text) == (float(value) if value is not None else None)


@given(st.decimals(min_value=-(10**12), max_value=10**12, places=2, allow_nan=False))
def test_a_figure_written_the_indonesian_way_comes_back(value: Decimal) -> None:
    written = f"{value:,.2f}".replace(",", "_").replace(".", ",").replace("_", ".")
    assert figure(written) == pytest.approx(float(value), abs=0.001)


def test_a_column_tells_its_own_decimal_mark() -> None:
    assert column_style(["12,5", "1.234", "3"]) == "id"
    assert column_style(["12.5", "1.234", "3"]) == "en"
    assert column_style(["1.234", "12"]) == "id"
