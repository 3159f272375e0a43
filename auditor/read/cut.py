"""Numbers that a table has cut into cells, and those that no header names. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from auditor.model import Personal
from auditor.read import shapes
from auditor.read.hits import Hits
from auditor.read.shapes import Number, known_region, numbers


class Cells(Protocol):
    """One column: its cell in a row, and each different cell with how often it stands there."""

    def __getitem__(self, row: int) -> str: ...
    def counted(self) -> Iterable[tuple[str, int]]: ...


def split(
    columns: Sequence[Cells],
    height: int,
    column: int,
    named: shapes.Name,
    region: str,
    place: Callable[[int, int], str],
) -> list[Personal]:
    """A number cut into the cells of a row, from the column that the header calls so: one digit a cell, or groups."""
    hits = Hits(region, (), place)
    beside = columns[column : column + 16]
    for row in range(min(height, _ROWS) if len(beside) > 1 else 0):
        first = beside[0][row].strip()
        if not first.isdigit() or len(first) >= 16:
            continue
        number = next(numbers(" | ".join(cells[row].strip() for cells in beside), named), None)
        if number is not None and number.start == 0:
            hits.add(number, (row, column))
    return hits.found()


def unnamed(
    columns: Sequence[Cells],
    height: int,
    column: int,
    region: str,
    place: Callable[[int, int], str],
) -> list[Personal]:
    """Of a list of private people, a column that nothing names and whose cells can be nothing else: nine rows in ten
    are numbers with a day and a region that there are, cut into cells, or rounded floats, all of regions."""
    beside = columns[column : column + 16]
    hits = Hits(region, (), place)
    filled = 0
    for row in range(min(height, _ROWS)):
        first = beside[0][row].strip()
        if not first:
            continue
        filled += 1
        if filled > _GIVEN_UP and not hits.seen["nik"]:
            return []
        number = _rounded(first) or _cut(first, [cells[row].strip() for cells in beside])
        if number is not None:
            hits.add(number, (row, column))
    counted = len(hits.cells["nik"])
    return hits.found() if counted >= _LEAST and counted * 10 >= filled * 9 else []


def _cut(first: str, cells: Sequence[str]) -> Number | None:
    if not first.isdigit() or len(first) > 6:
        return None
    number = next(numbers(" | ".join(cells), "nik"), None)
    return number if number is not None and number.start == 0 and _is_one(number.digits) else None


def _rounded(first: str) -> Number | None:
    """A float of which at least the kecamatan is left: shorter ones tell nothing of anybody."""
    number = next(numbers(first, "nik"), None)
    return number if number is not None and number.form == "float" and known_region(number.digits) else None


def _is_one(digits: str) -> bool:
    return shapes.plausible(digits) and known_region(digits)


_LEAST, _GIVEN_UP = 3, 20
"""Rows from which such a column is believed; rows without one after which it is not looked through further."""

_ROWS = 200_000
"""Rows in which cut numbers are put together again."""
