"""Rules of counted things, for the schemas of services: none below zero, parts that add up, shares of a hundred."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from auditor.model import Basis, Text
from auditor.read.schema import TableContext, TableSchema, words_of
from checks.schemas import cells, regions, tidy

ROW_RULES = tidy.ROW_RULES | {"bagian-jumlah", "satu-kecamatan"}
MESSAGES = {
    **regions.SERIES.messages,
    "hitungan-negatif": Text("{value} kurang dari nol; jumlah tidak mungkin negatif.", "{value}: a count below zero."),
    "persen-janggal": Text("{value} bukan persentase antara 0 dan 100.", "{value} is no share between 0 and 100."),
    "bagian-jumlah": Text(
        "Bagian-bagiannya tidak sama dengan jumlah pada baris ini.", "The parts of this row do not add up to its total."
    ),
}
_ALL = re.compile(r"^(?:jumlah|total)(?: (?:sekolah|siswa|murid|peserta didik|guru|umkm|usaha|balita|bayi|total))?$")


@dataclass(frozen=True, slots=True)
class Counted:
    """`counts` and `shares`: the columns that are counts and shares of a hundred; `parts`: patterns of the columns that
    together are the whole; `texts`: by pattern of a column's words, `(pattern of its cells, code)`."""

    counts: re.Pattern[str]
    shares: re.Pattern[str]
    parts: Sequence[Sequence[str]]
    texts: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def build(names: Sequence[str], context: TableContext, rules: Counted, title: str) -> Any:
    """The pandera schema of a table of services: the generic checks, its places, its counts and its shares."""
    import pandera.pandas as pa

    columns = tidy.columns_for(names, context)
    district, village = cells.column_of(names, "kecamatan", "nama kecamatan"), cells.column_of(names, "kelurahan")
    for name in names:
        words, style = words_of(name), context.styles.get(name, "id")
        for pattern, (cell, code) in rules.texts.items():
            if re.search(pattern, words):
                columns[name] = pa.Column(None, [_looks_like(cell, code)], nullable=True, required=False)
        if rules.shares.search(words):
            columns[name].checks.append(_share(style))
        elif rules.counts.search(words) or _ALL.match(words):
            columns[name].checks.append(tidy.not_negative(style, "hitungan-negatif"))
        if name in (district, village):
            columns[name] = pa.Column(None, [tidy.rule(regions.known, "nama-wilayah")], nullable=True, required=False)
    checks = tidy.frame_checks()
    if district and village:
        checks.append(regions.one_district(district, village))
    checks += [_adds_up(whole, parts, context) for whole, parts in _sums(names, rules)]
    return pa.DataFrameSchema(columns, checks=checks, name=title)


def schema(
    name: str, title: Text, rules: Counted, fits: Any, messages: Mapping[str, Text], basis: tuple[Basis, ...] = ()
) -> TableSchema:
    return TableSchema(
        name,
        title,
        fits,
        lambda names, context: build(names, context, rules, name),
        {**MESSAGES, **messages},
        ROW_RULES,
        basis,
    )


def _sums(names: Sequence[str], rules: Counted) -> list[tuple[str, list[str]]]:
    """Only where each part stands once and one column is plainly the whole: nothing is guessed."""
    wholes = [n for n in names if _ALL.match(words_of(n))]
    found = []
    for parts in rules.parts:
        columns = [[n for n in names if re.fullmatch(part, words_of(n))] for part in parts]
        if len(wholes) == 1 and all(len(one) == 1 for one in columns):
            found.append((wholes[0], [one[0] for one in columns]))
    return found


def _looks_like(pattern: str, code: str) -> Any:
    return tidy.each(lambda s: cells.matches(s, pattern) | cells.absent(s), code)


def _share(style: Any) -> Any:
    def holds(series: Any) -> Any:
        values = cells.numbers(series, style)
        return ~((values < 0) | (values > 100))

    return tidy.each(holds, "persen-janggal")


def _adds_up(whole: str, parts: Sequence[str], context: TableContext) -> Any:
    def holds(frame: Any) -> Any:
        total = cells.numbers(frame[whole], context.styles.get(whole, "id"))
        together = sum(cells.numbers(frame[n], context.styles.get(n, "id")) for n in parts)
        return ~((together - total).abs() > 0.5)

    return tidy.rule(holds, "bagian-jumlah")
