"""Personal data found in the open, counted and located. The numbers themselves leave this module masked only.

Whatever has the shape of a NIK or KK is masked. A finding needs more: a label or a header that names it, the body's own
region, or several of regions that there are, and no crowd of other numbers of sixteen digits around them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from urllib.parse import unquote

from auditor.model import Personal
from auditor.read import shapes
from auditor.read.cut import Cells, split, unnamed
from auditor.read.hits import Hits, span
from auditor.read.shapes import known_region, numbers

_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_MOBILE = re.compile(r"(?<![\d.+])(?:\+62|62|0)[ -]?8\d{2}(?:[ .-]?\d){6,9}(?!\d)")
_PHONE_HEADER = re.compile(
    r"\b(?:no|nomor)?[\s._]*(?:hp|wa|whatsapp|telp|telepon|telpon|handphone|ponsel|kontak)\b", re.IGNORECASE
)
_NAME_HEADER = re.compile(
    r"^\W*nama(?:\s+(?:lengkap|warga|pasien|penderita|penerima(?:\s+\w+)?|pemohon|kk|kepala keluarga|siswa))?\W*$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"\b(?:nik|alamat|penerima|pasien|penderita|pemohon|warga|umur|usia|tanggal lahir|tgl lahir|rt|rw|ibu kandung)\b",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(
    r"\b(?:jabatan|nip|pangkat|golongan|eselon|unit kerja|satuan kerja|instansi|opd|skpd|perangkat daerah|dinas|"
    r"humas|hotline|call cent(?:er|re)|layanan|admin|narahubung|contact person|posko)\b",
    re.IGNORECASE,
)
_PATIENT_HEADER = re.compile(
    r"\b(?:pasien|diagnos[ae]|hasil (?:swab|pcr|rapid|lab)|status (?:covid|pasien|kasus)|gejala|penyakit|"
    r"komorbid|suspek)\b",
    re.IGNORECASE,
)
_PATIENT = re.compile(
    r"(?i:\b(?:nama\s+(?:lengkap\s+)?(?:pasien|penderita|suspek|pdp|odp)|"
    r"(?:pasien|penderita)\s+(?:atas\s+nama|a\.?\s?n\.?|bernama)))\s*[:=]?\s*"
    r"(?P<name>[A-Z][\w'’.]+(?:\s+[A-Z][\w'’.]+){0,3})"
)
_NEAR = 120


def mask(text: str, *, phones: bool = False) -> str:
    """The text with everything of the shape of a NIK or KK masked, whatever its region; `phones`: mobile numbers too.

    Idempotent: masking what was masked changes nothing.
    """
    text = shapes.mask(text)
    return _MOBILE.sub(lambda m: m[0][:4] + "*" * (len(m[0]) - 4), text) if phones else text


def veil(text: str, found: Iterable[Personal], names: Iterable[str] = ()) -> str:
    """The text as it may be kept beside what was found in it: where people's telephones or illness lie open, without
    any telephone number and without the names (`names`, and those that the text itself calls patients)."""
    if any(one.kind in ("phone", "patient") for one in found):
        text = _PATIENT.sub(lambda m: m[0].replace(m["name"], initials(m["name"])), mask(text, phones=True))
        spelt = sorted({name for name in names if len(name) > 2}, key=lambda name: (-len(name), name))
        if spelt:
            pattern = re.compile("|".join(map(re.escape, spelt[:3_000])))
            text = pattern.sub(lambda m: initials(m[0]), text)
    return text


def initials(name: str) -> str:
    """`Sri Wahyuni` -> `S*** W***`."""
    return " ".join(f"{word[0]}***" for word in name.split())


def find_in_text(text: str, region: str = "", where: str = "") -> tuple[Personal, ...]:
    """NIK, KK, telephones and patients in running text. `region`: the body's own code as digits (`3271`), which
    confirms a single hit; `where`: the page of the document, as it is to be said."""
    if not any(c.isdigit() for c in text) and "asien" not in text.lower():
        return ()
    hits = Hits(region, _SIXTEEN.findall(text), lambda row, column: where)
    for number in numbers(text):
        if not shapes.is_fraction(text, number):
            hits.add(number)
    return (*hits.found(), *_people_in_text(text, where))


def find_in_table(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    region: str = "",
    place: Callable[[int, int], str] = lambda row, column: "",
) -> tuple[Personal, ...]:
    """Personal data in a table: its headers say what the numbers are. Phones and patients need a list of people.

    `place` says where a cell stands by the index of its row and column; row -1 is the header.
    """
    columns = [_Listed([row[c] if c < len(row) else "" for row in rows]) for c in range(len(headers))]
    return find_in_columns(headers, columns, len(rows), region, place)


def find_in_columns(
    headers: Sequence[str],
    columns: Sequence[Cells],
    height: int,
    region: str = "",
    place: Callable[[int, int], str] = lambda row, column: "",
) -> tuple[Personal, ...]:
    """As `find_in_table`, of a table that is kept column by column; `height`: the number of rows."""
    found: list[Personal] = []
    labels = [shapes.label(header) for header in headers]
    for number, header in enumerate(headers):
        if _PHONE_HEADER.search(header) and labels[number] not in ("nik", "kk"):
            found += _phones(headers, columns, height, number, place)
        elif labels[number] != "other":
            found += _numbers(header, labels[number], columns[number], height, region, partial(_at, place, number))
    for number in (number for number, name in enumerate(labels) if name in ("nik", "kk")):
        found += split(columns, height, number, labels[number], region, place)
    if _private(headers) and _name_columns(headers):
        for number in (number for number, name in enumerate(labels) if name == ""):
            found += unnamed(columns, height, number, region, place)
    if is_patients(headers) and height:
        number = _name_columns(headers)[0]
        where = span(place, [(0, number), (height - 1, number)])
        found.append(Personal("patient", height, "", not _OFFICIAL.search(_joined(headers)), where))
    return together(found)


class _Listed(list[str]):
    def counted(self) -> Iterable[tuple[str, int]]:
        return Counter(self).items()


def _at(place: Callable[[int, int], str], column: int, row: int, _: int) -> str:
    return place(row, column)


def _numbers(
    header: str, named: shapes.Name, cells: Cells, height: int, region: str, place: Callable[[int, int], str]
) -> list[Personal]:
    """NIK and KK of one column, its header among them."""
    crowd: list[str] = []
    holding: set[str] = set()
    hits = Hits(region, crowd, place)
    for value, times in ((header, 1), *((v, t) for v, t in cells.counted() if len(v) >= 7)):
        if len(value) >= 16 and _SIXTEEN.search(value):
            crowd.append(value)
        for number in numbers(value, named):
            holding.add(value)
            for _ in range(times if number.form == "float" else 1):
                hits.add(number)
    if holding:
        hits.stands(*_ends(cells, height, holding))
    return hits.found()


def _ends(cells: Cells, height: int, holding: set[str]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The first and the last row with one of these cells; -1 is the header."""
    first = next((row for row in range(height) if cells[row] in holding), -1)
    last = next((row for row in range(height - 1, -1, -1) if cells[row] in holding), -1)
    return (first, 0), (last, 0)


def find_in_source(text: str, region: str = "") -> tuple[Personal, ...]:
    """NIK and KK in what nobody reads as words: attributes, scripts, comments, addresses. Sixteen digits are mostly
    somebody's serial number there, so only a label or a region that there is makes it one, and only a label or the
    body's own region confirms it."""
    hits = Hits(region, (), lambda row, column: "")
    certain = False
    if "%3" in text:  # a digit that an address spells as %30 to %39
        text = f"{text} {unquote(text)}"
    for number in numbers(text):
        named = number.named in ("nik", "kk")
        own = bool(region) and number.digits.startswith(region)
        if (named or own or known_region(number.digits)) and not shapes.is_fraction(text, number):
            certain = certain or named or own
            hits.add(number)
    return tuple(replace(one, confirmed=certain) for one in hits.found())


def is_patients(headers: Sequence[str]) -> bool:
    """Whether a table lists the sick by name."""
    return bool(_name_columns(headers)) and any(_PATIENT_HEADER.search(header) for header in headers)


def names_of_patients(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> frozenset[str]:
    """The names that such a table holds, for masking them elsewhere; they are kept nowhere."""
    if not is_patients(headers):
        return frozenset()
    columns = _name_columns(headers)
    return frozenset(row[c].strip() for row in rows for c in columns if c < len(row) and row[c].strip())


def strongest(found: Iterable[Personal]) -> tuple[Personal, ...]:
    """One entry a kind: the confirmed, then the larger, then the one that says where."""
    best: dict[str, Personal] = {}
    for item in found:
        known = best.get(item.kind)
        if known is None or _strength(item) > _strength(known):
            best[item.kind] = item
    return tuple(best[kind] for kind in sorted(best))


def _strength(item: Personal) -> tuple[bool, int, bool]:
    return item.confirmed, item.count, bool(item.where)


def together(found: Iterable[Personal]) -> tuple[Personal, ...]:
    """The entries of several pages or sheets as one a kind: counts and places add up; one place makes it confirmed."""
    sums: dict[str, Personal] = {}
    for item in found:
        known = sums.get(item.kind)
        if known is None:
            sums[item.kind] = item
            continue
        places = dict.fromkeys(filter(None, (*known.where.split("; "), *item.where.split("; "))))
        sums[item.kind] = Personal(
            item.kind,
            known.count + item.count,
            known.sample or item.sample,
            known.confirmed or item.confirmed,
            "; ".join(list(places)[:_PLACES]),
        )
    return tuple(sums[kind] for kind in sorted(sums))


_PLACES = 5
"""Places that are named of one kind in one file; the count says how many there are."""


def _phones(
    headers: Sequence[str], columns: Sequence[Cells], height: int, column: int, place: Callable[[int, int], str]
) -> list[Personal]:
    private = _private(headers)
    phones = {value: times for value, times in columns[column].counted() if _MOBILE.search(value)}
    count = sum(phones.values())
    if not count or not _name_columns(headers) or (count < 3 and not private):
        return []
    where = span(partial(_at, place, column), _ends(columns[column], height, set(phones)))
    return [Personal("phone", count, mask(min(phones), phones=True)[:20], private, where)]


def _people_in_text(text: str, where: str) -> list[Personal]:
    found = []
    phones = [
        match
        for match in _MOBILE.finditer(text)
        if _PRIVATE.search(before := text[max(0, match.start() - _NEAR) : match.start()])
        and not _OFFICIAL.search(before)
    ]
    if phones:
        found.append(Personal("phone", len(phones), mask(phones[0][0], phones=True)[:20], len(phones) >= 2, where))
    patients = {match["name"] for match in _PATIENT.finditer(text)}
    if patients:
        found.append(Personal("patient", len(patients), "", True, where))
    return found


def cell_name(row: int, column: int) -> str:
    """`AB12`; the row counted from 1, the column from 0."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"


def _name_columns(headers: Sequence[str]) -> list[int]:
    return [number for number, header in enumerate(headers) if _NAME_HEADER.match(header.replace("_", " "))]


def _private(headers: Sequence[str]) -> bool:
    """A list of private people, not of officials in their public role."""
    said = _joined(headers)
    return _PRIVATE.search(said) is not None and _OFFICIAL.search(said) is None


def _joined(headers: Sequence[str]) -> str:
    return " | ".join(headers).replace("_", " ")
