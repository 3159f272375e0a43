"""Tables of places: `kode-wilayah` (a list of codes) and `seri-wilayah` (figures by kecamatan or kelurahan)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.model import Basis, Text
from auditor.read.schema import TableContext, TableSchema, place_name, words_of
from checks.schemas import cells, tidy
from checks.schemas.places import load_places

PLACES = load_places()

# Kemendagri: 2, 4, 6 or 10 digits, with or without dots; BPS: 2, 4, 7 or 10 digits.
_CODE = r"^\s*(?:\d{2}|\d{2}\.\d{2}|\d{4}|\d{2}\.\d{2}\.\d{2}|\d{6,7}|\d{10}|\d{2}\.\d{2}\.\d{2}\.\d{4})\s*$"
_CODE_COLUMNS = (
    "kode wilayah",
    "kode kemendagri",
    "kemendagri kode",
    "kode bps",
    "bps kode",
    "kode kecamatan",
    "kode kelurahan",
    "kode desa",
    "kode kabupaten",
    "kode provinsi",
    "kode prov",
    "kode kab",
    "kode",
)
_BASIS = (Basis("Kepmendagri 300.2.2-2138/2025 (kode dan data wilayah)", "ingatan, belum diperiksa", False),)
_MESSAGES = {
    **tidy.MESSAGES,
    "kode-wilayah": Text(
        "{value} bukan kode wilayah Kemendagri (32.71.01.1001) atau BPS (3271010).", "{value} is no region code."
    ),
    "kode-kembar": Text("Kode {value} dipakai lebih dari satu kali.", "The code {value} occurs more than once."),
    "nama-wilayah": Text(
        "{value} bukan nama kecamatan/kelurahan yang dikenal; periksa ejaannya.",
        "{value} is not a known place; check it.",
    ),
    "satu-kecamatan": Text(
        "Kelurahan {value} tercatat di lebih dari satu kecamatan.", "The kelurahan {value} stands in several kecamatan."
    ),
}


def _code_columns(names: Sequence[str]) -> list[str]:
    return [
        n
        for n in names
        if words_of(n) in _CODE_COLUMNS or words_of(n).startswith(("kode wilayah", "kode kec", "kode kel"))
    ]


def _fits_codes(columns: Sequence[str]) -> float:
    names = [words_of(c) for c in columns]
    codes = len(_code_columns(columns))
    named = any(n.startswith("nama") or n.endswith("nama") for n in names)
    return 0.6 if codes and named and len(columns) <= 2 * codes + 3 else 0.0


def _build_codes(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    columns = tidy.columns_for(names, context)
    for number, name in enumerate(_code_columns(names)):
        checks = [tidy.each(lambda s: cells.matches(s, _CODE) | cells.absent(s), "kode-wilayah")]
        if number == 0 and len(names) <= 4:
            checks.append(tidy.rule(lambda s: ~s.duplicated(keep="first") | cells.absent(s), "kode-kembar"))
        columns[name] = pa.Column(None, checks, nullable=True, required=False)
    return pa.DataFrameSchema(columns, checks=tidy.frame_checks(), name="kode-wilayah")


def _fits_series(columns: Sequence[str]) -> float:
    names = [words_of(c) for c in columns]
    places = any(n in ("kelurahan", "kecamatan", "nama kelurahan", "nama kecamatan", "desa kelurahan") for n in names)
    return 0.5 if places and len(columns) >= 3 else 0.0


def _build_series(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    columns = tidy.columns_for(names, context)
    district = cells.column_of(names, "kecamatan", "nama kecamatan")
    village = cells.column_of(names, "kelurahan", "nama kelurahan", "desa")
    for name in (district, village):
        if name is not None:
            columns[name] = pa.Column(None, [tidy.rule(known, "nama-wilayah")], nullable=True, required=False)
    checks = tidy.frame_checks()
    if district and village:
        checks.append(one_district(district, village))
    return pa.DataFrameSchema(columns, checks=checks, name="seri-wilayah")


def coded(series: Any) -> Any:
    """Codes of Kemendagri or BPS."""
    return cells.matches(series, _CODE) | cells.absent(series) | cells.matches(series, cells.TOTAL, case=False)


def known(series: Any) -> Any:
    """Names are judged only where most of them are of one known body: another city's table is left alone."""
    return cells.holds(series, lambda one: _known(one) | cells.matches(one, cells.TOTAL, case=False))


def _known(different: Any) -> Any:
    names = different.map(place_name)
    values = set(names) - {""}
    for places in PLACES:
        names_known = places.kelurahan | places.kecamatan
        if values and len(values & names_known) >= 0.6 * len(values):
            return names.isin(names_known) | (names == "")
    return names == names


def one_district(district: str, village: str) -> Any:
    return tidy.rule(lambda frame: _one_district(frame, district, village), "satu-kecamatan")


def _one_district(frame: Any, district: str, village: str) -> Any:
    both = frame[[district, village]]
    pairs = both[~cells.repeated(both)].astype(object).map(place_name)
    counts = pairs[pairs[village] != ""].groupby(village)[district].nunique()
    doubled = set(counts[counts > 1].index)
    # Two kelurahan of one name in two kecamatan are possible; a whole table of them is a shifted column.
    if len(doubled) < 3:
        return True
    return ~cells.by_value(frame[village], lambda one: one.map(place_name).isin(doubled))


CODES = TableSchema(
    "kode-wilayah",
    Text("Kode wilayah", "Region codes"),
    _fits_codes,
    _build_codes,
    _MESSAGES,
    tidy.ROW_RULES,
    _BASIS,
)
SERIES = TableSchema(
    "seri-wilayah",
    Text("Seri per kecamatan/kelurahan", "Series by kecamatan or kelurahan"),
    _fits_series,
    _build_series,
    _MESSAGES,
    tidy.ROW_RULES | {"satu-kecamatan"},
    _BASIS,
)
