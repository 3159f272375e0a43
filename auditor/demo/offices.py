"""Three OPD sites on a WordPress-like theme: dinkes, disdik (503 on night 2), dishub (a gambling page put into it)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from auditor.demo import papers, render
from auditor.demo.answer import PDF, XML, Answer, Host, Pages, file, text
from auditor.demo.invented import Office, office

Post = tuple[str, str, date, str]
_NOT_FOUND = text("<html><head><title>Page not found</title></head><body><h1>404</h1></body></html>", 404, "text/html")


def _site(one: Office, number: int, posts: Sequence[Post], documents: Sequence[tuple[str, str]], front: str) -> Pages:
    shared: dict[str, Any] = {"office": one, "number": number, "extra": [(f"/{posts[0][0]}/", "Berita")]}
    pages: Pages = {
        "/": render.page(front, posts=posts, **shared),
        "/profil/": render.page("opd/profil.html", **shared),
        "/kontak/": render.page("opd/kontak.html", **shared),
        "/dokumen/": render.page("opd/dokumen.html", documents=documents, **shared),
    }
    for slug, title, day, words in posts:
        pages[f"/{slug}/"] = render.page("opd/berita.html", title=title, day=day, words=words, **shared)
    return pages


def _paper(title: str, day: date, words: str = "Ditetapkan kepala dinas.") -> Answer:
    return file(papers.pdf(title, (words,)), PDF, day)


def health() -> Host:
    """dinkes.kotacontoh.localhost: the upload path says 2024, the document is of 2021."""
    one = office("DINKES")
    posts = (
        (
            "imunisasi-serentak",
            "Imunisasi Serentak di 12 Kelurahan",
            date(2026, 9, 21),
            "Imunisasi diikuti 4.102 anak.",
        ),
        (
            "renstra-disusun",
            "Dinkes Susun Renstra Lewat Forum Perangkat Daerah",
            date(2025, 8, 26),
            "Forum dihadiri puskesmas.",
        ),
    )
    uploads = {
        "LKjIP Dinas Kesehatan Tahun 2025": ("/wp-content/uploads/2026/03/LKjIP_Dinkes_2025.pdf", date(2026, 3, 12)),
        "Perjanjian Kinerja Dinas Kesehatan Tahun 2026": (
            "/wp-content/uploads/2026/02/PK_Dinkes_2026.pdf",
            date(2026, 2, 3),
        ),
        "DPA Dinas Kesehatan TA 2021": ("/wp-content/uploads/2024/05/DPA_2021.pdf", date(2024, 5, 20)),
        "SOP Pelayanan Imunisasi": ("/wp-content/uploads/2023/11/sop-imunisasi.pdf", date(2023, 11, 6)),
        "Standar Pelayanan Puskesmas": ("/wp-content/uploads/2023/11/standar-pelayanan.pdf", date(2023, 11, 6)),
    }
    documents = [(title, path) for title, (path, _) in uploads.items()]
    pages = _site(one, 12, posts, [*documents, ("Profil Kesehatan Tahun 2024", "#")], "opd/beranda.html")
    pages |= {path: _paper(title, day) for title, (path, day) in uploads.items()}
    pages["/robots.txt"] = text("User-agent: *\nDisallow: /wp-admin/\nAllow: /wp-admin/admin-ajax.php\n")
    pages["/wp-sitemap.xml"] = text(
        '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>http://dinkes.kotacontoh.localhost:{port}/dokumen/</loc></url></urlset>",
        media_type=XML,
    )
    return Host(pages, _NOT_FOUND)


def education(night: int) -> Host:
    """disdik.kotacontoh.localhost: on night 2 every path, robots.txt too, answers 503."""
    if night >= 2:
        return Host({}, text("Service Unavailable\n", status=503))
    one = office("DISDIK")
    posts = (
        ("penerimaan-murid-baru", "Penerimaan Murid Baru Dibuka", date(2026, 6, 8), "Pendaftaran daring dan luring."),
    )
    uploads = {
        "LKjIP Dinas Pendidikan Tahun 2025": ("/wp-content/uploads/2026/03/lkjip-2025.pdf", date(2026, 3, 16)),
        "Perjanjian Kinerja Dinas Pendidikan Tahun 2026": ("/wp-content/uploads/2026/02/pk-2026.pdf", date(2026, 2, 5)),
    }
    documents = [(title, path) for title, (path, _) in uploads.items()]
    pages = _site(one, 14, posts, documents, "opd/beranda.html")
    return Host(pages | {path: _paper(title, day) for title, (path, day) in uploads.items()}, _NOT_FOUND)


def transport() -> Host:
    """dishub.kotacontoh.localhost, abandoned in 2024: hidden links lead to one page that others have put there."""
    one = office("DISHUB")
    posts = (("uji-kir-keliling", "Uji KIR Keliling Bulan September", date(2024, 9, 2), "Jadwal per kecamatan."),)
    uploads = {
        "Perjanjian Kinerja Dinas Perhubungan Tahun 2024": (
            "/wp-content/uploads/2024/02/pk-dishub.pdf",
            date(2024, 2, 6),
        )
    }
    documents = [(title, path) for title, (path, _) in uploads.items()]
    pages = _site(one, 16, posts, documents, "dishub/beranda.html")
    pages["/jadwal-trayek-malam/"] = render.page("dishub/sisipan.html")
    return Host(pages | {path: _paper(title, day) for title, (path, day) in uploads.items()}, _NOT_FOUND)
