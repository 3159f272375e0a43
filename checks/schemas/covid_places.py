"""Covid figures by place: the row of the whole city against the sum of its places, their codes and their names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.model import Text
from auditor.read.schema import TableContext, words_of
from checks.schemas import cells, regions, tidy

MESSAGES = {
    "jumlah-kota": Text(
        "Angka kota pada baris jumlah tidak sama dengan jumlah seluruh wilayahnya ({value}).",
        "The city's figure in the total row is not the sum of its places ({value}).",
    ),
    "kode-wilayah": Text("{value} bukan kode wilayah Kemendagri atau BPS.", "{value} is no region code."),
    "nama-wilayah": regions.SERIES.messages["nama-wilayah"],
}
ROW_RULES = frozenset({"jumlah-kota"})
_LABELS = 4
_NAMED = ("kelurahan", "nama kelurahan", "kecamatan", "nama kecamatan")
_CODED = ("kode kelurahan", "kode kecamatan", "kode wilayah", "kode kemendagri", "kode bps", "kode desa")


def add_columns(columns: dict[str, Any], names: Sequence[str]) -> None:
    """Rules for the columns that name or number places."""
    for name in names:
        words = words_of(name)
        if words in _NAMED:
            columns[name].checks.append(tidy.rule(regions.known, "nama-wilayah"))
        elif words in _CODED:
            columns[name].checks.append(tidy.rule(regions.coded, "kode-wilayah"))


def _is_whole(labels: Any) -> Any:
    """Averages and the sums of a part are no figure of the city."""
    return cells.matches(labels, cells.TOTAL, case=False) & ~labels.str.contains("rata|sub", case=False)


def _is_place(labels: Any) -> Any:
    return ~cells.matches(labels, cells.TOTAL, case=False)


def adds_up(counted: Sequence[str], day: str | None, context: TableContext) -> Any:
    """Each total row against the places of the same day; `counted`: the columns of counts."""

    def holds(frame: Any) -> Any:
        import pandas  # type: ignore[import-untyped]

        right = pandas.Series(True, index=frame.index)
        labels = frame.drop(columns=[day]) if day else frame
        total = cells.labelled(labels, _LABELS, _is_whole)
        if not total.any():
            return True
        places = pandas.Series(True, index=frame.index)
        for number in range(min(_LABELS, labels.shape[1])):
            places &= cells.holds(labels.iloc[:, number], _is_place)
        group = frame[day] if day else pandas.Series("", index=frame.index)
        for name in counted:
            values = cells.numbers(frame[name], context.styles.get(name, "id"))
            sums = values.where(places).groupby(group).transform("sum", min_count=1)
            right &= ~(total & ((values - sums).abs() > 0.5))
        return right

    return tidy.rule(holds, "jumlah-kota")
