"""Rows of cells as they stand in a file -> one table: where its header is, where its data begins and ends.

Office tables carry titles above, headers over two rows, a row of column numbers, totals and a source line below.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

MAX_COLUMNS = 2_000

_NUMERIC = re.compile(r"^[\s(\-–]*(?:rp\.?\s*)?[\d.,]+\s*%?\)?$", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"^\(?\s*(?:\d{1,2}|[a-z])\s*\)?(?:\s*=.*)?$", re.IGNORECASE)
_NOTE = re.compile(r"^\W*(?:sumber|source|catatan|keterangan|ket\.?|note|data\s+diolah|\*)", re.IGNORECASE)
_YEAR = re.compile(r"^(?:19|20)\d{2}\*{0,3}$")


@dataclass(frozen=True, slots=True)
class RawTable:
    """`rows[0]` stands in row `first_row` of the file, counted from 1. `ragged`: rows with another number of cells."""

    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]
    first_row: int
    titles: tuple[str, ...] = ()
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    ragged: tuple[tuple[int, int], ...] = ()
    ragged_count: int = 0
    skipped: frozenset[int] = frozenset()


def shape(
    rows: Sequence[Sequence[str]], *, delimiter: str = "", encoding: str = "", sheet: str = "", named: bool = False
) -> RawTable | None:
    """The table in these rows, or None where there is none. `named`: the first row is known to be the header."""
    header = 0 if named else _header(rows)
    if header is None or header >= len(rows):
        return None
    titles = tuple(
        text for text in (" ".join(cell.strip() for cell in row if cell.strip()) for row in rows[:header]) if text
    )
    columns, start = _columns(rows, header)
    width = len(columns)
    end = _end(rows, start)
    ragged: list[tuple[int, int]] = []
    count = 0
    data: list[Sequence[str]] = []
    blank: set[int] = set()
    for number in range(start, end):
        row = rows[number]
        if len(row) != width:
            if not any(cell.strip() for cell in row):
                blank.add(number + 1)
                continue
            if any(cell.strip() for cell in row[width:]) or len(row) < width:
                count += 1
                if len(ragged) < 50:
                    ragged.append((number + 1, len(row)))
            row = [*row[:width], *[""] * (width - len(row))]
        elif not any(row):
            blank.add(number + 1)
            continue
        data.append(row)
    return RawTable(
        columns=columns,
        rows=data,
        first_row=start + 1,
        titles=titles,
        delimiter=delimiter,
        encoding=encoding,
        sheet=sheet,
        ragged=tuple(ragged),
        ragged_count=count,
        skipped=frozenset(blank),
    )


def file_row(table: RawTable, index: int) -> int:
    """The row in the file of the data row with that index, counted from 1."""
    row = table.first_row + index
    for blank in sorted(table.skipped):
        if blank <= row:
            row += 1
        else:
            break
    return row


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


def _end(rows: Sequence[Sequence[str]], start: int) -> int:
    end = len(rows)
    while end > start:
        cells = [cell.strip() for cell in rows[end - 1] if cell.strip()]
        if cells and not (len(cells) <= 2 and _NOTE.match(cells[0])):
            break
        end -= 1
    return end


def _clean(cell: str) -> str:
    return re.sub(r"\s+", " ", cell.replace("\ufeff", "")).strip()
