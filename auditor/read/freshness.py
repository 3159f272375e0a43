"""Is a dataset as new as its own cadence promises? Judged on the data; None where nobody can tell."""

from __future__ import annotations

import re
from datetime import date

from auditor.model.quality import Recency
from auditor.read.dates import parse_period, period_end
from auditor.read.linkformat import moment

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
# EU Publications Office, authority table "frequency"; Dublin Core's purl.org/cld/freq. What is oftener or rarer than
# one of ours is taken as the next that asks less of the producer.
_URI = re.compile(r"(?:authority/frequency/|purl\.org/cld/freq/)([A-Za-z_0-9]+)", re.IGNORECASE)
_BY_URI = {
    "annual": "tahunan",
    "annual_2": "semesteran",
    "annual_3": "semesteran",
    "semiannual": "semesteran",
    "threetimesayear": "semesteran",
    "quarterly": "triwulanan",
    "bimonthly": "triwulanan",
    "monthly": "bulanan",
    "monthly_2": "bulanan",
    "monthly_3": "bulanan",
    "semimonthly": "bulanan",
    "threetimesamonth": "bulanan",
    "biweekly": "bulanan",
    "weekly": "mingguan",
    "weekly_2": "mingguan",
    "weekly_3": "mingguan",
    "semiweekly": "mingguan",
    "threetimesaweek": "mingguan",
    "daily": "harian",
    "daily_2": "harian",
    "hourly": "harian",
    "cont": "harian",
    "continuous": "harian",
    "update_cont": "harian",
}
_BY_WORDS = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _WORDS]
_ENDED = re.compile(
    r"tidak (?:lagi )?(?:diperbarui|rutin|tetap)|sekali|never|dihentikan|as needed|insidental|irregular", re.IGNORECASE
)


def cadence_of(declared: str, title: str) -> str:
    """`tahunan semesteran triwulanan bulanan mingguan harian`, from the portal's own field, else from the title."""
    uri = _URI.search(declared)
    if uri:
        return _BY_URI.get(uri[1].lower(), "")
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


def recency(
    newest_period: str | None, title: str, modified: date | None, http: date | None, cadence: str, at: date
) -> Recency:
    """The first that says when: the newest row, the title, the portal's date of change, the file server's date.

    Only data and title decide whether it is fresh; a date of change can show that it is not, never that it is: a bulk
    edit or a copied file makes every date new.
    """
    named = None if newest_period else parse_period(title)
    if newest_period or named:
        period = newest_period or named or ""
        return Recency(period, "data" if newest_period else "title", is_fresh(period, cadence, at))
    if modified is not None or http is not None:
        day = modified or http
        assert day is not None
        late = is_fresh(day.isoformat(), cadence, at) is False
        return Recency(day.isoformat(), "portal" if modified else "http", False if late else None)
    return Recency()


def parse_http_date(header: str) -> date | None:
    """The day in UTC; None for what is no date."""
    found = moment(header)
    return found.date() if found else None


def contradiction(newest_period: str | None, cadence: str, modified: date | None, at: date) -> str:
    """Said new, is old: the portal's date of change lies years after the newest row of data that is not fresh."""
    if newest_period is None or modified is None or is_fresh(newest_period, cadence or "tahunan", at) is not False:
        return ""
    end = period_end(newest_period)
    if modified.year - end.year < 2 and (modified - end).days < 550:
        return ""
    return f"diperbarui {modified.isoformat()}, data terbaru {newest_period}"
