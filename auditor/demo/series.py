"""The tables behind the data portal's datasets: invented, plausible, always the same."""

from __future__ import annotations

from auditor.demo import covid
from auditor.demo.invented import DISTRICTS, OFFICES, kelurahan, spread
from auditor.demo.ppid_budget import spending
from auditor.demo.sheets import Rows

POPULATION_YEARS = (2023, 2024, 2025)


def population() -> Rows:
    return [
        ("tahun", "kecamatan", "kelurahan", "laki_laki", "perempuan"),
        *(
            (year, district, village, spread(f"l{village}{year}", 3900, 9800), spread(f"p{village}{year}", 3900, 9800))
            for year in POPULATION_YEARS
            for district, village in kelurahan()
        ),
    ]


def budget() -> Rows:
    """Eight programmes of each office: 64 rows of the budget of 2026, amounts as floats for the office dialect."""
    rows: list[tuple[str | int | float, ...]] = [("tahun", "perangkat_daerah", "kode_program", "program", "anggaran")]
    for one in OFFICES:
        for number in range(1, 9):
            amount = float(spending(one, 2026) // 8) + 0.25
            rows.append((2026, one.name, f"{one.code[:4]}.{number:02d}", f"Program {number} {one.short}", amount))
    return rows


def dengue(last_month: int) -> Rows:
    """Cases a month and kelurahan of 2026, up to `last_month`."""
    return [
        ("periode", "kecamatan", "kelurahan", "kasus"),
        *(
            (f"2026-{month:02d}", district, village, spread(f"dbd{village}{month}", 0, 14))
            for month in range(1, last_month + 1)
            for district, village in kelurahan()
        ),
    ]


def yearly(column: str, first: int, last: int, low: int, high: int) -> Rows:
    """One number a year and kecamatan."""
    return [
        ("tahun", "kecamatan", column),
        *(
            (year, district, spread(f"{column}{district}{year}", low, high))
            for year in range(first, last + 1)
            for district in DISTRICTS
        ),
    ]


def routes(year: int) -> Rows:
    return [
        ("tahun", "kode_trayek", "asal", "tujuan", "jumlah_armada"),
        *(
            (year, f"T{n:02d}", village, "Terminal Misal", spread(f"t{n}", 6, 40))
            for n, (_, village) in enumerate(kelurahan(), 1)
        ),
    ]


def points(kind: str, count: int) -> Rows:
    """Places with coordinates somewhere in the sea, in no region of Indonesia."""
    return [
        ("id", "nama", "kelurahan", "lintang", "bujur", "tahun"),
        *(
            (f"{kind}-{n:03d}", f"{kind} {n}", kelurahan()[n % 12][1], -12.5 - n / 1000, 99.1 + n / 1000, 2026)
            for n in range(1, count + 1)
        ),
    ]


def development_index() -> Rows:
    return [("tahun", "ipm"), *((year, 70 + (year - 2015) * 0.41) for year in range(2015, 2026))]


def land() -> Rows:
    return [
        ("Tahun", "Kelurahan", "Jumlah Bidang", "Luas (m2)"),
        *(
            (2025, village, spread(f"b{village}", 3, 60), spread(f"a{village}", 900, 88000))
            for _, village in kelurahan()
        ),
    ]


def satisfaction() -> Rows:
    return [
        ("Tahun", "Unit Layanan", "Nilai IKM", "Keterangan"),
        *(
            (2025, f"Kelurahan {village}", spread(f"ikm{village}", 76, 92) + 0.5, "Baik – dipertahankan")
            for _, village in kelurahan()
        ),
    ]


def covid_daily() -> bytes:
    return covid.daily()
