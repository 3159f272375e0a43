"""Where in a TOML file an entry stands: tomllib gives no lines, and an error without its line helps nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]]+?)\s*\]\]?\s*(#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-.\"]+)\s*=")


def line_of(text: str, path: Sequence[str | int]) -> int:
    """Line (from 1) of the value that `path` leads to, e.g. `("criterion", 3, "basis", 0, "article")`.

    Where the last steps are not there (a missing key), it is the first line that shares most of the path: a sibling or
    the header.
    """
    wanted = tuple(path)
    best, depth = 1, 0
    for number, address in _addresses(text):
        common = _common(address, wanted)
        if common > depth:
            best, depth = number, common
    return best


def _addresses(text: str) -> list[tuple[int, tuple[str | int, ...]]]:
    """Every header and key with the full path that it defines."""
    found: list[tuple[int, tuple[str | int, ...]]] = []
    counts: dict[tuple[str | int, ...], int] = {}
    base: tuple[str | int, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _HEADER.match(line):
            base = _header_path(header.group(1), line.lstrip().startswith("[["), counts)
            found.append((number, base))
        elif key := _KEY.match(line):
            found.append((number, base + _parts(key.group(1))))
    return found


def _header_path(name: str, array: bool, counts: dict[tuple[str | int, ...], int]) -> tuple[str | int, ...]:
    path: tuple[str | int, ...] = ()
    parts = _parts(name)
    for position, part in enumerate(parts):
        path = (*path, part)
        if position == len(parts) - 1 and array:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip('"') for part in dotted.split("."))


def _common(address: tuple[str | int, ...], wanted: tuple[str | int, ...]) -> int:
    length = 0
    for left, right in zip(address, wanted, strict=False):
        if left != right:
            break
        length += 1
    return length
