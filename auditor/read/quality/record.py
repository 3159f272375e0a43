"""What a portal's own record says under the names that portals use: CKAN, its Indonesian extras, DCAT."""

from __future__ import annotations

import re
from collections.abc import Iterable

from auditor.model import Dataset, Resource

# The key of a record is compared as snake_case in lower letters, whatever the platform writes.
_KEYS = {
    "theme": r"theme|groups|kategori|category|topik|topic",
    "spatial": r"spatial|(?:cakupan_?)?wilayah|geograph\w*|lokasi",
    "temporal": r"temporal|(?:cakupan|dimensi|periode)_?waktu|cakupan_?tahun|period_?(?:start|end)|tahun_data",
    "access-rights": r"access_?(?:rights|level)|hak_?akses|sifat_?data",
    "contact": r"contact\w*|kontak\w*|(?:author|maintainer)_email|e_?mail|telp\w*|phone",
    "maintainer": r"maintainer|walidata|penanggung_?jawab",
    "konsep": r"konsep|concept",
    "definisi": r"definisi\w*|definition",
    "klasifikasi": r"klasifikasi|classification",
    "ukuran": r"ukuran|measure\w*",
    "satuan": r"satuan|unit_?(?:of_?measure|measure)?",
    "codes": r"kode_?referensi|reference_?codes?|kode_?wilayah|data_?induk",
    "rights": r"rights|hak_?cipta|copyright",
    "licence": r"licen[cs]e\w*|lisensi",
    "media-type": r"mime_?type(?:_inner)?|media_?type",
    "size": r"size|byte_?size|ukuran_?berkas",
    "issued": r"created|issued|release_?date|tanggal_?rilis",
    "modified": r"last_modified|modified|metadata_modified",
    "upload": r"url_type",
    "download": r"download_?url",
}
_PATTERNS = {name: re.compile(rf"^(?:{pattern})$", re.IGNORECASE) for name, pattern in _KEYS.items()}
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_EMPTY = frozenset({"", "-", "–", "null", "none", "n/a", "[]", "{}", "tidak ada", "belum ada"})


def said(metadata: Iterable[tuple[str, str]], name: str) -> str:
    """What stands under one of the usual keys of `name`; empty where nothing does."""
    for key, value in metadata:
        plain = _CAMEL.sub("_", key.rpartition(":")[2]).replace(" ", "_").replace("-", "_")
        if _PATTERNS[name].match(plain) and value.strip().lower() not in _EMPTY:
            return value.strip()
    return ""


def was_read(dataset: Dataset) -> bool:
    """Whether the portal's own record was seen: of a plain page nobody can say that a field is empty."""
    return dataset.platform not in ("", "halaman")


def filled(dataset: Dataset, *values: object) -> bool | None:
    """True when one of the values is there, False when none is in a record that was read, else None."""
    return True if any(values) else (False if was_read(dataset) else None)


def of_file(dataset: Dataset, resource: Resource, name: str) -> bool | None:
    return filled(dataset, said(resource.metadata, name))
