"""`apbd`: budget and realisation. Amounts are numbers, not below zero where they cannot be, and of one magnitude."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.model import Text
from auditor.read.schema import TableContext, TableSchema, words_of
from checks.schemas import cells, tidy

_BUDGET = ("anggaran", "pagu", "jumlah anggaran", "nilai anggaran", "apbd", "target")
_SPENT = ("realisasi", "jumlah realisasi", "nilai realisasi")
_SIGNED = r"surplus|defisit|silpa|selisih|bertambah|berkurang|netto|pembiayaan|kenaikan|penurunan"
_FACTOR = 10
_MESSAGES = {
    **tidy.MESSAGES,
    "bukan-nilai": Text(
        "{value} bukan angka: tulis nilai penuh dalam rupiah tanpa satuan, misalnya 1.234.567.890.",
        "{value} is no amount: write the full figure without unit.",
    ),
    "nilai-negatif": Text("{value} negatif pada baris yang bukan selisih.", "{value} is negative where it cannot be."),
    "realisasi-janggal": Text(
        "Realisasi lebih dari sepuluh kali anggarannya; periksa satuan dan tanda desimal.",
        "Spending is more than ten times the budget; check unit and decimal mark.",
    ),
}


def _amounts(names: Sequence[str]) -> list[str]:
    return [n for n in names if words_of(n).startswith((*_BUDGET, *_SPENT)) and "persen" not in words_of(n)]


def _fits(columns: Sequence[str]) -> float:
    names = [words_of(c) for c in columns]
    budget = any(n.startswith(_BUDGET[:4]) for n in names)
    spent = any(n.startswith(_SPENT) for n in names)
    labelled = any(
        n.split()[:1] and n.split()[0] in ("akun", "uraian", "program", "kegiatan", "rekening", "skpd", "opd")
        for n in names
    )
    if budget and spent:
        return 0.85
    return 0.7 if budget and (labelled or any("perangkat daerah" in n or "kode rekening" in n for n in names)) else 0.0


def _build(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    columns = tidy.columns_for(names, context)
    label = cells.column_of(names, "akun", "uraian", "jenis", "nama", "program", "rekening")
    for name in _amounts(names):
        style = context.styles.get(name, "id")
        columns[name] = pa.Column(None, [_an_amount(style)], nullable=True, required=False)
    budget, spent = cells.column_of(names, *_BUDGET[:4]), cells.column_of(names, *_SPENT)
    # Without codes, `Lainnya 0,00` stands under several headings.
    checks = tidy.frame_checks(distinct=any(cells.is_code(name) for name in names))
    checks += [_not_negative(name, label, context) for name in _amounts(names)]
    if budget and spent:
        checks.append(_plausible(budget, spent, context))
    return pa.DataFrameSchema(columns, checks=checks, name="apbd")


def _an_amount(style: Any) -> Any:
    return tidy.each(lambda s: cells.is_number(s, style) | cells.absent(s), "bukan-nilai")


def _not_negative(name: str, label: str | None, context: TableContext) -> Any:
    def holds(frame: Any) -> Any:
        negative = cells.numbers(frame[name], context.styles.get(name, "id")) < 0
        if label is None:
            return ~negative
        signed = cells.by_value(frame[label], lambda one: one.str.contains(_SIGNED, case=False, regex=True))
        return ~negative | signed

    return tidy.rule(holds, "nilai-negatif")


def _plausible(budget: str, spent: str, context: TableContext) -> Any:
    def holds(frame: Any) -> Any:
        planned = cells.numbers(frame[budget], context.styles.get(budget, "id"))
        used = cells.numbers(frame[spent], context.styles.get(spent, "id"))
        return ~((planned > 0) & (used > _FACTOR * planned))

    return tidy.rule(holds, "realisasi-janggal")


SCHEMA = TableSchema(
    "apbd",
    Text("Anggaran dan realisasi", "Budget and realisation"),
    _fits,
    _build,
    _MESSAGES,
    tidy.ROW_RULES | {"nilai-negatif", "realisasi-janggal"},
)
