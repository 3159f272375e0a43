"""Rules over whole columns of strings, shared by the schemas. pandas comes in with the frames, never by import."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from auditor.read.numbers import Style
from auditor.read.schema import words_of

ABSENT = r"^\s*(?:-+|–|—|n/?a|null|none|nan|\.{3}|…|tad|tidak ada(?: data)?)?\s*$"
_ABSENT = re.compile(ABSENT, re.IGNORECASE)
_NUMBER = {
    "id": r"^\s*\(?\s*[-−+]?\s*(?:[Rr][Pp]\.?\s*)?[-−]?\s*(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?\s*(?:,-|%)?\s*\)?\s*$",
    "en": r"^\s*\(?\s*[-−+]?\s*(?:[Rr][Pp]\.?\s*)?[-−]?\s*(?:\d{1,3}(?:,\d{3})+|"
    r"\d+)(?:\.\d+)?(?:[eE][+-]?\d+)?\s*%?\s*\)?\s*$",
}
DATE = (
    r"^\s*(?:(?:19|20)\d{2}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\S+(?: \S+)?)?|\d{1,2}[-/. ]\d{1,2}[-/. ](?:19|"
    r"20)\d{2}(?: \S+)?|"
    r"(?:[A-Za-z']+,?\s+)?\d{1,2}[- ][A-Za-z]{3,10}[- ](?:19|20)\d{2}.*|(?:19|20)\d{2}(?:-\d{2})?|"
    r"[A-Za-z]{3,10}\s+(?:19|20)\d{2})\s*$"
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
    return matches(series, ABSENT, case=False)


def is_number(series: Any, style: Style) -> Any:
    return matches(series, _NUMBER[style])


def by_value(series: Any, test: Callable[[Any], Any]) -> Any:
    """What `test` says of the cells, asked once for each different one: a column of a million holds a few thousand.

    `test` takes a series of cells and answers for each of them. `series`: categories, or cells as they are.
    """
    import pandas  # type: ignore[import-untyped]

    if not isinstance(series.dtype, pandas.CategoricalDtype):
        return test(series)
    return _spread(series, test(_different(series)))


def holds(series: Any, test: Callable[[Any], Any]) -> Any:
    """As `by_value`; True where the answer is yes for every different cell, so that no row is looked at."""
    told = test(_different(series))
    return True if bool(told.all()) else _spread(series, told)


def _different(series: Any) -> Any:
    import pandas

    return pandas.Series(series.cat.categories, dtype=object)


def _spread(series: Any, told: Any) -> Any:
    import pandas

    return pandas.Series(told.to_numpy()[series.cat.codes.to_numpy()], index=series.index)


def labelled(frame: Any, most: int, test: Callable[[Any], Any]) -> Any:
    """The rows whose label passes the test: the first filled of the first `most` columns."""
    import pandas

    found: Any = pandas.Series(False, index=frame.index)
    empty: Any = True
    for number in range(min(most, frame.shape[1])):
        column = frame.iloc[:, number]
        other_label = holds(column, lambda one: ~test(one))
        if other_label is not True:
            found |= ~other_label & empty
        filled = holds(column, lambda one: one.str.strip() != "")
        if filled is True:
            break
        empty = ~filled & empty
    return found


def repeated(frame: Any) -> Any:
    """The rows that say in these columns what an earlier row says. The columns hold categories."""
    import numpy as np
    import pandas

    from auditor.read.columns import mixed

    columns = [frame[name].cat.codes.to_numpy() for name in frame]
    key = mixed(codes.astype(np.uint64) for codes in columns)
    alike = pandas.Series(key).duplicated(keep=False).to_numpy()
    found = np.zeros(len(frame), bool)
    if alike.any():
        # What shares a key is compared in full.
        exact = pandas.DataFrame({number: codes[alike] for number, codes in enumerate(columns)})
        found[alike] = exact.duplicated(keep="first").to_numpy()
    return pandas.Series(found, index=frame.index)


def matches(series: Any, pattern: str, case: bool = True) -> Any:
    return by_value(series, lambda one: one.str.match(pattern, case=case))


def numbers(series: Any, style: Style) -> Any:
    """The column as floats; what is no number is NaN."""
    return by_value(series, lambda one: _numbers(one, style))


def _numbers(series: Any, style: Style) -> Any:
    text = series.where(series.str.match(_NUMBER[style]), "")
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
    import pandas

    values = pandas.to_numeric(plain, errors="coerce")
    return values.where(~negative, -values)


NONE, SAME, OTHER_MARK, WORDS = range(4)
"""What a cell of a column of figures is: no figure, a figure, one with the other decimal mark, something else."""


class Figures:
    """One column of one table read as figures, once for all its rules."""

    def __init__(self, style: Style) -> None:
        self._same, self._other = re.compile(_NUMBER[style]), re.compile(_NUMBER[other(style)])
        self._kinds: Any = None
        self._are = False

    def none(self, series: Any, kind: int) -> Any:
        """Holds for the cells that are not of this kind; for all where the column is none of figures."""
        if self._kinds is None:
            self._read(series)
        return holds(series, lambda _: self._kinds != kind) if self._are else True

    def _read(self, series: Any) -> None:
        """A column of figures: four of five filled cells are."""
        import numpy as np

        self._kinds = _different(series).map(self._kind).astype("int8")
        times = np.bincount(series.cat.codes.to_numpy(), minlength=len(self._kinds))
        counts = np.bincount(self._kinds.to_numpy(), weights=times, minlength=4)
        figures = counts[SAME] + counts[OTHER_MARK]
        self._are = bool(figures > 0 and figures >= 0.8 * (figures + counts[WORDS]))

    def _kind(self, cell: str) -> int:
        if cell.isdigit() or self._same.match(cell):
            return SAME
        if _ABSENT.match(cell):
            return NONE
        return OTHER_MARK if self._other.match(cell) else WORDS


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
