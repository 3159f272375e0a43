"""Whether we were good guests is read from the index of the captures; the report says so, also where we were not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from auditor.evidence.source import Evidence
from auditor.read.manners import manners
from reports.languages import languages
from reports.politeness import proof
from tests.badsite import BadSite, Reply, Request, html, text
from tests.whole.conftest import auditor
from tests.whole.test_interrupted_anywhere import HOSTS, configured

DELAY = 0.05


def _page(request: Request) -> Reply:
    slow = 0.08 if request.path.endswith("2/") else 0.0
    links = "".join(f"<li><a href='/{n}/'>Laporan {2020 + n}</a>" for n in range(8))
    return replace(html(f"<h1>Informasi Berkala</h1><ul>{links}</ul>", title=request.path), after=slow)


def test_no_host_saw_two_requests_at_once_nor_one_too_soon(tmp_path: Path) -> None:
    slower = text("User-agent: *\nCrawl-delay: 0.1\n")
    routes = {"/robots.txt": text(""), (HOSTS[1], "/robots.txt"): slower, "/sitemap.xml": text(""), "*": _page}
    with BadSite(routes) as city:
        auditor("run", "--config", configured(tmp_path, city, delay_seconds=DELAY, workers=8))
        seen = city.log
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    evidence = Evidence(folder)
    delays = {visit.site: visit.delay_seconds for visit in evidence.visits()}
    assert delays == {"ppid": DELAY, "dinas": 0.1}
    proved = manners(evidence.attempts(), {HOSTS[1]: 0.1}, DELAY)
    assert (proved.requests, proved.hosts, proved.together, proved.too_soon) == (len(seen), 2, 0, 0)
    assert proved.shortest is not None
    assert proved.shortest >= DELAY - 0.001
    # What the archive says is what the servers saw.
    for host in HOSTS:
        own = [one for one in seen if one.host == host]
        assert all(before.ended <= after.began for before, after in pairwise(own))
    said = next((tmp_path / "public" / "99.71").glob("2*/sites.html")).read_text("utf-8")
    assert f"dari {len(seen)} permintaan (pengulangan ikut dihitung) ke 2 host tidak ada dua yang bersamaan" in said
    english = next((tmp_path / "public" / "en" / "99.71").glob("2*/sites.html")).read_text("utf-8")
    assert f"of {len(seen)} requests (repeated ones counted) to 2 hosts no two went out at once" in english


def test_the_proof_can_fail_and_then_says_so(tmp_path: Path) -> None:
    routes = {"/robots.txt": text(""), "/sitemap.xml": text(""), "*": _page}
    with BadSite(routes) as city:
        auditor("run", "--config", configured(tmp_path, city))
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    attempts = Evidence(folder).attempts()
    assert manners(attempts, {}, 0.0).kept
    hurried = manners(attempts, {}, 30.0)
    assert hurried.too_soon == hurried.requests - hurried.hosts
    first = min(attempts, key=lambda capture: capture.at)
    slow = replace(first, elapsed_ms=int(timedelta(minutes=1).total_seconds() * 1000))
    crossed = manners([slow, *(capture for capture in attempts if capture is not first)], {}, 0.0)
    assert crossed.together == 1
    indonesian, english = languages()
    assert "membantahnya" in proof(crossed, indonesian)
    assert "1 went out while another was under way" in proof(crossed, english)
