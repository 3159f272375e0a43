"""Personal data found in the open, and masking. The numbers themselves leave this module masked only.

NIK and KK: 16 digits; 1-6 the region (Kemendagri), 7-12 the day as DDMMYY, for women DD + 40 (Permendagri 108/2019).
One random 16-digit number in thirty has that shape, so a finding needs a label or a header that names it, or several.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

from auditor.model import Personal

PROVINCES = frozenset(
    (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98))
)

_SIXTEEN = re.compile(r"(?<![\d.,/])(\d{16}|\d{6}[ .-]\d{6}[ .-]\d{4})(?![\d]|[.,/]\d)")
_MOBILE = re.compile(r"(?<![\d.+])(?:\+62|62|0)[ -]?8\d{2}(?:[ .-]?\d){6,9}(?!\d)")
_NIK_LABEL = re.compile(r"\b(?:nik|no\.?\s?ktp|nomor\s+(?:induk\s+kependudukan|ktp)|no_?nik|ktp)\b", re.IGNORECASE)
_KK_LABEL = re.compile(r"\b(?:n(?:o|omor)\.?[\s_]?kk|kartu\s+keluarga|kk)\b", re.IGNORECASE)
_OTHER_LABEL = re.compile(
    r"\b(?:rek(?:ening)?|va|virtual|account|faktur|nip|npwp|nop|sppt|resi|kode|ref|isbn|imei|barcode|id)\b",
    re.IGNORECASE,
)
_PHONE_HEADER = re.compile(
    r"\b(?:no|nomor)?[\s._]*(?:hp|wa|whatsapp|telp|telepon|telpon|handphone|ponsel|kontak)\b", re.IGNORECASE
)
_NAME_HEADER = re.compile(
    r"^\W*nama(?:\s+(?:lengkap|warga|pasien|penerima|pemohon|kk|kepala keluarga|siswa))?\W*$", re.IGNORECASE
)
_PRIVATE_HEADER = re.compile(
    r"\b(?:nik|alamat|penerima|pasien|pemohon|warga|umur|usia|tanggal lahir|tgl lahir|rt|rw|ibu kandung)\b",
    re.IGNORECASE,
)
_PATIENT_HEADER = re.compile(
    r"\b(?:pasien|diagnos[ae]|hasil (?:swab|pcr|rapid|lab)|status (?:covid|pasien|kasus)|gejala|penyakit|"
    r"komorbid|suspek)\b",
    re.IGNORECASE,
)
_BEFORE = 60


def mask(text: str, *, phones: bool = False) -> str:
    """The text with everything of the shape of a NIK or KK masked, whatever its region; `phones`: mobile numbers too.

    Idempotent: masking what was masked changes nothing.
    """
    if not text:
        return text
    if _has_digits(text):
        text = _SIXTEEN.sub(lambda m: _masked(m[0]) if _to_mask(text, m) else m[0], text)
        if phones:
            text = _MOBILE.sub(lambda m: m[0][:4] + "*" * (len(m[0]) - 4), text)
    return text


def find_in_text(text: str, region: str = "") -> tuple[Personal, ...]:
    """NIK and KK in running text. `region`: the body's own code as digits (`3271`), which confirms a single hit."""
    if not _has_digits(text):
        return ()
    hits: dict[Literal["nik", "kk"], list[tuple[str, bool]]] = {"nik": [], "kk": []}
    for match in _SIXTEEN.finditer(text):
        digits = _digits(match[0])
        before = text[max(0, match.start() - _BEFORE) : match.start()]
        label = _label(before)
        if label == "other" or not plausible(digits):
            continue
        kind: Literal["nik", "kk"] = "kk" if label == "kk" else "nik"
        hits[kind].append((digits, label in ("nik", "kk")))
    return _found(hits, region)


def find_in_table(headers: Sequence[str], rows: Sequence[Sequence[str]], region: str = "") -> tuple[Personal, ...]:
    """As `find_in_columns`, of a table that is given row by row."""
    columns = [Counter(row[column] for row in rows if column < len(row)).items() for column in range(len(headers))]
    return find_in_columns(headers, columns, len(rows), region)


def find_in_columns(
    headers: Sequence[str], columns: Sequence[Iterable[tuple[str, int]]], height: int, region: str = ""
) -> tuple[Personal, ...]:
    """Personal data in a table: its headers say what the numbers are. Phones and patients need a list of people.

    `columns`: of each header the different cells and how often each stands there; `height`: the number of rows.
    """
    named = any(_NAME_HEADER.match(header) for header in headers)
    private = any(_PRIVATE_HEADER.search(header) for header in headers)
    found: list[Personal] = []
    hits: dict[Literal["nik", "kk"], list[tuple[str, bool]]] = {"nik": [], "kk": []}
    for header, column in zip(headers, columns, strict=True):
        if _PHONE_HEADER.search(header):
            phones = {value: times for value, times in column if _MOBILE.search(value)} if named else {}
            if (count := sum(phones.values())) >= 3:
                found.append(Personal("phone", count, mask(next(iter(phones)), phones=True)[:20], private))
            continue
        label = _label(header + " ")
        if label == "other":
            continue
        kind: Literal["nik", "kk"] = "kk" if label == "kk" else "nik"
        for value, _ in column:
            if len(value) < 16:
                continue
            for match in _SIXTEEN.finditer(value):
                digits = _digits(match[0])
                if plausible(digits):
                    hits[kind].append((digits, label in ("nik", "kk")))
    if named and height and any(_PATIENT_HEADER.search(header) for header in headers):
        found.append(Personal("patient", height, "", private))
    return (*_found(hits, region), *found)


def strongest(found: Iterable[Personal]) -> tuple[Personal, ...]:
    """One entry a kind: the confirmed, then the larger."""
    best: dict[str, Personal] = {}
    for item in found:
        known = best.get(item.kind)
        if known is None or (item.confirmed, item.count) > (known.confirmed, known.count):
            best[item.kind] = item
    return tuple(best[kind] for kind in sorted(best))


def plausible(digits: str) -> bool:
    """16 digits that hold a day where a NIK or KK has one, and do not end in the serial 0000."""
    day, month = int(digits[6:8]), int(digits[8:10])
    day = day - 40 if day > 40 else day
    return 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000" and len(set(digits)) > 3 and digits[0] != "0"


def _found(hits: dict[Literal["nik", "kk"], list[tuple[str, bool]]], region: str) -> tuple[Personal, ...]:
    found = []
    for kind, numbers in hits.items():
        distinct = dict(sorted(numbers))
        if not distinct:
            continue
        labelled = any(distinct.values())
        known = sum(int(digits[:2]) in PROVINCES for digits in distinct)
        own = bool(region) and any(digits.startswith(region) for digits in distinct)
        found.append(Personal(kind, len(distinct), _masked(min(distinct)), labelled or own or known >= 2))
    return tuple(found)


def _label(before: str) -> str:
    """What the words before a number say it is; the nearest label wins."""
    last = {"nik": -1, "kk": -1, "other": -1}
    for name, pattern in (("nik", _NIK_LABEL), ("kk", _KK_LABEL), ("other", _OTHER_LABEL)):
        for match in pattern.finditer(before.replace("_", " ")):
            last[name] = match.end()
    name = max(last, key=lambda key: last[key])
    return name if last[name] >= 0 else ""


def _to_mask(text: str, match: re.Match[str]) -> bool:
    return plausible(_digits(match[0])) or _label(text[max(0, match.start() - _BEFORE) : match.start()]) in (
        "nik",
        "kk",
    )


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _masked(number: str) -> str:
    return number[:2] + re.sub(r"\d", "*", number[2:])


def _has_digits(text: str) -> bool:
    return any(c.isdigit() for c in text)
