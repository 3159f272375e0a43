"""The matrix of OPD, document and year, laid out as rows and columns, and drawn as one picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from reports.run import Cell

ROWS, COLUMNS = 40, 24  # of the picture: more cannot be told apart on a phone
LABEL, ROW, HEAD = 38.0, 22, 40  # per cent of the width; pixels


@dataclass(frozen=True)
class Matrix:
    """`columns`: each kind with its years. `rows`: each OPD with one cell a column, None where nothing was asked."""

    columns: tuple[tuple[str, tuple[int, ...]], ...]
    rows: tuple[tuple[str, tuple[Cell | None, ...]], ...]


def matrix(cells: Sequence[Cell]) -> Matrix:
    """Kinds in the order given, years rising, OPD by name."""
    years: dict[str, set[int]] = {}
    for cell in cells:
        years.setdefault(cell.kind, set()).add(cell.year)
    columns = tuple((kind, tuple(sorted(of_kind))) for kind, of_kind in years.items())
    at = {(cell.unit, cell.kind, cell.year): cell for cell in cells}
    units = sorted({cell.unit for cell in cells})
    rows = tuple((unit, tuple(at.get((unit, kind, year)) for kind, of in columns for year in of)) for unit in units)
    return Matrix(columns, rows)


@dataclass(frozen=True)
class Row:
    """One OPD: `runs` are neighbours of one status (status, left edge and width in per cent), `signs` one a column."""

    unit: str
    y: int
    runs: tuple[tuple[str, float, float], ...]
    signs: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """Geometry in per cent of the width and pixels down. `kinds`: name, left edge, width, years with their middles."""

    kinds: tuple[tuple[str, float, float, tuple[tuple[int, float], ...]], ...]
    rows: tuple[Row, ...]
    middles: tuple[float, ...]
    height: int
    more_rows: int
    counts: tuple[tuple[str, int], ...]


def picture(whole: Matrix) -> Picture | None:
    """The first OPD by name and of each kind the newest years that fit; None where there is nothing to draw."""
    if not whole.rows:
        return None
    kept = _kept(whole)
    step = (100 - LABEL) / len(kept)
    middles = tuple(round(LABEL + (n + 0.5) * step, 2) for n in range(len(kept)))
    kinds = []
    for kind, some in groupby(enumerate(kept), key=lambda entry: entry[1][1]):
        group = list(some)
        years = tuple((year, middles[n]) for n, (_, _, year) in group)
        kinds.append((kind, round(LABEL + group[0][0] * step, 2), round(len(group) * step, 2), years))
    rows = tuple(
        Row(unit, HEAD + n * ROW, *_drawn([cells[place] for place, _, _ in kept], step))
        for n, (unit, cells) in enumerate(whole.rows[:ROWS])
    )
    counted: dict[str, int] = {}
    for _, cells in whole.rows:
        for cell in cells:
            if cell is not None:
                counted[cell.status] = counted.get(cell.status, 0) + 1
    more = len(whole.rows) - len(rows)
    return Picture(tuple(kinds), rows, middles, HEAD + len(rows) * ROW + 4, more, tuple(counted.items()))


def _kept(whole: Matrix) -> list[tuple[int, str, int]]:
    """Place, kind and year of the columns that are drawn."""
    places, place = [], 0
    for kind, years in whole.columns[:COLUMNS]:
        places.append([(place + n, kind, year) for n, year in enumerate(years)])
        place += len(years)
    most = max(len(years) for years in places)
    while most > 1 and sum(min(most, len(years)) for years in places) > COLUMNS:
        most -= 1
    return [column for years in places for column in years[-most:]]


def _drawn(cells: Sequence[Cell | None], step: float) -> tuple[tuple[tuple[str, float, float], ...], tuple[str, ...]]:
    statuses = ["" if cell is None else str(cell.status) for cell in cells]
    runs, start = [], 0
    for status, some in groupby(statuses):
        length = len(list(some))
        if status:
            runs.append((status, round(LABEL + start * step, 2), round(length * step, 2)))
        start += length
    return tuple(runs), tuple(statuses)
