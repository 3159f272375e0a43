"""tanggapan.toml -> the officers' answers. A faulty entry is named with its line and what to do; the rest goes on.

An officer's slip never costs a night: nothing here raises for what the file says.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from auditor.collect.drives import download_address
from auditor.model import Objection
from auditor.read.personal import mask

FILE = "tanggapan.toml"
TABLE = "tanggapan"
_KEYS = {"temuan": "finding", "alamat": "url", "alasan": "reason", "oleh": "who", "tanggal": "date", "catatan": "note"}
_NEEDED = ("temuan", "alamat", "alasan", "oleh", "tanggal")
_ID = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Given:
    """The answers that can be looked at, by finding; `notices`: one line for each thing that is wrong in the file."""

    objections: tuple[Objection, ...] = ()
    notices: tuple[str, ...] = ()


def objections(path: Path) -> Given:
    """What the file says; nothing where there is none. Of two answers to one finding the last dated counts."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        source = tomllib.loads(text)
    except FileNotFoundError:
        return Given()
    except tomllib.TOMLDecodeError as error:
        return Given(notices=(f"{path}: not TOML: {error}; mend that line; no answer was taken tonight",))
    except (OSError, UnicodeDecodeError) as error:
        return Given(notices=(f"{path}: cannot be read: {error}; save it as UTF-8 text; no answer was taken tonight",))
    notices = [f"{path}:1: unknown key `{key}`; write [[{TABLE}]] tables" for key in source if key != TABLE]
    entries = source.get(TABLE, [])
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        return Given(notices=(*notices, f"{path}:1: `{TABLE}` is no list of tables; write [[{TABLE}]] before each"))
    lines = [n for n, line in enumerate(text.splitlines(), 1) if re.match(rf"\s*\[\[\s*{TABLE}\s*\]\]", line)]
    read: list[Objection] = []
    for place, entry in enumerate(entries):
        line = lines[place] if place < len(lines) else 1
        wrong = _wrong(entry)
        if wrong:
            notices.append(f"{path}:{line}: {wrong}; this answer was left out")
        else:
            read.append(_objection(entry))
    kept, twice = _last_dated(read)
    return Given(kept, (*notices, *(f"{path}: {told}" for told in twice)))


def _wrong(entry: Mapping[str, Any]) -> str:
    """What is wrong with an entry and what to do; empty where nothing is."""
    for key in entry:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.5)
            return f"unknown key `{key}`; " + (f"did you mean `{near[0]}`?" if near else f"keys: {', '.join(_KEYS)}")
    for key in _NEEDED:
        if key not in entry or entry[key] == "":
            return f"`{key}` is missing; add it"
    for key, value in entry.items():
        if key != "tanggal" and not isinstance(value, str):
            return f"`{key}` is no text; write it in quotation marks"
    if _date(entry["tanggal"]) is None:
        return f"`tanggal` {str(entry['tanggal'])!r} is no date; write it like 2026-11-24"
    if not _ID.fullmatch(entry["temuan"].strip().lower()):
        return f"`temuan` {entry['temuan']!r} is no id of a finding; copy the 16 signs from the report"
    return "" if _is_web(entry["alamat"]) else f"`alamat` {entry['alamat']!r} is no web address; begin it with https://"


def _objection(entry: Mapping[str, Any]) -> Objection:
    day = _date(entry["tanggal"])
    assert day is not None
    url = entry["alamat"].strip()
    return Objection(
        finding=entry["temuan"].strip().lower(),
        url=url,
        asked=download_address(url.partition("#")[0]),
        reason=_words(entry["alasan"], 500),
        who=_words(entry["oleh"], 200),
        date=day,
        note=_words(entry.get("catatan", ""), 2_000),
    )


def _words(text: str, length: int) -> str:
    """One line, personal numbers masked before anything keeps them."""
    return mask(" ".join(text.split()))[:length]


def _date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return None


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url.strip())
        return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= 2_000
    except ValueError:
        return False


def _last_dated(read: Sequence[Objection]) -> tuple[tuple[Objection, ...], list[str]]:
    last: dict[str, Objection] = {}
    told = []
    for objection in read:
        before = last.get(objection.finding)
        if before is not None:
            told.append(f"finding {objection.finding} is answered twice; the answer of the later date counts")
        if before is None or objection.date >= before.date:
            last[objection.finding] = objection
    return tuple(last[key] for key in sorted(last)), told


def unknown_findings(given: Iterable[Objection], known: Collection[str]) -> list[str]:
    """A line for each answer to a finding that the run does not have, with the nearest id."""
    lines = []
    for objection in given:
        if objection.finding not in known:
            near = difflib.get_close_matches(objection.finding, sorted(known), n=1, cutoff=0.5)
            hint = f"did you mean {near[0]}?" if near else "copy the id from the report"
            lines.append(f"{FILE}: no finding {objection.finding} in this run; {hint}; the other answers count")
    return lines


def to_json(given: Iterable[Objection]) -> list[dict[str, str]]:
    """As the `run` record keeps them."""
    names = ("finding", "url", "asked", "reason", "who", "note")
    return [{**{name: getattr(o, name) for name in names}, "date": o.date.isoformat()} for o in given]
