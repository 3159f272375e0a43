"""The matrix of OPD, document and year, laid out as rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reports.run import Cell


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
