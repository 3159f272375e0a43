"""The news of www: ceremonies about budgets, plans and opinions. None of it is the document it talks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Item:
    slug: str
    day: date
    title: str
    lead: str
    more: str


RECENT = (
    Item(
        "wali-kota-tinjau-jembatan-andai",
        date(2026, 10, 28),
        "Wali Kota Tinjau Perbaikan Jembatan Andai",
        "Wali Kota meninjau perbaikan Jembatan Andai yang menghubungkan dua kelurahan.",
        "Pekerjaan telah mencapai 80 persen dan diharapkan selesai sebelum akhir tahun.",
    ),
    Item(
        "kota-contoh-raih-opini-wtp",
        date(2026, 6, 16),
        "Raih WTP, Opini BPK atas LKPD 2025 Kota Contoh Kembali Wajar Tanpa Pengecualian",
        "Kota Contoh kembali meraih opini Wajar Tanpa Pengecualian dari BPK atas laporan keuangan tahun 2025.",
        "Laporan hasil pemeriksaan diserahkan Kepala Perwakilan BPK kepada Wali Kota dan Ketua DPRD.",
    ),
    Item(
        "wali-kota-sampaikan-lkpj-2025",
        date(2026, 3, 31),
        "Wali Kota Sampaikan LKPJ 2025 dalam Rapat Paripurna",
        "Wali Kota menyampaikan Laporan Keterangan Pertanggungjawaban tahun 2025 kepada DPRD.",
        "DPRD akan membentuk panitia khusus.",
    ),
    Item(
        "wali-kota-serahkan-dpa-2026",
        date(2026, 1, 15),
        "Wali Kota Serahkan DPA 2026 kepada Seluruh Perangkat Daerah",
        "Dokumen Pelaksanaan Anggaran (DPA) Tahun Anggaran 2026 diserahkan kepada seluruh kepala perangkat daerah.",
        "Wali Kota berpesan agar kegiatan segera dimulai sehingga serapan tidak menumpuk di akhir tahun.",
    ),
)
OLDER = (
    Item(
        "dprd-setujui-raperda-apbd-2026",
        date(2025, 11, 27),
        "DPRD Setujui Raperda APBD 2026",
        "DPRD dan Wali Kota menyetujui bersama Rancangan Peraturan Daerah tentang APBD Tahun Anggaran 2026.",
        "Rapat paripurna dipimpin Ketua DPRD.",
    ),
    Item(
        "bimtek-penyusunan-rka-skpd",
        date(2025, 10, 9),
        "Bimtek Penyusunan RKA SKPD 2026 Diikuti 90 Peserta",
        "Badan Keuangan dan Aset Daerah menggelar bimbingan teknis penyusunan RKA bagi perencana perangkat daerah.",
        "Materi disampaikan selama dua hari.",
    ),
    Item(
        "warga-ikuti-kerja-bakti",
        date(2025, 8, 3),
        "Warga Margareka Kerja Bakti Sambut Hari Kemerdekaan",
        "Ratusan warga membersihkan saluran air.",
        "Kegiatan ditutup dengan makan bersama.",
    ),
)
SECOND_NIGHT = Item(
    "festival-kuliner-rekaan-dibuka",
    date(2026, 11, 2),
    "Festival Kuliner Rekaan Dibuka di Alun-Alun Ibarat",
    "Wakil Wali Kota membuka festival kuliner yang diikuti 60 pedagang.",
    "Festival berlangsung sampai akhir pekan.",
)


def recent(night: int) -> tuple[Item, ...]:
    """The first page of the news; night 2 has one more."""
    return (SECOND_NIGHT, *RECENT) if night >= 2 else RECENT
