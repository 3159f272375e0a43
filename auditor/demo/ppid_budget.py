"""The budget and finance files of the PPID: RKA, DPA, APBD, LRA, LKPD, assets, contracts, grants."""

from __future__ import annotations

from datetime import date

from auditor.demo import papers, sheets
from auditor.demo.answer import CSV, HTML, PDF, XLSX, Pages, file
from auditor.demo.invented import OFFICES, Office, kelurahan, office, rupiah, spread

YEARLY = {2023: 0.86, 2024: 0.91, 2025: 0.96, 2026: 1.0}
"""Size of a year's budget beside that of 2026."""

_PROGRAMMES = (
    ("X.XX.01", "Program Penunjang Urusan Pemerintahan Daerah"),
    ("X.XX.02", "Program Pengelolaan Layanan Utama"),
    ("X.XX.03", "Program Pemberdayaan dan Peran Serta Masyarakat"),
    ("X.XX.04", "Program Peningkatan Kapasitas Sumber Daya"),
)
_ACCOUNTS = (
    ("5.1.01.01.01.0001", "Belanja Gaji Pokok"),
    ("5.1.02.01.01.0024", "Belanja Alat Tulis Kantor"),
    ("5.1.02.02.01.0026", "Belanja Jasa Tenaga Administrasi"),
    ("5.2.02.05.01.0005", "Belanja Modal Alat Rumah Tangga"),
)


def spending(one: Office, year: int) -> int:
    """Belanja of an office in a year, rounded to thousands of rupiah."""
    return int(one.spending * YEARLY[year]) // 1000 * 1000


def total(year: int) -> int:
    """Belanja of the whole city."""
    return sum(spending(one, year) for one in OFFICES)


def _shares(amount: int) -> list[int]:
    parts = [amount * share // 1_000_000 * 1000 for share in (512, 304, 119)]
    return [*parts, amount - sum(parts)]


def _office_paper(
    kind: str, long: str, slug: str, year: int
) -> tuple[str, tuple[str, ...], tuple[tuple[str, ...], ...]]:
    one = office(slug)
    amount = spending(one, year)
    title = f"{long} ({kind}) {one.name} Tahun Anggaran {year}"
    opening = (
        f"{long} Satuan Kerja Perangkat Daerah ({kind}-SKPD) {one.name}, kode organisasi {one.code}, "
        f"Tahun Anggaran {year}. Jumlah belanja {rupiah(amount)}.",
        f"Pengguna Anggaran: {one.head}.",
    )
    programmes = tuple(
        (name, code, rupiah(part)) for (code, name), part in zip(_PROGRAMMES, _shares(amount), strict=True)
    )
    accounts = tuple(
        (name, code, rupiah(part)) for (code, name), part in zip(_ACCOUNTS, _shares(amount // 10), strict=True)
    )
    return title, opening, (("Uraian", "Kode", "Jumlah"), *programmes, *accounts)


def _rka(slug: str, year: int) -> bytes:
    return papers.pdf(*_office_paper("RKA", "Rencana Kerja dan Anggaran", slug, year))


def _dpa(slug: str, year: int) -> bytes:
    return papers.pdf(*_office_paper("DPA", "Dokumen Pelaksanaan Anggaran", slug, year))


def _dpa_scan(slug: str, year: int) -> bytes:
    title, opening, _ = _office_paper("DPA", "Dokumen Pelaksanaan Anggaran", slug, year)
    return papers.scan(title, opening)


RKA_INSPECTORATE = _rka("INSPEKTORAT", 2026)
"""It lies on a drive, not on the PPID."""


def _rka_and_dpa() -> Pages:
    pages: Pages = {}
    for slug in ("DINKES", "DISDIK", "DISKOMINFO", "BKAD", "DINSOS"):
        pages[f"/storage/rka/RKA_{slug}_TA_2026.pdf"] = file(_rka(slug, 2026), PDF, date(2026, 1, 12))
    for slug, year in (("DINKES", 2025), ("BKAD", 2025), ("DINSOS", 2024), ("DISDIK", 2024)):
        pages[f"/storage/rka/RKA_{slug}_TA_{year}.pdf"] = file(_rka(slug, year), PDF, date(year, 1, 20))
    for slug in ("DINKES", "DISHUB", "DISKOMINFO", "DINSOS"):
        pages[f"/storage/dpa/DPA_{slug}_2026.pdf"] = file(_dpa(slug, 2026), PDF, date(2026, 2, 9))
    for slug in ("DISDIK", "BKAD"):
        pages[f"/storage/dpa/DPA_{slug}_2026.pdf"] = file(_dpa_scan(slug, 2026), PDF, date(2026, 2, 9))
    pages["/storage/dpa/DPA_DINSOS_2O25.pdf"] = file(_dpa("DINSOS", 2025), PDF, date(2025, 2, 11))
    pages["/storage/dpa/DPA_DINKES_2024.pdf"] = file(_dpa("DINKES", 2024), PDF, date(2024, 2, 14))
    return pages


_PERDA = {2024: (11, 2023, date(2024, 1, 3)), 2025: (9, 2024, date(2025, 1, 2)), 2026: (12, 2025, date(2026, 1, 2))}


def _apbd() -> Pages:
    pages: Pages = {}
    for year, (number, of, published) in _PERDA.items():
        title = (
            f"Peraturan Daerah Kota Contoh Nomor {number} Tahun {of} tentang "
            f"Anggaran Pendapatan dan Belanja Daerah Tahun Anggaran {year}"
        )
        rows = tuple((one.name, one.code, rupiah(spending(one, year))) for one in OFFICES)
        body = (
            "DENGAN RAHMAT TUHAN YANG MAHA ESA, WALI KOTA CONTOH, menimbang bahwa rancangan telah disetujui bersama "
            "DPRD Kota Contoh; memutuskan: menetapkan Peraturan Daerah tentang APBD.",
            f"Pasal 1. APBD Tahun Anggaran {year} terdiri atas pendapatan, belanja, dan pembiayaan daerah.",
            f"Pasal 2. Belanja daerah direncanakan sebesar {rupiah(total(year))}.",
            "Lampiran I: Ringkasan APBD menurut urusan dan organisasi.",
        )
        pages[f"/storage/apbd/perda-{number}-{of}-apbd.pdf"] = file(
            papers.pdf(title, body, (("Organisasi", "Kode", "Belanja"), *rows)), PDF, published
        )
    pages["/storage/apbd/Lampiran_I_Ringkasan_APBD_TA_2026.xlsx"] = file(
        sheets.xlsx(
            [("Kode Organisasi", "Nama Organisasi", "Tahun", "Belanja"), *_spending_rows(2026)],
            "Lampiran I",
            "Ringkasan APBD Kota Contoh Tahun Anggaran 2026",
        ),
        XLSX,
        date(2026, 1, 2),
    )
    pages["/storage/apbd/penjabaran_apbd_2026_scan.pdf"] = file(
        papers.scan(
            "Peraturan Wali Kota Contoh Nomor 48 Tahun 2025 tentang Penjabaran APBD Tahun Anggaran 2026",
            ("Pasal 1. Penjabaran APBD tercantum dalam Lampiran.", f"Belanja daerah {rupiah(total(2026))}."),
            pages=2,
        ),
        PDF,
        date(2026, 1, 5),
    )
    pages["/storage/apbd/perda-7-2025-perubahan-apbd-2025.pdf"] = file(
        papers.pdf(
            "Peraturan Daerah Kota Contoh Nomor 7 Tahun 2025 tentang Perubahan APBD Tahun Anggaran 2025",
            (f"Pasal 1. Belanja daerah semula {rupiah(total(2025))} menjadi {rupiah(total(2025) * 103 // 100)}.",),
        ),
        PDF,
        date(2025, 10, 6),
    )
    return pages


def _spending_rows(year: int) -> list[tuple[str, str, int, int]]:
    return [(one.code, one.name, year, spending(one, year)) for one in OFFICES]


def _realised(share: int, year: int) -> list[tuple[str | int, ...]]:
    rows: list[tuple[str | int, ...]] = [("Kode", "Uraian", "Anggaran", "Realisasi", "Persen")]
    for one in OFFICES:
        planned, percent = spending(one, year), share + spread(one.slug + str(year), -3, 4)
        rows.append((one.code, one.name, planned, planned * percent // 100, percent))
    return rows


def _lra_paper(title: str, share: int, year: int) -> bytes:
    rows = tuple(
        (str(name), str(percent) + " %", rupiah(int(paid))) for _, name, _, paid, percent in _realised(share, year)[1:]
    )
    opening = (f"Realisasi anggaran pendapatan dan belanja daerah Kota Contoh, {title}. Disajikan dalam rupiah.",)
    return papers.pdf(title, opening, (("Uraian", "Persen", "Realisasi"), *rows))


def _lra() -> Pages:
    pages: Pages = {}
    for quarter, share, published in (
        (1, 17, date(2026, 4, 14)),
        (2, 44, date(2026, 7, 13)),
        (3, 69, date(2026, 10, 12)),
    ):
        title = f"Laporan Realisasi Anggaran Triwulan {'I' * quarter} TA 2026"
        pages[f"/storage/lra/LRA_TW{quarter}_2026.xlsx"] = file(
            sheets.xlsx(_realised(share, 2026), f"TW {quarter}", title), XLSX, published
        )
    pages["/storage/lra/LRA_TW3_2026.pdf"] = file(
        _lra_paper("Laporan Realisasi Anggaran Triwulan III Tahun Anggaran 2026", 69, 2026), PDF, date(2026, 10, 12)
    )
    for year in (2024, 2025):
        pages[f"/storage/lra/LRA_SEMESTER_I_TA_{year}.pdf"] = file(
            _lra_paper(f"Laporan Realisasi Anggaran Semester I Tahun Anggaran {year}", 46, year),
            PDF,
            date(year, 7, 18),
        )
        pages[f"/storage/lra/LRA_SKPD_{year}.pdf"] = file(
            _lra_paper(f"Laporan Realisasi Anggaran Seluruh SKPD Tahun Anggaran {year}", 93, year),
            PDF,
            date(year + 1, 2, 20),
        )
    return pages


def _accounts() -> Pages:
    pages: Pages = {}
    title = "Laporan Keuangan Pemerintah Daerah (LKPD) Kota Contoh Tahun 2024 (Audited)"
    pages["/storage/lkpd/LKPD_AUDITED_2024.pdf"] = file(
        papers.pdf(
            title,
            (
                "Laporan Realisasi Anggaran, Laporan Perubahan Saldo Anggaran Lebih, Neraca, Laporan Operasional, "
                "Laporan Arus Kas, Laporan Perubahan Ekuitas, dan Catatan atas Laporan Keuangan.",
                "Laporan keuangan per 31 Desember 2024 telah diperiksa Badan Pemeriksa Keuangan.",
            ),
            (
                ("Uraian", "Catatan", "Jumlah"),
                ("Aset", "5.3", rupiah(total(2024) * 3)),
                ("Ekuitas", "5.9", rupiah(total(2024) * 2)),
            ),
        ),
        PDF,
        date(2025, 6, 17),
    )
    pages["/storage/lkpd/LKPD_2025.pdf"] = file(
        papers.scan(
            "Laporan Keuangan Pemerintah Daerah Kota Contoh Tahun 2025 (Audited)",
            ("Neraca per 31 Desember 2025, Laporan Operasional, Laporan Arus Kas, Catatan atas Laporan Keuangan.",),
            pages=3,
        ),
        PDF,
        date(2026, 6, 15),
    )
    pages["/storage/lkpd/Neraca_31_Desember_2025.xlsx"] = file(
        sheets.xlsx(
            [
                ("Uraian", "Tahun 2025", "Tahun 2024"),
                *(
                    (name, total(2025) * k, total(2024) * k)
                    for name, k in (
                        ("Aset Lancar", 1),
                        ("Aset Tetap", 2),
                        ("Jumlah Aset", 3),
                        ("Kewajiban", 1),
                        ("Ekuitas", 2),
                    )
                ),
            ],
            "Neraca",
            "Neraca Pemerintah Kota Contoh per 31 Desember 2025",
        ),
        XLSX,
        date(2026, 6, 15),
    )
    pages["/storage/lkpd/LAK_2025.pdf"] = file(papers.blank_pdf(), PDF, date(2026, 6, 15))
    pages["/storage/lkpd/CALK_2025.pdf"] = file(
        b"<!DOCTYPE html><html><head><title>PPID Kota Contoh</title></head>"
        b"<body><h3>Maaf, berkas tidak dapat dibuka.</h3>"
        b"<p>Silakan hubungi admin PPID.</p></body></html>",
        HTML,
    )
    return pages


def _assets_and_deals() -> Pages:
    pages: Pages = {}
    for year in (2023, 2024, 2025):
        rows: list[tuple[str | int, ...]] = [("No", "Golongan", "Jumlah Barang", "Nilai Perolehan")]
        kinds = (
            "Tanah",
            "Peralatan dan Mesin",
            "Gedung dan Bangunan",
            "Jalan, Irigasi dan Jaringan",
            "Aset Tetap Lainnya",
        )
        rows += [
            (n, kind, spread(kind + str(year), 90, 9000), spread(kind, 10, 900) * 1_000_000_000)
            for n, kind in enumerate(kinds, 1)
        ]
        pages[f"/storage/aset/Daftar_Aset_Daerah_{year}.xlsx"] = file(
            sheets.xlsx(rows, "BMD", f"Daftar Aset Barang Milik Daerah per 31 Desember {year}"),
            XLSX,
            date(year + 1, 6, 24),
        )
    for year, encoding in ((2025, "utf-8-sig"), (2026, "cp1252")):
        pages[f"/storage/pbj/daftar_kontrak_{year}.csv"] = file(
            sheets.csv_office(_contracts(year), encoding), CSV, date(year, 10, 20)
        )
    for year in (2025, 2026):
        rows_pdf = tuple(
            (
                f"Lembaga Kemasyarakatan Kelurahan {village}",
                "Hibah uang",
                rupiah(spread(village + str(year), 20, 60) * 1_000_000),
            )
            for _, village in kelurahan()
        )
        pages[f"/storage/hibah/Daftar_Penerima_Hibah_{year}.pdf"] = file(
            papers.pdf(
                f"Daftar Penerima Hibah dan Bantuan Sosial Tahun Anggaran {year}",
                ("Lampiran Keputusan Wali Kota Contoh. Penerima adalah lembaga, bukan perorangan.",),
                (("Penerima", "Bentuk", "Jumlah"), *rows_pdf),
            ),
            PDF,
            date(year, 3, 18),
        )
    return pages


def _contracts(year: int) -> list[list[str | float]]:
    rows: list[list[str | float]] = [
        ["No", "Nama Paket", "Penyedia", "Nilai Kontrak", "Tanggal Mulai", "Tanggal Selesai", "Perangkat Daerah"]
    ]
    for number, (_, village) in enumerate(kelurahan(), 1):
        value = float(spread(f"{village}{year}", 180, 2400) * 1_000_000) + 250.5
        owner = OFFICES[number % len(OFFICES)].name
        rows.append(
            [
                str(number),
                f"Pemeliharaan Gedung Layanan {village} – Tahap II",
                f"CV Rekaan Nomor {number}",
                value,
                f"0{number % 8 + 1}/03/{year}",
                f"2{number % 8}/08/{year}",
                owner,
            ]
        )
    return rows


def files() -> Pages:
    """Path on the PPID -> file."""
    return _rka_and_dpa() | _apbd() | _lra() | _accounts() | _assets_and_deals()
