"""What a site shows twice or without end: mirrors, not-found pages with a 200, feeds, and budgets that are named."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from auditor.collect import feeds
from auditor.collect.mirrors import AGREEING, Mirrors
from tests.badsite import BadSite, Reply, Request, Route, html, text
from tests.collect.nights import anchors, night, one

FILLING = "<p>" + "Isi halaman ini cukup panjang supaya tidak dikira jawaban baku. " * 6

# ---- mirrors ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("second", ["www.site.localhost", "lama.localhost"])
def test_a_site_under_two_hosts_is_read_once(tmp_path: Path, second: str) -> None:
    """Pages whose links carry the name that the visitor came by, and a token that is new each time."""

    def office(request: Request) -> Reply:
        base = f"http://{request.headers['host']}"
        other = base.replace(request.host, second if request.host == "site.localhost" else "site.localhost")
        links = "".join(f"<a href='{root}/{n}'>Dokumen {n}</a>" for root in (base, other) for n in range(1, 13))
        token = f"<input type=hidden value=tok{request.number:040d}>"
        return html(links + FILLING + f"halaman {request.path}" + token)

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": office}) as site:
        got = night(tmp_path, [one(site, hosts=(second,))], workers=1)
        twice = [target for target in site.asked(second) if target not in ("/robots.txt", "/sitemap.xml")]
        assert sorted(set(site.asked("site.localhost"))) == sorted(
            ["/", "/robots.txt", "/sitemap.xml", *(f"/{n}" for n in range(1, 13))]
        )
    assert AGREEING <= len(twice) < 12
    rules = Counter(r.rule for r in got.visit.refused)
    assert rules == {"mirror": 12 - len(twice)}
    assert all(r.anchor.startswith("Dokumen") for r in got.visit.refused)
    assert got.visit.exhausted


def test_a_site_with_one_more_folder_in_front_is_read_once(tmp_path: Path) -> None:
    """`/index.php/profil` and `/profil` are one page of many content systems."""

    def page(request: Request) -> Reply:
        inside = request.path.removeprefix("/index.php")
        if inside == "/":
            return anchors(*(f"/{n}" for n in range(12)), *(f"/index.php/{n}" for n in range(12)))
        return html(FILLING + f"<h1>Halaman {inside}</h1>")

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        got = night(tmp_path, [one(site)], workers=1)
        asked = [target for target in site.asked() if target.startswith("/index.php")]
    assert len(asked) == AGREEING
    assert Counter(r.rule for r in got.visit.refused) == {"mirror": 12 - AGREEING}


def test_what_the_original_does_not_have_is_asked_where_it_was_found(tmp_path: Path) -> None:
    def page(request: Request) -> Reply:
        if request.path == "/":
            second = request.headers["host"].replace("site.", "lama.")
            return anchors(
                *(f"/{n}" for n in range(9)), *(f"http://{second}/{n}" for n in range(9)), f"http://{second}/dpa"
            )
        if request.path == "/dpa" and request.host == "site.localhost":
            return Reply(b"<h1>404", 404)
        return html(FILLING + request.path)

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        got = night(tmp_path, [one(site, hosts=("lama.localhost",))], workers=1)
        assert "/dpa" in site.asked("lama.localhost")
    assert {c.url: c.cause for c in got.evidence.captures() if "dpa" in c.url} == {
        site.url("/dpa"): "not-found",
        site.url("/dpa", "lama.localhost"): "ok",
    }
    assert not any("dpa" in r.url for r in got.visit.refused)


def test_two_sites_of_one_system_that_differ_are_no_mirrors() -> None:
    mirrors = Mirrors()
    for number in range(9):
        for host in ("a.go.id", "b.go.id"):
            words = f"{number}" if number != 3 else f"{number} dari {len(host)}{host[0]}"
            body = (FILLING + words).encode()
            mirrors.saw(f"https://{host}/{number}", words, len(body), lambda body=body: body)
    assert mirrors.original("https://b.go.id/dpa") is None
    assert mirrors.original("https://a.go.id/dpa") is None


def test_http_and_https_of_a_host_are_one_site_when_they_show_the_same() -> None:
    mirrors = Mirrors()
    for number in range(AGREEING):
        for scheme in ("https", "http"):
            body = f"<a href='{scheme}://ppid.go.id/{number}'>x</a>{FILLING}".encode()
            mirrors.saw(f"{scheme}://ppid.go.id/{number}", f"{scheme}{number}", len(body), lambda body=body: body)
    assert mirrors.original("http://ppid.go.id/dpa?a=1") == "https://ppid.go.id/dpa?a=1"
    assert mirrors.original("https://ppid.go.id/dpa?a=1") is None


# ---- not-found pages with a 200 --------------------------------------------------------------------------------------

LOST_TITLED = html(f"<h1>404</h1>{FILLING}<a href='lagi/'>x</a><a href='lain/'>y</a>", title="Halaman tidak ditemukan")
LOST_SILENT = html(f"<h1>Selamat datang</h1>{FILLING}<a href='lagi/'>x</a><a href='lain/'>y</a>", title="PPID Kota")


@pytest.mark.parametrize("lost", [LOST_TITLED, LOST_SILENT])
def test_not_found_pages_with_a_200_do_not_lead_on_for_ever(tmp_path: Path, lost: Reply) -> None:
    """Their links are relative, so that each leads to another address that is not there."""
    honest = Reply(lost.body, 404)
    routes: dict[str | tuple[str, str], Route] = {
        "/robots.txt": text(""),
        "/sitemap.xml": text(""),
        "/": anchors("/tidak-ada", "/sini/", "/dpa"),
        "/tidak-ada": honest,
        "/dpa": html("DPA"),
        "*": lost,
    }
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)])
        assert len(site.asked()) < 25
    assert {r.rule for r in got.visit.refused} == {"soft-404"}
    assert got.causes()["dpa"] == "ok"
    assert got.visit.exhausted


def test_pages_with_the_same_words_and_other_links_are_not_lost(tmp_path: Path) -> None:
    """A list in pages without a word that differs, such as tiles of pictures."""

    def tiles(request: Request) -> Reply:
        if request.path.endswith(".pdf"):
            return text("%PDF-", "application/pdf")
        page = request.path.strip("/") or "0"
        links = "".join(f"<a href='/unduh-{page}-{n}.pdf'><img alt=''></a>" for n in range(3))
        return html(links + "".join(f"<a href='/{n}'>Lanjut</a>" for n in range(8)), title="Galeri")

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": tiles}) as site:
        got = night(tmp_path, [one(site)])
    assert got.visit.refused == ()
    assert len([c for c in got.evidence.captures() if c.url.endswith(".pdf")]) == 8 * 3


# ---- feeds -----------------------------------------------------------------------------------------------------------

RSS = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY boom "bum">]>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>PPID</title><link>{base}/</link>
<atom:link href="{base}/feed/" rel="self"/>
<item><title>DPA Dinas &amp; Badan 2026</title><link>
  {base}/yatim</link><enclosure url="{base}/dpa.pdf" type="application/pdf"/></item>
<item><title>Lain</title><link>http://lain.localhost/x</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Maklumat</title>
<link rel="alternate" href="/maklumat"/><link rel="edit" href="/edit/1"/></entry></feed>"""


def test_entries_of_feeds_are_found_and_feeds_of_comments_left(tmp_path: Path) -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' title='PPID &raquo; Feed' href='/feed/'>"
        "<link rel=alternate type='application/rss+xml' title='Umpan Komentar' href='/comments/feed/'>"
        '<link href="/atom.xml" type="application/atom+xml" rel="alternate">'
        "<link rel='alternate' hreflang='en' href='/en/'>"
        "<link rel='alternate' type='application/rss+xml' href='http://lain.localhost/feed'>"
    )
    front = Reply(f"<html><head>{head}<title>x</title></head><body><a href='/berita/satu'>b</a>".encode())
    article = Reply(b"<link rel=alternate type='application/rss+xml' href='/berita/satu/feed/'>x")
    routes: dict[str | tuple[str, str], Route] = {
        "/": front,
        "/berita/satu": article,
        "/feed/": lambda r: text(RSS.format(base=f"http://{r.headers['host']}"), "application/rss+xml"),
        "/atom.xml": text(ATOM, "application/atom+xml"),
        "/yatim": html("yatim"),
        "/maklumat": html("maklumat"),
        "/dpa.pdf": text("%PDF-", "application/pdf"),
    }
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)])
        assert not {"/comments/feed/", "/berita/satu/feed/", "/edit/1", "/en/"} & set(site.asked())
    assert (got.causes()["yatim"], got.causes()["maklumat"], got.causes()["dpa.pdf"]) == ("ok", "ok", "ok")
    orphan = next(c for c in got.evidence.captures() if c.url.endswith("/yatim"))
    assert (orphan.anchor, orphan.via) == ("DPA Dinas & Badan 2026", site.url("/feed/"))


@pytest.mark.parametrize(
    "payload",
    [b"", b"<html><body>x", b"{}", b"<rss", b"\x00\xff", b"<feed><entry><link href='javascript:x'/></entry></feed>"],
)
def test_what_is_no_feed_has_no_entries(payload: bytes) -> None:
    assert feeds.parse(payload, "http://a.go.id/feed") == ()


def test_a_feed_reads_no_file_of_ours(tmp_path: Path) -> None:
    secret = tmp_path / "rahasia"
    secret.write_text("http://bocor.go.id/x", encoding="utf-8")
    xml = (
        f"<!DOCTYPE r [<!ENTITY x SYSTEM 'file://{secret}'>]><rss><item><link>&x;</link><title>&x;</title></item></rss>"
    )
    assert "bocor" not in str(feeds.parse(xml.encode(), "http://a.go.id/"))


def test_at_most_five_feeds_of_a_site_are_read(tmp_path: Path) -> None:
    def page(request: Request) -> Reply:
        feed = f"<link rel=alternate type='application/rss+xml' href='/umpan{request.path}.xml'>"
        return Reply(f"{feed}<a href='{request.path}x'>lanjut</a>".encode() if len(request.path) < 12 else b"akhir")

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        night(tmp_path, [one(site)])
        assert len([t for t in site.asked() if t.startswith("/umpan")]) == feeds.MAX_FEEDS


# ---- budgets ---------------------------------------------------------------------------------------------------------


def test_each_budget_is_kept_and_named_in_the_visit(tmp_path: Path) -> None:
    def page(request: Request) -> Reply:
        base = request.path.rstrip("/")
        return html("x" * 10_000 + "".join(f"<a href='{base}/{n}'>T</a>" for n in "abc"))

    cases = [
        ("pages", {"max_pages": 4}, {}, "max_pages"),
        ("bytes", {}, {"max_bytes_per_site": 45_000}, "max_bytes_per_site"),
        ("bytes", {"max_bytes_per_site": 45_000}, {}, "max_bytes_per_site"),
        ("time", {}, {"max_seconds_per_site": 0.2, "delay_seconds": 0.05}, "max_seconds_per_site"),
    ]
    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        for number, (name, own, all_sites, key) in enumerate(cases):
            got = night(tmp_path / str(number), [one(site, **own)], **all_sites)
            assert (got.visit.spent, got.visit.exhausted, got.visit.cause) == (name, False, "ok")
            assert key in got.visit.detail
            assert set(got.refused().values()) == {"budget"}
            assert got.evidence.visits() == got.visits
            if name != "time":
                assert got.visit.pages in (4, 5)


def test_the_nearer_pages_come_first(tmp_path: Path) -> None:
    def page(request: Request) -> Reply:
        depth = len(request.path.strip("/").split("/")) if request.path != "/" else 0
        return anchors(*(f"{request.path.rstrip('/')}/{n}" for n in "ab")) if depth < 3 else html("x")

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        night(tmp_path, [one(site)], workers=1)
        depths = [target.count("/") for target in site.asked()[3:]]
    assert depths == sorted(depths)
