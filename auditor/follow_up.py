"""The follow-up lists that officers sent back -> what stands beside each finding in the next report.

Read at publishing, never at judging: what an officer writes moves no score and is no evidence. A list that cannot be
read is named with what to do; the others count. See docs/decisions/0024.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from auditor.config import Config
from auditor.facts_cache import FactsCache
from auditor.model import Text
from auditor.model.follow_up import FollowUp, Returned, Written
from auditor.read.memory import Memory
from auditor.read.returned import printable, read_returned
from auditor.read.sandbox import Broken, Sandbox

MOST_BYTES, MOST_FILES = 20_000_000, 2_000
_KINDS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
_SLIP = timedelta(days=1)
"""So much later than its file may a list say that it was saved: clocks differ."""


@dataclass(frozen=True, slots=True)
class Taken:
    """By finding; `troubles`: which file, where in it, and what to do."""

    written: Mapping[str, FollowUp] = field(default_factory=dict)
    troubles: tuple[Text, ...] = ()


def follow_up(config: Config, before: datetime | None = None) -> Taken:
    """What the folder of returned lists says; of several lists that write in one row the newest counts.

    `before`: only lists saved until then, for the report of a past night. Nothing is raised for what a list holds.
    """
    folder = config.path.resolve().parent / config.follow_up
    if not config.follow_up or not folder.is_dir():
        return Taken()
    memory = FactsCache(config.storage.data / "cache")
    troubles: list[Text] = []
    read: list[tuple[datetime, str, Returned]] = []
    with Sandbox() as sandbox:
        for path in _lists(folder, troubles):
            name = printable(path.relative_to(folder).as_posix())
            returned, modified = _read(path, sandbox, memory)
            when = _when(returned, modified)
            if before is None or when <= before:
                read.append((when, name, returned))
                troubles += (Text(f"{name}: {one.id}", f"{name}: {one.en}") for one in returned.troubles)
    return Taken(newest(read, ZoneInfo(config.body.timezone)), tuple(troubles))


def newest(read: Iterable[tuple[datetime, str, Returned]], zone: tzinfo) -> dict[str, FollowUp]:
    """Of each finding what was written last, and since when its status is that."""
    kept: dict[str, FollowUp] = {}
    for when, _, returned in sorted(read, key=lambda one: one[:2]):
        for row in returned.rows:
            before = kept.get(row.finding)
            same = before is not None and before.written.status == row.written.status
            since = before.since if before is not None and same else when.astimezone(zone).date()
            kept[row.finding] = FollowUp(row.written, since)
    return {key: kept[key] for key in sorted(kept) if kept[key].written != Written()}


def _lists(folder: Path, troubles: list[Text]) -> Iterator[Path]:
    """Spreadsheets in the folder and below; what a spreadsheet program leaves beside an open file is none."""
    found = [path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith((".", "~"))]
    for path in found[:MOST_FILES]:
        if path.suffix.lower() in _KINDS:
            yield path
        else:
            name = printable(path.relative_to(folder).as_posix())
            troubles.append(
                Text(
                    f"{name}: bukan buku kerja; simpan sebagai XLSX atau pindahkan dari folder ini",
                    f"{name}: no workbook; save it as XLSX or move it out of this folder",
                )
            )
    if len(found) > MOST_FILES:
        troubles.append(
            Text(
                f"{len(found) - MOST_FILES} berkas tidak dibaca: paling banyak {MOST_FILES}; pindahkan yang lama",
                f"{len(found) - MOST_FILES} files were not read: {MOST_FILES} at most; move the old ones away",
            )
        )


def _when(returned: Returned, modified: datetime) -> datetime:
    """When the list was written in: as its program says, or its file where that says nothing that can be."""
    saved = returned.saved
    return saved if saved is not None and saved <= modified + _SLIP else modified


def _read(path: Path, sandbox: Sandbox, memory: Memory) -> tuple[Returned, datetime]:
    try:
        told = path.stat()
        modified = datetime.fromtimestamp(told.st_mtime, UTC)
        if told.st_size > MOST_BYTES:
            return _unread("berkasnya terlalu besar", "it is too large"), modified
        payload = path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        return _unread(f"tidak dapat dibuka ({why})", f"it cannot be opened ({why})"), datetime.now(UTC)
    kind = _KINDS[path.suffix.lower()]
    key = hashlib.sha256(b"follow-up " + kind.encode() + b"\n" + payload).hexdigest()
    known = memory.get(key, Returned)
    if known is None:
        known = _opened(payload, kind, sandbox)
        memory.put(key, known)
    return known, modified


def _opened(payload: bytes, kind: str, sandbox: Sandbox) -> Returned:
    made = sandbox.call(read_returned, payload, kind)
    if isinstance(made, Broken):
        return _unread("berkasnya rusak atau bukan buku kerja", "it is damaged or no workbook")
    return made


def _unread(why: str, en: str) -> Returned:
    return Returned(
        troubles=(
            Text(
                f"tidak terbaca: {why}; simpan ulang sebagai XLSX dan kirim kembali",
                f"not read: {en}; save it again as XLSX and send it back",
            ),
        )
    )
