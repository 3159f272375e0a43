"""Case figures of a Covid table for the whole city on its last day: what tables of one site are compared by."""

from __future__ import annotations

import re
from collections.abc import Sequence

from auditor.read.dates import ordinal
from auditor.read.numbers import column_style
from auditor.read.rows import RawTable
from auditor.read.schema import words_of

_KINDS = {
    "konfirmasi": re.compile(
        r"^(?:(?:total|kumulatif|jumlah)\s+)?(?:positif|konfirmasi|terkonfirmasi|kasus(?: positif| konfirmasi)?)"
        r"(?:\s+(?:kumulatif|total))?$"
    ),
    "sembuh": re.compile(r"^(?:(?:total|kumulatif|jumlah)\s+)?sembuh(?:\s+(?:kumulatif|total))?$"),
    "meninggal": re.compile(r"^(?:(?:total|kumulatif|jumlah)\s+)?meninggal(?: dunia)?(?:\s+(?:kumulatif|total))?$"),
}
_PLACES = re.compile(r"^(?:nama )?(kelurahan|kecamatan|rw)$")
_TOTAL = re.compile(r"^\s*(?:grand\s+total|sub\s*total|total|jumlah|rata-rata|jml)\b", re.IGNORECASE)
_DAY = ("tanggal", "tgl", "date")


def case_sums(raw: RawTable) -> tuple[tuple[str, float], ...]:
    """`(kind, figure)` for each kind of case; empty where the table holds no cases. A table by place is summed over its
    places on its newest day, a series of the city gives its newest row; total rows are left out of both."""
    names = [words_of(column) for column in raw.columns]
    wanted = {kind: number for kind, shape in _KINDS.items() for number, n in enumerate(names) if shape.match(n)}
    if "konfirmasi" not in wanted:
        return ()
    import numpy as np

    total = np.zeros(raw.height, bool)
    for column in raw.cells[:4]:
        total |= column.each(lambda cell: bool(_TOTAL.match(cell)))
    rows = np.flatnonzero(~total)
    day = next((number for number, name in enumerate(names) if name.split()[:1] and name.split()[0] in _DAY), None)
    if day is not None:
        moments = raw.cells[day].each(ordinal)[rows]
        rows = rows[(moments == moments.max()) & (moments > 0)] if len(rows) else rows
    by_place = any(_PLACES.match(name) for name in names)
    if not len(rows) or (len(rows) > 1 and not by_place):
        return ()
    places = rows.tolist()
    return tuple((kind, sum_) for kind, number in wanted.items() if (sum_ := _total(places, number, raw)) is not None)


def _total(rows: Sequence[int], column: int, raw: RawTable) -> float | None:
    decimal = "." if not raw.delimiter or column_style(raw.cells[column].values[:3_000]) == "en" else ","
    total = 0.0
    for row in rows:
        cell = raw.cells[column][row].strip().replace("," if decimal == "." else ".", "").replace(",", ".")
        if not cell or cell == "-":
            continue
        try:
            total += float(cell)
        except ValueError:
            return None
    return total
