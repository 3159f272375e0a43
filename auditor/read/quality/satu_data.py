"""The minimum of Satu Data Indonesia (Perpres 39/2019): the elements of its four principles that can be seen."""

from __future__ import annotations

import re

from auditor.model import Dataset, Table
from auditor.model.measures import MOST, SATU_DATA
from auditor.model.quality import Measured, Rating
from auditor.read.quality import files
from auditor.read.quality.record import filled, said

_CODES = re.compile(r"^(?:kode|kd|id)[ _.-]*(?:bps|kemendagri|wilayah|prov\w*|kab\w*|kota|kec\w*|kel\w*|desa)", re.I)
_PLACES = re.compile(r"(?:^|[ _])(?:kecamatan|kelurahan|desa|kabupaten|provinsi|kab_kota|wilayah)(?:$|[ _])", re.I)


def rate(dataset: Dataset) -> Rating:
    """How many elements are there, as bounds; each counts one, for the regulation gives no weights."""
    answers = {**_standard(dataset), **_metadata(dataset), **_tables(dataset)}
    met = tuple(Measured(one.id, answers[one.id]) for one in SATU_DATA)
    low = sum(one.met is True for one in met)
    return Rating("satu-data", low, low + sum(one.met is None for one in met), MOST["satu-data"], met)


def _standard(dataset: Dataset) -> dict[str, bool | None]:
    names = ("konsep", "definisi", "klasifikasi", "ukuran", "satuan")
    return {f"sdi-{name}": filled(dataset, said(dataset.metadata, name)) for name in names}


def _metadata(dataset: Dataset) -> dict[str, bool | None]:
    record = dataset.metadata
    values: dict[str, object] = {
        "judul": dataset.title,
        "deskripsi": dataset.notes,
        "produsen": dataset.unit,
        "walidata": said(record, "maintainer") or said(record, "contact"),
        "label": dataset.tags,
        "lisensi": dataset.licence,
        "frekuensi": dataset.cadence,
        "wilayah": said(record, "spatial"),
        "waktu": said(record, "temporal"),
        "rilis": dataset.created,
    }
    return {f"sdi-{name}": filled(dataset, value) for name, value in values.items()}


def _tables(dataset: Dataset) -> dict[str, bool | None]:
    tables = [resource.table for resource in dataset.resources if resource.table is not None]
    forms = [_usable(files.answered(r), files.is_machine(r)) for r in dataset.resources]
    return {
        "sdi-terbuka": True if True in forms else None if None in forms else False,
        "sdi-struktur": _structured(dataset, tables),
        "sdi-kode": _coded(dataset, tables),
    }


def _usable(*states: bool | None) -> bool | None:
    return False if False in states else None if None in states else True


def _structured(dataset: Dataset, tables: list[Table]) -> bool | None:
    """Whether a table follows its schema to the last cell."""
    if any(table.error_count == 0 for table in tables):
        return True
    if tables:
        return False
    known = [resource for resource in dataset.resources if files.is_machine(resource) is not False]
    return None if known and any(files.answered(resource) is not False for resource in known) else False


def _coded(dataset: Dataset, tables: list[Table]) -> bool | None:
    """Whether the areas that it names carry their codes; of a table without areas nobody can say from here."""
    if said(dataset.metadata, "codes") or any(_CODES.match(name.strip()) for t in tables for name in t.columns):
        return True
    if any(t.kelurahan or t.kecamatan or any(_PLACES.search(name) for name in t.columns) for t in tables):
        return False
    return None
