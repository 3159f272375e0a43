"""Is a dataset as new as its own cadence promises? Judged on the data; None where nobody can tell."""

from __future__ import annotations

import re
from datetime import date

from auditor.read.dates import period_end

# How many days after the end of a period the next one must be there: the period itself, and time to count and check it.
_ALLOWED = {"harian": 14, "mingguan": 28, "bulanan": 92, "triwulanan": 213, "semesteran": 335}
_WORDS = (
    ("harian", r"\b(?:harian|daily|tiap hari|setiap hari)\b|R/P1D"),
    ("mingguan", r"\b(?:mingguan|weekly|pekanan|tiap minggu)\b|R/P(?:1W|7D)"),
    ("bulanan", r"\b(?:bulanan|monthly|tiap bulan|per bulan|setiap bulan)\b|R/P1M"),
    ("triwulanan", r"\b(?:tri\s?wulan\w*|quarterly|kuartal\w*|per tiga bulan)\b|R/P3M"),
    ("semesteran", r"\b(?:semester\w*|enam bulanan|semiannual|biannual|per semester)\b|R/P6M"),
    ("tahunan", r"\b(?:tahunan|annual(?:ly)?|yearly|tiap tahun|per tahun|setiap tahun|1 tahun sekali)\b|R/P1Y"),
)
_BY_WORDS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _WORDS]
_ENDED = re.compile(
    r"tidak (?:lagi )?(?:diperbarui|rutin|tetap)|sekali|never|dihentikan|as needed|insidental|irregular", re.IGNORECASE
)


def cadence_of(declared: str, title: str) -> str:
    """`tahunan semesteran triwulanan bulanan mingguan harian`, from the portal's own field, else from the title."""
    for text in (declared, title):
        if text is declared and _ENDED.search(text):
            return ""
        for name, pattern in _BY_WORDS:
            if pattern.search(text):
                return name
    return ""


def is_fresh(newest_period: str | None, cadence: str, at: date) -> bool | None:
    """Yearly data: last year's, until the end of June that of the year before; else within the cadence's own time."""
    if newest_period is None or not cadence:
        return None
    end = period_end(newest_period)
    if cadence == "tahunan":
        return end.year >= at.year - (2 if at.month <= 6 else 1)
    if len(newest_period) == 4 and cadence in ("harian", "mingguan", "bulanan"):
        # A year says too little of a month: only one that is over decides.
        return False if (at - end).days > _ALLOWED[cadence] else None
    return (at - end).days <= _ALLOWED[cadence]


def contradiction(newest_period: str | None, cadence: str, modified: date | None, at: date) -> str:
    """Said new, is old: the portal's date of change lies years after the newest row of data that is not fresh."""
    if newest_period is None or modified is None or is_fresh(newest_period, cadence or "tahunan", at) is not False:
        return ""
    end = period_end(newest_period)
    if modified.year - end.year < 2 and (modified - end).days < 550:
        return ""
    return f"diperbarui {modified.isoformat()}, data terbaru {newest_period}"
