"""What was met before is not looked at again, and nothing else is lost by that."""

from __future__ import annotations

from auditor.collect.visiting import SiteVisit
from auditor.model import Site
from auditor.read.links import links

BASE = "http://ppid.localhost/berita/1"
MENU = "".join(f"<li><a href='/menu/{n}'>Menu {n}</a></li>" for n in range(20))


def page(main: str) -> bytes:
    return f"<html><body><nav><ul>{MENU}</ul></nav><main><h1>Berkala</h1>{main}</main></body></html>".encode()


def visit() -> SiteVisit:
    return SiteVisit(Site("situs", "website", "http://ppid.localhost/", "Situs"), 60.0, 10**9)


def test_with_nothing_met_every_link_is_there() -> None:
    payload = page(
        "<a href='dpa.pdf'>DPA</a><a href=\"javascript:window.open('/buka')\">Buka</a><iframe src='/bingkai'></iframe>"
        "<div data-href='/data'>Data</div><a onclick=\"location.href='/klik'\">Klik</a><a href='#atas'>Atas</a>"
        "<a href='//lain.localhost/x'>Lain</a><a href='http://ppid.localhost/utuh?a=1&amp;b=2'>Utuh</a>"
        "<meta http-equiv=refresh content='0; url=/segar'>"
    )
    assert links(payload, BASE, None, visit()) == links(payload, BASE)
    assert len(links(payload, BASE)) == 28


def test_a_menu_that_was_met_is_left_out_and_what_is_new_keeps_its_surroundings() -> None:
    one = visit()
    for link in links(page("<p><a href='a.pdf'>Satu</a></p>"), BASE, None, one):
        one.is_new(link.url)
    second = page("<h2>Anggaran</h2><p><a href='b.pdf'>Dua</a> <a href='a.pdf'>Satu</a></p>")
    assert links(second, BASE, None, one) == tuple(link for link in links(second, BASE) if link.url.endswith("/b.pdf"))
    assert len(links(second, BASE, None, one)) == 1
    # The same href on a page elsewhere is another address.
    elsewhere = "http://ppid.localhost/arsip/1"
    assert [link.url for link in links(second, elsewhere, None, one)] == [
        "http://ppid.localhost/arsip/b.pdf",
        "http://ppid.localhost/arsip/a.pdf",
    ]
