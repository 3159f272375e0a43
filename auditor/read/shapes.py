"""What a NIK or KK looks like, however it is written, and masking it. Pure, and made to be called on every string.

Both have 16 digits: province, kabupaten and kecamatan (Kemendagri codes, two digits each), then the day as DDMMYY, for
women DD + 40, then a serial from 0001 (Permendagri 108/2019, annex). They are written in one run, in groups, as the
float of a spreadsheet, one digit a cell, or with hidden characters in between.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote

Form = Literal["run", "groups", "loose", "float"]
Name = Literal["nik", "kk", "other", ""]

PROVINCES = frozenset(
    (*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77), 81, 82, *range(91, 98))
)

_HIDDEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_S = r"(?:[ \t\xa0\u2009\u202f.,\-–—'’\"_/|:;]{1,3}|%20|\+)"
_T = r"(?:[ \xa0\u2009\u202f.\-–—'’_/]|%20|\+)"
_NUMBER = re.compile(
    r"(?<!\d)(?=(?:"
    rf"(?P<run>\d(?:[{_HIDDEN}]*\d){{15}})"
    rf"|(?P<groups>\d{{6}}{_T}\d{{6}}{_T}\d{{4}}|\d\d{_T}\d\d{_T}\d\d{_T}\d{{6}}{_T}\d{{4}})"
    rf"|(?P<loose>\d{{6}}{_S}(?:\d{{6}}{_S}\d{{4}}|\d\d{_S}\d\d{_S}\d\d{_S}\d{{4}}|\d{{10}})|\d{{12}}{_S}\d{{4}}"
    rf"|\d\d{_S}\d\d{_S}\d\d{_S}(?:\d{{6}}|\d\d{_S}\d\d{_S}\d\d){_S}\d{{4}}|\d{{4}}(?:{_S}\d{{4}}){{3}}"
    rf"|\d(?:[.,]\d{{3}}){{5}}|\d(?:{_S}\d){{15}})"
    r"|(?P<float>\d[.,]\d{2,15}[eE]\+?15)"
    r")(?!\d))"
)
_QUICK = re.compile(r"\d(?:(?:\D{0,3}\d){15}|[.,]\d{2,15}[eE]\+?15)")
_FIGURES = re.compile(r"\d+")
_FRACTION = re.compile(r"(?<!\d)\d{1,3}\.$")
_HEX_BEFORE, _HEX_AFTER = re.compile(r"[0-9A-Fa-f]*$"), re.compile(r"[0-9A-Fa-f]*")
_ROUNDED = 14
"""Digits that a rounded float shows at most."""
_HEX = 28
"""Characters from which a word of hexadecimal digits is a digest, whatever sixteen of its digits look like."""

_NIK = re.compile(
    r"(?<![a-z])(?:no\.?\s?nik|nik|n\.i\.k\.?|no\.?\s?ktp|(?:nomor|no\.?)\s+(?:induk\s+kependudukan|ktp|identitas)|e-?ktp|ktp)"
    r"(?![a-z])",
    re.IGNORECASE,
)
_KK = re.compile(r"(?<![a-z])(?:n(?:o|omor)\.?\s?kk|kartu\s+keluarga|kk)(?![a-z])", re.IGNORECASE)
_OTHER = re.compile(
    r"(?<![a-z])(?:rek(?:ening)?|va|virtual|account|akun|faktur|nip|npwp|nop|sppt|resi|kode|ref|isbn|imei|barcode|(?<!\.)id|"
    r"nuptk|nisn|bpjs|kartu\s+kredit|rp|idr|billing|ntpn|uuid|serial)(?![a-z])",
    re.IGNORECASE,
)
_EXPONENT = re.compile("[eE]")
_LETTER = re.compile(r"[A-Za-z]")
_BEFORE = 60


@dataclass(frozen=True, slots=True)
class Number:
    """One number of that shape. `digits` are 16, or fewer where a spreadsheet rounded them away; `named` is what the
    words before it say it is."""

    start: int
    end: int
    digits: str
    form: Form
    named: Name

    @property
    def meant(self) -> bool:
        """Whether it is taken for what it looks like: a loose grouping or a rounded float only where a word says so."""
        if self.named in ("nik", "kk"):
            return self.form != "float" or plausible(self.digits) or len(self.digits.rstrip("0")) <= _ROUNDED
        return plausible(self.digits) and (self.form in ("run", "groups") or known_region(self.digits))


def numbers(text: str, named: Name = "") -> Iterator[Number]:
    """The numbers of the shape in a text, in order; those that cannot be one are left out. `named`: what they are where
    the text itself does not say so, as by the header of a column."""
    if len(text) < 7 or not _QUICK.search(text):
        return
    end = 0
    for figures in _FIGURES.finditer(text):
        # Only where figures begin: to try each character of a page was most of the cost of reading it.
        match = _NUMBER.match(text, figures.start())
        if match is None:
            continue
        form = next(name for name, value in match.groupdict().items() if value is not None)
        start, stop = match.span(form)
        if start < end:
            continue
        digits = "".join(c for c in _EXPONENT.split(match[form].replace("%20", " "))[0] if c.isdigit())
        said = label(text[max(0, start - _BEFORE) : start]) or named
        found = Number(start, stop, digits.ljust(16, "0"), form, said)  # type: ignore[arg-type]
        if (plausible(found.digits) or found.meant) and not _digest(text, start, stop):
            end = stop
            yield found


def label(before: str) -> Name:
    """What the words before a number say it is; the nearest label wins."""
    if not _LETTER.search(before):
        return ""
    before = before.replace("_", " ").replace("%20", " ")
    best: tuple[int, Name] = (-1, "")
    names: tuple[tuple[Name, re.Pattern[str]], ...] = (("nik", _NIK), ("kk", _KK), ("other", _OTHER))
    for name, pattern in names:
        for match in pattern.finditer(before):
            best = max(best, (match.end(), name))
    return best[1]


def plausible(digits: str) -> bool:
    """16 digits that hold a day where a NIK or KK has one, and do not end in the serial 0000."""
    day, month = int(digits[6:8]), int(digits[8:10])
    day = day - 40 if day > 40 else day
    return 1 <= day <= 31 and 1 <= month <= 12 and digits[12:] != "0000" and len(set(digits)) > 3 and digits[0] != "0"


def known_region(digits: str) -> bool:
    """Whether the first six digits can be a kecamatan: kabupaten are numbered from 01, kota from 71, at most 79."""
    kabupaten, kecamatan = int(digits[2:4]), int(digits[4:6])
    return int(digits[:2]) in PROVINCES and (1 <= kabupaten <= 37 or 71 <= kabupaten <= 79) and 1 <= kecamatan <= 60


def is_fraction(text: str, number: Number) -> bool:
    """The decimals of a coordinate: `106.7971014101900001`."""
    return number.form == "run" and _FRACTION.search(text[max(0, number.start - 5) : number.start]) is not None


def mask(text: str) -> str:
    """The text with everything of the shape masked, whatever its region. Masking twice is masking once."""
    if "%3" in text:
        plain = unquote(text)
        if plain != text and any(True for _ in numbers(plain)):
            text = plain
    pieces, end = [], 0
    for number in numbers(text):
        pieces += [text[end : number.start], masked(text[number.start : number.end])]
        end = number.end
    return "".join((*pieces, text[end:])) if pieces else text


def masked(number: str) -> str:
    """`32**************`: the province at most."""
    kept = 0
    shown = []
    for c in number.replace("%20", " "):
        if c.isdigit():
            kept += 1
            shown.append(c if kept <= 2 else "*")
        else:
            shown.append(c)
    return "".join(shown)


def _digest(text: str, start: int, end: int) -> bool:
    before = _HEX_BEFORE.search(text[max(0, start - 128) : start])
    after = _HEX_AFTER.match(text[end : end + 128])
    word = (before[0] if before else "") + (after[0] if after else "")
    return end - start + len(word) >= _HEX and any(c in "abcdefABCDEF" for c in word)
