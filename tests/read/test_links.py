"""What a link is called by, and where it stands."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.model import Link
from auditor.read.links import links
from tests.read.made import FOOTER, MENU, REAL

BASE = "https://ppid.misal.go.id/transparansi/rka"


def only(body: str, base: str = BASE) -> Link:
    found = links(body.encode(), base)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ('<a href="a.pdf">x</a>', "https://ppid.misal.go.id/transparansi/a.pdf"),
        ('<a href=" /x/\n  b.pdf ">x</a>', "https://ppid.misal.go.id/x/  b.pdf".replace("  ", "%20%20")),
        ('<a href="/d?a=1&amp;b=2#bawah">x</a>', "https://ppid.misal.go.id/d?a=1&b=2"),
        ('<a href="//drive.google.com/file/d/1/view">x</a>', "https://drive.google.com/file/d/1/view"),
        ('<a href="\\berkas\\c.pdf">x</a>', "https://ppid.misal.go.id/berkas/c.pdf"),
        ('<a href="/RKA 2026 (final).pdf">x</a>', "https://ppid.misal.go.id/RKA%202026%20(final).pdf"),
        ('<iframe src="/viewer?file=d.pdf"></iframe>', "https://ppid.misal.go.id/viewer?file=d.pdf"),
        ('<embed src="e.pdf">', "https://ppid.misal.go.id/transparansi/e.pdf"),
        ('<object data="f.pdf">unduh</object>', "https://ppid.misal.go.id/transparansi/f.pdf"),
        ('<map><area href="/peta/1" alt="Peta"></map>', "https://ppid.misal.go.id/peta/1"),
        ("<button onclick=\"window.open('/g.pdf', '_blank')\">Unduh</button>", "https://ppid.misal.go.id/g.pdf"),
        ("<div onclick=\"location.href='/h'\">Lihat</div>", "https://ppid.misal.go.id/h"),
        ("<a href=\"javascript:window.open('/i.pdf')\">Unduh</a>", "https://ppid.misal.go.id/i.pdf"),
        ('<a href="#" data-href="/j.pdf">Unduh</a>', "https://ppid.misal.go.id/j.pdf"),
        ('<tr data-url="/k/1"><td>', ""),
        ('<meta http-equiv="refresh" content="0; url=/l">', "https://ppid.misal.go.id/l"),
        ('<base href="https://www.misal.go.id/"><a href="m">x</a>', "https://www.misal.go.id/m"),
        ('<a href="hhttp://web.misal.go.id/n">x</a>', "hhttp://web.misal.go.id/n"),
        ('<a href="/berkas/é.pdf">x</a>', "https://ppid.misal.go.id/berkas/%C3%A9.pdf"),
    ],
)
def test_an_address_is_the_one_a_browser_would_go_to(written: str, address: str) -> None:
    assert [link.url for link in links(f"<body>{written}</body>".encode(), BASE)] == ([address] if address else [])


@pytest.mark.parametrize(
    "href", ["#", "", "javascript:void(0)", "mailto:a@b.id", "tel:+62", "data:text/html,x", "http://"]
)
def test_what_leads_nowhere_is_no_link(href: str) -> None:
    assert links(f'<a href="{href}">Unduh</a>'.encode(), BASE) == ()


def test_a_row_gives_a_link_its_title_its_owner_and_its_column() -> None:
    table = """<h2>Ringkasan DPA SKPD</h2><table><caption>Dokumen anggaran</caption>
    <thead><tr><th>No<th>Perangkat Daerah<th>2025<th>2026</tr></thead>
    <tr><td colspan=4>Kelompok Dinas</td></tr>
    <tr><td>1</td><td>Dinas Kesehatan</td><td><a href=a.pdf>Unduh</a></td><td><a href=b.pdf>Unduh</a></td>
    </tr></table>"""
    first, second = links(table.encode(), BASE)
    assert first.context == "Ringkasan DPA SKPD > Dokumen anggaran > Kelompok Dinas > Dinas Kesehatan > 2025"
    assert second.context.endswith("Dinas Kesehatan > 2026")


def test_a_cell_over_several_rows_belongs_to_each() -> None:
    table = """<table><tr><th>Tahun<th>Dokumen<th>Berkas</tr>
    <tr><td rowspan=2>2024<td>RKA<td><a href=a>Unduh</a></tr><tr><td>DPA<td><a href=b>Unduh</a></tr></table>"""
    contexts = [link.context for link in links(table.encode(), BASE)]
    assert contexts == ["2024 | RKA", "2024 | DPA"]


def test_a_frame_table_says_nothing_of_its_cells() -> None:
    page = """<table><tr><td><ul><li><a href=/>Beranda</a></ul></td>
    <td><h1>Statistik</h1><p>Misal Dalam Angka 2026 (<a href=/a.pdf>Unduh</a>)</p></td></tr></table>"""
    assert links(page.encode(), BASE)[1].context == "Statistik > Misal Dalam Angka 2026"


@pytest.mark.parametrize(
    ("page", "context"),
    [
        ("<h1>Anggaran</h1><h3>RKA 2026</h3><a href=a>Unduh</a>", "Anggaran > RKA 2026"),
        ("<h4><a href=a>RKA Dinkes</a></h4>", ""),
        ("<ul><li>Tahun 2024<ul><li><a href=a>RKA</a></ul></ul>", "Tahun 2024"),
        ("<p>Daftar RKA:</p><ul><li><a href=a>Dinas Sosial</a></ul>", "Daftar RKA"),
        ('<a href="#t1">Tahun 2026</a><div id=t1><a href=a>RKA</a></div>', "Tahun 2026"),
        ("<button class=accordion>LKjIP</button><div class=panel><a href=a>2025</a></div>", "LKjIP"),
        ("<details><summary>Renstra</summary><a href=a>Unduh</a></details>", "Renstra"),
        ("<p>Maklumat Pelayanan 2026 dapat diunduh <a href=a>di sini</a></p>", "Maklumat Pelayanan 2026 dapat diunduh"),
        ("<div class=card><div class=card-title>LHKPN Wali Kota</div><a href=a>Lihat</a></div>", "LHKPN Wali Kota"),
        ("<ol class=breadcrumb><li>Beranda<li>Berkala</ol><a href=a>RKA</a>", "Berkala"),
    ],
)
def test_what_stands_around_a_link_is_its_context(page: str, context: str) -> None:
    assert links(f"<body>{page}</body>".encode(), BASE)[-1].context == context


def test_menu_and_footer_are_told_from_the_page() -> None:
    page = f"<body>{MENU}<div class=isi><a href=/x.pdf>RKA</a></div><footer><a href=/y>Peta situs</a></footer>{FOOTER}"
    regions = {link.text: link.region for link in links(page.encode(), BASE)}
    assert (regions["Profil"], regions["RKA"], regions["Peta situs"]) == ("menu", "main", "footer")


def test_a_header_that_was_never_closed_does_not_swallow_the_page() -> None:
    page = "<header><nav><a href=/a>Menu</a></nav><section><table><tr><td><a href=/b.pdf>RKA</a></table></section>"
    assert [link.region for link in links(page.encode(), BASE)] == ["menu", "main"]


@pytest.mark.parametrize(
    ("payload", "charset"),
    [
        ("<a href=a>Anggaran – é</a>".encode(), None),
        ("<meta charset=windows-1252><a href=a>Anggaran – é</a>".encode("cp1252"), None),
        ("<a href=a>Anggaran – é</a>".encode("cp1252"), "iso-8859-1"),
        ("<a href=a>Anggaran – é</a>".encode("utf-16"), None),
        ("<a href=a>Anggaran – é</a>".encode("cp1252"), "no-such-charset"),
    ],
)
def test_texts_are_read_in_the_charset_that_they_are_in(payload: bytes, charset: str | None) -> None:
    assert links(payload, BASE, charset)[0].text == "Anggaran – é"


def test_a_page_that_nests_for_ever_ends() -> None:
    assert links(b"<a href=/a>x</a>" + b"<div>" * 60_000, BASE)[0].url == "https://ppid.misal.go.id/a"


def test_long_texts_and_many_links_are_capped() -> None:
    assert len(only(f"<a href=a>{'kata ' * 5000}</a>").text) <= 500
    assert len(links(b"".join(b"<a href=/%d>x</a>" % n for n in range(21_000)), BASE)) == 20_000


@given(st.binary(max_size=400))
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_it_raise(payload: bytes) -> None:
    for link in links(b"<a href='" + payload + b"'>" + payload, BASE):
        assert len(link.text) <= 500


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("sumut2_site__daftar-informasi-publik.html", 100),
        ("sumut1_informasi-belaka.html", 80),
        ("sumut2_welcome.html", 10),
    ]
    if REAL.exists()
    else [],
)
def test_real_pages_show_their_links_in_the_main_part(name: str, least: int) -> None:
    found = links((REAL / "a_html" / name).read_bytes(), BASE)
    assert sum(link.region == "main" for link in found) >= least
