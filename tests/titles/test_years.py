"""Years and periods in the ways that offices write them."""

from __future__ import annotations

import pytest

from auditor.read.titles import classify
from auditor.read.years import all_years, period, regulation_year, subject_years, years_of


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("TA 2024", (2024,)),
        ("T.A. 24", (2024,)),
        ("TA. '23", (2023,)),
        ("Tahun Anggaran 2024", (2024,)),
        ("2019-2024", (2019, 2024)),
        ("2019 – 2024".replace("–", "-"), (2019, 2024)),
        ("2023/2024", (2023, 2024)),
        ("2021-26", (2021, 2026)),
        ("2019 s.d. 2024", (2019, 2024)),
        ("2019 s/d 2024", (2019, 2024)),
        ("2019 sampai dengan tahun 2024", (2019, 2024)),
        ("2022 dan 2023", (2022, 2023)),
        ("2021, 2022, 2023", (2021, 2023)),
        ("per 31 Desember 2023", (2023,)),
        ("Tahun 2022 diunggah 1 Sept 2023", (2022,)),
        ("Renstra 2028-2023", ()),
        ("20224", ()),
        ("2999", ()),
        ("Rp 2.020.000", ()),
        ("1757562292192", ()),
        ("20250901", ()),
    ],
)
def test_years(text: str, years: tuple[int, ...]) -> None:
    assert all_years(text) == years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Semester I 2024", "S1"),
        ("Semester II", "S2"),
        ("SEMESTER 2 TA 2023", "S2"),
        ("Smt. 1", "S1"),
        ("Triwulan III 2024", "TW3"),
        ("TW III", "TW3"),
        ("TW.4", "TW4"),
        ("Tribulan 2", "TW2"),
        ("Triwulan Pertama", "TW1"),
        ("Semester Pertama", "S1"),
        ("Semester 3", None),
        ("Tahun 2024", None),
        ("Triwulan XII", None),
    ],
)
def test_periods(text: str, expected: str | None) -> None:
    assert period(text) == expected


def test_a_period_is_told_by_the_title() -> None:
    assert classify("Laporan Realisasi Anggaran Triwulan II TA 2024").period == "TW2"
    assert classify("Unduh", "LRA Semester I 2024").period == "S1"


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("Perda Nomor 5 Tahun 2021 tentang X", 2021),
        ("Perda No. 12/2019", 2019),
        ("SK Nomor 188.45/123-Kominfo/2022", 2022),
        ("Perwali No 5 Th. 2020", 2020),
        ("Pergub 13 Tahun 2019", 2019),
        ("Perubahan atas Perda Nomor 4 Tahun 2015", 2015),
        ("Perbup No. 13 tentang Perubahan RKPD Tahun 2025", None),
        ("RKPD 2024", None),
    ],
)
def test_the_year_of_a_rule(text: str, year: int | None) -> None:
    assert regulation_year(text) == year


def test_a_rules_year_is_not_that_of_its_budget() -> None:
    title = "Perda No 3/2023 tentang APBD TA 2024"
    assert subject_years(title) == (2024,)
    assert years_of("apbd", title) == (2024,)
    assert years_of("perda", title) == (2023,)


@pytest.mark.parametrize(
    ("title", "years"),
    [
        ("Perda Nomor 5 Tahun 2021 tentang Perubahan atas Perda Nomor 2 Tahun 2015 tentang Pajak", (2021,)),
        ("Keputusan Bupati Nomor 7 Tahun 2021 tentang Tim Penyusun RKPD Tahun 2022", (2021,)),
        ("Informasi DPA 2O23", (2023,)),
        ("LKj_2O21_SAMPUL_BARU.pdf", (2021,)),
        ("DPA 20224", ()),
        ("DPA 2999", ()),
    ],
)
def test_years_of_titles(title: str, years: tuple[int, ...]) -> None:
    assert classify(title).years == years
