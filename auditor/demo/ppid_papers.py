"""The other files of the PPID: plans, performance reports, decisions, forms, service reports, LHKPN."""

from __future__ import annotations

from datetime import date

from auditor.demo import papers, sheets
from auditor.demo.answer import PDF, XLSX, Pages, file
from auditor.demo.invented import DEPUTY, MAYOR, OFFICES, SECRETARY, office, rupiah, spread

_RPJMD_PAGES = 38


def rkpd(year: int) -> bytes:
    """The city's work plan of a year."""
    return papers.pdf(
        f"Peraturan Wali Kota Contoh tentang Rencana Kerja Pemerintah Daerah (RKPD) Tahun {year}",
        (
            f"RKPD Tahun {year} adalah dokumen perencanaan daerah untuk periode satu tahun.",
            "BAB I Pendahuluan. BAB II Gambaran Umum Kondisi Daerah. BAB III Kerangka Ekonomi dan Keuangan Daerah. "
            "BAB IV Sasaran dan Prioritas Pembangunan. BAB V Arah Kebijakan. BAB VI Rencana Kerja dan Pendanaan.",
        ),
        (
            ("Prioritas", "Program", "Pagu"),
            *((f"Prioritas {n}", str(n + 2), rupiah(n * 31_000_000_000)) for n in range(1, 7)),
        ),
    )


def _plans(night: int) -> Pages:
    long_text = tuple(
        f"Sasaran {n}. Meningkatnya mutu layanan dasar di Kota Contoh, diukur dengan indikator sasaran ke-{n}, "
        "dengan target tahun 2025 sampai dengan 2029 sebagaimana tercantum dalam tabel, dan penanggung jawab perangkat "
        "daerah yang membidangi. Strategi, arah kebijakan, dan program prioritas diuraikan pada bab berikut. " * 3
        for n in range(1, _RPJMD_PAGES * 4)
    )
    title = (
        "Peraturan Daerah Kota Contoh Nomor 5 Tahun 2025 tentang "
        "Rencana Pembangunan Jangka Menengah Daerah (RPJMD) Kota Contoh Tahun 2025-2029"
    )
    pages: Pages = {
        "/storage/rencana/perda-5-2025-rpjmd-2025-2029.pdf": file(
            papers.pdf(title, ("Pasal 1. RPJMD Kota Contoh Tahun 2025-2029 tercantum dalam Lampiran.",)),
            PDF,
            date(2025, 8, 19),
        ),
        "/storage/rencana/lampiran-rpjmd-2025-2029.pdf": file(
            papers.pdf("Lampiran RPJMD Kota Contoh Tahun 2025-2029", long_text), PDF, date(2025, 8, 19)
        ),
        "/storage/rencana/RPJMD_2019-2024.pdf": file(
            papers.pdf("RPJMD Kota Contoh Tahun 2019-2024", ("Dokumen perencanaan periode sebelumnya.",)),
            PDF,
            date(2019, 9, 2),
        ),
    }
    for year, published in ((2024, date(2023, 7, 10)), (2025, date(2024, 7, 8)), (2026, date(2025, 7, 7))):
        pages[f"/storage/rencana/RKPD_{year}.pdf"] = file(rkpd(year), PDF, published)
    if night >= 2:
        pages["/storage/rencana/RKPD_2027.pdf"] = file(rkpd(2027), PDF, date(2026, 11, 2))
    for slug in ("DINKES", "DISDIK", "BAPPEDA"):
        pages[f"/storage/renstra/Renstra_{slug}_2025-2029.pdf"] = file(_renstra(slug), PDF, date(2025, 11, 20))
    for slug in ("DINKES", "DISDIK", "DISHUB", "BKAD", "BAPPEDA"):
        pages[f"/storage/renja/RENJA_{slug}_2026.pdf"] = file(_renja(slug, 2026), PDF, date(2025, 9, 15))
    for slug in ("DINKES", "BAPPEDA"):
        pages[f"/storage/renja/RENJA_{slug}_2027.pdf"] = file(_renja(slug, 2027), PDF, date(2026, 9, 14))
    return pages


def _renstra(slug: str) -> bytes:
    one = office(slug)
    return papers.pdf(
        f"Rencana Strategis (Renstra) {one.name} Tahun 2025-2029",
        (f"Tujuan dan sasaran jangka menengah {one.name}.", f"Disusun oleh {one.name} Kota Contoh."),
    )


def _renja(slug: str, year: int) -> bytes:
    one = office(slug)
    return papers.pdf(
        f"Rencana Kerja (Renja) {one.name} Tahun {year}",
        (f"Rencana program dan kegiatan {one.name} tahun {year}.",),
        (("Kegiatan", "Kode", "Pagu"), ("Kegiatan utama", one.code[:7], rupiah(one.spending // 3))),
    )


def _performance() -> Pages:
    pages: Pages = {}
    for year in (2023, 2024, 2025):
        pages[f"/storage/kinerja/LKjIP_Kota_Contoh_{year}.pdf"] = file(
            papers.pdf(
                f"Laporan Kinerja Instansi Pemerintah (LKjIP) Pemerintah Kota Contoh Tahun {year}",
                ("Capaian indikator kinerja utama, realisasi anggaran, dan tindak lanjut evaluasi.",),
                (
                    ("Indikator", "Target", "Capaian"),
                    *((f"Indikator {n}", "80", str(spread(f"{year}{n}", 71, 99))) for n in range(1, 9)),
                ),
            ),
            PDF,
            date(year + 1, 3, 27),
        )
        pages[f"/storage/kinerja/LKPJ_{year}.pdf"] = file(
            papers.pdf(
                f"Laporan Keterangan Pertanggungjawaban (LKPJ) Wali Kota Contoh Tahun Anggaran {year}",
                ("Hasil penyelenggaraan urusan pemerintahan yang menjadi kewenangan daerah.",),
            ),
            PDF,
            date(year + 1, 3, 30),
        )
    pages["/storage/kinerja/LPPD_2023.pdf"] = file(
        papers.pdf(
            "Laporan Penyelenggaraan Pemerintahan Daerah (LPPD) Kota Contoh Tahun 2023", ("Capaian kinerja makro.",)
        ),
        PDF,
        date(2024, 3, 28),
    )
    pages["/storage/kinerja/PK_Wali_Kota_2026.pdf"] = file(
        papers.pdf(
            "Perjanjian Kinerja Wali Kota Contoh Tahun 2026",
            (f"Kami, {MAYOR}, berjanji mewujudkan target kinerja tahun 2026.",),
        ),
        PDF,
        date(2026, 1, 30),
    )
    placeholder = papers.pdf("Contoh Dokumen", ("Lorem ipsum dolor sit amet. Dokumen menyusul.",))
    for name in ("IKU_2025", "IKU_2026", "Pohon_Kinerja_2026"):
        pages[f"/storage/kinerja/{name}.pdf"] = file(placeholder, PDF, date(2026, 4, 1))
    pages["/storage/kinerja/Matriks_Program_Kegiatan_TA_2026.xlsx"] = file(_matrix(), XLSX, date(2026, 2, 16))
    return pages


def _matrix() -> bytes:
    """Programmes and activities of every office, with who answers for them."""
    return sheets.xlsx(
        [
            (
                "Nama Program dan Kegiatan",
                "Penanggung Jawab",
                "Nomor Kontak",
                "Target",
                "Jadwal Pelaksanaan",
                "Sumber Anggaran",
                "Jumlah Anggaran",
            ),
            *(
                (
                    f"Program Layanan {one.short}",
                    one.name,
                    "(0999) 555-01" + f"{n:02d}",
                    "100 %",
                    "Januari s.d. Desember 2026",
                    "APBD",
                    one.spending // 4,
                )
                for n, one in enumerate(OFFICES, 10)
            ),
        ],
        "Matriks",
        "Matriks Program dan Kegiatan Tahun Anggaran 2026",
    )


_SOP = {
    "sop-permohonan-informasi": "SOP Pelayanan Permohonan Informasi Publik",
    "sop-keberatan": "SOP Penanganan Keberatan Informasi Publik",
    "sop-sengketa": "SOP Penanganan Sengketa Informasi Publik",
    "sop-uji-konsekuensi": "SOP Pengujian Konsekuensi Informasi Publik",
    "sop-penetapan-dip": "SOP Penetapan dan Pemutakhiran Daftar Informasi Publik",
}


def _procedures() -> Pages:
    pages: Pages = {}
    for slug, title in _SOP.items():
        pages[f"/storage/sop/{slug}.pdf"] = file(
            papers.pdf(
                title,
                (
                    "Dasar hukum: Undang-Undang Nomor 14 Tahun 2008; Peraturan Komisi Informasi Nomor 1 Tahun 2021.",
                    "Langkah 1 sampai dengan 9, pelaksana, kelengkapan, dan waktu.",
                ),
            ),
            PDF,
            date(2024, 5, 6),
        )
    return pages


def _decisions() -> Pages:
    """Who the PPID are, and what they have decided to publish and to keep back."""
    pages: Pages = {}
    pages["/storage/sk/SK_PPID_2025.pdf"] = file(
        papers.pdf(
            "Keputusan Wali Kota Contoh Nomor 555/112 Tahun 2025 tentang Penunjukan "
            "Pejabat Pengelola Informasi dan Dokumentasi (PPID)",
            (
                "Menunjuk Kepala Dinas Komunikasi dan Informatika sebagai PPID Utama, "
                "dan sekretaris perangkat daerah sebagai PPID Pelaksana.",
            ),
        ),
        PDF,
        date(2025, 3, 20),
    )
    for year in (2024, 2025, 2026):
        pages[f"/storage/sk/SK_DIP_{year}.pdf"] = file(
            papers.pdf(
                f"Keputusan PPID Kota Contoh tentang Penetapan Daftar Informasi Publik Tahun {year}",
                (f"Lampiran: Daftar Informasi Publik (DIP) Tahun {year}.",),
            ),
            PDF,
            date(year, 7, 13),
        )
    pages["/storage/sk/SK_DIK_2026.pdf"] = file(
        papers.pdf(
            "Keputusan PPID Kota Contoh tentang Penetapan Daftar Informasi yang Dikecualikan Tahun 2026",
            ("Berdasarkan Berita Acara Uji Konsekuensi.",),
        ),
        PDF,
        date(2026, 3, 9),
    )
    pages["/storage/sk/perwali-14-2019-pedoman-ppid.pdf"] = file(
        papers.pdf(
            "Peraturan Wali Kota Contoh Nomor 14 Tahun 2019 tentang Pedoman "
            "Pengelolaan Pelayanan Informasi dan Dokumentasi",
            ("Pasal 1 sampai dengan Pasal 27.",),
        ),
        PDF,
        date(2019, 4, 15),
    )
    return pages


def _service() -> Pages:
    pages = _procedures()
    for year in (2023, 2024, 2025):
        pages[f"/storage/laporan/Laporan_Layanan_Informasi_{year}.pdf"] = file(
            _service_report(year), PDF, date(year + 1, 2, 25)
        )
    pages |= _decisions()
    pages["/storage/formulir/Formulir_Permohonan_Informasi.pdf"] = file(
        papers.pdf(
            "Formulir Permohonan Informasi Publik",
            (
                "Sesuai Peraturan Komisi Informasi Nomor 1 Tahun 2021.",
                "Nama: ........ Alamat: ........ Nomor telepon/e-mail: ........",
                "Rincian informasi yang dibutuhkan: ........ Tujuan penggunaan informasi: ........",
            ),
        ),
        PDF,
        date(2024, 5, 6),
    )
    pages["/storage/laporan/SKM_2025.pdf"] = file(
        papers.pdf(
            "Laporan Survei Kepuasan Masyarakat (SKM) Tahun 2025",
            ("Nilai indeks 84,17 dari 412 responden, mutu layanan baik.",),
        ),
        PDF,
        date(2026, 1, 26),
    )
    return pages


def _service_report(year: int) -> bytes:
    asked = spread(f"permohonan{year}", 180, 320)
    return papers.pdf(
        f"Laporan Tahunan Layanan Informasi Publik PPID Kota Contoh Tahun {year}",
        (
            "Gambaran umum kebijakan pelayanan informasi publik. Sarana dan prasarana, sumber daya manusia, "
            f"dan anggaran PPID untuk pelayanan informasi sebesar {rupiah(148_000_000)}.",
            f"Jumlah permohonan informasi: {asked}. Waktu rata-rata pemenuhan: 6 hari kerja. Dikabulkan: {asked - 11}. "
            "Ditolak: 11 dengan alasan informasi dikecualikan. Keberatan: 3. Sengketa informasi: 1.",
            "Kendala dan rekomendasi serta rencana tindak lanjut.",
        ),
    )


def _wealth() -> Pages:
    pages: Pages = {}
    for who, name, year in (
        ("Wali_Kota", MAYOR, 2025),
        ("Wakil_Wali_Kota", DEPUTY, 2025),
        ("Sekretaris_Daerah", SECRETARY, 2025),
        ("Wali_Kota", MAYOR, 2024),
        ("Wali_Kota", MAYOR, 2023),
    ):
        pages[f"/storage/lhkpn/LHKPN_{who}_{year}.pdf"] = file(
            papers.pdf(
                "Pengumuman Laporan Harta Kekayaan Penyelenggara Negara (LHKPN) "
                f"{who.replace('_', ' ')} Kota Contoh Tahun {year}",
                (f"Nama: {name}. Tanggal penyampaian: 14 Februari {year + 1}. Jenis laporan: periodik {year}.",),
                (
                    ("Harta", "Butir", "Nilai"),
                    ("Tanah dan bangunan", "II.A", rupiah(spread(name, 700, 2900) * 1_000_000)),
                    ("Kas dan setara kas", "II.E", rupiah(214_000_000)),
                ),
            ),
            PDF,
            date(year + 1, 5, 18),
        )
    return pages


def files(night: int) -> Pages:
    """Path on the PPID -> file. Night 2: RKPD 2027 has come, the LHKPN are gone."""
    wealth = _wealth() if night < 2 else {}
    return _plans(night) | _performance() | _service() | wealth
