"""The benchmark's eight constraints as a schema of the auditor: what the other tools check, and nothing else.

day within 2020-2026, form of the code, known kecamatan, counts not below zero, share within 0 to 100, parts equal the
positives, known source, day and code together stand once. Days, counts and shares must be of their type.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from auditor.model import Text
from auditor.read.schema import Schemas, TableContext, TableSchema
from checks.schemas import cells, tidy

FIRST, LAST = "2020-01-01", "2026-12-31"
CODE = r"^32\.99\.\d{2}\.\d{4}$"
DISTRICTS = tuple(f"Kec {letter}" for letter in "ABCDEF")
COUNTS = ("suspek", "positif", "sembuh", "meninggal", "aktif")
SOURCES = ("Dinas", "RS", "Puskesmas")
WHOLE, PARTS = "positif", ("sembuh", "meninggal", "aktif")
KEY = ("tanggal", "kode_wilayah")


def _day(cell: str) -> bool:
    try:
        return FIRST <= date.fromisoformat(cell).isoformat() <= LAST
    except ValueError:
        return False


def _count(cells_: Any) -> Any:
    return cells_.str.fullmatch(r"\d+")


def _share(cells_: Any) -> Any:
    return cells.numbers(cells_, "en").between(0, 100)


def _sum(frame: Any) -> Any:
    whole, *parts = (cells.numbers(frame[name], "en") for name in (WHOLE, *PARTS))
    return whole == sum(parts)


def build(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    columns = {
        "tanggal": pa.Column(None, [tidy.each(lambda one: one.map(_day), "tanggal")]),
        "kode_wilayah": pa.Column(None, [tidy.each(lambda one: one.str.match(CODE), "kode")]),
        "kecamatan": pa.Column(None, [tidy.each(lambda one: one.isin(DISTRICTS), "kecamatan")]),
        **{name: pa.Column(None, [tidy.each(_count, "hitungan")]) for name in COUNTS},
        "persen_sembuh": pa.Column(None, [tidy.each(_share, "persen")]),
        "sumber": pa.Column(None, [tidy.each(lambda one: one.isin(SOURCES), "sumber")]),
    }
    checks = [tidy.rule(_sum, "bagian"), tidy.rule(lambda frame: ~cells.repeated(frame[list(KEY)]), "kunci")]
    return pa.DataFrameSchema(columns, checks=checks, name="bench")


SCHEMA = TableSchema("bench", Text("Uji", "Benchmark"), lambda columns: 1.0, build, {}, frozenset(("bagian", "kunci")))
REGISTRY = Schemas({"bench": SCHEMA}, "bench")
