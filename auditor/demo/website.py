"""www.kotacontoh.localhost in its old table layout, the bare domain that leads there, and the JDIH."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from auditor.demo import news, papers, render
from auditor.demo.answer import JSON, PDF, Answer, Host, Pages, file, moved, text
from auditor.demo.clock import MONTHS
from auditor.demo.invented import DEPUTY, MAYOR, OFFICES, SECRETARY
from auditor.demo.ppid_budget import spending, total

_GREEN = (47, 107, 47)
_GALLERY = (
    'fetch("/api/galeri").then(r => r.json()).then(all => {'
    'document.getElementById("root").innerHTML = all.map(g => `<p>${g.judul}</p>`).join("")})'
)
_EVENTS = {
    (2026, 11): (
        (date(2026, 11, 4), "Apel gabungan dan pengarahan Wali Kota", "Halaman Balai Kota"),
        (date(2026, 11, 10), "Upacara Hari Pahlawan", "Alun-Alun Ibarat"),
    ),
    (2026, 10): ((date(2026, 10, 29), "Dialog warga Kelurahan Rawa Cerita", "Kantor Kelurahan"),),
}


def host(night: int) -> Host:
    """www: unknown paths answer 200 with "Halaman tidak ditemukan", and the calendar has no end."""
    fresh = news.recent(night)
    pages: Pages = {
        "/": render.page("www/beranda.html", news=fresh[:4]),
        "/berita": render.page("www/berita.html", news=fresh, current=1),
        "/berita?page=1": render.page("www/berita.html", news=fresh, current=1),
        "/berita?page=2": render.page("www/berita.html", news=news.OLDER, current=2),
        **{f"/berita/{item.slug}": render.page("www/artikel.html", item=item) for item in (*fresh, *news.OLDER)},
        "/profil": render.page("www/profil.html"),
        "/profil/struktur-organisasi": render.page("www/struktur.html", offices=OFFICES),
        "/profil/pejabat": render.page("www/pejabat.html", mayor=MAYOR, deputy=DEPUTY, secretary=SECRETARY),
        "/agenda": _calendar(2026, 11),
        "/statistik": render.page("www/statistik.html"),
        "/kesiapsiagaan": render.page("www/kesiapsiagaan.html"),
        "/arsip-foto/2019": render.page("www/foto.html"),
        "/robots.txt": text("User-agent: *\nDisallow: /arsip-foto/\n"),
        **_openness(),
        **_files(),
    }
    return Host(pages, render.page("www/tidak_ada.html"), _endless)


def _openness() -> Pages:
    """The budget page behind three redirects, a redirect loop, and a gallery that only JavaScript draws."""
    spent = [(one.name, spending(one, 2026)) for one in OFFICES]
    return {
        "/transparansi-anggaran": moved("/transparansi"),
        "/transparansi": moved("/halaman/transparansi/", 302),
        "/halaman/transparansi/": moved("/halaman/transparansi-anggaran"),
        "/halaman/transparansi-anggaran": render.page("www/transparansi.html", total=total(2026), spending=spent),
        "/galeri/video": moved("/galeri/video/", 302),
        "/galeri/video/": moved("/galeri/video", 302),
        "/galeri": render.page("www/galeri.html"),
        "/js/galeri.js": text(_GALLERY, media_type="text/javascript"),
        "/api/galeri": text('[{"judul": "Lomba layang-layang"}]', media_type=JSON),
    }


def _files() -> Pages:
    pictures = {
        "header": ("PEMERINTAH KOTA CONTOH",),
        "sotk": ("Wali Kota", "Sekretaris Daerah", *(one.short for one in OFFICES[:5])),
        "infografis-apbd-2026": ("APBD 2026",),
    }
    return {
        **{f"/gambar/{name}.png": file(papers.picture(words, _GREEN), "image/png") for name, words in pictures.items()},
        "/unduhan/kota-contoh-dalam-angka-2026.pdf": file(
            papers.pdf(
                "Kota Contoh Dalam Angka 2026", ("Statistik sektoral tahun 2025: penduduk, tenaga kerja, sosial.",)
            ),
            PDF,
            date(2026, 3, 2),
        ),
        "/unduhan/metadata-statistik-2021.pdf": file(
            papers.pdf("Buku Metadata Statistik Sektoral 2021", ("Konsep, definisi, dan satuan.",)),
            PDF,
            date(2021, 12, 1),
        ),
        "/unduhan/peta-jalur-evakuasi.pdf": file(
            papers.scan("Peta Jalur Evakuasi Kota Contoh", ("Titik kumpul: lapangan kelurahan.",)),
            PDF,
            date(2024, 2, 5),
        ),
    }


def _endless(target: str) -> Answer | None:
    """`/agenda?bulan=YYYY-MM` exists for every month there ever was or will be."""
    asked = re.fullmatch(r"/agenda\?bulan=(\d{4})-(0[1-9]|1[0-2])", target)
    return _calendar(int(asked.group(1)), int(asked.group(2))) if asked else None


def _calendar(year: int, month: int) -> Answer:
    before = f"{year - (month == 1):04d}-{(month - 2) % 12 + 1:02d}"
    after = f"{year + (month == 12):04d}-{month % 12 + 1:02d}"
    return render.page(
        "www/agenda.html",
        month_name=MONTHS[month - 1],
        year=year,
        before=before,
        after=after,
        events=_EVENTS.get((year, month), ()),
    )


def bare_domain() -> Host:
    """kotacontoh.localhost without www: every path is sent to www."""
    there = moved("http://www.kotacontoh.localhost:{port}/")
    return Host({"/": there}, there)


# ---- JDIH ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Rule:
    kind: str
    number: int
    year: int
    about: str
    day: date

    @property
    def file(self) -> str:
        short = "perda" if self.kind == "Peraturan Daerah" else "perwali"
        return f"{short}-{self.number}-{self.year}.pdf"


_PERDA, _PERWALI = "Peraturan Daerah", "Peraturan Wali Kota"
RULES = (
    Rule(_PERWALI, 41, 2026, "Pengelolaan Parkir Tepi Jalan Umum", date(2026, 10, 12)),
    Rule(_PERWALI, 37, 2026, "Satu Data Kota Contoh", date(2026, 9, 1)),
    Rule(_PERWALI, 30, 2026, "Tata Cara Pemungutan Retribusi Pasar", date(2026, 6, 22)),
    Rule(_PERDA, 3, 2026, "Pengelolaan Sampah", date(2026, 5, 18)),
    Rule(_PERWALI, 12, 2026, "Standar Harga Satuan Tahun 2027", date(2026, 4, 6)),
    Rule(_PERDA, 2, 2026, "Penyelenggaraan Kearsipan", date(2026, 3, 16)),
    Rule(_PERWALI, 31, 2025, "Hari dan Jam Kerja Pegawai", date(2025, 9, 8)),
    Rule(_PERWALI, 27, 2025, "Pengelolaan Taman Kota", date(2025, 8, 11)),
    Rule(_PERWALI, 22, 2025, "Sistem Kerja Perangkat Daerah", date(2025, 7, 14)),
    Rule(_PERDA, 4, 2025, "Kawasan Tanpa Rokok", date(2025, 6, 2)),
    Rule(_PERWALI, 9, 2024, "Peta Proses Bisnis Pemerintah Kota", date(2024, 3, 4)),
    Rule(_PERDA, 1, 2024, "Pajak Daerah dan Retribusi Daerah", date(2024, 1, 4)),
)
MISSING_RULE = next(rule for rule in RULES if (rule.number, rule.year) == (9, 2024))
"""Its file was never uploaded: the link answers 404."""


def jdih() -> Host:
    """jdih.kotacontoh.localhost: a bare list in two pages."""
    pages: Pages = {
        "/": render.page("jdih/daftar.html", rules=RULES[:6], current=1),
        "/?hal=1": render.page("jdih/daftar.html", rules=RULES[:6], current=1),
        "/?hal=2": render.page("jdih/daftar.html", rules=RULES[6:], current=2),
        "/berkas/propemperda-2026.pdf": file(
            papers.pdf("Program Pembentukan Peraturan Daerah (Propemperda) Tahun 2026", ("Sembilan rancangan.",)),
            PDF,
            date(2025, 12, 1),
        ),
        **{f"/berkas/{rule.file}": file(_rule(rule), PDF, rule.day) for rule in RULES if rule is not MISSING_RULE},
    }
    return Host(pages, text("Not Found\n", status=404))


def _rule(rule: Rule) -> bytes:
    return papers.pdf(
        f"{rule.kind} Kota Contoh Nomor {rule.number} Tahun {rule.year} tentang {rule.about}",
        (
            "Menimbang, mengingat, memutuskan, menetapkan.",
            "Pasal 1. Dalam peraturan ini yang dimaksud dengan Daerah adalah Kota Contoh.",
        ),
    )
