"""The budget listings of the PPID as its officers typed them: titles, owners and links, right and wrong alike."""

from __future__ import annotations

from dataclasses import dataclass

DRIVE = "http://drive.kotacontoh.localhost:{port}"
CLOSED_DRIVE = "http://berbagi.kotacontoh.localhost:{port}"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a document table. `link` empty: the document is named, not published."""

    title: str
    owner: str
    year: str
    uploaded: str
    link: str
    label: str = "Unduh"


RKA = (
    Row("RKA Dinas Kesehatan TA 2026", "Dinas Kesehatan", "2026", "12/01/2026", "/storage/rka/RKA_DINKES_TA_2026.pdf"),
    Row(
        "RKA Dinas Pendidikan TA 2026", "Dinas Pendidikan", "2026", "12/01/2026", "/storage/rka/RKA_DISDIK_TA_2026.pdf"
    ),
    # The wrong file: it is the DPA.
    Row("RKA Dinas Perhubungan TA 2026", "Dinas Perhubungan", "2026", "09/02/2026", "/storage/dpa/DPA_DISHUB_2026.pdf"),
    Row("RKA Diskominfo Tahun 2026", "Diskominfo", "2026", "12/01/2026", "/storage/rka/RKA_DISKOMINFO_TA_2026.pdf"),
    Row("RKA BKAD Tahun Anggaran 2026", "BKAD", "2026", "12/01/2026", "/storage/rka/RKA_BKAD_TA_2026.pdf", "Lihat"),
    Row("RKA Dinas Sosial TA 2026", "Dinas Sosial", "2026", "12/01/2026", "/storage/rka/RKA_DINSOS_TA_2026.pdf"),
    Row("RKA Inspektorat TA 2026", "Inspektorat", "2026", "14/01/2026", f"{DRIVE}/file/d/1RkaInsp2026/view", "Tautan"),
    Row("RKA Dinas Kesehatan TA 2025", "Dinas Kesehatan", "2025", "20/01/2025", "/storage/rka/RKA_DINKES_TA_2025.pdf"),
    Row("RKA BKAD TA 2025", "BKAD", "2025", "20/01/2025", "/storage/rka/RKA_BKAD_TA_2025.pdf"),
    Row("RKA 2024 Dinas Sosial", "Dinas Sosial", "2024", "20/01/2024", "/storage/rka/RKA_DINSOS_TA_2024.pdf"),
    Row("RKA 2024 Dinas Pendidikan", "Dinas Pendidikan", "2024", "20/01/2024", "/storage/rka/RKA_DISDIK_TA_2024.pdf"),
)

DPA = (
    Row(
        "DPA Dinas Kesehatan Tahun Anggaran 2026",
        "Dinas Kesehatan",
        "2026",
        "09/02/2026",
        "/storage/dpa/DPA_DINKES_2026.pdf",
    ),
    Row(
        "DPA Dinas Pendidikan Tahun Anggaran 2026",
        "Dinas Pendidikan",
        "2026",
        "09/02/2026",
        "/storage/dpa/DPA_DISDIK_2026.pdf",
    ),
    Row(
        "DPA Dinas Perhubungan Tahun Anggaran 2026",
        "Dinas Perhubungan",
        "2026",
        "09/02/2026",
        "/storage/dpa/DPA_DISHUB_2026.pdf",
    ),
    Row(
        "DPA Diskominfo Tahun Anggaran 2026", "Diskominfo", "2026", "09/02/2026", "/storage/dpa/DPA_DISKOMINFO_2026.pdf"
    ),
    Row("DPA BKAD Tahun Anggaran 2026", "BKAD", "2026", "09/02/2026", "/storage/dpa/DPA_BKAD_2026.pdf"),
    Row(
        "DPA Dinas Sosial Tahun Anggaran 2026", "Dinas Sosial", "2026", "09/02/2026", "/storage/dpa/DPA_DINSOS_2026.pdf"
    ),
    Row("DPA Bappeda Tahun Anggaran 2026", "Bappeda", "2026", "09/02/2026", "/storage/dpa/DPA_BAPPEDA_2026.pdf"),
    Row(
        "DPA Inspektorat Tahun Anggaran 2026",
        "Inspektorat",
        "2026",
        "10/02/2026",
        f"{CLOSED_DRIVE}/file/d/1DpaInsp2026/view",
        "Tautan",
    ),
    Row("DPA PPKD Tahun Anggaran 2026", "BKAD", "2026", "", ""),
    Row("DPA Dinas Sosial Tahun 2O25", "Dinas Sosial", "2025", "11/02/2025", "/storage/dpa/DPA_DINSOS_2O25.pdf"),
    Row("DPA Dinas Kesehatan Tahun 2024", "Dinas Kesehatan", "2024", "14/02/2024", "/storage/dpa/DPA_DINKES_2024.pdf"),
)

APBD = (
    Row(
        "Perda Nomor 12 Tahun 2025 tentang APBD Tahun Anggaran 2026",
        "Pemerintah Kota",
        "2026",
        "02/01/2026",
        "/storage/apbd/perda-12-2025-apbd.pdf",
    ),
    Row(
        "Lampiran I Ringkasan APBD TA 2026 (XLSX)",
        "Pemerintah Kota",
        "2026",
        "02/01/2026",
        "/storage/apbd/Lampiran_I_Ringkasan_APBD_TA_2026.xlsx",
    ),
    Row(
        "Perwali Nomor 48 Tahun 2025 tentang Penjabaran APBD TA 2026",
        "Pemerintah Kota",
        "2026",
        "05/01/2026",
        "/storage/apbd/penjabaran_apbd_2026_scan.pdf",
    ),
    Row(
        "Perda Nomor 7 Tahun 2025 tentang Perubahan APBD TA 2025",
        "Pemerintah Kota",
        "2025",
        "06/10/2025",
        "/storage/apbd/perda-7-2025-perubahan-apbd-2025.pdf",
    ),
    Row(
        "Perda Nomor 9 Tahun 2024 tentang APBD TA 2025",
        "Pemerintah Kota",
        "2025",
        "02/01/2025",
        "/storage/apbd/perda-9-2024-apbd.pdf",
    ),
    Row(
        "Perda Nomor 11 Tahun 2023 tentang APBD TA 2024",
        "Pemerintah Kota",
        "2024",
        "03/01/2024",
        "/storage/apbd/perda-11-2023-apbd.pdf",
    ),
)

LRA = (
    Row(
        "Laporan Realisasi Anggaran Triwulan III TA 2026",
        "BKAD",
        "2026",
        "12/10/2026",
        "/storage/lra/LRA_TW3_2026.xlsx",
        "XLSX",
    ),
    Row(
        "Laporan Realisasi Anggaran Triwulan III TA 2026",
        "BKAD",
        "2026",
        "12/10/2026",
        "/storage/lra/LRA_TW3_2026.pdf",
        "PDF",
    ),
    Row(
        "Laporan Realisasi Anggaran Triwulan II TA 2026",
        "BKAD",
        "2026",
        "13/07/2026",
        "/storage/lra/LRA_TW2_2026.xlsx",
        "XLSX",
    ),
    Row(
        "Laporan Realisasi Anggaran Triwulan I TA 2026",
        "BKAD",
        "2026",
        "14/04/2026",
        "/storage/lra/LRA_TW1_2026.xlsx",
        "XLSX",
    ),
    Row(
        "Laporan Realisasi Anggaran Seluruh SKPD TA 2025",
        "BKAD",
        "2025",
        "20/02/2026",
        "/storage/lra/LRA_SKPD_2025.pdf",
        "PDF",
    ),
    Row(
        "Laporan Realisasi Anggaran Semester I TA 2025",
        "BKAD",
        "2025",
        "18/07/2025",
        "/storage/lra/LRA_SEMESTER_I_TA_2025.pdf",
        "PDF",
    ),
    Row(
        "Laporan Realisasi Anggaran Seluruh SKPD TA 2024",
        "BKAD",
        "2024",
        "20/02/2025",
        "/storage/lra/LRA_SKPD_2024.pdf",
        "PDF",
    ),
    Row(
        "Laporan Realisasi Anggaran Semester I TA 2024",
        "BKAD",
        "2024",
        "18/07/2024",
        "/storage/lra/LRA_SEMESTER_I_TA_2024.pdf",
        "PDF",
    ),
)

LKPD = (
    Row("LKPD Kota Contoh Tahun 2025 (Audited)", "BKAD", "2025", "15/06/2026", "/storage/lkpd/LKPD_2025.pdf"),
    Row("LKPD Kota Contoh Tahun 2024 (Audited)", "BKAD", "2024", "17/06/2025", "/storage/lkpd/LKPD_AUDITED_2024.pdf"),
    Row("Neraca per 31 Desember 2025", "BKAD", "2025", "15/06/2026", "/storage/lkpd/Neraca_31_Desember_2025.xlsx"),
    Row("Laporan Arus Kas Tahun 2025", "BKAD", "2025", "15/06/2026", "/storage/lkpd/LAK_2025.pdf"),
    Row("Catatan atas Laporan Keuangan (CaLK) Tahun 2025", "BKAD", "2025", "15/06/2026", "/storage/lkpd/CALK_2025.pdf"),
)

ASSETS = tuple(
    Row(
        f"Daftar Aset Daerah per 31 Desember {year}",
        "BKAD",
        str(year),
        f"24/06/{year + 1}",
        f"/storage/aset/Daftar_Aset_Daerah_{year}.xlsx",
    )
    for year in (2025, 2024, 2023)
)

PROCUREMENT = tuple(
    Row(
        f"Daftar Kontrak Pengadaan Barang/Jasa TA {year}",
        "Bagian Pengadaan",
        str(year),
        f"20/10/{year}",
        f"/storage/pbj/daftar_kontrak_{year}.csv",
    )
    for year in (2026, 2025)
)

GRANTS = tuple(
    Row(
        f"Daftar Penerima Hibah dan Bantuan Sosial TA {year}",
        "BKAD",
        str(year),
        f"18/03/{year}",
        f"/storage/hibah/Daftar_Penerima_Hibah_{year}.pdf",
    )
    for year in (2026, 2025)
)
