"""One file that holds everything of a body: configuration, answers, evidence, history, published pages.

A plain tar: the evidence is compressed already, and any system opens it. The history is in it as lines of JSON, so
that it goes into SQLite and PostgreSQL alike. The last member, `manifest.json`, names every other with its sha-256;
a copy that was cut off has none, and `restore` refuses it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import Any

from auditor import __version__
from auditor.alone import alone
from auditor.config import Config
from auditor.history import History
from auditor.history.engine import file_of
from auditor.objecting import FILE

FORMAT = 1
MANIFEST = "manifest.json"
HISTORY = "history.jsonl"
CONFIG = "config"
DATA = "data"
PUBLIC = "public"

_MADE_AGAIN = frozenset(("cache", "schedule.json"))


def backup(config: Config, history: History, target: Path, now: datetime) -> dict[str, Any]:
    """Writes `target`, readable by this user alone: the configuration in it may hold passwords. The manifest.

    Waits for nobody: raises AnotherRun while a run is under way, and HistoryError, OSError.
    """
    with alone(config.storage.data), tempfile.TemporaryDirectory() as scratch:
        rows = Path(scratch) / HISTORY
        history.copy_out(config.body.code, rows)
        beside = target.with_name(f".{target.name}.{os.getpid()}.new")
        try:
            with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                manifest = _write(config, rows, file, now)
            os.replace(beside, target)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
    return manifest


def _write(config: Config, rows: Path, file: Any, now: datetime) -> dict[str, Any]:
    digests: dict[str, str] = {}
    with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for name, path in _members(config, rows):
            digests[name] = _add(tar, name, path)
        manifest = {
            "format": FORMAT,
            "auditor": __version__,
            "body": config.body.code,
            "name": config.body.name,
            "made": now.isoformat(timespec="seconds"),
            "config": config.path.name,
            "files": digests,
        }
        content = json.dumps(manifest, indent=1, ensure_ascii=False).encode() + b"\n"
        tar.addfile(_member(MANIFEST, len(content), now.timestamp()), io.BytesIO(content))
    return manifest


def _members(config: Config, rows: Path) -> Iterator[tuple[str, Path]]:
    home = config.path.resolve().parent
    beside = [config.path.resolve(), home / FILE, *([home / config.units_file] if config.units_file else [])]
    beside += _files(home / config.follow_up) if config.follow_up else []
    for path in beside:
        if path.is_file() and path.is_relative_to(home):
            yield f"{CONFIG}/{path.relative_to(home).as_posix()}", path
    yield HISTORY, rows
    for path in _files(config.storage.data):
        if _is_kept(path, config):
            yield f"{DATA}/{path.relative_to(config.storage.data).as_posix()}", path
    for path in _files(config.storage.public):
        yield f"{PUBLIC}/{path.relative_to(config.storage.public).as_posix()}", path


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.is_symlink())


def _is_kept(path: Path, config: Config) -> bool:
    """Not what is made again, not locks, not the database (its rows are), not the pages where they lie below."""
    database = file_of(config.storage.database)
    if database is not None and path.parent == database.parent and path.name.startswith(database.name):
        return False
    parts = PurePosixPath(path.relative_to(config.storage.data)).parts
    going = any(part.startswith(".going-") for part in parts)
    return not (
        parts[0] in _MADE_AGAIN
        or going
        or path.name == "lock"
        or path.suffix in (".lock", ".new")
        or path.is_relative_to(config.storage.public)
    )


def _add(tar: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        told = os.fstat(file.fileno())
        reading = _Digesting(file)
        tar.addfile(_member(name, told.st_size, told.st_mtime), reading)
    return reading.digest.hexdigest()


def _member(name: str, size: int, modified: float) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size, member.mtime, member.mode = size, int(modified), 0o644
    return member


class _Digesting:
    """A file that is digested as it is read."""

    def __init__(self, file: Any) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        chunk: bytes = self._file.read(size)
        self.digest.update(chunk)
        return chunk
