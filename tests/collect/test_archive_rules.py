"""The web archive that is asked for copies is a host like any other: its robots.txt is kept to the letter."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor.collect.mementos import look_up
from auditor.config import Memento as Settings
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.model import Capture, Memento, Site, Visit
from tests.badsite import BadSite, Reply, Request, redirect, text
from tests.collect.conftest import network

DEAD = [f"http://covid.localhost/{n}.pdf" for n in range(3)]


def looked_up(folder: Path, archive: BadSite) -> tuple[Memento, ...]:
    gone = [Capture(url, "covid", datetime(2026, 11, 24, tzinfo=UTC), "not-found") for url in DEAD]
    writer = EvidenceWriter(folder)
    sites = [Site("covid", "covid", "http://covid.localhost/", "Covid-19")]
    try:
        return look_up(sites, [Visit("covid", "ok")], gone, Settings(timegate=archive.url("/web/")), network(), writer)
    finally:
        writer.close()


def test_the_delay_that_it_asks_for_lies_between_all_requests(tmp_path: Path) -> None:
    with BadSite({"/robots.txt": text("User-agent: *\nCrawl-delay: 0.1\n")}) as archive:
        looked_up(tmp_path, archive)
        assert len(archive.asked()) == 1 + len(DEAD)
    began = sorted(capture.at for capture in Evidence(tmp_path).attempts())
    assert min(later - sooner for sooner, later in itertools.pairwise(began)) >= timedelta(seconds=0.0999)


def test_a_robots_txt_behind_more_than_five_redirects_is_none(tmp_path: Path) -> None:
    """RFC 9309, 2.3.1.2; what it would have said is not read."""

    def further(request: Request) -> Reply:
        return redirect(f"/robots.txt?{int(request.target.partition('?')[2] or 0) + 1}")

    with BadSite({"/robots.txt": further}) as archive:
        found = looked_up(tmp_path, archive)
        hops = [target for target in archive.asked() if target.startswith("/robots.txt")]
    assert len(hops) == 1 + 5
    assert {one.cause for one in found} == {"not-found"}
