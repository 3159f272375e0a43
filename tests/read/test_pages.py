"""Pages: what kind of answer they are, and what they show."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Capture, Page
from auditor.read.page import read_page
from tests.read.made import BODY, FOOTER, HOME, MENU, REAL, html, nik


def page(source: str | bytes, url: str = HOME + "halaman", **more: object) -> Page:
    capture = Capture(url, "ppid", datetime(2026, 11, 1, tzinfo=UTC), "ok", 200, "text/html", **more)  # type: ignore[arg-type]
    return read_page(capture, source.encode() if isinstance(source, str) else source, BODY)


SPA = "<html><head><title>SIMPEL</title></head><body><div id=root></div><script src=/main.js></script></body></html>"
NATURES = {
    "page": html("<h1>Profil</h1><p>" + "Kota Misal adalah kota yang tenang. " * 20),
    "soft-404": html("<h1>404</h1><p>Halaman tidak ditemukan</p>", "Halaman tidak ditemukan"),
    "empty-listing": html("<h1>Laporan Keuangan</h1><p>Belum ada data.</p>"),
    "login": "<title>Login</title><form method=post><input name=u><input type=password name=p></form>",
    "script-only": SPA,
    "maintenance": "<title>Perbaikan</title><h1>Situs sedang dalam pemeliharaan</h1>",
    "blocked": "<title>Just a moment...</title><div id=cf-chl_opt>Checking your browser before accessing</div>",
    "parked": "<title>Apache2 Debian Default Page: It works</title><p>This is the default welcome page</p>",
    "empty": "<html><body></body></html>",
    "injected": html("<h1>SLOT GACOR HARI INI</h1><p>Situs slot gacor maxwin, deposit pulsa, bonus, daftar.</p>"),
}


@pytest.mark.parametrize(("nature", "source"), NATURES.items(), ids=list(NATURES))
def test_each_kind_of_answer_is_recognised(nature: str, source: str) -> None:
    found = page(source)
    assert found.nature == nature
    assert bool(found.nature_words) == (nature not in ("page", "empty"))


@pytest.mark.parametrize(
    ("body", "nature"),
    [
        ("<h1>DPA</h1><table id=t><tr><td>No data available in table</td></tr></table>", "empty-listing"),
        (
            "<h1>DPA</h1><script>$('#t').DataTable({serverSide: true, ajax: '/d'})</script>Tidak ada data",
            "script-only",
        ),
        ("<h1>DPA</h1><p>Belum ada data 2026.</p><ul><li><a href=/a.pdf>DPA 2025</a></ul>", "page"),
        ("<h1>Renja</h1>", "empty-listing"),
        ("<h1>Penanganan Galat</h1><p>" + "Prosedur bila berkas tidak ditemukan di arsip. " * 30, "page"),
        ("<h1>Layanan</h1><form><input type=password></form><p>" + "Cara memohon informasi publik. " * 60, "page"),
    ],
)
def test_a_section_without_rows_is_told_from_one_with_them(body: str, nature: str) -> None:
    assert page(html(body)).nature == nature


def test_a_page_is_read_with_menu_and_footer_left_out() -> None:
    found = page(
        html(
            "<ol class=breadcrumb><li>Beranda<li>Berkala</ol><h1>Informasi Berkala</h1>"
            "<p>Diperbarui 3 Februari 2025. NIK: " + nik() + "</p>"
            "<table><caption>Dokumen</caption><tr><th>Judul<th>Berkas</tr>"
            "<tr><td>RKA<td><a href=/a.pdf>Unduh</a></tr><tr><td>DPA<td>-</tr></table>"
            "<form method=post action=/kirim><label for=n>Nama</label><input id=n name=nama><input name=surel></form>"
            "<img src=http://misal.go.id/a.png><img src=/b.png alt=Bagan>",
            head="<meta name=viewport content='width=device-width'><meta name=robots content=noindex>",
        )
    )
    assert found.title == "PPID Kota Misal"
    assert found.headings == ("Informasi Berkala",)
    assert found.breadcrumb == "Beranda > Berkala"
    assert "Hak cipta" not in found.text
    assert nik() not in found.text
    assert found.dates == (date(2025, 2, 3),)
    assert [(t.caption, t.headers, t.rows, t.linked_rows) for t in found.tables] == [
        ("Dokumen", ("Judul", "Berkas"), 2, 1)
    ]
    assert [(f.method, f.action, f.fields) for f in found.forms] == [("post", "/kirim", ("Nama", "surel"))]
    assert (found.inputs, found.inputs_without_label) == (2, 1)
    assert (found.images, found.images_without_alt, found.h1, found.lang) == (2, 1, 1, "id")
    assert found.viewport
    assert {"noindex", "mixed-content"} <= set(found.features)
    assert [(p.kind, p.confirmed) for p in found.personal] == [("nik", True)]


def test_equipment_is_named() -> None:
    found = page(
        html(
            "<form role=search><input name=q></form><a href='https://www.instagram.com/misal'>IG</a>"
            "<a href='https://play.google.com/store/apps/details?id=x'>App</a>"
            "<a href='https://www.facebook.com/sharer/sharer.php?u=http://x'>Bagikan</a>"
            "<script src='https://cdn.userway.org/widget.js'></script>"
        )
    )
    assert set(found.features) == {"search", "social:instagram.com", "app-store", "userway"}


@pytest.mark.parametrize(
    ("url", "body", "news"),
    [
        ("berita/wali-kota-serahkan-dpa", "<h1>Wali Kota Serahkan DPA</h1>", True),
        ("artikel/12/rapat", "<h1>Rapat</h1><p>Penulis: admin, 3 Mei 2024</p>", True),
        ("artikel/12/struktur-organisasi", "<h1>Struktur Organisasi</h1><p>Bagan</p>", False),
        ("halaman/9", "<p>Penulis : admin Tanggal Posting : 28 Juli 2023 | Dibaca : 19044</p><h1>Berkala</h1>", False),
        ("halaman/10", "<p>Penulis: Humas, 3 Mei 2024</p><p>KOTA MISAL - Wali Kota menyerahkan DPA.</p>", True),
    ],
)
def test_news_is_told_from_pages_that_only_carry_a_byline(url: str, body: str, news: bool) -> None:
    assert page(html(body), HOME + url).news is news


def test_what_a_page_is_itself_stands_in_its_headline() -> None:
    found = page(
        html(
            "<h1>Maklumat Pelayanan Informasi</h1><p>" + "Kami sanggup melayani. " * 9,
            "Maklumat Pelayanan Informasi - PPID Kota Misal",
        )
    )
    assert found.itself.kind == "maklumat"
    assert page(html("<h1>Maklumat Pelayanan</h1>"), HOME + "berita/maklumat").itself.kind is None


@pytest.mark.parametrize(
    ("head", "body", "day"),
    [
        ("<meta property='article:published_time' content='2024-05-03T07:00:00+07:00'>", "", date(2024, 5, 3)),
        (
            '<script type="application/ld+json">{"@graph":[{"datePublished":"2023-01-09"}]}</script>',
            "",
            date(2023, 1, 9),
        ),
        ("", "<time datetime='2022-02-02'>kemarin</time>", date(2022, 2, 2)),
        ("", "<p>Diposting pada Jumat, 7 Juni 2024 08:00</p>", date(2024, 6, 7)),
        ("", "<p>Hak cipta 2024</p>", None),
    ],
)
def test_the_date_of_publication_is_the_stated_one(head: str, body: str, day: date | None) -> None:
    assert page(html(body, head=head)).published == day


def test_a_page_of_tables_is_no_data() -> None:
    source = (
        f"<html><body><table><tr><td>{MENU}</td><td><h1>Agenda</h1><p>Rapat 3 Mei 2026</p></td></tr></table>{FOOTER}"
    )
    assert page(source).tables == ()


@given(st.binary(max_size=500))
@settings(max_examples=60, deadline=None)
def test_no_bytes_make_reading_raise(payload: bytes) -> None:
    assert page(b"<html><body>" + payload).size == len(payload) + 12


ODD = sorted((REAL / "f_adverse").glob("*htm*")) + sorted((REAL / "f_adverse").glob("robots_weird*"))


@pytest.mark.parametrize("path", [*sorted((REAL / "a_html").glob("*.html")), *ODD], ids=lambda path: path.name[:40])
def test_real_pages_are_read(path: object) -> None:
    found = page(path.read_bytes())  # type: ignore[attr-defined]
    assert found.size > 0
    assert not found.news
    assert found.nature not in ("injected", "soft-404", "login", "parked")
