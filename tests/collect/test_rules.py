"""The pure rules of collecting: addresses, traps, robots.txt, sitemaps, the guard, the gate."""

from __future__ import annotations

import itertools
import socket
import threading
import time
from pathlib import Path

import pytest

from auditor.collect import sitemaps
from auditor.collect.gate import Gate, Stopped
from auditor.collect.guard import AddressRefused, Guard
from auditor.collect.robots import MAX_DELAY, rules_of
from auditor.collect.scope import Scope
from auditor.collect.traps import MAX_CALENDAR, Traps
from auditor.collect.urls import is_web, key, looks_like_document
from auditor.model import Site

REAL = Path(__file__).parents[2].parent / "shared" / "real"
AGENTS = ("TransparencyAuditor", "TransparencyAuditor/0.1.0 (+mailto:ppid@contoh.go.id)")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.go.id:80/x", "http://a.go.id/x"),
        ("https://A.go.id:443/x#top", "https://a.go.id/x"),
        ("http://a.go.id/x?b=2&a=1", "http://a.go.id/x?a=1&b=2"),
        ("http://a.go.id/x?PHPSESSID=abc&a=", "http://a.go.id/x?a="),
        ("http://a.go.id/x;jsessionid=0F?a=1", "http://a.go.id/x?a=1"),
        ("http://a.go.id/x?utm_source=wa", "http://a.go.id/x"),
        ("http://a.go.id", "http://a.go.id/"),
        ("http://a.go.id/%7euser", "http://a.go.id/~user"),
    ],
)
def test_addresses_that_are_one(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://a.go.id/x", "https://a.go.id/x"),
        ("http://a.go.id:8080/x", "http://a.go.id/x"),
        ("http://a.go.id/x?page=1", "http://a.go.id/x?page=2"),
        ("http://a.go.id/x?a=", "http://a.go.id/x"),
        ("http://a.go.id/X", "http://a.go.id/x"),
        ("http://a.go.id/a//b", "http://a.go.id/a/b"),
    ],
)
def test_addresses_that_are_two(one: str, other: str) -> None:
    assert key(one) != key(other)


def test_what_is_a_web_address_and_what_looks_like_a_document() -> None:
    for url in ("http://", "ftp://a/", "javascript:1", "http://[::1", "http://a:99999/", "", "http://a:0/"):
        assert not is_web(url)
    for url in (
        "https://drive.google.com/file/d/1/view",
        "http://a/DPA%202024.PDF",
        "https://bit.ly/x",
        "http://a/x.csv?y=1",
    ):
        assert looks_like_document(url)
    for url in ("http://a/unduh", "http://a/pdf", "http://a.pdf/", "http://drive.google.com.evil.id/"):
        assert not looks_like_document(url)


def test_whose_an_address_is() -> None:
    sites = [
        Site("covid", "covid", "https://covid.id/", "C"),
        Site("peta", "covid", "https://covid.id/peta-v2", "P"),
        Site("www", "website", "https://www.kota.go.id/beranda.html", "W", hosts=("info.kota.go.id",)),
        Site("dalam", "restricted", "https://dev.kota.go.id/", "D"),
        Site("tanpa", "service", None, "T"),
    ]
    scope = Scope(sites)
    owners = {
        url: scope.owner(url)
        for url in ("https://covid.id/peta-v2/rw", "https://covid.id/peta-v2", "http://covid.id/x")
    }
    assert list(owners.values()) == ["peta", "peta", "covid"]
    assert scope.owner("https://covid.id/peta-v20") == "covid"
    assert scope.owner("http://kota.go.id/apa/saja") == scope.owner("https://info.kota.go.id/") == "www"
    assert scope.owner("https://lain.go.id/") is None
    assert scope.sealed("https://dev.kota.go.id/x.pdf")
    assert scope.way(sites[2], "https://dev.kota.go.id/x.pdf") == "refuse"
    assert scope.way(sites[2], "https://covid.id/x.pdf") == "fetch"


# ---- traps -----------------------------------------------------------------------------------------------------------


def test_paths_that_repeat_themselves() -> None:
    traps = Traps()
    assert traps.catches("http://a/b/b/b/b/")
    assert traps.catches("http://a/x/y/x/y/x/y/x/y/")
    assert traps.catches("http://a/" + "/".join(str(n) for n in range(20)))
    assert not traps.catches("http://a/2024/2024/2024/dpa.pdf")
    assert not traps.catches("http://a/ppid/dokumen/ppid/dokumen/ppid")


def test_another_order_of_the_same_list() -> None:
    traps = Traps()
    assert not traps.catches("http://a/daftar?tahun=2024")
    assert traps.catches("http://a/daftar?tahun=2024&sort=nama")
    assert not traps.catches("http://a/daftar?tahun=2023&sort=nama")
    assert traps.catches("http://a/daftar?tahun=2023&sort=tanggal&order=desc")
    assert not traps.catches("http://a/daftar?tahun=2022")


def test_filters_that_multiply() -> None:
    traps = Traps()
    urls = [f"http://a/dok?opd={a}&jenis={b}&tahun={c}" for a in range(10) for b in range(10) for c in range(10)]
    assert 40 <= sum(not traps.catches(url) for url in urls) <= 100
    assert not any(traps.catches(f"http://a/index.php?id={n}") for n in range(900))
    assert not any(traps.catches(f"http://a/berita/{n}/judul-{n}") for n in range(900))


def test_calendars_and_paging() -> None:
    traps = Traps()
    months = [f"http://a/agenda/{year}/{month:02}" for year in range(1990, 2050) for month in range(1, 13)]
    assert sum(not traps.catches(url) for url in months) == MAX_CALENDAR
    assert not traps.catches("http://a/agenda/rapat-paripurna")
    for page in range(2, 7):
        assert not traps.catches(f"http://a/dok?page={page}")
        traps.saw(f"http://a/dok?page={page}", more_of_same=1, others=0)
    assert traps.catches("http://a/dok?page=7")
    for page in range(2, 20):
        assert not traps.catches(f"http://a/isi?page={page}")
        traps.saw(f"http://a/isi?page={page}", more_of_same=0, others=0)
    assert not traps.catches("http://a/dok?page=2&opd=dinkes")
    assert traps.catches("http://a/berita/page/5000")


# ---- robots and sitemaps ---------------------------------------------------------------------------------------------


def test_robots_rules_for_our_token_and_for_our_whole_name() -> None:
    for agent in ("TransparencyAuditor", "transparencyauditor/0.1.0"):
        rules = rules_of(f"User-agent: *\nAllow: /\n\nUser-agent: {agent}\nDisallow: /x\n".encode(), AGENTS)
        assert not rules.allows("http://a.go.id/x")
        assert rules.allows("http://a.go.id/y")


def test_robots_delay_is_kept_up_to_a_stated_cap() -> None:
    assert rules_of(b"User-agent: *\nCrawl-delay: 2.5\n", AGENTS).delay == 2.5
    assert rules_of(b"User-agent: *\nCrawl-delay: 86400\n", AGENTS).delay == MAX_DELAY
    assert rules_of(b"User-agent: *\nCrawl-delay: banyak\n", AGENTS).delay == 0


def test_robots_of_fifteen_megabytes_is_read_as_far_as_the_limit() -> None:
    began = time.monotonic()
    rules = rules_of(b"User-agent: *\nDisallow: /x\n" + b"Disallow: /abcdefghijklmnopqrstuvwxyz\n" * 400_000, AGENTS)
    assert not rules.allows("http://a.go.id/x")
    assert time.monotonic() - began < 30


REAL_ROBOTS = sorted(REAL.glob("d_portal/*robots*")) + sorted(REAL.glob("f_adverse/robots_weird*"))


@pytest.mark.parametrize("file", [None, *REAL_ROBOTS], ids=lambda file: file.name if file else "own")
def test_real_robots_can_be_asked(file: Path | None) -> None:
    payload = file.read_bytes() if file else b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /a\r\n"
    assert rules_of(payload, AGENTS).allows("https://contoh.go.id/x") in (True, False)
    if file is None:
        assert not rules_of(payload, AGENTS).allows("https://contoh.go.id/a")


def test_sitemaps_of_every_kind() -> None:
    urlset = b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc> http://a/1 </loc></url>"
    assert sitemaps.parse(urlset + b"</urlset>").pages == ("http://a/1",)
    assert sitemaps.parse(b"\n" + urlset + b"<url><loc>http://a/2").pages[:1] == ("http://a/1",)
    assert sitemaps.parse(b"http://a/1\nhttp://a/2\n").pages == ("http://a/1", "http://a/2")
    assert sitemaps.parse(b"<html><body>404</body></html>") == sitemaps.Sitemap()
    assert sitemaps.parse(b"\x1f\x8bnot gzip") == sitemaps.parse(b"") == sitemaps.Sitemap()


def test_a_sitemap_reads_no_file_of_ours(tmp_path: Path) -> None:
    (tmp_path / "rahasia").write_text("rahasia")
    bomb = "".join(f"<!ENTITY b{n + 1} '{f'&b{n};' * 10}'>" for n in range(9))
    for entity in (f"<!ENTITY x SYSTEM 'file://{tmp_path}/rahasia'>", f"<!ENTITY b0 'ha'>{bomb}<!ENTITY x '&b9;'>"):
        xml = f"<!DOCTYPE u [{entity}]><urlset><url><loc>http://a/&x;</loc></url></urlset>"
        pages = sitemaps.parse(xml.encode()).pages
        assert not any("rahasia" in page or len(page) > 1000 for page in pages)


@pytest.mark.parametrize("file", [None, *sorted(REAL.glob("d_portal/sitemap_*"))], ids=lambda f: f.name if f else "own")
def test_real_sitemaps_have_pages(file: Path | None) -> None:
    payload = file.read_bytes() if file else b"<urlset><url><loc>https://a.go.id/</loc></url></urlset>"
    found = sitemaps.parse(payload)
    assert found.pages or found.maps


# ---- guard and gate --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "192.168.1.1",
        "172.16.0.1",
        "169.254.169.254",
        "0.0.0.0",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "192.0.2.1",
        "198.18.0.1",
        "::1",
        "::",
        "fe80::1",
        "fc00::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "2001::1",
    ],
)
def test_addresses_that_are_not_gone_to(address: str) -> None:
    assert not Guard().allows(address)


def test_addresses_that_are_gone_to() -> None:
    assert Guard().allows("103.255.12.1")
    assert Guard().allows("2001:4860:4860::8888")
    assert Guard(["127.0.0.0/8"]).allows("127.0.0.10")
    assert Guard(["127.0.0.0/8"]).allows("::ffff:127.0.0.1")
    assert not Guard(["127.0.0.0/8"]).allows("10.0.0.1")


@pytest.mark.parametrize(
    "host", ["localhost", "ppid.localhost", "127.0.0.1", "0x7f.1", "2130706433", "017700000001", "[::1]"]
)
def test_every_way_to_write_loopback_is_refused(host: str) -> None:
    with pytest.raises((AddressRefused, socket.gaierror)):
        Guard().addresses(host, 80)


def test_names_under_localhost_are_loopback_without_asking_anybody() -> None:
    assert Guard(["127.0.0.0/8"]).addresses("apa.saja.localhost", 81) == [(socket.AF_INET, ("127.0.0.1", 81))]


def test_the_gate_lets_one_through_at_a_time_and_not_too_soon() -> None:
    gate = Gate(0.03)
    spans: list[tuple[float, float]] = []

    def go() -> None:
        for _ in range(3):
            with gate.turn("a") as began:
                time.sleep(0.01)
                spans.append((began, time.monotonic()))

    threads = [threading.Thread(target=go) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    spans.sort()
    for (start, end), (following, _) in itertools.pairwise(spans):
        assert following >= end
        assert following - start >= 0.03


def test_the_gate_waits_for_a_long_answer_and_for_nobody_after_stop() -> None:
    stop = threading.Event()
    gate = Gate(0.0, stop)
    gate.slow_down("a", 60)
    with gate.turn("a"):
        pass
    threading.Timer(0.05, stop.set).start()
    began = time.monotonic()
    with pytest.raises(Stopped), gate.turn("a"):
        pass
    assert time.monotonic() - began < 30
