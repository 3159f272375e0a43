"""The names of places as tables write them, from `wilayah.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path

from auditor.read.schema import Places, place_name

_FILE = Path(__file__).with_name("wilayah.toml")


def load_places(path: Path = _FILE) -> tuple[Places, ...]:
    """Every body of the file. Raises tomllib.TOMLDecodeError for a broken file."""
    bodies = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Places(
            code,
            frozenset(place_name(name) for name in districts),
            frozenset(place_name(name) for names in districts.values() for name in names),
        )
        for code, districts in bodies.items()
    )
