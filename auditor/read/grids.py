"""One HTML table as rows and columns, to say what stands beside and above a link in it."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

_WHITE = re.compile(r"\s+")
_ORDINAL = re.compile(r"^\(?(?!(?:19|20)\d\d$)\d{1,4}[.)]*$|^[a-z][.)]$|^-+$", re.IGNORECASE)
_NUMBERING = re.compile(r"^\W*(?:no|nomor urut|no urut|#)\W*$", re.IGNORECASE)
_CELL = 200
_ROW = 300
_MAX_ROWS = 20_000


def squeeze(text: str | None, limit: int) -> str:
    """One line without runs of white space, at most `limit` characters. A space without width is none: put in its
    place, one would cut a number that the mask knows by its digits."""
    if not text:
        return ""
    if len(text) > 4 * limit + 4_000:
        text = text[: 4 * limit + 4_000]
    return _WHITE.sub(" ", text.replace("\u200b", "")).strip()[:limit].rstrip()


class _Cell:
    __slots__ = ("column", "id", "linked", "text")

    def __init__(self, identity: int, column: int, text: str, linked: bool) -> None:
        self.id = identity
        self.column = column
        self.text = text
        self.linked = linked


class Grid:
    """Rows of cells with their columns; `rowspan` carries a cell down, a row of one wide cell names a group."""

    def __init__(self, table: LexborNode) -> None:
        self.caption = ""
        self._rows: list[list[_Cell]] = []
        self._place: dict[int, tuple[int, int]] = {}
        self._headers: dict[int, str] = {}
        self._groups: list[str] = []
        # A table that frames a page holds headings and tables; its cells say nothing of each other.
        if table.css_first("td h1,td h2,td table") is None:
            self._read(table)

    def around(self, cell_id: int, text: str, generic: bool, buttons: re.Pattern[str]) -> list[str]:
        """`[caption, group, other cells of the row, column header]` for a link in that cell; empty parts included."""
        if cell_id not in self._place:
            return [self.caption]
        row, column = self._place[cell_id]
        others = []
        for cell in self._rows[row]:
            if cell.id == cell_id or not cell.text or cell.text == text or self._counts(cell):
                continue
            if buttons.match(cell.text) or (cell.linked and not generic):
                continue
            others.append(cell.text)
        header = self._headers.get(column, "")
        return [
            self.caption,
            self._groups[row],
            squeeze(" | ".join(dict.fromkeys(others)), _ROW),
            "" if buttons.match(header) else header,
        ]

    def _counts(self, cell: _Cell) -> bool:
        """A cell that only numbers the rows; the number of a regulation stands under another header."""
        header = self._headers.get(cell.column, "")
        return _ORDINAL.match(cell.text) is not None and (
            not header or cell.column == 0 or _NUMBERING.match(header) is not None
        )

    def _read(self, table: LexborNode) -> None:
        carried: dict[int, tuple[int, _Cell]] = {}
        group = ""
        heading = True
        width = 0
        for row, in_head in _rows(table, self):
            cells, spans_all = self._cells(row, carried)
            width = max(width, len(cells))
            titles = [c for c in cells if c.text]
            is_header = in_head or (heading and len(cells) > 1 and _looks_like_header(row, cells))
            if is_header:
                for cell in cells:
                    known = self._headers.get(cell.column, "")
                    if cell.text and cell.text not in known:
                        self._headers[cell.column] = squeeze(f"{known} {cell.text}", _CELL)
            else:
                heading = False
                if (spans_all or (len(titles) == 1 and width > 1)) and titles and not titles[0].linked:
                    group = titles[0].text
            self._rows.append(cells)
            self._groups.append("" if is_header else group)
            if len(self._rows) >= _MAX_ROWS:
                return

    def _cells(self, row: LexborNode, carried: dict[int, tuple[int, _Cell]]) -> tuple[list[_Cell], bool]:
        cells: list[_Cell] = []
        column = 0
        own = 0
        widest = 1
        node = row.child
        while node is not None:
            if node.tag in ("td", "th"):
                column = _carry(column, carried, cells)
                attributes = node.attributes
                wide = _span(attributes.get("colspan"), 60)
                tall = _span(attributes.get("rowspan"), 2_000)
                nested = node.css_first("table") is not None
                text = "" if nested else squeeze(node.text(separator=" "), _CELL)
                cell = _Cell(node.mem_id, column, text, node.css_first("a") is not None)
                self._place[cell.id] = (len(self._rows), column)
                cells.append(cell)
                for extra in range(1, wide):
                    cells.append(_Cell(0, column + extra, "" if extra else text, False))
                if tall > 1:
                    for extra in range(wide):
                        copy = _Cell(0, column + extra, "" if extra else text, cell.linked)
                        carried[column + extra] = (tall - 1, copy)
                column += wide
                own += 1
                widest = max(widest, wide)
            node = node.next
        _carry(column, carried, cells)
        return cells, own == 1 and widest > 1


def _carry(column: int, carried: dict[int, tuple[int, _Cell]], cells: list[_Cell]) -> int:
    while column in carried:
        left, cell = carried[column]
        cells.append(cell)
        if left <= 1:
            del carried[column]
        else:
            carried[column] = (left - 1, cell)
        column += 1
    return column


def _rows(table: LexborNode, grid: Grid) -> list[tuple[LexborNode, bool]]:
    rows: list[tuple[LexborNode, bool]] = []
    part = table.child
    while part is not None:
        if part.tag == "caption":
            grid.caption = squeeze(part.text(separator=" "), _CELL)
        elif part.tag == "tr":
            rows.append((part, False))
        elif part.tag in ("thead", "tbody", "tfoot"):
            row = part.child
            while row is not None:
                if row.tag == "tr":
                    rows.append((row, part.tag == "thead"))
                row = row.next
        part = part.next
    return rows


def _looks_like_header(row: LexborNode, cells: list[_Cell]) -> bool:
    if any(cell.linked for cell in cells) or not any(cell.text for cell in cells):
        return False
    child = row.child
    plain = 0
    while child is not None:
        if child.tag == "td":
            bold = child.css_first("b,strong")
            plain += bold is None
        child = child.next
    if not plain:
        return True
    first = cells[0].text.lower().strip(" .")
    return first in ("no", "nomor", "nama", "tahun", "uraian", "judul", "dokumen", "nama dokumen", "#")


def _span(value: str | None, limit: int) -> int:
    try:
        return max(1, min(limit, int(value or 1)))
    except ValueError:
        return 1
