"""Documents opened in the sandbox: what they are, whether they can be searched, what is wrong with them."""

from __future__ import annotations

import io
import os
import time
import zipfile
from collections.abc import Iterator

import pytest
import xlsxwriter

from auditor.model import TitleFacts
from auditor.read.document import contradiction, open_document, opening_of
from auditor.read.opened import Opened
from auditor.read.sandbox import Broken, Sandbox
from auditor.read.titles import classify
from tests.read.made import nik, pdf, picture, scan, xlsx

TEXT = ("RENCANA KERJA DAN ANGGARAN", "Dinas Kesehatan Tahun Anggaran 2026", "Belanja pegawai dan belanja barang jasa")


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as box:
        yield box


def opened(sandbox: Sandbox, payload: bytes) -> Opened:
    found = sandbox.call(open_document, payload, "9971")
    assert isinstance(found, Opened), found
    return found


def docx(words: str) -> bytes:
    out = io.BytesIO()
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:body></w:document>'
        archive.writestr("word/document.xml", body)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return out.getvalue()


def sparse_bomb() -> bytes:
    """Two cells, at the two ends of a sheet: a dense reader asks for half a terabyte."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    page = book.add_worksheet()
    page.write(0, 0, "a")
    page.write(1_048_575, 16_383, "b")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("payload", "kind", "readable", "flaw"),
    [
        (pdf(*TEXT, pages=4), "pdf", True, ""),
        (scan(2), "pdf", False, ""),
        (pdf(), "pdf", None, "empty"),
        (pdf(*TEXT)[:400], "pdf", None, "not-a-document"),
        (pdf(*TEXT, password="rahasia"), "pdf", None, "login"),
        (pdf("Lorem ipsum dolor sit amet, consectetur adipiscing elit"), "pdf", True, "placeholder"),
        (docx("Maklumat Pelayanan Informasi Publik"), "docx", True, ""),
        (docx(""), "docx", None, "empty"),
        (xlsx(("Uraian", "Jumlah"), ("Tanah", 12)), "xlsx", True, ""),
        (archive(RKA_dot_pdf=pdf(*TEXT), DPA_dot_pdf=b"x"), "zip", None, ""),
        (archive(nol=b"\0" * 40_000_000), "zip", None, "too-large"),
        (archive(**{"..__.._dot_sh": b"x"}), "zip", None, "too-large"),
        (b"PK\x03\x04 rusak", "zip", None, "not-a-document"),
        (picture(), "jpg", False, ""),
        (b"<html><body>404</body></html>", "html", None, "not-a-document"),
        (b"", "empty", None, "empty"),
        (b"Rar!\x1a\x07\x00abc", "rar", None, ""),
    ],
)
def test_a_document_is_what_its_bytes_are(
    sandbox: Sandbox, payload: bytes, kind: str, readable: bool | None, flaw: str
) -> None:
    found = opened(sandbox, payload)
    assert (found.format, found.readable, found.flaw) == (kind, readable, flaw)


def test_pages_words_and_personal_data_of_a_pdf(sandbox: Sandbox) -> None:
    found = opened(sandbox, pdf(*TEXT, f"NIK: {nik()}", pages=4))
    assert found.pages == 4
    assert found.words.startswith("RENCANA KERJA DAN ANGGARAN Dinas Kesehatan")
    assert nik() not in found.words
    assert [(p.kind, p.confirmed) for p in found.personal] == [("nik", True)]


def test_a_document_that_kills_its_reader_ends_nothing(sandbox: Sandbox) -> None:
    assert isinstance(sandbox.call(open_document, sparse_bomb(), ""), Broken)
    assert opened(sandbox, pdf(*TEXT)).readable


def test_a_reader_that_spins_is_stopped_and_the_next_one_works() -> None:
    with Sandbox(wall_seconds=0.5) as box:
        late = box.call(time.sleep, 30)
        assert isinstance(late, Broken)
        assert late.reason == "timeout"
        assert box.call(os.getpid) != os.getpid()


def test_an_error_inside_is_told_and_not_raised(sandbox: Sandbox) -> None:
    broken = sandbox.call(int, "tidak")
    assert isinstance(broken, Broken)
    assert broken.reason == "error"


@pytest.mark.parametrize(
    ("title", "words", "contradicted"),
    [
        ("RKA Dinas Perhubungan TA 2026", "DOKUMEN PELAKSANAAN ANGGARAN (DPA) DINAS PERHUBUNGAN TA 2026", True),
        ("RKA Dinas Perhubungan TA 2026", "RENCANA KERJA DAN ANGGARAN (RKA) DINAS PERHUBUNGAN TA 2026", False),
        ("LKjIP Tahun 2025", "Laporan Kinerja Instansi Pemerintah Tahun 2023. Kinerja tahun 2023 tercapai.", True),
        ("LKjIP Tahun 2025", "Laporan Kinerja Instansi Pemerintah Tahun 2025. Dibanding tahun 2023.", False),
        ("DPA Dinas Sosial 2024", "Belanja pegawai", False),
        ("Neraca 2025", "Laporan Keuangan Pemerintah Daerah Tahun 2025", False),
    ],
)
def test_only_a_clear_contradiction_makes_a_document_another(title: str, words: str, contradicted: bool) -> None:
    facts: TitleFacts = classify(title)
    assert bool(contradiction(facts, classify(opening_of(words)), words)) is contradicted
