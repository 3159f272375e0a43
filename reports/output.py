"""Writing what is published so that a reader never meets half a file or half a folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path


def write(path: Path, content: bytes) -> None:
    """Writes beside the file and renames over it. Parents are made; OSError passes through."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    except OSError:
        beside.unlink(missing_ok=True)
        raise


class Folder:
    """A folder that is made whole beside its place and takes it at the end (`with Folder(place) as folder`)."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self._new = place.with_name(f".{place.name}.new")
        self._old = place.with_name(f".{place.name}.old")
        self._made: set[Path] = set()

    def __enter__(self) -> Folder:
        shutil.rmtree(self._new, ignore_errors=True)
        self._new.mkdir(parents=True)
        return self

    def write(self, relative: str, content: bytes) -> None:
        path = self._new / relative
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        path.write_bytes(content)

    def __exit__(self, kind: object, error: object, trace: object) -> None:
        if kind is None:
            shutil.rmtree(self._old, ignore_errors=True)
            if self.place.exists():
                self.place.rename(self._old)
            self._new.rename(self.place)
            shutil.rmtree(self._old, ignore_errors=True)
        else:
            shutil.rmtree(self._new, ignore_errors=True)
