"""What a crawl does not do: where robots.txt forbids, where there is no end, where somebody means ill."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest

from auditor.model import Link
from tests.badsite import BadSite, Reply, Request, Route, hang_up, html, redirect, silence, text
from tests.collect.nights import anchors, night, one

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
        assert not {"/rahasia/1", "/rahasia/2", "/a.zip"} & set(site.asked())
    assert got.refused() == {"rahasia/1": "robots", "a.zip": "robots", "rahasia/2": "robots"}
    assert got.visit.exhausted
    assert got.visit.delay_seconds == 0.1
    starts = sorted(capture.at for capture in got.evidence.attempts() if capture.status is not None)
    assert min(b - a for a, b in itertools.pairwise(starts)) >= timedelta(seconds=0.0999)


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


@pytest.mark.parametrize("spelling", ["f[{n}]={value}", "tag={value}", "{name}={value}"])
def test_filters_on_filters_do_not_hold_us(spelling: str, tmp_path: Path) -> None:
    """Ten filters that can be laid on one another are a thousand addresses of one list of five documents."""
    names = ("opd", "tahun", "jenis", "tema", "format", "wilayah", "bidang", "sumber", "lisensi", "frekuensi")

    def listing(request: Request) -> Reply:
        on = {name for name in names if f"={name}1" in request.target}
        narrower = ([*sorted(on), name] for name in names if name not in on)
        filters = ("&".join(spelling.format(n=n, name=v, value=f"{v}1") for n, v in enumerate(w)) for w in narrower)
        return anchors(*(f"/data?{query}" for query in filters), *(f"/data/{n}" for n in range(5)))

    with BadSite({"/": anchors("/data"), "/data": listing, "*": html("dokumen")}) as site:
        got = night(tmp_path, [one(site)])
        asked = site.asked()
    assert len(asked) < 300
    assert {f"/data/{n}" for n in range(5)} <= set(asked)
    assert "trap" in got.refused().values()
    assert got.visit.exhausted


def test_documents_with_three_parameters_are_no_filters(tmp_path: Path) -> None:
    article = "/index.php?option=com_content&id={}&Itemid={}"
    menu = anchors(
        *(article.format(n, n % 3) for n in range(120)), *(f"/dok?opd={n % 30}&tahun={n}" for n in range(30))
    )
    matrix = anchors(*(f"/dok?opd={opd}&tahun={year}" for opd in range(30) for year in range(4)))
    with BadSite({"/": menu, "/dok": matrix, "*": html("artikel")}) as site:
        got = night(tmp_path, [one(site, max_pages=1000)])
    asked = [capture.url for capture in got.evidence.captures()]
    assert len([url for url in asked if "com_content" in url]) == 120
    assert len([url for url in asked if "/dok?" in url]) == 30 * 4 + 26
    assert "trap" not in got.refused().values()


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


@pytest.mark.parametrize("length", [2_001, 10_000, 100_000])
def test_an_address_that_is_too_long_is_not_asked(tmp_path: Path, length: int) -> None:
    with BadSite({"/": anchors("/" + "x" * length, "/dpa"), "/dpa": html("x")}) as site:
        got = night(tmp_path, [one(site)])
        assert max(map(len, site.asked())) < 100
    assert {r.rule for r in got.visit.refused} <= {"size"}
    assert got.causes()["dpa"] == "ok"
    assert got.visit.exhausted


def test_a_number_that_is_none_costs_no_other_link(tmp_path: Path) -> None:
    """`²` is a digit and no number."""
    with BadSite({"/": anchors("/daftar?page=%C2%B2", "/dpa"), "/dpa": html("x"), "/daftar": html("y")}) as site:
        got = night(tmp_path, [one(site)])
    assert (got.causes()["daftar?page=%C2%B2"], got.causes()["dpa"]) == ("ok", "ok")
    assert got.visit.exhausted


def test_a_link_that_is_no_address_costs_no_other_link(tmp_path: Path) -> None:
    wrong = ("http://ppid.go.id:abc/x", "http://ppid.go.id:%20/", "http://ppid.go.id:https://ppid.go.id/")
    with BadSite({"/": anchors(*wrong, "/dpa"), "/dpa": html("x")}) as site:
        got = night(tmp_path, [one(site)])
    assert [(r.url, r.rule) for r in got.visit.refused] == [(url, "scheme") for url in wrong]
    assert got.causes()["dpa"] == "ok"
    assert (got.visit.exhausted, got.visit.detail) == (True, "")


def test_a_page_with_a_hundred_thousand_links(tmp_path: Path) -> None:
    many = "".join(f"<a href=/{n}>x</a>" for n in range(100_000))
    with BadSite({"/": html(many), "/robots.txt": text(""), "*": html("x")}) as site:
        got = night(tmp_path, [one(site, max_pages=20)])
    rules = Counter(r.rule for r in got.visit.refused)
    assert 15_000 < rules["budget"] <= 20_000
    assert not got.visit.exhausted


def test_a_robots_txt_of_fifteen_megabytes_is_read_to_its_limit(tmp_path: Path) -> None:
    """What stands within 500 KiB rules, what stands behind does not; half a line at the limit is no rule."""
    long = "User-agent: *\nDisallow: /rahasia\n" + "Allow: /umum/\n" * 1_200_000 + "Disallow: /\n"
    assert len(long) > 15_000_000
    routes = {"/robots.txt": text(long), "/": anchors("/rahasia", "/dpa"), "/dpa": html("x")}
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)], timeout_seconds=20)
        assert "/rahasia" not in site.asked()
    assert (got.refused(), got.causes()["dpa"]) == ({"rahasia": "robots"}, "ok")


def test_a_cookie_wall_is_named_and_hides_nothing_else(tmp_path: Path) -> None:
    def wall(request: Request) -> Reply:
        return Reply(b"", 302, (("Location", request.path), ("Set-Cookie", "izin=1; Path=/")))

    with BadSite({"/": anchors("/berkuki", "/dpa"), "/berkuki": wall, "/dpa": html("x")}) as site:
        got = night(tmp_path / "page", [one(site)])
        assert site.asked().count("/berkuki") == 1
    assert (got.causes()["berkuki"], got.causes()["dpa"]) == ("cookie-wall", "ok")
    with BadSite({"/": wall, "/robots.txt": Reply(b"", 404)}) as site:
        got = night(tmp_path / "front", [one(site)])
    assert (got.visit.cause, got.visit.exhausted) == ("cookie-wall", False)


def test_a_crash_in_our_own_code_ends_no_run_and_is_told(tmp_path: Path) -> None:
    def interest(link: Link) -> float:
        if link.url.endswith("/b"):
            raise RuntimeError("salah hitung")
        return 0.0

    with BadSite({"/": anchors("/a", "/b", "/c"), "*": html("x")}) as site:
        got = night(tmp_path, [one(site)], interest=interest)
    assert (got.visit.cause, got.visit.exhausted) == ("ok", False)
    assert "salah hitung" in got.visit.detail
