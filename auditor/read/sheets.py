"""XLSX, XLS and ODS -> rows of text, as a reader sees the figures. Only ever run in the sandbox."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import python_calamine

from auditor.read.office import guard
from auditor.read.rows import RawTable, shape


def read_sheets(payload: bytes, kind: str) -> RawTable | None:
    """The largest visible sheet as a table; None where all are empty. Raises calamine's errors and `office.Bomb`."""
    if kind != "xls":
        guard(payload)
    book = python_calamine.load_workbook(io.BytesIO(payload))
    hidden = {sheet.name for sheet in book.sheets_metadata if sheet.visible != python_calamine.SheetVisibleEnum.Visible}
    best: RawTable | None = None
    for name in book.sheet_names[:60]:
        if name in hidden:
            continue
        table = shape(rows_of(book.get_sheet_by_name(name)), sheet=name)
        if table is not None and (best is None or _size(table) > _size(best)):
            best = table
    return best


def rows_of(sheet: python_calamine.CalamineSheet) -> Iterator[list[str]]:
    """Row after row from the first of the sheet on. `iter_rows` leaves out the empty columns on the left."""
    _, right = sheet.start or (0, 0)
    aside = [""] * right
    for row in sheet.iter_rows():
        yield [*aside, *(_text(cell) for cell in row)]


def _size(table: RawTable) -> int:
    return table.height * max(1, len(table.columns))


def _text(cell: object) -> str:
    if cell is None or cell == "":
        return ""
    if isinstance(cell, bool):
        return "benar" if cell else "salah"
    if isinstance(cell, float):
        # A spreadsheet has no decimal mark of its own: it is given as the figures of a plain CSV.
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e16 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time | timedelta):
        return str(cell)
    return str(cell)
