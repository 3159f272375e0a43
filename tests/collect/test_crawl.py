"""Whole collections over real sockets: what is followed, and how a site's visit ends."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

from auditor.model import Site, Visit
from tests.badsite import BadSite, Reply, Request, Route, hang_up, html, redirect, refused_port, silence, text
from tests.collect.nights import anchors, night, one

# ---- what is followed ------------------------------------------------------------------------------------------------


def test_a_good_site_is_seen_whole(tmp_path: Path) -> None:
    routes = {
        "/": anchors("/profil", "dpa.pdf", "#atas", "javascript:void(0)", "mailto:a@b.id", "tel:1", "/profil#visi"),
        "/profil": anchors("/", "/data.csv?x=1&amp;y=2"),
        "/dpa.pdf": text(b"%PDF-1.7", "application/pdf"),
        "/data.csv": text("a;b", "text/csv"),
    }
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)])
        assert sorted(site.asked()) == ["/", "/data.csv?x=1&y=2", "/dpa.pdf", "/profil", "/robots.txt", "/sitemap.xml"]
    assert got.visit == Visit("situs", "ok", exhausted=True, pages=4)
    assert got.evidence.visits() == got.visits
    pdf = next(c for c in got.evidence.captures() if c.url.endswith(".pdf"))
    assert (pdf.via, pdf.anchor, pdf.media_type) == (site.url("/"), "Tautan 1", "application/pdf")


def test_links_that_lead_away_are_refused_but_documents_are_fetched_once(tmp_path: Path) -> None:
    with BadSite({}) as site:
        site.routes |= {
            ("site.localhost", "/"): anchors(
                site.url("/berita", "lain.localhost"),
                site.url("/laporan.pdf", "lain.localhost"),
                site.url("/halaman.html", "www.site.localhost"),
                site.url("/tambahan", "tambahan.localhost"),
                "ftp://arsip.localhost/dpa.pdf",
                site.url("/", "dinas.localhost"),
                site.url("/sk.pdf", "dinas.localhost"),
                site.url("/rahasia.pdf", "dalam.localhost"),
            ),
            ("lain.localhost", "/laporan.pdf"): anchors("/jangan"),
            ("www.site.localhost", "/halaman.html"): anchors("/"),
            ("tambahan.localhost", "/tambahan"): html("isi"),
            ("dinas.localhost", "/sk.pdf"): text("%PDF-", "application/pdf"),
            ("dinas.localhost", "/"): html("dinas"),
            ("dalam.localhost", "/"): html("masuk"),
        }
        sites = [
            one(site, hosts=("tambahan.localhost",)),
            one(site, id="dinas", url=site.url(host="dinas.localhost")),
            one(site, id="dalam", role="restricted", url=site.url(host="dalam.localhost")),
        ]
        got = night(tmp_path, sites)
        assert site.asked("lain.localhost") == ["/robots.txt", "/laporan.pdf"]
        assert site.asked("dalam.localhost") == ["/robots.txt", "/"]
        assert site.asked("tambahan.localhost") == ["/robots.txt", "/tambahan"]
    rules = Counter(refusal.rule for refusal in got.visit.refused)
    assert rules == {"other-host": 3, "scheme": 1}
    assert {c.site for c in got.evidence.captures() if c.url.endswith("/sk.pdf")} == {"situs"}
    assert [v.exhausted for v in got.visits] == [True, True, True]


def test_two_sites_on_one_host_share_it_by_folder(tmp_path: Path) -> None:
    routes = {
        "/": anchors("/berita", "/peta-v2/", "/peta-v2/rw"),
        "/berita": html("berita"),
        "/peta-v2/": anchors("rw", "/berita"),
        "/peta-v2/rw": html("rw"),
    }
    with BadSite(routes) as site:
        sites = [one(site, id="covid"), one(site, id="peta", url=site.url("/peta-v2/"))]
        got = night(tmp_path, sites)
        assert Counter(site.asked()) == Counter([*routes, "/robots.txt", "/sitemap.xml", "/sitemap.xml"])
    assert {c.url.partition("/peta-v2")[1]: c.site for c in got.evidence.captures() if "rw" in c.url} == {
        "/peta-v2": "peta"
    }


def test_what_the_catalogue_wants_comes_first(tmp_path: Path) -> None:
    routes: dict[str, Route] = {"/": anchors("/a", "/b", "/dpa", "/c")}
    routes |= {f"/{name}": html(name) for name in ("a", "b", "dpa", "c")}
    with BadSite(routes) as site:
        night(tmp_path, [one(site, max_pages=3)], interest=lambda link: float("dpa" in link.url), workers=1)
        assert site.asked()[2:] == ["/sitemap.xml", "/dpa", "/a"]


def test_pages_of_a_sitemap_are_found(tmp_path: Path) -> None:
    def index(request: Request) -> Reply:
        base = f"http://{request.headers['host']}"
        return text(
            f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>{base}/peta.xml.gz</loc>"
            f"</sitemap><sitemap><loc>{base}/indeks.xml</loc></sitemap></sitemapindex>",
            "application/xml",
        )

    def urls(request: Request) -> Reply:
        base = f"http://{request.headers['host']}"
        xml = (
            f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{base}/yatim</loc></url>"
            "<url><loc>http://lain.localhost/x</loc></url></urlset>"
        )
        return Reply(gzip.compress(xml.encode(), mtime=0), headers=(("Content-Type", "application/gzip"),))

    def robots(request: Request) -> Reply:
        return text(f"User-agent: *\nDisallow:\nSitemap: http://{request.headers['host']}/indeks.xml\n")

    routes = {
        "/": html("x"),
        "/robots.txt": robots,
        "/indeks.xml": index,
        "/peta.xml.gz": urls,
        "/yatim": html("yatim"),
    }
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)])
    assert got.causes()["yatim"] == "ok"
    assert got.visit.exhausted


# ---- how a visit ends ------------------------------------------------------------------------------------------------


def test_a_site_without_address_and_a_site_that_is_gone(tmp_path: Path) -> None:
    sites = [
        Site("tanpa", "service", None, "Tanpa alamat"),
        Site("mati", "service", f"http://mati.localhost:{refused_port()}/", "Mati"),
        Site("tiada", "service", "http://tidak-ada.invalid/", "Tiada"),
    ]
    got = night(tmp_path, sites)
    assert [(v.cause, v.exhausted, v.pages) for v in got.visits] == [
        ("address-not-known", False, 0),
        ("refused", False, 0),
        (got.visits[2].cause, False, 0),
    ]
    assert got.visits[2].cause in ("dns", "dns-unanswered")
    fronts = {c.site: c.cause for c in got.evidence.captures() if c.url in (sites[1].url, sites[2].url)}
    assert fronts == {"mati": "refused", "tiada": got.visits[2].cause}


def test_a_front_page_that_redirects_is_the_one_it_leads_to(tmp_path: Path) -> None:
    with BadSite({}) as site:
        site.routes |= {
            ("site.localhost", "/"): redirect("/beranda", 301),
            ("site.localhost", "/beranda"): anchors("/x"),
            ("site.localhost", "/x"): html("x"),
            ("pindah.localhost", "/"): redirect(site.url("/", "baru.localhost")),
            ("baru.localhost", "/"): anchors("/y"),
        }
        got = night(tmp_path, [one(site), one(site, id="pindah", url=site.url(host="pindah.localhost"))])
        assert site.asked("baru.localhost") == ["/robots.txt", "/"]
    assert [(v.cause, v.pages) for v in got.visits] == [("ok", 2), ("ok", 1)]
    assert "baru.localhost" in got.visits[1].detail


def test_a_restricted_site_gets_robots_and_one_get_whatever_it_answers(tmp_path: Path) -> None:
    for number, front in enumerate((anchors("/admin"), redirect("/login"), Reply(b"", 503), hang_up)):
        with BadSite({"/": front}) as site:
            got = night(tmp_path / str(number), [one(site, role="restricted")], retries=2)
            assert site.asked() == ["/robots.txt", "/"]
            assert got.visit.cause == ("ok", "redirect", "server-error", "reset")[number]


def test_an_app_gets_its_front_page_only(tmp_path: Path) -> None:
    with BadSite({"/": anchors("/lain")}) as site:
        got = night(tmp_path, [one(site, role="app")])
        assert site.asked() == ["/robots.txt", "/"]
    assert got.refused() == {"lain": "depth"}


def test_the_budget_is_kept_and_what_it_left_is_listed(tmp_path: Path) -> None:
    def page(request: Request) -> Reply:
        number = int(request.path.strip("/") or 0)
        return anchors(*(f"/{number * 10 + n}" for n in range(1, 10)))

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        got = night(tmp_path, [one(site, max_pages=8)])
        assert len(site.asked()) == 8 + 2
    assert not got.visit.exhausted
    assert set(got.refused().values()) == {"budget"}
    assert len(got.visit.refused) == 8 * 9 - 7
    assert all(r.anchor.startswith("Tautan") and r.via for r in got.visit.refused)


def test_the_time_of_a_site_is_kept(tmp_path: Path) -> None:
    with BadSite({"*": lambda request: anchors(f"{request.path}x")}) as site:
        got = night(tmp_path, [one(site)], delay_seconds=0.05, max_seconds_per_site=0.5)
    assert 3 <= got.visit.pages <= 11
    assert set(got.refused().values()) == {"budget"}


def test_what_failed_for_a_while_is_asked_once_more_at_the_end(tmp_path: Path) -> None:
    def moody(request: Request) -> Reply:
        return html("isi") if request.number else Reply(b"", 500)

    with BadSite(
        {"/": anchors("/murung", "/sehat", "/sakit"), "/murung": moody, "/sehat": html("x"), "/sakit": Reply(b"", 500)}
    ) as site:
        got = night(tmp_path, [one(site)])
        pages = [target for target in site.asked() if target not in ("/robots.txt", "/sitemap.xml")]
        assert pages == ["/", "/murung", "/sehat", "/sakit", "/murung", "/sakit"]
    assert got.causes()["murung"] == "ok"
    assert got.causes()["sakit"] == "server-error"
    assert (got.visit.pages, got.visit.exhausted) == (3, True)
    assert [c.cause for c in got.evidence.attempts() if c.url.endswith("/murung")] == ["server-error", "ok"]


def test_a_host_that_stops_answering_is_left_and_its_rest_is_named(tmp_path: Path) -> None:
    routes = {
        "/robots.txt": text(""),
        "/sitemap.xml": text(""),
        "/": anchors(*(f"/{n}" for n in range(20))),
        "*": silence,
    }
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)], timeout_seconds=0.05)
        assert len(site.asked()) == 3 + 5 + 1  # once more, later
    assert Counter(got.causes().values()) == {"ok": 3, "read-timeout": 5, "circuit-open": 15}
    assert (got.visit.cause, got.visit.exhausted) == ("ok", False)


def test_no_network_at_all_is_told_by_its_cause(tmp_path: Path) -> None:
    port = refused_port()
    sites = [Site(f"s{n}", "website", f"http://s{n}.localhost:{port}/", "S") for n in range(6)]
    got = night(tmp_path, sites, retries=1)
    assert {v.cause for v in got.visits} == {"refused"}
    assert not any(v.exhausted for v in got.visits)
