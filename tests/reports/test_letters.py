"""The letter of one page per OPD, read back."""

from __future__ import annotations

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from pypdf import PdfReader

from auditor.model import Status, Unit
from reports.languages import languages
from reports.officer.letter import Sheet, letter_pdf, wrapped, written
from reports.run import Run, with_this
from tests.reports.builders import (
    CODE,
    HOSTILE,
    RUN,
    Stage,
    catalogue,
    finding,
    hostile_stage,
    judgement,
    ordinary_stage,
)

KESEHATAN = "Dinas Kesehatan"


def run_of(stage: Stage, *units: str) -> Run:
    facts = stage.judgement.facts
    body = replace(facts.body, units=tuple(Unit(name) for name in units))
    ours = replace(stage.judgement, facts=replace(facts, body=body))
    return Run(ours, stage.catalogue, with_this(stage.series, ours), stage.changes, stage.matrix, date(2026, 11, 3))


def letters(run: Run, language: int = 0) -> Iterator[tuple[str, PdfReader]]:
    for tasks in run.tasks:
        content = letter_pdf(Sheet(run, tasks, "Lembar"), languages()[language])
        yield tasks.owner, PdfReader(io.BytesIO(content), strict=True)


def words(read: PdfReader) -> str:
    return " ".join(read.pages[0].extract_text().split())


def crowded(count: int = 60) -> Run:
    """One office with far more to do than a page holds."""
    asked = catalogue().criteria[0]
    many = [
        finding(
            asked, Status.UNMET, subject=f"{KESEHATAN} {n}", unit=KESEHATAN, gain=0.1 + n, text=f"laporan {n} " * 20
        )
        for n in range(count)
    ]
    return run_of(Stage(judgement(many)), KESEHATAN)


def test_an_official_letter_in_indonesian() -> None:
    stage = Stage(judgement([finding(catalogue().criteria[0], Status.UNMET, unit=KESEHATAN, gain=2.4)]))
    ((owner, read),) = letters(run_of(stage, KESEHATAN))
    text = words(read)
    assert owner == KESEHATAN
    for part in (
        "PEMERINTAH KOTA CONTOH",
        "Pejabat Pengelola Informasi dan Dokumentasi (PPID) Utama",
        "Kota Contoh, 3 November 2026",
        "Nomor : …",
        "Sifat : Biasa",
        "Lampiran : 1 (satu) berkas",
        "Hal : Tindak lanjut keterbukaan informasi",
        "Yth. Kepala Dinas Kesehatan",
        "di Tempat",
        "pada Selasa, 3 November 2026 menemukan 1 hal yang dapat ditindaklanjuti",
        "bertambah 2,4 poin dari 100",
        "Hal 0 belum ditemukan",
        "+2,4",
        "lembar “Lembar”",
        "kami ucapkan terima kasih",
        "PPID Utama Kota Contoh,",
        "NIP",
        "bukan nilai Monev KIP maupun IKIP",
    ):
        assert part in text, part
    assert read.metadata is not None
    assert read.metadata.title == "Tindak lanjut untuk Dinas Kesehatan"


def test_the_same_letter_in_english() -> None:
    ((_, read),) = letters(run_of(Stage(judgement([finding(catalogue().criteria[0], Status.UNMET, gain=2.4)]))), 1)
    text = words(read)
    for part in ("GOVERNMENT OF KOTA CONTOH", "3 November 2026", "Thing 0 was not found", "+2.4", "Thank you"):
        assert part in text, part
    assert "Tambahan" not in text
    assert read.trailer["/Root"]["/Lang"] == "en"


@pytest.mark.parametrize("language", [0, 1])
def test_one_page_whatever_is_asked(language: int) -> None:
    ((_, read),) = letters(crowded(), language)
    assert len(read.pages) == 1
    text = words(read)
    assert ("hal lainnya pada lampiran" if language == 0 else "more in the enclosure") in text
    assert "PPID Utama" in text
    page = read.pages[0].mediabox
    assert (round(page.width), round(page.height)) == (595, 842), "A4"


def test_nothing_is_drawn_outside_the_page_nor_over_something_else() -> None:
    """Rendered: the margins are white, and no line of words stands on another."""
    run = crowded()
    content = letter_pdf(Sheet(run, run.tasks[0], "Lembar"), languages()[0])
    page = pypdfium2.PdfDocument(content)[0]
    grey = page.render(scale=1, grayscale=True).to_pil()
    width, height = grey.size
    assert grey.crop((0, 0, 55, height)).getextrema() == (255, 255)
    assert grey.crop((width - 55, 0, width, height)).getextrema() == (255, 255)
    assert grey.getextrema()[0] < 60, "there are words"
    text = page.get_textpage()
    tops = sorted({round(text.get_rect(n)[1]) for n in range(text.count_rects())})
    assert min(after - before for before, after in itertools.pairwise(tops)) >= 1
    assert all(30 < y < 810 for y in tops)


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path / "a")
    ordinary_stage().publish(tmp_path / "b")
    first, second = (tmp_path / name / CODE / RUN / "letters" / "diskominfo.pdf" for name in "ab")
    assert first.read_bytes() == second.read_bytes()
    assert first.read_bytes().startswith(b"%PDF-")
    english = tmp_path / "a" / "en" / CODE / RUN / "letters" / "diskominfo.pdf"
    assert "To: Diskominfo" in words(PdfReader(english))
    html = first.with_suffix(".html").read_text(encoding="utf-8")
    assert 'href="diskominfo.pdf"' in html


def test_every_owner_has_a_letter_of_its_own_whatever_its_name(tmp_path: Path) -> None:
    asked = catalogue().criteria[0]
    owners = ("Dinas A", "dinas a", "Dinas A 2", "Situs x.html")
    some = [finding(asked, Status.UNMET, subject=owner, unit=owner, gain=4.0 - n) for n, owner in enumerate(owners)]
    Stage(judgement(some)).publish(tmp_path)
    folder = tmp_path / CODE / RUN
    html = (folder / "todo.html").read_text(encoding="utf-8")
    linked = re.findall(r'href="(letters/[^"]+\.pdf)"', html)
    assert len(set(linked)) == len(owners)
    for link, owner in zip(linked, owners, strict=True):
        assert f"Yth. {owner}" in words(PdfReader(folder / link))


def test_a_letter_about_hostile_titles_holds_text_and_nothing_else() -> None:
    read = dict(letters(run_of(hostile_stage())))
    assert len(read) > 5
    for letter in read.values():
        assert len(letter.pages) == 1
        assert "/Annots" not in letter.pages[0]
        assert not {"/OpenAction", "/AA", "/AcroForm", "/Names"} & set(letter.trailer["/Root"])
        assert words(letter)


@pytest.mark.parametrize("text", HOSTILE)
def test_lines_fit_their_width_and_number(text: str) -> None:
    lines = wrapped(text, "Helvetica", 9, 200, 3)
    assert 0 <= len(lines) <= 3
    assert all(len(line) < 120 for line in lines)
    assert written(text).encode("cp1252")


def test_what_does_not_fit_says_so() -> None:
    assert wrapped("kata " * 200, "Helvetica", 9, 100, 2)[-1].endswith("…")
    assert wrapped("dua kata", "Helvetica", 9, 300, 2) == ["dua kata"]
    assert wrapped("", "Helvetica", 9, 300, 2) == []
    assert len(wrapped("A" * 10_000, "Helvetica", 9, 100, 3)) == 3
