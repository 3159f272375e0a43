"""findings.xlsx: a follow-up list that an officer sorts, assigns and sends back. Indonesian; one sheet an OPD."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import date, datetime

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from auditor.model import Finding, Status, headline
from auditor.model.follow_up import (
    DUE_COLUMN,
    FOLLOW_UP,
    ID_COLUMN,
    NOTE_COLUMN,
    SEAL_COLUMN,
    STATUS_COLUMN,
    WHO_COLUMN,
    Written,
)
from reports import labels
from reports.canonical import number
from reports.researcher.tables import basis
from reports.run import Run
from reports.safe import CELL_LIMIT, plain

HEADER = (
    ("Temuan", 44),
    ("Status", 18),
    ("Tambahan", 10),
    ("Penanggung jawab", 24),
    ("Yang diperiksa", 22),
    ("Yang terlihat", 48),
    ("Yang perlu dilakukan", 48),
    ("Dasar hukum", 34),
    ("Bukti", 34),
    ("Sejak", 12),
    (STATUS_COLUMN, 18),
    (WHO_COLUMN, 18),
    (DUE_COLUMN, 12),
    (NOTE_COLUMN, 34),
    (ID_COLUMN, 20),
    ("Tanggapan", 40),
    ("Status sejak", 12),
    (SEAL_COLUMN, 14),
)
_PLACE = {title: place for place, (title, _) in enumerate(HEADER)}
ALL = "Semua"
SHEETS = 80  # owners with a sheet of their own; the rest stand in the first sheet alone
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")


def findings_xlsx(run: Run) -> bytes:
    """The workbook. Its bytes depend on the run alone; nothing in it is a formula or a link that a title made."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(
        stream,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties(
        {
            "title": plain(f"Tindak lanjut {run.body.name} {run.judgement.facts.at.date().isoformat()}"),
            "created": datetime(*run.judgement.facts.at.timetuple()[:6]),
            "comments": "Perkiraan auditor, bukan nilai Monev KIP maupun IKIP.",
        }
    )
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    _sheet(book.add_worksheet(ALL), run, run.findings, "", bold, wrapped)
    names = sheet_names(run)
    for tasks in run.tasks[:SHEETS]:
        waiting = [finding for wait in run.waiting.get(tasks.owner, ()) for finding in wait.findings]
        rows = [*tasks.findings, *waiting]
        _sheet(book.add_worksheet(names[tasks.owner]), run, rows, tasks.owner, bold, wrapped)
    book.close()
    return stream.getvalue()


def sheet_names(run: Run) -> dict[str, str]:
    """Owner -> the sheet where its rows stand; owners beyond the last sheet of their own stand in the first alone."""
    taken = {ALL.lower()}
    return {tasks.owner: _name(tasks.owner, taken) if place < SHEETS else ALL for place, tasks in enumerate(run.tasks)}


def _sheet(sheet: Worksheet, run: Run, findings: Sequence[Finding], owner: str, bold: Format, wrapped: Format) -> None:
    """`owner`: whose sheet it is; empty for the sheet of all."""
    for column, (title, width) in enumerate(HEADER):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, width, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(findings), 1), len(HEADER) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_column(_PLACE[SEAL_COLUMN], _PLACE[SEAL_COLUMN], None, wrapped, {"hidden": True})
    for title, rule in (
        (STATUS_COLUMN, {"validate": "list", "source": list(FOLLOW_UP)}),
        (DUE_COLUMN, {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1), "error_type": "warning"}),
    ):
        sheet.data_validation(1, _PLACE[title], max(len(findings), 1), _PLACE[title], rule)
    for row, finding in enumerate(findings, start=1):
        _row(sheet, row, finding, run, owner)


def _row(sheet: Worksheet, row: int, finding: Finding, run: Run, owner: str) -> None:
    verdict = finding.verdict
    asked = finding.status not in (Status.MET, Status.NOT_APPLICABLE)
    known = run.follow_up.get(finding.id)
    written = known.written if known else Written()
    cells = {
        "Temuan": headline(finding).id,
        "Status": labels.STATUS[finding.status],
        "Penanggung jawab": run.asked_of(finding),
        "Yang diperiksa": verdict.subject,
        "Yang terlihat": finding.message.id,
        "Yang perlu dilakukan": _remedy(finding, run, owner) if asked else "",
        "Dasar hukum": basis(finding),
        "Bukti": " ".join(e.url for e in verdict.evidence[:5]),
        "Sejak": finding.since.isoformat(),
        STATUS_COLUMN: written.status if asked or known else "",
        WHO_COLUMN: written.who,
        DUE_COLUMN: written.due.isoformat() if written.due else "",
        NOTE_COLUMN: written.note,
        ID_COLUMN: finding.id,
        "Tanggapan": _answer(finding),
        "Status sejak": known.since.isoformat() if known else "",
        SEAL_COLUMN: written.seal,
    }
    for title, text in cells.items():
        if text:
            sheet.write_string(row, _PLACE[title], plain(text)[:CELL_LIMIT])
    sheet.write_number(row, _PLACE["Tambahan"], number(finding.gain))


def _remedy(finding: Finding, run: Run, owner: str) -> str:
    """What is to be done, and who waits for whom where another one has to do it."""
    if not run.waits(finding):
        return finding.remedy.id
    if owner == run.owner(finding):
        return f"Menunggu {run.asked_of(finding)}: {finding.remedy.id}"
    return f"{finding.remedy.id} (ditunggu {run.owner(finding)})"


def _answer(finding: Finding) -> str:
    if finding.answer is None:
        return ""
    heard = finding.answer
    return f"{labels.OUTCOME[heard.outcome]}: {heard.seen.id} ({heard.objection.url})"


def _name(text: str, taken: set[str]) -> str:
    """A sheet's name: at most 31 UTF-16 units, none that a spreadsheet forbids, no two the same."""
    stem = _short(_FORBIDDEN.sub(" ", plain(text)).strip(), 31) or "OPD"
    candidate, n = stem, 1
    while candidate.lower() in taken or candidate.lower() == "history":
        n += 1
        candidate = f"{_short(stem, 30 - len(str(n)))} {n}"
    taken.add(candidate.lower())
    return candidate


def _short(text: str, most: int) -> str:
    """Cut where a spreadsheet counts: an emoji is two."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore").strip()
