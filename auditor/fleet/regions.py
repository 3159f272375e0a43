"""Kemendagri region codes: what a code says by itself, and the official list of them.

No list of codes ships with the auditor: the official one (the annex of the ministry's decision on codes and data of
administrative regions) is given as a file.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from auditor.config import ConfigError

CODE = re.compile(r"\d\d(?:\.\d\d)?")
_KOTA = 71
"""The second pair of a kota begins here, that of a kabupaten below."""

_CODE_NAMES, _NAME_NAMES = ("code", "kode"), ("name", "nama")

# Keputusan Presiden 41/1987: which provinces keep which time; by the first pair of the code. Provinces made since then
# keep the time of the one they came from.
_CENTRAL = {"51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"}
_EAST = {"81", "82", "91", "92", "93", "94", "95", "96", "97"}


@dataclass(frozen=True, slots=True)
class Region:
    code: str
    name: str

    @property
    def kind(self) -> str:
        return kind_of(self.code)


def kind_of(code: str) -> str:
    """`provinsi`, `kabupaten` or `kota`, by the code alone."""
    _, _, second = code.partition(".")
    if not second:
        return "provinsi"
    return "kota" if int(second) >= _KOTA else "kabupaten"


def timezone_of(code: str) -> str:
    province = code[:2]
    if province in _CENTRAL:
        return "Asia/Makassar"
    return "Asia/Jayapura" if province in _EAST else "Asia/Jakarta"


def official(path: Path) -> dict[str, Region]:
    """The provinces, kabupaten and kota of a CSV with `kode,nama`; levels below are passed over. Raises ConfigError."""
    found: dict[str, Region] = {}
    for line, row in rows(path):
        code, name = column(row, _CODE_NAMES), column(row, _NAME_NAMES)
        if not CODE.fullmatch(code):
            continue
        if not name:
            raise ConfigError(f"{path}:{line}: the code {code} has no name; give it one")
        if code in found:
            raise ConfigError(f"{path}:{line}: the code {code} stands there twice; take one of them away")
        found[code] = Region(code, named(code, name))
    if not found:
        raise ConfigError(f"{path}: no region code in it; it needs the columns kode,nama with codes like 32 and 32.71")
    return found


def named(code: str, name: str) -> str:
    """A province's list name is bare (`Jawa Barat`): its government is that of the province."""
    return f"Provinsi {name}" if kind_of(code) == "provinsi" and not name.lower().startswith("provinsi") else name


def rows(path: Path) -> list[tuple[int, Mapping[str, str]]]:
    """(line, cells by header in lower case) of a CSV with a header. Raises ConfigError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; save it as CSV in UTF-8") from None
    lines = text.splitlines()
    separator = ";" if lines and lines[0].count(";") > lines[0].count(",") else ","
    reader = csv.DictReader(lines, delimiter=separator)
    try:
        return [
            (reader.line_num, {str(k).strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)})
            for row in reader
        ]
    except csv.Error as error:
        raise ConfigError(f"{path}:{reader.line_num}: no CSV: {error}; mend that line") from None


def column(row: Mapping[str, str], names: tuple[str, ...]) -> str:
    return next((row[name] for name in names if row.get(name)), "")
