"""Every kind by several spellings, and the lines that only look like one."""

from __future__ import annotations

import pytest

from auditor.read.titles import classify
from auditor.read.titles.vocabulary import vocabulary
from tests.titles.made import NAMED
from tests.titles.nothing import NOTHING

CASES = [(kind, title, years) for kind, titles in NAMED.items() for title, years in titles]


def test_every_kind_of_the_vocabulary_has_four_spellings() -> None:
    assert {kind: len(titles) >= 4 for kind, titles in NAMED.items()} == dict.fromkeys(vocabulary().kinds, True)


@pytest.mark.parametrize(("kind", "title", "years"), CASES, ids=[title for _, title, _ in CASES])
def test_kind_and_years(kind: str, title: str, years: tuple[int, ...]) -> None:
    facts = classify(title)
    assert (facts.kind, facts.years) == (kind, years), facts.why
    assert 0.3 <= facts.confidence <= 1
    assert facts.why


@pytest.mark.parametrize("title", NOTHING)
def test_what_names_no_document(title: str) -> None:
    facts = classify(title)
    assert (facts.kind, facts.years) == (None, ()), facts.why


@pytest.mark.parametrize(("kind", "title", "years"), CASES[::7])
@pytest.mark.parametrize("prefix", ["Ringkasan {}", "Informasi {}", "Dokumen {}", "1. {}", "Salinan {}", "a. {}"])
def test_words_that_say_nothing_may_stand_before(prefix: str, kind: str, title: str, years: tuple[int, ...]) -> None:
    assert classify(prefix.format(title)).kind in {kind, "ilppd" if kind == "lppd" else kind}


@pytest.mark.parametrize(
    ("title", "revised"),
    [
        ("DPPA Dinas Kesehatan 2023", True),
        ("DPA Perubahan 2023", True),
        ("DPA Dinas Kesehatan 2023", False),
        ("RKAP 2022", True),
        ("Perubahan Renja Dinas Sosial 2023", True),
        ("Perda Perubahan APBD 2023", True),
        ("APBD TA 2023 Sebelum Perubahan", False),
        ("Laporan Perubahan Ekuitas 2023", False),
    ],
)
def test_revised_budgets_and_plans(title: str, revised: bool) -> None:
    assert classify(title).revised is revised


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rentra Perubahan 2020-2024", "renstra"),
        ("Rencana Kerja Angaran SKPD 2023", "rka"),
        ("Perbup tentang Pernjabaran ABPD TA 2024", "penjabaran-apbd"),
        ("Laporan Realsasi Anggaran 2022", "lra"),
        ("Maklumat Pelayanann", "maklumat"),
        ("LAPORANKEUANGANPEMERINTAHDAERAH2023", "lkpd"),
        ("LaporanKinerjaInstansiPemerintah2022.pdf", "lkjip"),
        ("M O U dengan Kejaksaan", "mou"),
    ],
)
def test_slips_and_joined_words(title: str, kind: str) -> None:
    assert classify(title).kind == kind


@pytest.mark.parametrize("title", ["Kontak", "Perumahan", "Padang Panjang", "Bencana Kerja", "Kabupaten Langkat"])
def test_real_words_are_not_mended_into_names(title: str) -> None:
    assert classify(title).kind is None


def test_the_title_says_which_words_decided() -> None:
    assert "dpa skpd" in classify("Ringkasan DPA-SKPD 2024").why
    assert "rapat" in classify("Rapat Pembahasan DPA SKPD 2024").why
