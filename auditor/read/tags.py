"""Forms, fields and tables of a page, as a visitor meets them."""

from __future__ import annotations

import re

from auditor.model import Form, HtmlTable
from auditor.read.grids import squeeze
from auditor.read.outline import Outline
from auditor.read.outline import joined as _text
from auditor.read.tree import Node

MAX_ROWS = 3_000
_SEARCH = re.compile(r"\b(?:cari|pencarian|search|kata kunci|keyword|q|s)\b", re.IGNORECASE)
_FIELDS = ("input", "select", "textarea")
_SILENT = ("hidden", "submit", "button", "image", "reset")


def forms_of(page: Outline) -> tuple[Form, ...]:
    """The forms of a page with the visible names of their fields."""
    labels = _labels(page)
    return tuple(_form(form, labels) for form in page.tags("form")[:50])


def inputs_of(page: Outline) -> tuple[int, int]:
    """`(fields, fields without a label)`; a placeholder is no label (WCAG 2.2, 3.3.2 and 4.1.2)."""
    labels = _labels(page)
    fields = [field for field in page.tags(*_FIELDS) if _kind(field) not in _SILENT]
    return len(fields), sum(1 for field in fields if not _labelled(field, labels))


def tables_of(page: Outline) -> tuple[HtmlTable, ...]:
    """Every table that is not only a frame for others."""
    found = []
    for table in page.own("table")[:200]:
        rows = [] if _is_frame(table) else _own_rows(table)
        if len(rows) > 1 or (rows and len(rows[0].find_all(("td", "th"), recursive=False)) > 1):
            headers, data = _split(rows)
            caption = table.find("caption")
            found.append(
                HtmlTable(
                    caption=squeeze(caption.get_text(" "), 300) if caption is not None else "",
                    headers=tuple(headers),
                    rows=sum(1 for row in data if row.get_text(strip=True)),
                    linked_rows=sum(1 for row in data if row.find("a", href=True) is not None),
                )
            )
    return tuple(found)


def table_rows(page: Outline) -> list[tuple[list[str], list[list[str]]]]:
    """`(headers, rows)` of each table, as text."""
    found = []
    for table in page.own("table")[:200]:
        headers, data = _split(_own_rows(table))
        rows = [[squeeze(cell.get_text(" "), 200) for cell in _cells(row)] for row in data[:MAX_ROWS]]
        found.append((headers, rows))
    return found


def _is_frame(table: Node) -> bool:
    """A table that only places the parts of a page."""
    return any(part.find_parent("td") is not None for part in table.find_all(("h1", "h2", "table"), limit=3))


def _split(rows: list[Node]) -> tuple[list[str], list[Node]]:
    if not rows:
        return [], []
    heads = [row for row in rows[:3] if row.find_parent("thead") is not None or not row.find("td")]
    if not heads and len(rows) > 1:
        heads = rows[:1]
    headers: list[str] = []
    for row in heads:
        headers = [squeeze(cell.get_text(" "), 100) for cell in _cells(row)] or headers
    return headers, rows[len(heads) :]


def _own_rows(table: Node) -> list[Node]:
    return [row for row in table.find_all("tr", limit=MAX_ROWS) if row.find_parent("table") is table]


def _cells(row: Node) -> list[Node]:
    return row.find_all(("td", "th"), recursive=False)


def _form(form: Node, labels: dict[str, str]) -> Form:
    fields = [field for field in form.find_all(_FIELDS) if _kind(field) not in _SILENT]
    names = tuple(name for name in (_name(field, labels) for field in fields) if name)
    password = any(_kind(field) == "password" for field in fields)
    attributes = " ".join(str(form.get(name) or "") for name in ("role", "class", "id", "action"))
    searching = (
        len(fields) <= 3
        and not password
        and bool(
            _SEARCH.search(attributes)
            or any(_kind(field) == "search" or _SEARCH.search(_text(field.get("name"))) for field in fields)
            or any(_SEARCH.search(name) for name in names)
        )
    )
    return Form(_text(form.get("method")).lower() or "get", _text(form.get("action")), names, password, searching)


def _name(field: Node, labels: dict[str, str]) -> str:
    for value in (
        labels.get(_text(field.get("id"))),
        field.get("aria-label"),
        field.get("placeholder"),
        field.get("title"),
    ):
        if value:
            return squeeze(_text(value), 120)
    label = field.find_parent("label")
    text = squeeze(label.get_text(" "), 120) if label is not None else ""
    return text or squeeze(_text(field.get("name")), 120)


def _labelled(field: Node, labels: dict[str, str]) -> bool:
    if (
        labels.get(_text(field.get("id")))
        or field.get("aria-label")
        or field.get("aria-labelledby")
        or field.get("title")
    ):
        return True
    return field.find_parent("label") is not None


def _labels(page: Outline) -> dict[str, str]:
    found: dict[str, str] = {}
    for label in page.tags("label"):
        text = squeeze(label.get_text(" "), 120)
        if text:
            found.setdefault(_text(label.get("for")), text)
    found.pop("", None)
    return found


def _kind(field: Node) -> str:
    return _text(field.get("type")).lower() if field.name == "input" else str(field.name)
