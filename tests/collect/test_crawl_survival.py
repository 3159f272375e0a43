"""Politeness that the evidence proves, and nights that are stopped, killed or run out of disk."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from auditor.collect import gate
from auditor.collect.crawl import collect
from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from tests.badsite import BadSite, Reply, Request, html, text
from tests.collect.conftest import network
from tests.collect.nights import anchors, night, one

# ---- politeness ------------------------------------------------------------------------------------------------------


def test_politeness_is_provable_from_the_evidence(tmp_path: Path) -> None:
    delay, hosts, pages = 0.08, 6, 10
    routes = {
        "/": anchors(*(f"/{n}" for n in range(pages))),
        "*": lambda r: Reply(b"<p>x", after=0.02 * (len(r.path) % 2)),
    }
    with BadSite(routes) as site:
        sites = [one(site, id=f"s{n}", url=site.url(host=f"s{n}.localhost")) for n in range(hosts)]
        got = night(tmp_path, sites, delay_seconds=delay, workers=8)
        seen = Counter(entry.host for entry in site.log)
    requests = pages + 3
    assert set(seen.values()) == {requests}

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
        assert time.monotonic() - began < 30
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


# ---- down for a while ------------------------------------------------------------------------------------------------


def test_a_site_that_is_down_for_a_while_is_seen_whole_the_same_night(tmp_path: Path) -> None:
    """From the first request on, or in the middle: what failed is asked later, a host that was left alone too."""
    for number, first in enumerate((0, 6)):
        back: list[float] = []

        def shaky(request: Request, first: int = first, back: list[float] = back) -> Reply | None:
            if len(site.asked()) <= first:
                return page(request)
            back.append(time.monotonic())
            return None if time.monotonic() - back[0] < 0.5 else page(request)

        def page(request: Request) -> Reply:
            return anchors(*(f"/{n}" for n in range(20))) if request.path == "/" else html("isi " + request.path)

        with BadSite({"*": shaky, "/sitemap.xml": text("")}) as site:
            got = night(tmp_path / str(number), [one(site)], second_chance_seconds=0.7, retries=1)
        assert (got.visit.cause, got.visit.exhausted, got.visit.pages) == ("ok", True, 21)
        assert set(got.causes().values()) <= {"ok", "not-found"}
        failed = {c.cause for c in got.evidence.attempts()} - {"ok", "not-found"}
        assert failed <= {"reset", "circuit-open"}
        assert "reset" in failed


def test_a_site_that_stays_down_costs_one_more_request(tmp_path: Path) -> None:
    with BadSite({"*": lambda request: None}) as site:
        began = time.monotonic()
        got = night(tmp_path, [one(site)], second_chance_seconds=0.3)
        assert site.asked() == ["/robots.txt", "/robots.txt"]
    assert time.monotonic() - began >= 0.3
    assert got.visit.cause == "reset"


def test_a_wall_clock_that_jumps_moves_no_request_and_no_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Jumping(datetime):
        times = 0

        @classmethod
        def now(cls, tz: Any = None) -> datetime:
            cls.times += 1
            return datetime(2026, 11, 24, tzinfo=UTC) + timedelta(hours=(-1) ** cls.times * 7 * (cls.times - 1))

    monkeypatch.setattr(gate, "datetime", Jumping)
    with BadSite({"/": anchors(*(f"/{n}" for n in range(6))), "*": html("x")}) as site:
        got = night(tmp_path, [one(site)], delay_seconds=0.02)
    told = sorted(c.at for c in got.evidence.attempts())
    assert told[0].date().isoformat() == "2026-11-24"
    assert told[-1] - told[0] < timedelta(seconds=60)
    assert all(later - sooner >= timedelta(seconds=0.0199) for sooner, later in itertools.pairwise(told))
    assert got.visit.exhausted
