"""A whole file looked through for personal data: every page, sheet, part and member, not only its first words.

Runs in the sandbox. What could not be looked through whole says so by an entry that counts nothing (`UNSEEN`): it makes
no finding, and its bytes are not published.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import PurePosixPath

from auditor.model import Personal
from auditor.read.markup import decode
from auditor.read.personal import find_in_columns, find_in_source, find_in_table, find_in_text, together
from auditor.read.rows import RawTable, file_cell, shape
from auditor.read.sniff import sniff

UNSEEN = Personal("nik", 0, "", confirmed=False)
PDF_PAGES = 1_000
_TEXT = 60_000_000
_MEMBERS = 60
_MEMBER = 30_000_000
_SHEET_ROWS = 200_000
_OFFICE = ("docx", "odt", "odp", "pptx")
_SHEETS = ("xlsx", "xls", "ods")


def scan(payload: bytes, region: str = "", name: str = "", depth: int = 0) -> tuple[Personal, ...]:
    """One entry a kind over the whole file. `name`: its address or name in an archive, which may hold a number too.

    Raises what reading libraries raise; the caller takes that for UNSEEN.
    """
    kind = sniff(payload)
    found = [*find_in_source(name, region)]
    if kind == "pdf":
        found += _pdf(payload, region)
    elif kind in _SHEETS:
        found += _sheets(payload, kind, region)
    elif kind in _OFFICE:
        found += [one for text in _parts(payload) for one in find_in_text(text, region)]
    elif kind == "zip":
        found += _archive(payload, region, depth)
    elif kind in ("csv", "json", "geojson", "text", "xml", "html") or payload.startswith(b"{\\rtf"):
        found += _text(payload, kind, region)
    return together(found)


def _text(payload: bytes, kind: str, region: str) -> list[Personal]:
    text = decode(payload[:_TEXT])
    unseen = [UNSEEN] if len(payload) > _TEXT else []
    if kind in ("json", "geojson", "xml", "html"):
        # Between braces and marks a number is as often somebody's key as a person's.
        return [*find_in_source(text, region), *unseen]
    return [*find_in_text(text, region), *unseen]


def _pdf(payload: bytes, region: str) -> Iterator[Personal]:
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(payload[max(0, payload.find(b"%PDF-", 0, 1024)) :])
    try:
        for number in range(min(PDF_PAGES, len(document))):
            page = document[number]
            text = page.get_textpage().get_text_bounded().replace("\0", " ").replace("\ufffe", "-")
            page.close()
            where = f"p. {number + 1}"
            yield from find_in_text(text, region, where)
            yield from _lines(text, region, where)
        if len(document) > PDF_PAGES:
            yield UNSEEN
    finally:
        document.close()


def _lines(text: str, region: str, where: str) -> tuple[Personal, ...]:
    """A list in a page of text: a line that names its columns, and the lines below it that begin with a number."""
    lines = [" ".join(line.split()) for line in text.splitlines()]
    for place, line in enumerate(lines):
        words = line.split()
        if 2 <= len(words) <= 14 and any(word.lower() == "nama" for word in words):
            rows = [row.split() for row in lines[place + 1 :] if row[:1].isdigit()]
            patients = find_in_table(["nama", line], [[" ".join(row[1:4]), " "] for row in rows], region)
            return tuple(replace(one, where=where) for one in patients if one.kind == "patient")
    return ()


def _sheets(payload: bytes, kind: str, region: str) -> Iterator[Personal]:
    import python_calamine

    from auditor.read.office import guard
    from auditor.read.sheets import rows_of

    if kind != "xls":
        guard(payload)
    book = python_calamine.load_workbook(io.BytesIO(payload))
    for sheet in book.sheet_names:
        yield from find_in_source(sheet, region)
        rows = rows_of(book.get_sheet_by_name(sheet))
        table = shape(islice(rows, _SHEET_ROWS), sheet=sheet)
        if next(rows, None) is not None:
            yield UNSEEN
        if table is not None:
            prefix = f"{sheet}!" if len(book.sheet_names) > 1 else ""
            place = partial(_cell, prefix, table)
            yield from find_in_columns(table.columns, table.cells, table.height, region, place)
            yield from find_in_text("\n".join(table.titles), region, prefix.rstrip("!"))


def _cell(prefix: str, table: RawTable, row: int, column: int) -> str:
    return f"{prefix}{file_cell(table, row, column)}"


def _parts(payload: bytes) -> Iterator[str]:
    """The words of every XML part: body, notes, comments, headers, properties, slides."""
    from auditor.read.office import guard, texts

    names = guard(payload)
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        for name in names:
            if name.endswith((".xml", ".rels")):
                yield "".join(texts(archive.read(name)))


def _archive(payload: bytes, region: str, depth: int) -> Iterator[Personal]:
    from auditor.read.office import guard

    names = [name for name in guard(payload) if not name.endswith("/")]
    whole = depth == 0 and len(names) <= _MEMBERS
    yield from find_in_source(" ; ".join(names), region)
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        for name in names[:_MEMBERS] if depth == 0 else ():
            if archive.getinfo(name).file_size > _MEMBER:
                whole = False
                continue
            for one in scan(archive.read(name), region, PurePosixPath(name).name, depth + 1):
                yield replace(one, where=f"{name}: {one.where}" if one.where else name)
    if not whole:
        yield UNSEEN
