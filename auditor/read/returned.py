"""A follow-up list that came back -> the rows that somebody wrote in. Only ever run in the sandbox.

Rows may have been sorted, columns moved, sheets taken out: everything is found by the titles of the columns and the id
of the finding. Whatever stands in a cell is text.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import islice

import python_calamine
from lxml import etree  # type: ignore[import-untyped]

from auditor.model.follow_up import (
    DUE_COLUMN,
    FOLLOW_UP,
    ID_COLUMN,
    NOTE_COLUMN,
    SEAL_COLUMN,
    STATUS_COLUMN,
    WHO_COLUMN,
    Returned,
    Row,
    Written,
)
from auditor.model.text import Text
from auditor.read.dates import find_dates
from auditor.read.office import guard
from auditor.read.personal import mask
from auditor.read.sheets import rows_of

SHEETS, ROWS, HEAD = 200, 50_000, 30
WHO, NOTE = 120, 1_000
TOLD = 12
"""Troubles that are told of one file; a list that is wrong from top to bottom is one trouble to a reader."""

_ID = re.compile(r"[0-9a-f]{16}")
_OFFICERS = (STATUS_COLUMN, WHO_COLUMN, DUE_COLUMN, NOTE_COLUMN)
_TERMS = "{http://purl.org/dc/terms/}"


def read_returned(payload: bytes, kind: str) -> Returned:
    """`kind`: `xlsx`, `xls` or `ods`. Raises calamine's errors, zipfile's, and `office.Bomb`."""
    names = guard(payload) if kind != "xls" else []
    saved = _saved(payload) if "docProps/core.xml" in names else None
    book = python_calamine.load_workbook(io.BytesIO(payload))
    rows: dict[str, Row] = {}
    troubles: list[Text] = []
    listed = False
    for name in book.sheet_names[:SHEETS]:
        lines = islice(enumerate(rows_of(book.get_sheet_by_name(name)), 1), ROWS)
        columns = _columns(lines)
        if ID_COLUMN not in columns:
            continue
        listed = True
        called = printable(name)
        troubles += _missing(called, columns)
        for row in _rows(called, lines, columns, troubles):
            before = rows.get(row.finding)
            if before is not None and before.written != row.written:
                troubles.append(_twice(before, row))
            rows[row.finding] = row
    if not listed:
        troubles.append(
            Text(
                f"tidak ada lembar dengan kolom “{ID_COLUMN}”; kirim kembali berkas findings.xlsx dari laporan",
                f"no sheet has the column “{ID_COLUMN}”; send back the findings.xlsx of the report",
            )
        )
    return Returned(tuple(rows[key] for key in sorted(rows)), saved, _cut(troubles))


def _columns(lines: Iterator[tuple[int, list[str]]]) -> dict[str, int]:
    """Title -> place, of the row that holds the title of the ids; `lines` goes on behind it."""
    for _, cells in islice(lines, HEAD):
        titles = [" ".join(cell.split()).lower() for cell in cells]
        if ID_COLUMN.lower() in titles:
            wanted = (ID_COLUMN, SEAL_COLUMN, *_OFFICERS)
            return {title: titles.index(title.lower()) for title in wanted if title.lower() in titles}
    return {}


def _missing(sheet: str, columns: dict[str, int]) -> list[Text]:
    gone = [title for title in _OFFICERS if title not in columns]
    if not gone:
        return []
    said = ", ".join(f"“{title}”" for title in gone)
    return [
        Text(
            f"lembar “{sheet}”: kolom {said} tidak ada; kembalikan judul kolomnya seperti semula",
            f"sheet “{sheet}”: the columns {said} are missing; put their titles back as they were",
        )
    ]


def _rows(
    sheet: str, lines: Iterator[tuple[int, list[str]]], columns: dict[str, int], troubles: list[Text]
) -> Iterator[Row]:
    """Rows that are not as they were sent."""
    for line, cells in lines:

        def cell(title: str, cells: Sequence[str] = cells) -> str:
            place = columns.get(title, -1)
            return " ".join(cells[place].split()) if 0 <= place < len(cells) else ""

        if not any(cell(title) for title in _OFFICERS):
            continue
        wrong: list[Text] = []
        status, due = _status(cell(STATUS_COLUMN), wrong), _due(cell(DUE_COLUMN), wrong)
        written = Written(status or FOLLOW_UP[0], _words(cell(WHO_COLUMN), WHO), due, _words(cell(NOTE_COLUMN), NOTE))
        untouched = written == Written() or written.seal == cell(SEAL_COLUMN)
        if untouched and not wrong:
            continue
        finding = cell(ID_COLUMN).lower()
        known = bool(_ID.fullmatch(finding))
        for one in wrong if known else [_no_id(finding)]:
            troubles.append(Text(f"lembar “{sheet}”, baris {line}: {one.id}", f"sheet “{sheet}”, row {line}: {one.en}"))
        if known and status and not untouched:
            yield Row(finding, written, sheet, line)


def _no_id(said: str) -> Text:
    return Text(
        f"“{ID_COLUMN}” {_shown(said)} bukan nomor temuan; salin 16 tandanya dari laporan",
        f"“{ID_COLUMN}” {_shown(said)} is no id of a finding; copy its 16 signs from the report",
    )


def _status(said: str, wrong: list[Text]) -> str:
    """Empty for a word that is not in the list: the row is not taken, what stood there before stays."""
    if not said:
        return FOLLOW_UP[0]
    if said.lower() in FOLLOW_UP:
        return said.lower()
    known = ", ".join(FOLLOW_UP)
    wrong.append(
        Text(
            f"“{STATUS_COLUMN}” {_shown(said)} tidak ada dalam daftar; pilih salah satu: {known}",
            f"“{STATUS_COLUMN}” {_shown(said)} is not in the list; choose one of: {known}",
        )
    )
    return ""


def _due(said: str, wrong: list[Text]) -> date | None:
    if not said:
        return None
    found = find_dates(said[:100])
    if len(found) == 1:
        return found[0]
    wrong.append(
        Text(
            f"“{DUE_COLUMN}” {_shown(said)} bukan tanggal; tulis seperti 2026-12-31 atau 31 Desember 2026",
            f"“{DUE_COLUMN}” {_shown(said)} is no date; write it like 2026-12-31",
        )
    )
    return None


def _words(text: str, most: int) -> str:
    """Personal numbers are masked before anything keeps them."""
    return mask(text)[:most].rstrip()


def printable(text: str) -> str:
    """At most 80 characters, none of which steers a display."""
    return "".join(sign if sign.isprintable() else "\ufffd" for sign in text[:80])


def _shown(text: str) -> str:
    return f"‘{printable(mask(text)[:40])}’"


def _twice(before: Row, now: Row) -> Text:
    return Text(
        f"temuan {now.finding} diisi berbeda pada lembar “{before.sheet}” baris {before.line} dan lembar "
        f"“{now.sheet}” baris {now.line}; yang kedua dipakai, samakan isinya",
        f"finding {now.finding} is filled in differently in sheet “{before.sheet}” row {before.line} and sheet "
        f"“{now.sheet}” row {now.line}; the second counts, make them the same",
    )


def _cut(troubles: Sequence[Text]) -> tuple[Text, ...]:
    more = len(troubles) - TOLD
    if more <= 0:
        return tuple(troubles)
    return (*troubles[:TOLD], Text(f"dan {more} hal lagi seperti itu", f"and {more} more like that"))


def _saved(payload: bytes) -> datetime | None:
    """When a program saved the file, by its properties; None where it only carries the day on which we made it."""
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        if archive.getinfo("docProps/core.xml").file_size > 100_000:
            return None
        part = archive.read("docProps/core.xml")
    try:
        root = etree.fromstring(part, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return None
    made, saved = (_moment(root.findtext(f"{_TERMS}{name}")) for name in ("created", "modified"))
    return saved if saved != made else None


def _moment(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat((text or "").strip())
    except ValueError:
        return None
    return found if found.tzinfo else None
