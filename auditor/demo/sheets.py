"""Tables as files: XLSX, and CSV in the two dialects of Indonesian offices. Always the same bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

Cell = str | int | float
Rows = Sequence[Sequence[Cell]]


def xlsx(rows: Rows, sheet: str = "Sheet1", title: str = "") -> bytes:
    """A workbook with one sheet, the first row its header; `title` stands in a merged row above it, as people do."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"title": title, "author": "Pemerintah Kota Contoh", "created": datetime(2026, 1, 5, 8)})
    page = book.add_worksheet(sheet)
    bold = book.add_format({"bold": True})
    start = 0
    if title:
        page.merge_range(0, 0, 0, max(1, len(rows[0]) - 1), title, bold)
        start = 2
    for number, row in enumerate(rows):
        page.write_row(start + number, 0, row, bold if number == 0 else None)
    book.close()
    return out.getvalue()


def csv_plain(rows: Rows) -> bytes:
    """Comma, dot as decimal mark, UTF-8 without BOM."""
    return _csv(rows, ",").encode()


def csv_office(rows: Rows, encoding: str = "utf-8-sig") -> bytes:
    """As a spreadsheet in Indonesian settings saves it: `;` between cells and `1.234,56` in them."""
    return _csv([[rupiah(cell) if isinstance(cell, float) else cell for cell in row] for row in rows], ";").encode(
        encoding
    )


def rupiah(amount: float) -> str:
    """`1.234.567,00`."""
    return f"{amount:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")


def _csv(rows: Rows, delimiter: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return out.getvalue()
