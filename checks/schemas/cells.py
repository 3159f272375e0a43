"""Rules over whole columns of strings, shared by the schemas. pandas comes in with the frames, never by import."""

from __future__ import annotations

from typing import Any

from auditor.read.numbers import Style
from auditor.read.schema import words_of

ABSENT = r"^\s*(?:-+|–|—|n/?a|null|none|nan|\.{3}|…|tad|tidak ada(?: data)?)?\s*$"
_NUMBER = {
    "id": r"^\s*\(?\s*[-−+]?\s*(?:[Rr][Pp]\.?\s*)?[-−]?\s*(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\s*(?:,-|%)?\s*\)?\s*$",
    "en": r"^\s*\(?\s*[-−+]?\s*(?:[Rr][Pp]\.?\s*)?[-−]?\s*(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*%?\s*\)?\s*$",
}
DATE = (
    r"^\s*(?:(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\S+(?: \S+)?)?|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|20)\d{2}(?: \S+)?|"
    r"(?:[A-Za-z']+,?\s+)?\d{1,2}[- ][A-Za-z]{3,10}[- ](?:19|20)\d{2}.*|(?:19|20)\d{2}(?:-\d{2})?|[A-Za-z]{3,10}\s+(?:19|20)\d{2})\s*$"
)
TOTAL = r"^\s*(?:grand\s+total|sub\s*total|total|jumlah|rata-rata|jml)\b[^\d]*$"

_CODES = (
    "kode",
    "id",
    "nik",
    "no",
    "nomor",
    "kk",
    "npwp",
    "telp",
    "hp",
    "code",
    "latitude",
    "longitude",
    "lat",
    "long",
)


def absent(series: Any) -> Any:
    """Cells that say that there is no figure."""
    return series.str.match(ABSENT, case=False)


def is_number(series: Any, style: Style) -> Any:
    return series.str.match(_NUMBER[style])


def numbers(series: Any, style: Style) -> Any:
    """The column as floats; what is no number is NaN."""
    text = series.where(is_number(series, style), "")
    negative = text.str.contains(r"[-−(]", regex=True)
    plain = text.str.replace(r"[^\d.,eE]" if style == "en" else r"[^\d.,]", "", regex=True)
    plain = (
        plain.str.replace(",", "", regex=False)
        if style == "en"
        else (
            plain.str.replace(".", "", regex=False)
            .str.replace(r",$", "", regex=True)
            .str.replace(",", ".", regex=False)
        )
    )
    import pandas  # type: ignore[import-untyped]

    values = pandas.to_numeric(plain, errors="coerce")
    return values.where(~negative, -values)


def mostly_numbers(series: Any, style: Style) -> bool:
    """Is this a column of figures: four of five filled cells are."""
    filled = series[~absent(series)]
    if not len(filled):
        return False
    share = float(is_number(filled, style).mean())
    return max(share, float(is_number(filled, other(style)).mean())) >= 0.8


def is_code(column: str) -> bool:
    """Columns whose digits are names: codes, numbers of documents, coordinates."""
    words = words_of(column).split()
    return any(word in _CODES for word in words)


def other(style: Style) -> Style:
    return "en" if style == "id" else "id"


def column_of(columns: Any, *wanted: str) -> str | None:
    """The first column whose words begin with one of these."""
    for want in wanted:
        for column in columns:
            if words_of(column).startswith(want):
                return str(column)
    return None
