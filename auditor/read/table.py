"""Bytes of a table -> `Table`: columns, periods, faults. Runs in the sandbox, and in `auditor check-table`."""

from __future__ import annotations

import gzip
import importlib
import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import PurePosixPath

from auditor.model import Personal, Table, TableError, Text
from auditor.read.casesums import case_sums
from auditor.read.office import Bomb, guard
from auditor.read.periods import periods_of
from auditor.read.personal import find_in_columns, find_in_text, is_patients, mask, strongest
from auditor.read.rows import RawTable, file_cell
from auditor.read.schema import Schemas, place_name
from auditor.read.sniff import sniff

MAX_UNPACKED = 200_000_000
_KELURAHAN = re.compile(r"\b(?:kelurahan|desa|kel)\b", re.IGNORECASE)
_KECAMATAN = re.compile(r"\b(?:kecamatan|kec)\b", re.IGNORECASE)
_CODE = re.compile(r"kode|^id|_id$", re.IGNORECASE)


def check_table(
    payload: bytes, name: str, at: date, schemas: Schemas, schema: str | None = None, region: str = ""
) -> Table:
    """The table's facts and every cell that breaks a rule of its schema.

    `name`: the file's name, for its extension; `schema`: one by name, else chosen by the columns. Raises ValueError
    when the bytes are no table, or the schema is none.
    """
    from auditor.read.validation import validate

    raw = _read(payload, name)
    if raw is None or not raw.columns:
        raise ValueError(
            f"{name}: there is no table in it; give a CSV, XLSX, XLS, ODS, JSON or GeoJSON file with a header"
        )
    chosen, errors, count = validate(raw, schemas, at, schema)
    newest, oldest = periods_of(raw, at, name)
    return Table(
        schema=chosen.name,
        columns=tuple(mask(column)[:200] for column in raw.columns),
        rows=raw.height,
        errors=tuple(_veiled(errors, raw)),
        error_count=count,
        newest_period=newest,
        oldest_period=oldest,
        delimiter=raw.delimiter,
        encoding=raw.encoding,
        sheet=raw.sheet,
        personal=_personal(raw, region),
        kelurahan=_distinct(raw, _KELURAHAN, [p.kelurahan for p in schemas.places]),
        kecamatan=_distinct(raw, _KECAMATAN, [p.kecamatan for p in schemas.places]),
        cases=case_sums(raw),
    )


def read_table(
    payload: bytes, name: str, at: date, registry: str, region: str = "", schema: str | None = None
) -> Table:
    """As `check_table`, with the registry named as `package.module:ATTRIBUTE`: what the sandbox calls."""
    module, _, attribute = registry.partition(":")
    schemas: Schemas = getattr(importlib.import_module(module), attribute)
    return check_table(payload, name, at, schemas, schema, region)


def _read(payload: bytes, name: str) -> RawTable | None:
    kind = sniff(payload)
    if kind == "gz":
        with gzip.open(io.BytesIO(payload)) as packed:
            payload = packed.read(MAX_UNPACKED + 1)
        if len(payload) > MAX_UNPACKED:
            raise Bomb(f"{name}: unpacks to more than {MAX_UNPACKED:,} bytes")
        kind = sniff(payload)
    if kind == "zip":
        payload, kind = _from_zip(payload, name)
    if kind in ("xlsx", "xls", "ods"):
        from auditor.read.sheets import read_sheets

        return read_sheets(payload, kind)
    if kind in ("json", "geojson"):
        from auditor.read.jsontable import read_json

        return read_json(payload)
    if kind in ("csv", "text"):
        from auditor.read.delimited import read_delimited

        return read_delimited(payload)
    raise ValueError(f"{name}: this is {_NAMES.get(kind, kind)}, not a table")


_NAMES = {"html": "a web page", "pdf": "a PDF", "empty": "an empty file", "jpg": "a picture", "png": "a picture"}


def _from_zip(payload: bytes, name: str) -> tuple[bytes, str]:
    tables = [
        n
        for n in guard(payload)
        if PurePosixPath(n).suffix.lower() in (".csv", ".xlsx", ".xls", ".ods", ".json", ".geojson", ".tsv", ".txt")
    ]
    if not tables:
        raise ValueError(f"{name}: an archive without a table")
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        inner = archive.read(max(tables, key=lambda n: archive.getinfo(n).file_size))
    return inner, sniff(inner)


def _personal(raw: RawTable, region: str) -> tuple[Personal, ...]:
    found = find_in_columns(raw.columns, raw.cells, raw.height, region, partial(file_cell, raw))
    return strongest((*found, *find_in_text("\n".join(raw.titles), region)))


def _veiled(errors: list[TableError], raw: RawTable) -> list[TableError]:
    """The faults of a list of the sick without what stands in its cells: it may be a name, or an illness."""
    if not is_patients(raw.columns):
        return errors
    return [
        replace(
            one,
            value="***" if one.value else "",
            message=Text(
                *(said.replace(one.value, "***") if one.value else said for said in (one.message.id, one.message.en))
            ),
        )
        for one in errors
    ]


def _distinct(raw: RawTable, pattern: re.Pattern[str], known: list[frozenset[str]]) -> int:
    """Distinct places of the body in the column that names them; all distinct ones where its places are not known."""
    for number, column in enumerate(raw.columns):
        if not pattern.search(column.replace("_", " ")) or _CODE.search(column):
            continue
        values = {place_name(value) for value, _ in raw.cells[number].counted()}
        values = {value for value in values if value and not value.startswith(("jumlah", "total", "rata"))}
        if not values:
            continue
        own = max((len(values & names) for names in known), default=0)
        return own if own * 2 > len(values) else len(values)
    return 0
