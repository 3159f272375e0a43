"""Whole collections over real sockets: what is followed, what is refused and by which rule, how a site's visit ends."""

from __future__ import annotations

import gzip
import itertools
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.collect.crawl import collect
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceError, EvidenceWriter
from auditor.model import Link, Site, Visit
from tests.badsite import BadSite, Reply, Request, Route, hang_up, html, redirect, refused_port, silence, text
from tests.collect.conftest import network


@dataclass(frozen=True)
class Night:
    visits: tuple[Visit, ...]
    evidence: Evidence

    @property
    def visit(self) -> Visit:
        return self.visits[0]

    def refused(self, site: str | None = None) -> dict[str, str]:
        found = [r for v in self.visits if site in (None, v.site) for r in v.refused]
        return {r.url.partition(".localhost")[2].partition("/")[2]: r.rule for r in found}

    def causes(self) -> dict[str, str]:
        return {c.url.partition(".localhost")[2].partition("/")[2]: c.cause for c in self.evidence.captures()}


def night(
    tmp_path: Path,
    sites: Sequence[Site],
    *,
    interest: Callable[[Link], float] = lambda link: 0.0,
    stop: threading.Event | None = None,
    progress: Callable[[str, dict[str, Any]], None] | None = None,
    **more: Any,
) -> Night:
    writer = EvidenceWriter(tmp_path)
    try:
        visits = collect(sites, network(**more), writer, interest=interest, progress=progress, stop=stop)
    finally:
        writer.close()
    return Night(visits, Evidence(tmp_path))


def one(site: BadSite, **more: Any) -> Site:
    return Site(**{"id": "situs", "role": "website", "url": site.url(), "name": "Situs", **more})


def anchors(*hrefs: str) -> Reply:
    return html("".join(f"<p><a href='{href}'>Tautan {n}</a></p>" for n, href in enumerate(hrefs)))


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
        return Reply(gzip.compress(xml.encode()), headers=(("Content-Type", "application/gzip"),))

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
        assert len(site.asked()) == 3 + 5
    assert Counter(got.causes().values()) == {"ok": 3, "read-timeout": 5, "circuit-open": 15}
    assert (got.visit.cause, got.visit.exhausted) == ("ok", False)


def test_no_network_at_all_is_told_by_its_cause(tmp_path: Path) -> None:
    port = refused_port()
    sites = [Site(f"s{n}", "website", f"http://s{n}.localhost:{port}/", "S") for n in range(6)]
    got = night(tmp_path, sites, retries=1)
    assert {v.cause for v in got.visits} == {"refused"}
    assert not any(v.exhausted for v in got.visits)


# ---- robots ----------------------------------------------------------------------------------------------------------


def test_robots_txt_is_obeyed_and_its_refusals_are_listed(tmp_path: Path) -> None:
    robots = "﻿User-agent: *\nDisallow: /rahasia\nDisallow: /*.zip$\nAllow: /rahasia/tapi\nCrawl-delay: 0.1\n"
    routes = {
        "/robots.txt": text(robots.encode()),
        "/": anchors("/rahasia/1", "/rahasia/tapi", "/a.zip", "/lanjut"),
        "/rahasia/tapi": html("x"),
        "/lanjut": redirect("/rahasia/2"),
    }
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)])
        starts = [seen.began for seen in site.log]
        assert not {"/rahasia/1", "/rahasia/2", "/a.zip"} & set(site.asked())
    assert got.refused() == {"rahasia/1": "robots", "a.zip": "robots", "rahasia/2": "robots"}
    assert got.visit.exhausted
    assert got.visit.delay_seconds == 0.1
    assert min(b - a for a, b in itertools.pairwise(starts)) > 0.09


@pytest.mark.parametrize(
    "robots", [Reply(b"", 500), Reply(b"", 429), silence, hang_up, redirect("http://10.0.0.1/robots.txt")]
)
def test_no_robots_txt_by_failure_keeps_us_out(robots: Route, tmp_path: Path) -> None:
    with BadSite({"/robots.txt": robots, "/": html("isi")}) as site:
        got = night(tmp_path, [one(site)], timeout_seconds=0.1)
        assert set(site.asked()) == {"/robots.txt"}
    assert got.visit.cause in ("robots-unreachable", "read-timeout", "reset", "private-address")
    assert not got.visit.exhausted


@pytest.mark.parametrize(
    "robots",
    [
        Reply(b"", 404),
        Reply(b"", 403),
        html("<h1>User-agent: *</h1><p>Disallow: /"),
        text(b"\x00\xff\xfe" * 100),
        text("Disallow: /\n"),
        redirect("/robots.txt?lagi"),
        text("User-agent: *\n" + "Allow: /x\n" * 60_000 + "Disallow: /\n"),
    ],
)
def test_no_robots_txt_by_answer_leaves_us_free(robots: Route, tmp_path: Path) -> None:
    with BadSite({"/robots.txt": robots, "/": html("isi")}) as site:
        assert night(tmp_path, [one(site)]).visit.cause == "ok"


def test_a_front_page_behind_robots_is_not_opened(tmp_path: Path) -> None:
    with BadSite({"/robots.txt": text("User-agent: TransparencyAuditor\nDisallow: /"), "/": html("isi")}) as site:
        got = night(tmp_path, [one(site)])
        assert site.asked() == ["/robots.txt"]
    assert (got.visit.cause, [r.rule for r in got.visit.refused]) == ("robots", ["robots"])


# ---- traps -----------------------------------------------------------------------------------------------------------


def test_a_calendar_without_end_does_not_hold_us(tmp_path: Path) -> None:
    def calendar(request: Request) -> Reply:
        year, month = int(request.query["tahun"]), int(request.query["bulan"])
        after, before = (year + month // 12, month % 12 + 1), (year - (month == 1), (month - 2) % 12 + 1)
        return anchors(*(f"/kalender?tahun={y}&bulan={m}" for y, m in (after, before)), "/")

    with BadSite(
        {"/": anchors("/kalender?tahun=2026&bulan=11", "/dpa"), "/kalender": calendar, "/dpa": html("x")}
    ) as site:
        got = night(tmp_path, [one(site)])
        assert len([t for t in site.asked() if "kalender" in t]) < 20
    assert "trap" in got.refused().values()
    assert got.causes()["dpa"] == "ok"


def test_sessions_sorting_and_endless_folders_do_not_hold_us(tmp_path: Path) -> None:
    count = iter(range(10**6))

    def page(request: Request) -> Reply:
        return anchors(
            f"/daftar?PHPSESSID={next(count):032x}",
            f"/daftar;jsessionid={next(count)}",
            *(f"/daftar?sort={name}&order={way}" for name in ("nama", "tahun", "opd") for way in ("asc", "desc")),
            f"{request.path.rstrip('/')}/dokumen/ppid",
            f"/hal?page={int(request.query.get('page', 0)) + 1}",
        )

    with BadSite({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": page}) as site:
        got = night(tmp_path, [one(site)])
        assert len(site.asked()) < 60
    assert "trap" in got.refused().values()
    assert got.visit.exhausted


def test_a_long_list_in_pages_is_read_to_its_end(tmp_path: Path) -> None:
    def listing(request: Request) -> Reply:
        page = int(request.query.get("page", 1))
        nearby = [n for n in (page - 1, page + 1, 40) if 1 <= n <= 40]
        return anchors(*(f"/dok/{page}-{n}" for n in range(3)), *(f"/daftar?page={n}" for n in nearby))

    with BadSite({"/": anchors("/daftar"), "/daftar": listing, "*": html("dokumen")}) as site:
        got = night(tmp_path, [one(site)])
    assert len([c for c in got.evidence.captures() if "/dok/" in c.url]) == 120
    assert got.visit.exhausted


# ---- hostile ---------------------------------------------------------------------------------------------------------


def test_an_address_that_is_too_long_and_a_page_with_very_many_links(tmp_path: Path) -> None:
    many = "".join(f"<a href=/{n}>x</a>" for n in range(30_000))
    with BadSite(
        {"/": html(f"<a href='/{'x' * 3000}'>panjang</a>" + many), "/robots.txt": text(""), "*": html("x")}
    ) as site:
        got = night(tmp_path, [one(site, max_pages=20)])
    rules = Counter(r.rule for r in got.visit.refused)
    assert rules["size"] == 1
    assert 15_000 < rules["budget"] <= 20_000
    assert not got.visit.exhausted


def test_a_crash_in_our_own_code_ends_no_run_and_is_told(tmp_path: Path) -> None:
    def interest(link: Link) -> float:
        if link.url.endswith("/b"):
            raise RuntimeError("salah hitung")
        return 0.0

    with BadSite({"/": anchors("/a", "/b", "/c"), "*": html("x")}) as site:
        got = night(tmp_path, [one(site)], interest=interest)
    assert (got.visit.cause, got.visit.exhausted) == ("ok", False)
    assert "salah hitung" in got.visit.detail


# ---- politeness ------------------------------------------------------------------------------------------------------


def test_politeness_is_provable_from_the_evidence(tmp_path: Path) -> None:
    delay, hosts, pages = 0.08, 6, 10
    routes = {
        "/": anchors(*(f"/{n}" for n in range(pages))),
        "*": lambda r: Reply(b"<p>x", after=0.02 * (len(r.path) % 2)),
    }
    with BadSite(routes) as site:
        sites = [one(site, id=f"s{n}", url=site.url(host=f"s{n}.localhost")) for n in range(hosts)]
        began = time.monotonic()
        got = night(tmp_path, sites, delay_seconds=delay, workers=8)
        wall = time.monotonic() - began
        seen: dict[str, list[float]] = {}
        for entry in site.log:
            seen.setdefault(entry.host, []).append(entry.began)
    requests = pages + 3
    assert all(len(times) == requests for times in seen.values())
    gaps = [b - a for times in seen.values() for a, b in itertools.pairwise(times)]
    assert sum(gap >= 0.9 * delay for gap in gaps) >= 0.9 * len(gaps)
    assert wall < 3 * requests * delay

    by_host: dict[str, list[tuple[float, int]]] = {}
    for capture in got.evidence.attempts():
        by_host.setdefault(capture.site, []).append((capture.at.timestamp(), capture.elapsed_ms))
    for times in by_host.values():
        times.sort()
        for (start, length), (following, _) in itertools.pairwise(times):
            assert following - start >= delay - 1e-4
            assert following >= start + length / 1000


# ---- interrupted -----------------------------------------------------------------------------------------------------


def _tree(request: Request) -> Reply:
    depth = len([part for part in request.path.split("/") if part])
    base = request.path.rstrip("/")
    return anchors(*(f"{base}/{n}" for n in "abc")) if depth < 3 else html(request.path)


def test_stop_ends_soon_and_the_next_night_goes_on_where_it_was(tmp_path: Path) -> None:
    stop = threading.Event()
    events: list[str] = []

    def progress(event: str, data: dict[str, Any]) -> None:
        events.append(event)
        if events.count("page") == 12:
            stop.set()

    routes = {"/robots.txt": text(""), "/sitemap.xml": text(""), "*": _tree}
    with BadSite(routes) as site:
        began = time.monotonic()
        first = night(tmp_path / "a", [one(site)], stop=stop, progress=progress, delay_seconds=0.01)
        assert time.monotonic() - began < 3
        assert first.visits == first.evidence.visits() == ()
        second = night(tmp_path / "a", [one(site)])
        assert max(Counter(site.asked()).values()) == 1
        third = night(tmp_path / "a", [one(site)])
        assert third.visits == second.visits
    with BadSite(routes, host="site.localhost") as site:
        undisturbed = night(tmp_path / "b", [one(site)])
    assert second.visit == undisturbed.visit
    assert second.causes() == undisturbed.causes()
    assert second.visit.pages == 40


@pytest.mark.parametrize("seed", range(4))
def test_a_night_killed_anywhere_ends_like_an_undisturbed_one(tmp_path: Path, seed: int) -> None:
    routes = {"/robots.txt": text(""), "/sitemap.xml": text(""), "*": _tree}
    with BadSite(routes) as site:
        whole = night(tmp_path, [one(site)])
        file = next(tmp_path.glob("*.warc.gz"))
        os.truncate(file, file.stat().st_size * (2 * seed + 1) // 9)
        before = len(site.asked())
        kept = len(Evidence(tmp_path).captures())
        again = night(tmp_path, [one(site)])
        assert len(site.asked()) - before == 42 - kept
    assert again.visits == whole.visits
    assert again.causes() == whole.causes()
    assert again.evidence.digest() == whole.evidence.digest()
    assert again.evidence.damaged == ()


_CHILD = """
import sys
from pathlib import Path
from auditor.collect.crawl import collect
from auditor.evidence.store import EvidenceWriter
from auditor.model import Site
from tests.collect.conftest import network

collect([Site("situs", "website", sys.argv[2], "Situs")], network(delay_seconds=0.02),
        EvidenceWriter(Path(sys.argv[1])), interest=lambda link: 0.0)
"""


def test_kill_9_in_the_middle_costs_at_most_one_request(tmp_path: Path) -> None:
    routes = {"/robots.txt": text(""), "/sitemap.xml": text(""), "*": _tree}
    with BadSite(routes) as site:
        child = subprocess.Popen([sys.executable, "-c", _CHILD, str(tmp_path), site.url()])
        while len(site.asked()) < 15 and child.poll() is None:
            time.sleep(0.01)
        child.kill()
        child.wait()
        got = night(tmp_path, [one(site)])
        assert len(site.asked()) <= 42 + 1
        assert len(set(site.asked())) == 42
    assert (got.visit.pages, got.visit.exhausted, got.evidence.damaged) == (40, True, ())


def test_an_error_of_the_evidence_ends_the_night_with_that_error(tmp_path: Path) -> None:
    writer = EvidenceWriter(tmp_path)
    with BadSite({"*": _tree}) as site:

        def progress(event: str, data: dict[str, Any]) -> None:
            if event == "page":
                writer.close()

        with pytest.raises(EvidenceError):
            collect([one(site)], network(), writer, interest=lambda link: 0.0, progress=progress)
