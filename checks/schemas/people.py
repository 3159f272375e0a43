"""`kependudukan`: people by sex, age or place. Men and women together are the total; no one is counted below zero."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from auditor.model import Text
from auditor.read.schema import TableContext, TableSchema, words_of
from checks.schemas import cells, regions, tidy

_MEN = re.compile(r"^(?:(?:jumlah|penduduk)\s+)*(?:laki laki|laki|pria|lk|l)$")
_WOMEN = re.compile(r"^(?:(?:jumlah|penduduk)\s+)*(?:perempuan|wanita|pr|p)$")
_ALL = re.compile(r"^(?:jumlah|total|jumlah penduduk|total penduduk|l p|laki laki perempuan|jumlah total|penduduk)$")
_MESSAGES = {
    **tidy.MESSAGES,
    "nama-wilayah": regions.SERIES.messages["nama-wilayah"],
    "jumlah-penduduk": Text(
        "Laki-laki ditambah perempuan tidak sama dengan jumlah.", "Men and women do not add up to the total."
    ),
    "penduduk-negatif": Text("{value} bukan jumlah orang.", "{value} is no number of people."),
}


def _fits(columns: Sequence[str]) -> float:
    names = [words_of(c) for c in columns]
    sexes = any(_MEN.match(n) for n in names) and any(_WOMEN.match(n) for n in names)
    return 0.8 if sexes else 0.0


def _build(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    columns = tidy.columns_for(names, context)
    men = next((n for n in names if _MEN.match(words_of(n))), None)
    women = next((n for n in names if _WOMEN.match(words_of(n))), None)
    whole = next((n for n in names if _ALL.match(words_of(n))), None)
    for name in (men, women, whole):
        if name is not None:
            columns[name].checks.append(tidy.not_negative(context.styles.get(name, "id"), "penduduk-negatif"))
    for name in (cells.column_of(names, "kecamatan"), cells.column_of(names, "kelurahan")):
        if name is not None:
            check = tidy.rule(regions.known, "nama-wilayah")
            columns[name] = pa.Column(None, [check], nullable=True, required=False)
    checks = tidy.frame_checks()
    if men and women and whole:
        checks.append(_adds_up(men, women, whole, context))
    return pa.DataFrameSchema(columns, checks=checks, name="kependudukan")


def _adds_up(men: str, women: str, whole: str, context: TableContext) -> Any:
    def holds(frame: Any) -> Any:
        parts = [cells.numbers(frame[name], context.styles.get(name, "id")) for name in (men, women)]
        total = cells.numbers(frame[whole], context.styles.get(whole, "id"))
        return ~((parts[0] + parts[1] - total).abs() > 0.5)

    return tidy.rule(holds, "jumlah-penduduk")


SCHEMA = TableSchema(
    "kependudukan",
    Text("Kependudukan", "Population"),
    _fits,
    _build,
    _MESSAGES,
    tidy.ROW_RULES | {"jumlah-penduduk"},
)
