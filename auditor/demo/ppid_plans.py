"""The other listings of the PPID: plans, performance, wealth reports, service reports, and the DIP itself."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.demo.ppid_lists import Row


@dataclass(frozen=True, slots=True)
class Known:
    """A line of the Daftar Informasi Publik."""

    title: str
    summary: str
    keeper: str
    made: str
    link: str
    form: str = "Softcopy"
    kept: str = "5 tahun"


PLANS = (
    Row(
        "Perda Nomor 5 Tahun 2025 tentang RPJMD Kota Contoh Tahun 2025-2029",
        "Bappeda",
        "2025-2029",
        "19/08/2025",
        "/storage/rencana/perda-5-2025-rpjmd-2025-2029.pdf",
    ),
    Row(
        "Lampiran RPJMD Kota Contoh Tahun 2025-2029",
        "Bappeda",
        "2025-2029",
        "19/08/2025",
        "/storage/rencana/lampiran-rpjmd-2025-2029.pdf",
    ),
    Row(
        "RPJMD Kota Contoh Tahun 2019-2024",
        "Bappeda",
        "2019-2024",
        "02/09/2019",
        "/storage/rencana/RPJMD_2019-2024.pdf",
    ),
    Row("RKPD Kota Contoh Tahun 2026", "Bappeda", "2026", "07/07/2025", "/storage/rencana/RKPD_2026.pdf"),
    Row("RKPD Kota Contoh Tahun 2025", "Bappeda", "2025", "08/07/2024", "/storage/rencana/RKPD_2025.pdf"),
    Row("RKPD Kota Contoh Tahun 2024", "Bappeda", "2024", "10/07/2023", "/storage/rencana/RKPD_2024.pdf"),
)
RKPD_2027 = Row("RKPD Kota Contoh Tahun 2027", "Bappeda", "2027", "02/11/2026", "/storage/rencana/RKPD_2027.pdf")

STRATEGIES = (
    Row(
        "Renstra Dinas Kesehatan Tahun 2025-2029",
        "Dinas Kesehatan",
        "2025-2029",
        "20/11/2025",
        "/storage/renstra/Renstra_DINKES_2025-2029.pdf",
        "Lihat",
    ),
    Row(
        "Renstra Dinas Pendidikan Tahun 2025-2029",
        "Dinas Pendidikan",
        "2025-2029",
        "20/11/2025",
        "/storage/renstra/Renstra_DISDIK_2025-2029.pdf",
        "Lihat",
    ),
    Row(
        "Renstra Bappeda Tahun 2025-2029",
        "Bappeda",
        "2025-2029",
        "20/11/2025",
        "/storage/renstra/Renstra_BAPPEDA_2025-2029.pdf",
        "Lihat",
    ),
    Row("Renstra Dinas Sosial Tahun 2025-2029", "Dinas Sosial", "2025-2029", "", ""),
)

WORK_PLANS = (
    Row(
        "Renja Dinas Kesehatan Tahun 2027",
        "Dinas Kesehatan",
        "2027",
        "14/09/2026",
        "/storage/renja/RENJA_DINKES_2027.pdf",
    ),
    Row("Renja Bappeda Tahun 2027", "Bappeda", "2027", "14/09/2026", "/storage/renja/RENJA_BAPPEDA_2027.pdf"),
    Row(
        "Renja Dinas Kesehatan Tahun 2026",
        "Dinas Kesehatan",
        "2026",
        "15/09/2025",
        "/storage/renja/RENJA_DINKES_2026.pdf",
    ),
    Row(
        "Renja Dinas Pendidikan Tahun 2026",
        "Dinas Pendidikan",
        "2026",
        "15/09/2025",
        "/storage/renja/RENJA_DISDIK_2026.pdf",
    ),
    Row(
        "Renja Dinas Perhubungan Tahun 2026",
        "Dinas Perhubungan",
        "2026",
        "15/09/2025",
        "/storage/renja/RENJA_DISHUB_2026.pdf",
    ),
    Row("Renja BKAD Tahun 2026", "BKAD", "2026", "15/09/2025", "/storage/renja/RENJA_BKAD_2026.pdf"),
    Row("Renja Bappeda Tahun 2026", "Bappeda", "2026", "15/09/2025", "/storage/renja/RENJA_BAPPEDA_2026.pdf"),
)

PERFORMANCE = (
    *(
        Row(
            f"LKjIP Pemerintah Kota Contoh Tahun {year}",
            "Pemerintah Kota",
            str(year),
            f"27/03/{year + 1}",
            f"/storage/kinerja/LKjIP_Kota_Contoh_{year}.pdf",
        )
        for year in (2025, 2024, 2023)
    ),
    *(
        Row(
            f"LKPJ Wali Kota Contoh Tahun {year}",
            "Pemerintah Kota",
            str(year),
            f"30/03/{year + 1}",
            f"/storage/kinerja/LKPJ_{year}.pdf",
        )
        for year in (2025, 2024, 2023)
    ),
    Row("LPPD Kota Contoh Tahun 2023", "Pemerintah Kota", "2023", "28/03/2024", "/storage/kinerja/LPPD_2023.pdf"),
    Row(
        "Perjanjian Kinerja Wali Kota Tahun 2026",
        "Pemerintah Kota",
        "2026",
        "30/01/2026",
        "/storage/kinerja/PK_Wali_Kota_2026.pdf",
    ),
)

WEALTH = (
    Row(
        "LHKPN Wali Kota Contoh Tahun 2025",
        "Wali Kota",
        "2025",
        "18/05/2026",
        "/storage/lhkpn/LHKPN_Wali_Kota_2025.pdf",
    ),
    Row(
        "LHKPN Wakil Wali Kota Contoh Tahun 2025",
        "Wakil Wali Kota",
        "2025",
        "18/05/2026",
        "/storage/lhkpn/LHKPN_Wakil_Wali_Kota_2025.pdf",
    ),
    Row(
        "LHKPN Sekretaris Daerah Kota Contoh Tahun 2025",
        "Sekretaris Daerah",
        "2025",
        "18/05/2026",
        "/storage/lhkpn/LHKPN_Sekretaris_Daerah_2025.pdf",
    ),
    Row(
        "LHKPN Wali Kota Contoh Tahun 2024",
        "Wali Kota",
        "2024",
        "18/05/2025",
        "/storage/lhkpn/LHKPN_Wali_Kota_2024.pdf",
    ),
    Row(
        "LHKPN Wali Kota Contoh Tahun 2023",
        "Wali Kota",
        "2023",
        "18/05/2024",
        "/storage/lhkpn/LHKPN_Wali_Kota_2023.pdf",
    ),
)

REPORTS = tuple(
    Row(
        f"Laporan Layanan Informasi Publik PPID Tahun {year}",
        "PPID",
        str(year),
        f"25/02/{year + 1}",
        f"/storage/laporan/Laporan_Layanan_Informasi_{year}.pdf",
    )
    for year in (2025, 2024, 2023)
)

PUBLIC_INFORMATION = (
    Known("RPJMD Kota Contoh 2025-2029", "Rencana pembangunan lima tahun", "Bappeda", "2025", ""),
    Known("RKPD Tahun 2026", "Rencana kerja pemerintah daerah", "Bappeda", "2025", "/storage/rencana/RKPD_2026.pdf"),
    Known(
        "Perda APBD TA 2026", "Anggaran pendapatan dan belanja", "BKAD", "2025", "/storage/apbd/perda-12-2025-apbd.pdf"
    ),
    Known(
        "RKA Perangkat Daerah TA 2026", "Rencana kerja dan anggaran", "Perangkat daerah", "2026", "/transparansi/rka"
    ),
    Known(
        "DPA Perangkat Daerah TA 2026", "Dokumen pelaksanaan anggaran", "Perangkat daerah", "2026", "/transparansi/dpa"
    ),
    Known("LRA Triwulan III TA 2026", "Realisasi anggaran", "BKAD", "2026", "/storage/lra/LRA_TW3_2026.pdf"),
    Known("Laporan Arus Kas PPKD Tahun 2025", "Arus kas bendahara umum", "BKAD", "2026", ""),
    Known(
        "LKjIP Tahun 2025",
        "Laporan kinerja",
        "Bagian Organisasi",
        "2026",
        "/storage/kinerja/LKjIP_Kota_Contoh_2025.pdf",
    ),
    Known(
        "Daftar Aset Daerah 2025",
        "Rekapitulasi barang milik daerah",
        "BKAD",
        "2026",
        "/storage/aset/Daftar_Aset_Daerah_2025.xlsx",
    ),
    Known(
        "Daftar Kontrak TA 2026",
        "Ringkasan kontrak pengadaan",
        "Bagian Pengadaan",
        "2026",
        "/storage/pbj/daftar_kontrak_2026.csv",
    ),
    Known(
        "Standar Harga Satuan Tahun 2026", "Standar harga barang dan jasa", "BKAD", "2026", "/storage/ssh/SSH_2026.pdf"
    ),
    Known(
        "Rencana Kontinjensi Banjir",
        "Rencana penanganan kedaruratan",
        "Pelaksana BPBD",
        "2024",
        "/storage/bencana/renkon_banjir.pdf",
    ),
    Known("Risalah Rapat Pembahasan APBD", "Catatan rapat", "Sekretariat DPRD", "2025", "", "Hardcopy"),
    Known("Data Tenaga Kontrak", "Rekapitulasi per perangkat daerah", "BKPSDM", "2026", "", "Hardcopy"),
)
