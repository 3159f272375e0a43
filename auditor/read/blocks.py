"""The bytes of a CSV -> blocks of whole rows with the place of every cell, without a Python step for each cell.

What a quote may do is held to RFC 4180: a block that holds one elsewhere is not cut here but given back as `Rest`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

BLOCK = 1 << 22
_MOST = 1 << 26
"""A block without the end of a row grows up to this; beyond, a quote was never closed."""
LONG = 256
"""So many bytes may be looked at together from the start of any cell on; longer cells are read one by one."""
_QUOTE, _NEWLINE, _RETURN = 34, 10, 13


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """`starts` and `ends`: the places of all cells; `first` and `counts`: of each row its first cell and how many."""

    raw: bytes
    text: str | None
    encoding: str
    quoted: bool
    words: Any
    starts: Any
    ends: Any
    first: Any
    counts: Any

    def cell(self, start: int, end: int) -> str:
        text = self.text[start:end] if self.text is not None else self.raw[start:end].decode(self.encoding, "replace")
        return text[1:-1].replace('""', '"') if self.quoted and text[:1] == '"' else text

    def column(self, first: Any, regular: Any, number: int) -> tuple[Any, Any]:
        """Start and end of the cell with that number in the regular ones of the rows whose first cells are given."""
        if len(first) > 1 and regular.all():
            # Rows of one length: every so many cells, without picking each.
            step = int(first[1] - first[0])
            return self.starts[first[0] + number :: step], self.ends[first[0] + number :: step]
        cells = first[regular] + number
        return self.starts[cells], self.ends[cells]

    def row(self, number: int) -> list[str]:
        first, count = int(self.first[number]), int(self.counts[number])
        places = slice(first, first + count)
        return [self.cell(a, b) for a, b in zip(self.starts[places].tolist(), self.ends[places].tolist(), strict=True)]


@dataclass(frozen=True, slots=True)
class Rest:
    """From this byte on, the quotes stand where no writer of CSV puts them."""

    start: int


def blocks(payload: bytes, delimiter: str, encoding: str, *, quoting: bool = True) -> Iterator[Block | Rest]:
    """The rows of the payload in order. `encoding`: one in which delimiter, quote and newline are single ASCII bytes.

    Lone carriage returns must have been made newlines before.
    """
    start, size = 0, BLOCK
    mark = ord(delimiter)
    while start < len(payload):
        raw = payload[start : start + size]
        whole = start + size >= len(payload)
        if whole and not raw.endswith(b"\n"):
            raw += b"\n"
        marks, newlines, quotes = _marks(raw, mark, quoting)
        seps = np.flatnonzero(marks)
        ending = np.flatnonzero(newlines[seps])
        if not len(ending) or (whole and len(quotes) % 2):
            if whole or size >= _MOST:
                yield Rest(start)
                return
            size *= 2
            continue
        cut = int(seps[ending[-1]]) + 1
        quotes = quotes[: np.searchsorted(quotes, cut)]
        if not _regular(raw, quotes, mark):
            yield Rest(start)
            return
        yield _block(raw[:cut], encoding, seps[: ending[-1] + 1], ending, bool(len(quotes)))
        start += cut
        size = BLOCK


def _marks(raw: bytes, mark: int, quoting: bool) -> tuple[Any, Any, Any]:
    """`(ends of cells, ends of rows, places of quotes)`; what stands inside quotes ends nothing."""
    data = np.frombuffer(raw, np.uint8)
    newlines = data == _NEWLINE
    marks = (data == mark) | newlines
    if not quoting or b'"' not in raw:
        return marks, newlines, np.empty(0, np.int64)
    quoted = data == _QUOTE
    outside = np.bitwise_xor.accumulate(quoted.view(np.uint8)) == 0
    return marks & outside, newlines & outside, np.flatnonzero(quoted)


def _regular(raw: bytes, quotes: Any, mark: int) -> bool:
    """Does each quote open a cell, close one, or stand double inside one?"""
    if not len(quotes):
        return True
    data = np.frombuffer(raw, np.uint8)
    opening, closing = quotes[::2], quotes[1::2]
    before, after = data[np.maximum(opening - 1, 0)], data[closing + 1]
    opens = (before == mark) | (before == _NEWLINE) | (before == _QUOTE) | (opening == 0)
    # A carriage return stands only before a newline here.
    closes = (after == mark) | (after == _NEWLINE) | (after == _RETURN) | (after == _QUOTE)
    return bool(opens.all() and closes.all())


def _block(raw: bytes, encoding: str, seps: Any, ending: Any, quoted: bool) -> Block:
    padded = np.zeros(len(raw) + LONG + 8, np.uint8)
    padded[: len(raw)] = np.frombuffer(raw, np.uint8)
    ends, starts = seps.astype(np.int32), np.empty(len(seps), np.int32)
    starts[0], starts[1:] = 0, ends[:-1] + 1
    if b"\r" in raw:
        last = ends[ending]
        returned = (padded[np.maximum(last - 1, 0)] == _RETURN) & (last > starts[ending])
        ends = ends.copy()
        ends[ending] = last - returned
    counts = np.diff(ending, prepend=-1)
    return Block(
        raw=raw,
        text=raw.decode("ascii") if raw.isascii() else None,
        encoding=encoding,
        quoted=quoted,
        # Eight bytes from every place on, little end first on any machine, without a copy.
        words=np.ndarray((len(raw) + LONG,), "<u8", padded.data, 0, (1,)),
        starts=starts,
        ends=ends,
        first=ending - counts + 1,
        counts=counts,
    )
