"""Rows of cells as they stand in a file -> one table: where its header is, where its data begins and ends.

Office tables carry titles above, headers over two rows, a row of column numbers, totals and a source line below.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from auditor.read.personal import cell_name

if TYPE_CHECKING:
    from auditor.read.blocks import Block
    from auditor.read.columns import Column

MAX_COLUMNS = 2_000
HEAD = 200
"""Rows among which the heading is looked for."""
BATCH = 10_000

_NUMERIC = re.compile(r"^[\s(\-–]*(?:rp\.?\s*)?[\d.,]+\s*%?\)?$", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"^\(?\s*(?:\d{1,2}|[a-z])\s*\)?(?:\s*=.*)?$", re.IGNORECASE)
_NOTE = re.compile(r"^\W*(?:sumber|source|catatan|keterangan|ket\.?|note|data\s+diolah|\*)", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d{2}\*{0,3}$")


@dataclass(frozen=True, slots=True, eq=False)
class RawTable:
    """`height` rows; row 0 stands in row `first_row` of the file, counted from 1. `ragged`: `(row of the file, cells)`
    of the first rows with another number of cells; `skipped`: the rows of the file that are blank, in order."""

    columns: tuple[str, ...]
    cells: tuple[Column, ...]
    height: int
    first_row: int
    titles: tuple[str, ...] = ()
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    ragged: tuple[tuple[int, int], ...] = ()
    ragged_count: int = 0
    skipped: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    """The names of the columns, the titles above them, and the number of rows that both take."""

    columns: tuple[str, ...]
    titles: tuple[str, ...]
    start: int


def heading(rows: Sequence[Sequence[str]]) -> Heading | None:
    """Where the data begin, told from the first `HEAD` rows; None where no cell is filled."""
    header = _header(rows)
    if header is None or header >= len(rows):
        return None
    titles = tuple(
        text for text in (" ".join(cell.strip() for cell in row if cell.strip()) for row in rows[:header]) if text
    )
    columns, start = _columns(rows, header)
    return Heading(columns, titles, start)


def shape(rows: Iterable[Sequence[str]], *, sheet: str = "", encoding: str = "") -> RawTable | None:
    """The table in these rows, or None where there is none; the rows are taken one after the other and not kept."""
    coming = iter(rows)
    above, first = 0, list(islice(coming, HEAD))
    while first and not any(cell.strip() for row in first for cell in row):
        # A sheet may begin with a million empty rows.
        above, first = above + len(first), list(islice(coming, HEAD))
    head = heading(first)
    if head is None:
        return None
    body = Body(replace(head, start=above + head.start), above)
    body.rows(first)
    while batch := list(islice(coming, BATCH)):
        body.rows(batch)
    return body.table(sheet=sheet, encoding=encoding)


def named(columns: Sequence[str], rows: Iterable[Sequence[str]], *, encoding: str = "") -> RawTable:
    """A table whose columns are known, and whose rows are all data."""
    body = Body(Heading(tuple(columns), (), 0))
    coming = iter(rows)
    while batch := list(islice(coming, BATCH)):
        body.rows(batch)
    return body.table(encoding=encoding, notes=False)


class Body:
    """The rows below a heading, given in order from the first row of the file on."""

    def __init__(self, head: Heading, seen: int = 0) -> None:
        """`seen`: empty rows above, which are not given."""
        from auditor.read.columns import Gathering

        self._head = head
        self._seen = seen
        self._height = 0
        self._columns = [Gathering() for _ in head.columns]
        self._blank = array("q")
        self._ragged, self._found = array("q"), array("q")

    def rows(self, rows: Sequence[Sequence[str]]) -> None:
        """The next rows of the file."""
        data = rows[max(0, self._head.start - self._seen) :]
        first = self._seen + len(rows) - len(data)
        self._seen += len(rows)
        kept = [cells for number, row in enumerate(data, first + 1) if (cells := self._one(number, row)) is not None]
        for number, column in enumerate(self._columns):
            column.add(column.cells([row[number] for row in kept]))
        self._height += len(kept)

    def block(self, block: Block) -> None:
        """The next block of rows of the file."""
        import numpy as np

        skip = min(len(block.counts), max(0, self._head.start - self._seen))
        counts, first = block.counts[skip:], block.first[skip:]
        base = self._seen + skip
        self._seen += len(block.counts)
        regular = counts == len(self._columns)
        codes = [
            column.spans(block, *block.column(first, regular, number)) for number, column in enumerate(self._columns)
        ]
        places = np.flatnonzero(regular)
        blank = np.ones(len(places), bool)
        for column, own in zip(self._columns, codes, strict=True):
            blank &= own == column.empty()
        gone = (places[blank] + base + 1).tolist()
        if gone:
            places, codes = places[~blank], [own[~blank] for own in codes]
        known, odd = len(self._blank), []
        others: list[Sequence[str]] = []
        for number in np.flatnonzero(~regular).tolist():
            row = self._one(base + number + 1, block.row(skip + number))
            if row is not None:
                odd.append(number)
                others.append(row)
        if gone:
            self._blank[known:] = array("q", sorted((*self._blank[known:], *gone)))
        order = np.argsort(np.concatenate([places, np.array(odd, np.int64)]), kind="stable") if odd else None
        for number, (column, own) in enumerate(zip(self._columns, codes, strict=True)):
            if order is not None:
                own = np.concatenate([own, column.cells([row[number] for row in others])])[order]
            column.add(own)
        self._height += len(places) + len(odd)

    def _one(self, number: int, row: Sequence[str]) -> Sequence[str] | None:
        """The row at the width of the heading; None for a blank one."""
        width = len(self._columns)
        if len(row) == width:
            if any(row):
                return row
            self._blank.append(number)
            return None
        if not any(cell.strip() for cell in row):
            self._blank.append(number)
            return None
        if any(cell.strip() for cell in row[width:]) or len(row) < width:
            self._ragged.append(number)
            self._found.append(len(row))
        return [*row[:width], *[""] * (width - len(row))]

    def table(self, *, delimiter: str = "", encoding: str = "", sheet: str = "", notes: bool = True) -> RawTable:
        """What was gathered. `notes`: lines of sources and remarks at the end are no data."""
        cells, height = tuple(column.column() for column in self._columns), self._height
        while notes and height:
            filled = [text for column in cells if (text := column[height - 1].strip())]
            if filled and not (len(filled) <= 2 and _NOTE.match(filled[0])):
                break
            height -= 1
        last = _file_row(self._head.start + 1, height - 1, self._blank) if height else 0
        ragged = bisect_right(self._ragged, last)
        return RawTable(
            columns=self._head.columns,
            cells=cells if height == self._height else tuple(column.cut(height) for column in cells),
            height=height,
            first_row=self._head.start + 1,
            titles=self._head.titles,
            delimiter=delimiter,
            encoding=encoding,
            sheet=sheet,
            ragged=tuple(zip(self._ragged[: min(ragged, 50)], self._found[: min(ragged, 50)], strict=True)),
            ragged_count=ragged,
            skipped=self._blank,
        )


def file_row(table: RawTable, index: int) -> int:
    """The row in the file of the data row with that index, counted from 1."""
    return _file_row(table.first_row, index, table.skipped)


def file_cell(table: RawTable, row: int, column: int) -> str:
    """The cell as a spreadsheet names it; the header, row -1, stands above the first row of data."""
    return cell_name(file_row(table, row) if row >= 0 else max(1, table.first_row - 1), column)


def _file_row(first: int, index: int, blank: Sequence[int]) -> int:
    # The n-th blank row moves what follows by one when it stands before it, the n-1 earlier ones counted.
    return first + index + bisect_right(range(len(blank)), first + index, key=lambda n: blank[n] - n)


def _header(rows: Sequence[Sequence[str]]) -> int | None:
    look = rows[:60]
    widths = Counter(sum(1 for cell in row if cell.strip()) for row in look)
    widths.pop(0, None)
    if not widths:
        return None
    usual = max(widths, key=lambda width: (widths[width], width))
    usual = max(usual, max(widths) // 2)
    for number, row in enumerate(look):
        cells = [cell.strip() for cell in row if cell.strip()]
        if len(cells) < max(1, 0.6 * usual):
            continue
        words = sum(1 for cell in cells if not _NUMERIC.match(cell) or _YEAR.match(cell))
        if words >= 0.5 * len(cells):
            return number
    return 0


def _columns(rows: Sequence[Sequence[str]], header: int) -> tuple[tuple[str, ...], int]:
    top = [_clean(cell) for cell in rows[header]]
    start = header + 1
    while start < len(rows) and start <= header + 2:
        below = [_clean(cell) for cell in rows[start]]
        if not _continues(top, below):
            break
        top = _merge(top, below)
        start += 1
    if start < len(rows) and _is_numbering(rows[start]):
        start += 1
    while (
        top
        and not top[-1]
        and not any(len(row) >= len(top) and row[len(top) - 1].strip() for row in rows[start : start + 50])
    ):
        top.pop()
    return tuple(top[:MAX_COLUMNS]), start


def _continues(top: list[str], below: list[str]) -> bool:
    """A second header row fills what merged cells left empty above, and holds no figures but years."""
    filled = [cell for cell in below if cell]
    if not filled or any(_NUMERIC.match(cell) and not _YEAR.match(cell) for cell in filled):
        return False
    gaps = [number for number, cell in enumerate(top) if not cell and number > 0]
    fills = [number for number in gaps if number < len(below) and below[number]]
    return (
        bool(fills) and len(fills) >= 0.6 * len(gaps) and len(filled) <= len(top) - 1 and (not below[0] or not top[0])
    )


def _merge(top: list[str], below: list[str]) -> list[str]:
    merged, over = [], ""
    for number, cell in enumerate(top):
        over = cell or over
        under = below[number] if number < len(below) else ""
        merged.append(f"{over} {under}".strip() if under else cell)
    return merged


def _is_numbering(row: Sequence[str]) -> bool:
    cells = [cell.strip() for cell in row if cell.strip()]
    if len(cells) < 3 or not all(_COLUMN_NUMBER.match(cell) for cell in cells):
        return False
    numbers = [int(m[0]) for cell in cells if (m := re.search(r"\d+", cell))]
    return len(numbers) >= 3 and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] <= 1


def _clean(cell: str) -> str:
    return re.sub(r"\s+", " ", cell.replace("\ufeff", "")).strip()
