"""Readings of archived bytes, kept in `<data>/cache/facts` so that the same bytes are not read twice.

It may be deleted at any time, and nothing in it is believed without proof: an entry whose checksum or content is not
right is read again. It lies beside the evidence, never in it: evidence comes from elsewhere, and what lies in its
folder is not taken for a reading. Entries live under the digest of the reader's own source and of its libraries, so
another version never meets them; those of other versions are removed when it is opened, and the oldest of its own
where there are more bytes than `MOST_BYTES`.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import pickle
import shutil
import sys
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, TypeVar

from auditor.read.personal import mask
from auditor.whole import write_whole

_T = TypeVar("_T")

_ROOMS = ("auditor/read", "auditor/model", "checks/schemas")
_LIBRARIES = ("beautifulsoup4", "clevercsv", "lxml", "numpy", "pandas", "pandera", "pillow", "pypdf", "pypdfium2",
              "python-calamine", "rapidfuzz", "selectolax", "w3lib")  # fmt: skip
_TRUSTED = {"datetime": ("date", "datetime", "time", "timedelta", "timezone"), "zoneinfo": ("ZoneInfo._unpickle",)}
_CHECKSUM = 32
MOST_BYTES = 2_000_000_000


class FactsCache:
    """A `auditor.read.memory.Memory` on disk; safe for several processes. With `writes` False it is only looked at."""

    def __init__(self, folder: Path, *, writes: bool = True) -> None:
        self._folder = folder / "facts" / reader_version()
        self._writes = writes
        if writes:
            _tidy(self._folder)

    def get(self, key: str, kind: type[_T]) -> _T | None:
        try:
            content = self._path(key).read_bytes()
        except OSError:
            return None
        if hashlib.sha256(content[_CHECKSUM:]).digest() != content[:_CHECKSUM]:
            return None
        try:
            value = _Careful(io.BytesIO(content[_CHECKSUM:])).load()
        except Exception:
            # Whatever a pickle can raise: it is read again from the evidence.
            return None
        return value if isinstance(value, kind) else None

    def put(self, key: str, value: object) -> None:
        """Keeps it; a disk that refuses costs the time of reading again, nothing else."""
        if not self._writes:
            return
        content = pickle.dumps(value, protocol=5)
        if mask(words := content.decode("latin-1")) != words:
            # An address may hold somebody's number; what does is read anew each time, and lies in the evidence alone.
            return
        with contextlib.suppress(OSError):
            write_whole(self._path(key), hashlib.sha256(content).digest() + content)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / key


def _tidy(folder: Path) -> None:
    """A disk that refuses keeps what it has: it is only a cache."""
    try:
        for other in folder.parent.iterdir():
            if other != folder:
                shutil.rmtree(other, ignore_errors=True)
        entries = sorted((found.st_mtime, found.st_size, path) for path, found in _entries(folder))
        spare = sum(size for _, size, _ in entries) - MOST_BYTES
        for _, size, path in entries:
            if spare <= 0:
                break
            path.unlink(missing_ok=True)
            spare -= size
    except OSError:
        return


def _entries(folder: Path) -> Iterator[tuple[Path, os.stat_result]]:
    for path in folder.glob("*/*"):
        yield path, path.stat()


class _Careful(pickle.Unpickler):
    """Makes nothing but facts: dataclasses of the model, dates, and what Python has built in."""

    def find_class(self, module: str, name: str) -> Any:
        ours = module.startswith("auditor.model.") or (module, name) == ("auditor.read.opened", "Opened")
        if ours or name in _TRUSTED.get(module, ()):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no fact")


@lru_cache(maxsize=1)
def reader_version() -> str:
    """16 hex digits over the sources that read, the libraries they read with, and the interpreter."""
    house = Path(__file__).parents[1]
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for room in _ROOMS:
        for path in sorted(path for suffix in ("*.py", "*.toml") for path in (house / room).rglob(suffix)):
            digest.update(path.relative_to(house).as_posix().encode() + b"\n" + path.read_bytes())
    for library in _LIBRARIES:
        digest.update(f"{library} {_installed(library)}\n".encode())
    return digest.hexdigest()[:16]


def _installed(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "-"
