"""Spreadsheets as offices write them, and as nobody should, through `check-table`."""

from __future__ import annotations

import io
import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwt

from tests.read.made import xlsx
from tests.whole.conftest import auditor

ROWS = (("tahun", "kecamatan", "jumlah"), (2024, "Satu", 10), (2025, "Dua", 12.5))


def asked(path: Path, payload: bytes, *more: str) -> subprocess.CompletedProcess[str]:
    path.write_bytes(payload)
    return auditor("check-table", path, "--at", "2026-11-02", *more, check=False)


def checked(path: Path, payload: bytes) -> dict[str, Any]:
    done = asked(path, payload, "--json")
    assert done.returncode in (0, 1), done.stderr
    return dict(json.loads(done.stdout))


def xls() -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Data")
    for down, row in enumerate(ROWS):
        for right, value in enumerate(row):
            sheet.write(down + 2, right + 1, value)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods() -> bytes:
    def cell(value: object) -> str:
        kind = "string" if isinstance(value, str) else "float"
        said = "" if kind == "string" else f' office:value="{value}"'
        return f'<table:table-cell office:value-type="{kind}"{said}><text:p>{value}</text:p></table:table-cell>'

    rows = "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in ROWS)
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text")
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<office:document-content{names} office:version="1.2"><office:body><office:spreadsheet>'
            f'<table:table table:name="Data">{rows}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


@pytest.mark.parametrize(("name", "payload"), [("a.xls", xls()), ("a.ods", ods()), ("a.xlsx", xlsx(*ROWS))])
def test_every_kind_of_spreadsheet_is_the_same_table(name: str, payload: bytes, tmp_path: Path) -> None:
    said = checked(tmp_path / name, payload)
    assert [column for column in said["columns"] if column] == ["tahun", "kecamatan", "jumlah"]
    assert (said["rows"], said["newest_period"]) == (2, "2025")


def office() -> bytes:
    """Three sheets: a cover, the data with a title, merged headers and a total row, and a larger one that is hidden."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    cover, data, hidden = (book.add_worksheet(name) for name in ("Sampul", "Data", "Bekal"))
    cover.write(0, 0, "Statistik Penduduk")
    data.merge_range(0, 0, 0, 3, "Penduduk Kecamatan Tahun 2025")
    data.merge_range(1, 0, 2, 0, "Kecamatan")
    data.merge_range(1, 1, 1, 2, "Penduduk")
    data.merge_range(1, 3, 2, 3, "Jumlah")
    for column, name in ((1, "Laki-laki"), (2, "Perempuan")):
        data.write(2, column, name)
    for down, row in enumerate([("Satu", 10, 12, 22), ("Dua", 7, 9, 17), ("Jumlah", 17, 21, 39)]):
        data.write_row(3 + down, 0, row)
    for down in range(50):
        hidden.write_row(down, 0, ("x", down))
    hidden.hide()
    book.close()
    return out.getvalue()


def test_the_sheet_with_the_data_is_read_and_its_faults_are_named_by_their_row(tmp_path: Path) -> None:
    said = checked(tmp_path / "penduduk.xlsx", office())
    assert (said["sheet"], said["rows"], said["newest_period"]) == ("Data", 3, "2025")
    assert said["columns"] == ["Kecamatan", "Penduduk Laki-laki", "Penduduk Perempuan", "Jumlah"]
    found = {(error["row"], error["rule"]) for error in said["errors"]}
    assert (6, "baris-jumlah") in found
    assert (5, "jumlah-penduduk") in found or (5, "bagian-jumlah") in found


def sheet_of(rows: str, *, dimension: str = "") -> bytes:
    """An XLSX whose one sheet has this XML."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(xlsx(*ROWS))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name).decode()
            if name.endswith("sheet1.xml"):
                body = (
                    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                    f"{dimension}<sheetData>{rows}</sheetData></worksheet>"
                )
            new.writestr(name, body)
    return out.getvalue()


def filled(row: int, *values: object) -> str:
    def cell(place: str, value: object) -> str:
        if isinstance(value, str):
            return f'<c r="{place}{row}" t="inlineStr"><is><t>{value}</t></is></c>'
        return f'<c r="{place}{row}"><v>{value}</v></c>'

    return f'<row r="{row}">{"".join(cell("ABCDEFG"[n], value) for n, value in enumerate(values))}</row>'


def test_a_million_empty_rows_are_no_rows(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(4, 1_000_000))
    rows = "".join(filled(n, *row) for n, row in enumerate(ROWS, 1))
    said = checked(tmp_path / "kosong.xlsx", sheet_of(rows + empty))
    assert (said["rows"], said["error_count"]) == (2, 0)


def test_a_table_that_stands_below_a_million_empty_rows_is_found_with_its_own_row_numbers(tmp_path: Path) -> None:
    rows = "".join(filled(n, *row) for n, row in enumerate((*ROWS, (2026, "Tiga", "banyak")), 1_000_001))
    rows += "".join(filled(n, 2026, f"K{n}", n) for n in range(1_000_005, 1_000_012))
    said = checked(tmp_path / "bawah.xlsx", sheet_of(rows))
    assert said["rows"] == 10
    assert [(e["row"], e["column"], e["value"]) for e in said["errors"]] == [(1_000_004, "jumlah", "banyak")]


def test_a_cell_in_the_last_corner_ends_the_worker_and_not_the_command(tmp_path: Path) -> None:
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    done = asked(tmp_path / "pojok.xlsx", sheet_of(filled(1, "tahun", "n") + filled(2, 2024, 1) + corner))
    assert done.returncode == 2
    assert "pojok.xlsx: too large or damaged" in done.stderr


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.csv", b"0" * 20_000_000)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "payload", "words"),
    [
        ("bom.zip", bomb(), "unpacks"),
        ("tabel.csv", b"%PDF-1.4\n1 0 obj", "a PDF, not a table"),
        ("tabel.csv", b"<!doctype html><html><body><h1>Login</h1></body></html>", "a web page, not a table"),
        ("tabel.xlsx", b"PK\x03\x04" + b"\0" * 40, ""),
        ("tabel.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le") + b"\0" * 900, ""),
    ],
)
def test_what_is_no_table_is_refused_by_what_it_is(name: str, payload: bytes, words: str, tmp_path: Path) -> None:
    done = asked(tmp_path / name, payload)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert name in done.stderr
    assert words in done.stderr


def test_a_file_of_two_gigabytes_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "besar.csv"
    with path.open("wb") as file:
        file.truncate(2_000_000_000)
    done = auditor("check-table", path, check=False)
    assert done.returncode == 2
    assert "too large (2,000,000,000 bytes" in done.stderr


def test_where_the_rules_were_read_is_said_and_what_was_not_verified(tmp_path: Path) -> None:
    path = tmp_path / "usaha.csv"
    said = asked(path, b"nama usaha,nib,skala usaha\nA,1234567890123,mikro\nB,1234567890124,kecil\n")
    assert "NIB: 13 angka  [https://" in said.stdout
    assert "PP 5/2021 (perizinan berusaha berbasis risiko)  (belum diverifikasi / unverified)" in said.stdout
    basis = checked(path, path.read_bytes())["basis"]
    assert {one["verified"] for one in basis} == {True, False}
