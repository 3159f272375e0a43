"""Columns of cells kept as codes: each different cell stands once, and a row costs four bytes a cell.

Cells of a block of bytes are told apart by numpy eight bytes at a time, so that Python touches only the different ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from auditor.read.blocks import LONG, Block

_MASKS = np.array([(1 << (8 * length)) - 1 for length in range(9)], dtype=np.uint64)
"""The bytes of a word that belong to a cell of that length."""
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """`values[codes[n]]` is the cell of row n; `values` are all different, in the order in which they were met."""

    codes: Any
    values: Sequence[str]

    def __getitem__(self, row: int) -> str:
        return self.values[self.codes[row]]

    def each(self, told: Callable[[str], object]) -> Any:
        """What `told` says of the cell of each row, asked once for each different cell."""
        return np.array([told(value) for value in self.values])[self.codes] if len(self.codes) else np.empty(0, bool)

    def cut(self, height: int) -> Column:
        """Its first rows, with the values that stand in them."""
        used, codes = np.unique(self.codes[:height], return_inverse=True)
        return Column(codes.astype(np.int32), [self.values[code] for code in used.tolist()])

    def counted(self) -> Iterator[tuple[str, int]]:
        """Each different cell and how often it stands in the rows."""
        times = np.bincount(self.codes, minlength=len(self.values))
        return zip(self.values, times.tolist(), strict=True)


class Gathering:
    """One column while it is read."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}
        self._parts: list[Any] = []

    def add(self, codes: Any) -> None:
        self._parts.append(codes)

    def empty(self) -> int:
        """The code of the empty cell; -1 where there was none."""
        return self._known.get("", -1)

    def cells(self, cells: Sequence[str]) -> Any:
        """The codes of these cells."""
        known = self._known
        return np.fromiter((known.setdefault(cell, len(known)) for cell in cells), np.int32, len(cells))

    def spans(self, block: Block, starts: Any, ends: Any) -> Any:
        """The codes of the cells that stand between these places of the block."""
        if not len(starts):
            return np.empty(0, np.int32)
        lengths = ends - starts
        longest = int(lengths.max())
        if longest > LONG:
            return self.cells([block.cell(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)])
        places, firsts = _told_apart(block, starts, lengths, longest)
        if places is None:
            return self.cells([block.cell(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)])
        different = zip(starts[firsts].tolist(), ends[firsts].tolist(), strict=True)
        return self.cells([block.cell(a, b) for a, b in different])[places]

    def column(self) -> Column:
        """What was gathered."""
        codes = np.concatenate(self._parts) if self._parts else np.empty(0, np.int32)
        return Column(codes, list(self._known))


def mixed(words: Iterable[Any]) -> Any:
    """One key for the numbers of 64 bits that stand side by side: it says much of them, but not everything."""
    coming = iter(words)
    key = next(coming)
    for word in coming:
        key = (key * _MIX) ^ word
        key ^= key >> _SHIFT
    return key


def _told_apart(block: Block, starts: Any, lengths: Any, longest: int) -> tuple[Any, Any]:
    """`(group of each cell, a cell of each group)`; `(None, None)` where two different cells share a key."""
    import pandas  # type: ignore[import-untyped]

    shortest = int(lengths.min())
    words = []
    for place in range(0, max(longest, 1), 8):
        word = block.words[starts + place if place else starts]
        if place + 8 > shortest:
            word &= _MASKS[longest - place] if shortest == longest else _MASKS[np.clip(lengths - place, 0, 8)]
        words.append(word)
    places, keys = pandas.factorize(mixed(words))
    firsts = np.empty(len(keys), np.int64)
    firsts[places[::-1]] = np.arange(len(places) - 1, -1, -1)
    for word in words if len(words) > 1 else ():
        if not np.array_equal(word[firsts][places], word):
            return None, None
    return places, firsts
