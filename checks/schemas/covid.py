"""`covid`: case series. Cumulative figures never fall, parts are not more than the whole, no day lies ahead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from auditor.model import Text
from auditor.read.dates import ordinal, parse_date
from auditor.read.schema import TableContext, TableSchema, words_of
from checks.schemas import cells, covid_places, tidy

_CASES = re.compile(
    r"^(?:(?:total|kumulatif|jumlah|akumulasi)\s+)?(?:positif|konfirmasi|terkonfirmasi|kasus(?: positif|"
    r" konfirmasi)?)(?:\s+(?:kumulatif|total|aktif))?$"
)
_PART = re.compile(
    r"^(?:(?:total|kumulatif|jumlah|akumulasi|positif|kasus)\s+)?(?:sembuh|meninggal(?: dunia)?|dirawat|aktif|"
    r"(?:kasus|positif|masih) (?:aktif|dirawat|sakit)|isolasi mandiri|self isolation)(?:\s+(?:kumulatif|"
    r"total|positif))?$"
)
_OTHER = re.compile(r"suspek|odp|pdp|kontak erat|probable|otg|pelaku perjalanan")
_CUMULATIVE = re.compile(r"kumulatif|total|akumulasi")
_GROUPS = ("kelurahan", "nama kelurahan", "kecamatan", "nama kecamatan", "rw", "kode kelurahan", "wilayah")

_MESSAGES = {
    **tidy.MESSAGES,
    **covid_places.MESSAGES,
    "negatif": Text("{value} negatif; jumlah kasus tidak mungkin kurang dari nol.", "{value}: a count is below zero."),
    "kumulatif-turun": Text(
        "Angka kumulatif turun dibanding tanggal sebelumnya.", "A cumulative figure is lower than the day before."
    ),
    "bagian-melebihi": Text(
        "Sembuh, meninggal, dan aktif bersama-sama tidak sama dengan jumlah positif.",
        "Recovered, dead and active do not add up to the positives.",
    ),
    "tanggal-depan": Text("{value} belum terjadi.", "{value} lies in the future."),
}


def _fits(columns: Sequence[str]) -> float:
    names = [words_of(c) for c in columns]
    cases = any(re.search(r"positif|konfirmasi", n) for n in names)
    parts = sum(1 for n in names if re.search(r"sembuh|meninggal", n))
    others = any(_OTHER.search(n) for n in names)
    return 0.9 if (cases and parts) or (others and parts) else 0.0


def _build(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    columns = tidy.columns_for(names, context)
    for name in names:
        words = words_of(name)
        if _CASES.match(words) or _PART.search(words) or _OTHER.search(words):
            columns[name].checks.append(tidy.not_negative(context.styles.get(name, "id"), "negatif"))
    day = cells.column_of(names, "tanggal", "tgl", "date", "periode")
    covid_places.add_columns(columns, names)
    counted = [n for n in names if _CASES.match(words_of(n)) or _PART.search(words_of(n))]
    checks = [*tidy.frame_checks(), covid_places.adds_up(counted, day, context)]
    if day:
        columns[day].checks.append(
            tidy.each(lambda one: one.map(lambda value: _not_ahead(value, context)), "tanggal-depan")
        )
        group = cells.column_of(names, *_GROUPS)
        for name in names:
            if _CUMULATIVE.search(words_of(name)) and not cells.is_code(name):
                checks.append(_never_falls(name, day, group, context))
    whole = next((n for n in names if _CASES.match(words_of(n)) and "aktif" not in words_of(n)), None)
    if whole:
        checks.append(_adds_up(whole, names, context))
    return pa.DataFrameSchema(columns, checks=checks, name="covid")


def _not_ahead(value: str, context: TableContext) -> bool:
    day = parse_date(value)
    return day is None or day <= context.at


def _never_falls(name: str, day: str, group: str | None, context: TableContext) -> Any:
    style = context.styles.get(name, "id")

    def holds(frame: Any) -> Any:
        import numpy as np
        import pandas  # type: ignore[import-untyped]

        days = cells.by_value(frame[day], lambda one: one.map(ordinal).astype("int32")).to_numpy()
        values = cells.numbers(frame[name], style).to_numpy()
        groups = frame[group].cat.codes.to_numpy() if group else np.zeros(len(frame), "int8")
        known = np.flatnonzero((days > 0) & ~np.isnan(values))
        order = known[np.lexsort((days[known], groups[known]))]
        falls = (np.diff(values[order]) < 0) & (np.diff(groups[order]) == 0)
        result = np.ones(len(frame), bool)
        result[order[1:][falls]] = False
        return pandas.Series(result, index=frame.index)

    return tidy.rule(holds, "kumulatif-turun")


def _adds_up(whole: str, names: Sequence[str], context: TableContext) -> Any:
    parts = _parts_of(whole, names)
    complete = {"sembuh", "meninggal"} <= {w for n in parts for w in _unnumbered(n).split()} and len(parts) >= 3

    def holds(frame: Any) -> Any:
        total = cells.numbers(frame[whole], context.styles.get(whole, "id"))
        together = sum(cells.numbers(frame[n], context.styles.get(n, "id")) for n in parts)
        if not parts:
            return True
        return ~((together - total).abs() > 0.5) if complete else ~(together - total > 0.5)

    return tidy.rule(holds, "bagian-melebihi")


def _parts_of(whole: str, names: Sequence[str]) -> list[str]:
    """The parts that stand behind the whole, before the next group of people; where none do, those before it."""
    place = list(names).index(whole)
    after: list[str] = []
    for name in names[place + 1 :]:
        if _OTHER.search(words_of(name)):
            break
        after.append(name)
    found = [
        [n for n in group if _PART.match(_unnumbered(n)) and _same_series(whole, n)] for group in (after, names[:place])
    ]
    return found[0] or found[1]


def _unnumbered(name: str) -> str:
    """The second `Meninggal` of a table is called `Meninggal (2)`."""
    return re.sub(r"\s\d$", "", words_of(name))


def _same_series(whole: str, part: str) -> bool:
    """A daily part is not compared with a cumulative whole."""
    return bool(_CUMULATIVE.search(words_of(whole))) == bool(_CUMULATIVE.search(words_of(part)))


SCHEMA = TableSchema(
    "covid",
    Text("Seri Covid-19", "Covid-19 series"),
    _fits,
    _build,
    _MESSAGES,
    tidy.ROW_RULES | covid_places.ROW_RULES | {"kumulatif-turun", "bagian-melebihi"},
)
