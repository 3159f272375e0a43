"""Heading, row, file name and the document's own pages around a title."""

from __future__ import annotations

import pytest

from auditor.model import Unit
from auditor.read.titles import classify

UNITS = (Unit("Dinas Kesehatan", ("Dinkes",)), Unit("Badan Keuangan dan Aset Daerah"), Unit("Kecamatan Bogor Barat"))


@pytest.mark.parametrize("title", ["Unduh", "Download", "Lihat", "Tautan", "Klik di sini", "PDF", "", "Lihat Dokumen"])
def test_a_link_that_names_nothing_takes_its_heading(title: str) -> None:
    facts = classify(title, "Transparansi > Ringkasan DPA SKPD 2023")
    assert (facts.kind, facts.years) == ("dpa", (2023,))
    assert facts.confidence < classify("Ringkasan DPA SKPD 2023").confidence


def test_the_row_is_nearer_than_the_file_and_the_heading() -> None:
    facts = classify("Unduh", "Ringkasan DPA SKPD > 3 | RKPD Tahun 2021 | 12 Mei 2021", "/files/renja_2020.pdf")
    assert (facts.kind, facts.years) == ("rkpd", (2021,))


def test_a_file_that_contradicts_the_heading_wins_over_it() -> None:
    assert classify("Unduh", "Ringkasan DPA SKPD", "https://x.go.id/uploads/2024/05/RKPD_2021.pdf").kind == "rkpd"


def test_a_row_about_another_thing_takes_nothing_from_the_heading() -> None:
    context = "Rencana Umum Pengadaan 2024 > 1 | Belanja Modal Gedung Kantor | 200.000.000"
    assert classify("Lihat", context).kind is None


@pytest.mark.parametrize("row", ["Data Jumlah Pegawai", "Rencana Aksi Daerah Penurunan Emisi"])
def test_a_row_of_a_register_is_not_the_register(row: str) -> None:
    assert classify("Lihat", f"Beranda > Daftar Informasi Publik > {row} > Tautan").kind is None
    assert classify("Lihat", f"Beranda > Daftar Informasi Publik > 1 | {row} | 2023").kind is None
    assert classify("Lihat", "Beranda > Daftar Informasi Publik > Tautan").kind == "dip"


def test_notes_of_a_site_about_a_file_say_nothing() -> None:
    context = "Informasi Berkala > Ringkasan DPA SKPD 2023 > Diunggah oleh admin 12 Mei 2024 diunduh 34 kali"
    assert classify("Unduh", context).kind == "dpa"


@pytest.mark.parametrize("title", ["2023", "Tahun 2023", "TA. 2023", "Semester I 2023", "Anggaran 2023"])
def test_a_year_alone_is_a_document_of_its_heading(title: str) -> None:
    assert classify(title, "Laporan Realisasi Anggaran").kind == "lra"
    assert classify(title, "Laporan Realisasi Anggaran").years == (2023,)


def test_an_office_alone_is_its_document_of_that_heading() -> None:
    facts = classify("Dinkes", "Ringkasan DPA Perangkat Daerah 2019", units=UNITS)
    assert (facts.kind, facts.years, facts.unit) == ("dpa", (2019,), "Dinas Kesehatan")
    assert classify("Dinas Kesehatan", "Struktur Organisasi", units=UNITS).kind is None


def test_the_title_wins_over_heading_and_file() -> None:
    facts = classify("RKA PPKD Tahun 2023", "Ringkasan DPA SKPD", "/f/DPA%20PPKD%20Tahun%202023.pdf")
    assert facts.kind == "rka"
    assert facts.confidence < classify("RKA PPKD Tahun 2023").confidence
    assert "dpa" in facts.why


@pytest.mark.parametrize(
    ("title", "context"),
    [
        ("Back", "TAHUN 2015 > DPA SKPD"),
        ("Logout", "Daftar Informasi Publik"),
        ("Halaman Dalam Pengembangan", "Standar Operasional Prosedur"),
        ("Unduh", "Undang-Undang Nomor 14 Tahun 2008"),
        ("Unduh", "Beranda > Berita > Wali Kota Serahkan DPA 2024"),
        ("Unduh", ""),
    ],
)
def test_no_kind_is_invented_from_the_surroundings(title: str, context: str) -> None:
    assert classify(title, context).kind is None


def test_the_upload_path_is_never_the_year() -> None:
    facts = classify("DPA SKPD", "", "https://x.go.id/wp-content/uploads/2024/05/dpa-skpd.pdf")
    assert (facts.kind, facts.years) == ("dpa", ())
    assert classify("DPA SKPD", "", "https://x.go.id/uploads/2024/05/DPA_2021.pdf").years == (2021,)


def test_a_missing_year_is_taken_from_the_file_then_the_heading_but_not_from_a_menu() -> None:
    assert classify("DPA SKPD", "Tahun 2022", "/f/dpa-2023.pdf").years == (2023,)
    assert classify("DPA SKPD", "Informasi Berkala; tahun 2022").years == (2022,)
    assert classify("DPA SKPD", "menu Transparansi (2020)").years == ()


def test_news_about_a_document_is_no_document_but_a_bare_name_among_posts_is() -> None:
    title = "LKPJ Wali Kota yang ditunggu warga"
    assert classify(title, "Berita Terkini", "https://x.go.id/berita/12/lkpj").kind is None
    assert classify("LKPJ 2023", "Berita", "https://x.go.id/berita/lkpj-2023").kind == "lkpj"


def test_a_name_among_other_words_counts_when_the_file_says_the_same() -> None:
    assert classify("Aset Banyumili").kind is None
    assert classify("Aset Banyumili", "", "/dokumen/Daftar%20Aset%202022.pdf").kind == "daftar-aset"


def test_the_words_of_the_document_support_a_title() -> None:
    alone = classify("DPA Dinkes 2024", units=UNITS)
    words = "PEMERINTAH KOTA BOGOR DOKUMEN PELAKSANAAN ANGGARAN SATUAN KERJA PERANGKAT DAERAH TAHUN ANGGARAN 2024"
    assert classify("DPA Dinkes 2024", units=UNITS, words=words).confidence > alone.confidence


def test_the_words_supply_kind_and_year_where_the_link_names_nothing() -> None:
    words = "PEMERINTAH KOTA BOGOR\nRENCANA STRATEGIS DINAS KESEHATAN\nTAHUN 2025-2029\nKATA PENGANTAR ..."
    facts = classify("Unduh", words=words)
    assert (facts.kind, facts.years) == ("renstra", (2025, 2029))
    assert classify("DPA SKPD", words="DOKUMEN PELAKSANAAN ANGGARAN TAHUN ANGGARAN 2023").years == (2023,)


def test_words_of_a_rule_are_read_as_a_rule() -> None:
    words = "WALI KOTA BOGOR PERATURAN WALI KOTA BOGOR NOMOR 90 TAHUN 2023 TENTANG PENJABARAN APBD TAHUN ANGGARAN 2024"
    facts = classify("Unduh", words=words)
    assert (facts.kind, facts.years) == ("penjabaran-apbd", (2024,))


def test_a_contradiction_lowers_the_confidence_and_is_named() -> None:
    facts = classify("Renstra 2019-2024", words="RENCANA KERJA DAN ANGGARAN SATUAN KERJA 2018")
    assert facts.kind == "renstra"
    assert facts.confidence < 0.7
    assert "rka" in facts.why


def test_words_give_no_kind_to_a_title_that_names_something_else() -> None:
    assert classify("Selamat Datang di Portal", words="DOKUMEN PELAKSANAAN ANGGARAN 2023").kind is None
