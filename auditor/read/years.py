"""Which years and which part of a year a title is about.

The year of a regulation's number ("Nomor 5 Tahun 2021") is the year of a regulation and never that of the budget or
plan it adopts; years of upload paths are not looked at by the callers at all (criteria 0.2, T8).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

FIRST, LAST = 1945, 2069  # no document of a region is about an earlier or later year
LONGEST_SPAN = 30  # the spatial plan and the long-term plan reach over 20 to 25 years

_YEARS = re.compile(r"(?<![0-9])(?:19[4-9][0-9]|20[0-6][0-9])(?![0-9]|[.,][0-9]{3}(?![0-9]))")
_SPAN = re.compile(
    r"(?<![0-9])(19[4-9][0-9]|20[0-6][0-9]) ?(?:-|/|s ?[./]? ?d\.?|sd|sampai(?: dengan)?|hingga|to)\.? ?"
    r"(?:tahun )?(19[4-9][0-9]|20[0-6][0-9]|[0-9]{2})(?![0-9])"
)
_SHORT = re.compile(
    r"(?<![a-z])(?:ta|t ?\.? ?a\.?|tahun anggaran|thn|tahun) ?[.:]? ?'?([0-9]{2})(?![0-9])"
    r"(?! *(?:tentang|hari|jam|menit))"
)
_NUMBERED = re.compile(
    r"(?<![a-z])(?:nomor|no|nmr|number) ?[.:]* ?(?!tentang|ttg)[0-9a-z./-]{1,30}"
    r"(?: ?(?!tentang|ttg|tahun|th)[0-9a-z./-]{1,12})? ?(?:tahun|thn|th) ?[.:]? ?(19[4-9][0-9]|20[0-6][0-9])(?![0-9])"
)
_SLASHED = re.compile(
    r"(?<![a-z])(?:nomor|no|nmr) ?[.:]* ?[0-9a-z.-]{1,20}(?:/[0-9a-z.-]{1,20}){0,5}"
    r"/(19[4-9][0-9]|20[0-6][0-9])(?![0-9])"
)
_BARE_NUMBER = re.compile(r"(?<![a-z0-9/])[0-9]{1,4} (?:tahun|thn|th) ?\.? ?(19[4-9][0-9]|20[0-6][0-9])(?![0-9])")
_DATE = re.compile(
    r"(?<![0-9])[0-9]{1,2}[ -](?:jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)"
    r"[a-z]{0,6}[ -](?:19[4-9][0-9]|20[0-6][0-9])(?![0-9])"
)
_ROMAN = {
    "i": 1,
    "ii": 2,
    "iii": 3,
    "iv": 4,
    "1": 1,
    "2": 2,
    "3": 3,
    "4": 4,
    "pertama": 1,
    "kedua": 2,
    "ketiga": 3,
    "keempat": 4,
}
_PERIOD = re.compile(
    r"(?<![a-z])(semester|smtr|smt|sem|triwulan|tri wulan|tribulan|trwln|triw|tw|trw)(?: ?ke)? ?[-.:]? ?"
    r"(iii|ii|iv|i|[1-4]|pertama|kedua|ketiga|keempat)(?![a-z0-9])"
)

REGULATIONS = frozenset({"perda", "perwal", "keputusan", "sk-ppid"})
# lists and tests that a decree adopts: without a year of their own they are of the decree's year
BY_DECREE = frozenset({"dip", "dik-dikecualikan", "hibah-bansos", "standar-pelayanan", "iku", "maklumat"})


def period(text: str) -> str | None:
    """`S1` or `S2` for a half of a year, `TW1` to `TW4` for a quarter, from a mended title, if one is named."""
    found = _PERIOD.search(text.lower())
    if not found:
        return None
    number = _ROMAN[found.group(2)]
    if found.group(1).startswith("s"):
        return f"S{number}" if number <= 2 else None
    return f"TW{number}"


def regulation_year(text: str) -> int | None:
    """The year of the first regulation number of a mended title ("Nomor 5 Tahun 2021", "No. 12/2019")."""
    lowered = text.lower()
    found = [match for pattern in (_NUMBERED, _SLASHED, _BARE_NUMBER) if (match := pattern.search(lowered))]
    return int(min(found, key=lambda match: match.start()).group(1)) if found else None


def subject_years(text: str) -> tuple[int, ...]:
    """The years that a mended title is about, without those of regulation numbers: one, or both ends of a span."""
    lowered = text.lower()
    for pattern in (_NUMBERED, _SLASHED):
        lowered = pattern.sub(" ", lowered)
    if any(head in lowered for head in ("peraturan", "perda", "perwal", "perbup", "pergub", "keputusan", "perkada")):
        lowered = _BARE_NUMBER.sub(" ", lowered)
    return all_years(lowered)


def all_years(text: str) -> tuple[int, ...]:
    """Every year of a text; a span gives its ends, an impossible one ("2028-2023") nothing."""
    lowered = text.lower()
    years: list[int] = []
    for first, last in _SPAN.findall(lowered):
        start, end = int(first), int(last) if len(last) == 4 else int(first[:2] + last)
        if len(last) == 4 and end < start:
            continue
        years.extend((start, end) if 0 < end - start <= LONGEST_SPAN else (start,))
    rest = _SPAN.sub(" ", lowered)
    undated = _DATE.sub(" ", rest)
    if years or _YEARS.search(undated):  # a day's year only counts where there is no other
        rest = undated
    years.extend(int(year) for year in _YEARS.findall(rest))
    if not years:
        years.extend(
            2000 + int(short) for short in _SHORT.findall(rest) if int(short) <= LAST - 2000 and int(short) >= 3
        )
    return _ends(years)


def _ends(years: Sequence[int]) -> tuple[int, ...]:
    known = sorted({year for year in years if FIRST <= year <= LAST})
    return tuple(known) if len(known) < 3 else (known[0], known[-1])


def years_of(kind: str, text: str) -> tuple[int, ...]:
    """The years of a document of that kind from its mended title: of a rule its number's, else its subject's."""
    if kind in REGULATIONS:
        numbered = regulation_year(text)
        if numbered:
            return (numbered,)
        found = all_years(text)
        return found[:1]
    found = subject_years(text)
    if not found and kind in BY_DECREE and (numbered := regulation_year(text)):
        return (numbered,)
    return found
