"""ppid.kotacontoh.localhost: a Bootstrap-like PPID site, the heart of the score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from auditor.demo import papers, ppid_budget, ppid_lists, ppid_papers, ppid_plans, render
from auditor.demo.answer import XML, Answer, Host, Pages, file, text
from auditor.demo.invented import SECRETARY, office
from auditor.demo.ppid_lists import Row
from auditor.demo.render import page

_PER_PAGE = 6
_BLUE = (11, 74, 143)


def host(night: int) -> Host:
    """The PPID on that night: RKPD 2027 appears and the LHKPN vanish on night 2."""
    pages: Pages = {
        **_profile(),
        **_information(night),
        **_budget(),
        **_planning(night),
        **_service(),
        **_assets(),
        **ppid_budget.files(),
        **ppid_papers.files(night),
    }
    return Host(pages, page("ppid/tidak_ada.html", status=404))


def _profile() -> Pages:
    head = office("DISKOMINFO").head
    return {
        "/": page("ppid/beranda.html"),
        "/berita/raih-predikat-informatif": page("ppid/berita_informatif.html"),
        "/berita/rapat-kua-ppas-2027": page("ppid/berita_kua.html"),
        "/profil/tentang-ppid": page("ppid/tentang.html"),
        "/profil/tugas-dan-fungsi": page("ppid/tugas.html"),
        "/profil/struktur-ppid": page("ppid/struktur.html", secretary=SECRETARY, head=head),
        "/profil/ppid-pelaksana": page("ppid/pelaksana.html"),
        "/profil/regulasi": page("ppid/regulasi.html"),
        "/standar-layanan/maklumat": page("ppid/maklumat.html", head=head),
        "/kontak": page("ppid/kontak.html"),
        "/cari": page("ppid/hasil_cari.html"),
        "/robots.txt": text(
            "User-agent: *\nDisallow: /admin/\n\nSitemap: http://ppid.kotacontoh.localhost:{port}/sitemap.xml\n"
        ),
        "/sitemap.xml": _sitemap(("/", "/informasi/berkala", "/informasi/daftar-informasi-publik", "/kontak")),
    }


def _sitemap(paths: Sequence[str]) -> Answer:
    places = "".join(f"<url><loc>http://ppid.kotacontoh.localhost:{{port}}{path}</loc></url>" for path in paths)
    return text(
        f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>',
        media_type=XML,
    )


def _information(night: int) -> Pages:
    return {
        "/informasi/daftar-informasi-publik": page("ppid/dip.html", rows=ppid_plans.PUBLIC_INFORMATION),
        "/informasi/berkala": page("ppid/berkala.html", lhkpn=night < 2),
        "/informasi/serta-merta": page("ppid/serta_merta.html"),
        "/informasi/setiap-saat": page("ppid/setiap_saat.html"),
        "/informasi/dikecualikan": page("ppid/dikecualikan.html"),
    }


def _listing(path: str, title: str, rows: Sequence[Row], *intro: str, per_page: int = 50) -> Pages:
    """A table of documents, cut into pages `?page=1`, `?page=2` where it is longer than `per_page`."""
    parts = [rows[start : start + per_page] for start in range(0, len(rows), per_page)]
    pages: Pages = {}
    for number, part in enumerate(parts, 1):
        answer = page(
            "ppid/daftar.html", title=title, intro=intro, rows=part, path=path, pages=len(parts), current=number
        )
        if number == 1:
            pages[path] = answer
        if len(parts) > 1:
            pages[f"{path}?page={number}"] = answer
    return pages


def _budget() -> Pages:
    return {
        "/transparansi": page("ppid/transparansi.html"),
        **_listing("/transparansi/rka", "Ringkasan RKA SKPD", ppid_lists.RKA, per_page=_PER_PAGE),
        **_listing(
            "/transparansi/dpa",
            "Ringkasan DPA SKPD",
            ppid_lists.DPA,
            "Belanja dirinci menurut kode rekening, misalnya 5.1.02.01.01.0024 atau 5102010100240001.",
            per_page=_PER_PAGE,
        ),
        **_listing("/transparansi/apbd", "APBD", ppid_lists.APBD),
        **_listing("/transparansi/lra", "Laporan Realisasi Anggaran", ppid_lists.LRA),
        **_listing("/transparansi/laporan-keuangan", "LKPD Sudah Teraudit", ppid_lists.LKPD),
        **_listing("/transparansi/aset", "Daftar Aset", ppid_lists.ASSETS),
        **_listing("/transparansi/hibah-bansos", "Hibah dan Bantuan Sosial", ppid_lists.GRANTS),
        "/transparansi/pengadaan": page("ppid/pengadaan.html", rows=ppid_lists.PROCUREMENT),
    }


def _planning(night: int) -> Pages:
    plans = (ppid_plans.RKPD_2027, *ppid_plans.PLANS) if night >= 2 else ppid_plans.PLANS
    pages = {
        **_listing("/perencanaan", "RPJMD dan RKPD", plans),
        **_listing("/perencanaan/renstra", "Renstra Perangkat Daerah", ppid_plans.STRATEGIES),
        **_listing("/perencanaan/renja", "Renja Perangkat Daerah", ppid_plans.WORK_PLANS),
        **_listing("/kinerja", "Laporan Kinerja", ppid_plans.PERFORMANCE),
    }
    if night < 2:
        pages |= _listing(
            "/lhkpn", "LHKPN", ppid_plans.WEALTH, "Pengumuman harta kekayaan yang telah diverifikasi KPK."
        )
    return pages


def _service() -> Pages:
    return {
        "/standar-layanan/sop": page("ppid/sop.html"),
        "/standar-layanan/jadwal": page("ppid/jadwal.html"),
        "/standar-layanan/tata-cara-permohonan": page("ppid/tata_cara.html"),
        "/standar-layanan/keberatan": page("ppid/keberatan.html"),
        "/standar-layanan/sengketa": page("ppid/sengketa.html"),
        "/layanan/permohonan-informasi": page("ppid/permohonan.html"),
        "/laporan/akses-informasi": page("ppid/akses.html"),
        **_listing("/laporan/layanan-informasi", "Laporan Layanan Informasi", ppid_plans.REPORTS),
    }


def _assets() -> Pages:
    pictures = {
        "lambang": ("KC",),
        "struktur-ppid": ("Atasan PPID", "PPID Utama", "Tim Pertimbangan", "PPID Pelaksana"),
        "ruang-layanan": ("Ruang Layanan",),
        "banner-keberatan": ("FORMULIR PENGAJUAN KEBERATAN", "7 alasan keberatan", "Dijawab dalam 30 hari kerja"),
        "alur-sengketa": ("ALUR SENGKETA INFORMASI", "Komisi Informasi Provinsi"),
    }
    return {
        "/assets/gaya.css": Answer(200, (("Content-Type", "text/css"),), render.asset("ppid/gaya.css")),
        "/assets/aksesibilitas-widget.js": text("// widget aksesibilitas\n", media_type="text/javascript"),
        **{
            f"/assets/{name}.png": file(papers.picture(words, _BLUE), "image/png", date(2024, 5, 6))
            for name, words in pictures.items()
        },
    }
