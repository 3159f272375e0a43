"""The days of Kota Contoh. Nothing here reads the machine's clock: every build is the same bytes."""

from __future__ import annotations

from datetime import UTC, date, datetime

NIGHTS = (date(2026, 11, 2), date(2026, 11, 3))
"""The dates of the demo's audits, at 01:00 in Asia/Jakarta. From the second on, the city stays as it then is."""

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def at_noon(day: date) -> datetime:
    """Noon in UTC of that day, for HTTP headers."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def long_date(day: date) -> str:
    """`12 Oktober 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
