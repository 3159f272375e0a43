"""Pages that draw themselves, in a real Chromium over loopback: through our own door, archived, read without it."""

from __future__ import annotations

import itertools
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]

from auditor.collect import browser
from auditor.collect.browser import BrowserMissing
from auditor.model import Body
from auditor.read.facts import read_evidence
from tests.badsite import BadSite, Reply, Route, silence, text
from tests.collect.nights import night, one

BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")
SHELL = Reply(
    b"<!doctype html><html lang=id><head><title>PPID</title><link rel=stylesheet href=/gaya.css></head>"
    b"<body><div id=root></div><noscript>You need to enable JavaScript to run this app.</noscript>"
    b"<script src=/app.js></script></body></html>"
)
APP = """
const get = path => fetch(path).then(answer => answer.json());
Promise.all([get('/api/dokumen'), get('/rahasia/api').catch(() => []), get('http://10.0.0.1/x').catch(() => [])])
  .then(([rows]) => {
    const list = rows.map(row => `<li><a href="${row.url}">${row.judul}</a></li>`).join('');
    document.getElementById('root').innerHTML = '<h1>Daftar Informasi Publik</h1><ul>' + list + '</ul>' +
      '<img src="/logo.png"><p>' + 'Daftar ini disusun oleh PPID Kota Contoh. '.repeat(20) + '</p>';
    fetch('/catat', {method: 'POST', body: 'x'}); new WebSocket('ws://' + location.host + '/soket');
  });
"""
ROUTES: dict[str | tuple[str, str], Route] = {
    "/": SHELL,
    "/robots.txt": text("User-agent: *\nDisallow: /rahasia/\n"),
    "/sitemap.xml": Reply(b"", 404),
    "/app.js": text(APP, "text/javascript"),
    "/api/dokumen": text(
        '[{"judul": "DPA Tahun 2026", "url": "/dpa.pdf"}, {"judul": "Kedua", "url": "/dua"}]', "application/json"
    ),
    "/dua": SHELL,
    "/dpa.pdf": text("%PDF-1.7", "application/pdf"),
}

pytestmark = pytest.mark.chromium


def test_a_page_that_draws_itself_is_drawn_through_our_own_door(tmp_path: Path) -> None:
    with BadSite(ROUTES) as site:
        got = night(tmp_path, [one(site)], browser=True, delay_seconds=0.02, timeout_seconds=5)
        asked, agents = site.asked(), {entry.headers["user-agent"] for entry in site.log}
        again = night(tmp_path, [one(site)], browser=True)  # resumed: everything is in the archive
        assert len(site.asked()) == len(asked)
    assert again.visits == got.visits
    assert sorted(asked) == sorted(["/robots.txt", "/", "/app.js", "/api/dokumen", "/sitemap.xml", "/dua", "/dpa.pdf"])
    assert len(agents) == 1
    assert "TransparencyAuditor" in agents.pop()
    moments = sorted(c.at for c in got.evidence.attempts() if c.status is not None)
    assert len(moments) == len(asked)
    assert min(later - sooner for sooner, later in itertools.pairwise(moments)) >= timedelta(seconds=0.0199)
    causes = got.causes()
    assert (causes["dpa.pdf"], causes["rahasia/api"], causes["api/dokumen"]) == ("ok", "robots", "ok")
    assert {c.cause for c in got.evidence.captures() if "10.0.0.1" in c.url} == {"private-address"}
    assert got.visit.exhausted

    front = next(c for c in got.evidence.captures() if c.url == site.url())
    assert b"DPA Tahun 2026" in got.evidence.payload(front)
    assert got.evidence.member(front) is not None
    raw = [c for c in got.evidence.attempts() if c.url == site.url()]
    assert [b"DPA" in got.evidence.payload(c) for c in raw] == [False]
    facts = read_evidence(got.evidence, BODY, [one(site)], datetime(2026, 11, 24, tzinfo=UTC))
    page = next(p for p in facts.sites[0].pages if p.url == site.url())
    assert (page.nature, page.headings[0]) == ("page", "Daftar Informasi Publik")
    assert {k.text for k in page.links} >= {"DPA Tahun 2026"}

    with next(tmp_path.glob("*.warc.gz")).open("rb") as file:
        kinds = [
            (r.rec_type, r.rec_headers.get_header("WARC-Refers-To"), r.content_type) for r in ArchiveIterator(file)
        ]
    drawn = [(refers, media) for kind, refers, media in kinds if kind == "conversion"]
    assert [media for _, media in drawn] == ["text/html; charset=utf-8"] * 2
    assert all(refers.startswith("<urn:uuid:") for refers, _ in drawn)


def test_without_the_browser_the_page_is_what_it_is(tmp_path: Path) -> None:
    with BadSite(ROUTES) as site:
        got = night(tmp_path, [one(site)])
    facts = read_evidence(got.evidence, BODY, [one(site)], datetime(2026, 11, 24, tzinfo=UTC))
    assert [p.nature for p in facts.sites[0].pages if p.url == site.url()] == ["script-only"]


@pytest.mark.parametrize(
    "script",
    ["while (true) {}", "location.href = 'http://lain.localhost/'; for (;;) {}", "fetch('/diam')"],
    ids=["spins", "leaves", "waits"],
)
def test_a_page_that_holds_the_browser_costs_itself_only(
    tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser.Browser.__init__, "__kwdefaults__", {"seconds": 6.0})
    bad = Reply(b"<div id=root></div><script>" + script.encode() + b"</script>")
    routes = {**ROUTES, "/": SHELL, "/dua": bad, "/diam": silence}
    with BadSite(routes) as site:
        got = night(tmp_path, [one(site)], browser=True, timeout_seconds=1)
    assert got.visit.cause == "ok"
    assert got.causes()["dpa.pdf"] == "ok"


def test_a_browser_that_dies_ends_no_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\nkill -9 $$\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(fake))
    with BadSite(ROUTES) as site:
        got = night(tmp_path / "e", [one(site)], browser=True)
    assert (got.visit.cause, got.visit.pages) == ("ok", 1)
    assert "not rendered" in got.visit.detail


def test_a_browser_that_is_not_there_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(BrowserMissing, match="apt-get install chromium"):
        browser.chromium()
    monkeypatch.setattr(browser.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(BrowserMissing, match=r"transparency-auditor\[browser\]"):
        browser.chromium()
