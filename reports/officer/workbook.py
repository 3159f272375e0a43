"""findings.xlsx: a follow-up list that an officer sorts, assigns and sends back. Indonesian; one sheet an OPD."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.format import Format  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from auditor.model import Finding, Status, headline
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
    ("Tindak lanjut", 18),
    ("Petugas", 18),
    ("Tenggat", 12),
    ("Catatan", 34),
    ("ID temuan", 20),
    ("Tanggapan", 40),
)
FOLLOW_UP = ("belum dikerjakan", "sedang dikerjakan", "selesai", "disanggah", "bukan wewenang kami")
FOLLOW_UP_COLUMN = 10
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
    _sheet(book.add_worksheet(ALL), run, run.findings, bold, wrapped)
    names = sheet_names(run)
    for tasks in run.tasks[:SHEETS]:
        _sheet(book.add_worksheet(names[tasks.owner]), run, tasks.findings, bold, wrapped)
    book.close()
    return stream.getvalue()


def sheet_names(run: Run) -> dict[str, str]:
    """Owner -> the sheet where its rows stand; owners beyond the last sheet of their own stand in the first alone."""
    taken = {ALL.lower()}
    return {tasks.owner: _name(tasks.owner, taken) if place < SHEETS else ALL for place, tasks in enumerate(run.tasks)}


def _sheet(sheet: Worksheet, run: Run, findings: Sequence[Finding], bold: Format, wrapped: Format) -> None:
    for column, (title, width) in enumerate(HEADER):
        sheet.write_string(0, column, title, bold)
        sheet.set_column(column, column, width, wrapped)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(findings), 1), len(HEADER) - 1)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.data_validation(
        1, FOLLOW_UP_COLUMN, max(len(findings), 1), FOLLOW_UP_COLUMN, {"validate": "list", "source": list(FOLLOW_UP)}
    )
    for row, finding in enumerate(findings, start=1):
        _row(sheet, row, finding, run)


def _row(sheet: Worksheet, row: int, finding: Finding, run: Run) -> None:
    verdict = finding.verdict
    asked = finding.status not in (Status.MET, Status.NOT_APPLICABLE)
    cells = (
        headline(finding).id,
        labels.STATUS[finding.status],
        None,
        run.owner(finding),
        verdict.subject,
        finding.message.id,
        finding.remedy.id if asked else "",
        basis(finding),
        " ".join(e.url for e in verdict.evidence[:5]),
        finding.since.isoformat(),
        FOLLOW_UP[0] if asked else "",
        "",
        "",
        "",
        finding.id,
        _answer(finding),
    )
    for column, text in enumerate(cells):
        if text:
            sheet.write_string(row, column, plain(text)[:CELL_LIMIT])
    sheet.write_number(row, 2, number(finding.gain))


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
