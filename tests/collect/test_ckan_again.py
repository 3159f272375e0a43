"""A CKAN on its later nights: what was modified since, a count, and all of it again only where these do not agree."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.collect.crawl import collect
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from tests.badsite import BadSite
from tests.collect.ckan_like import Portal, package
from tests.collect.conftest import network
from tests.collect.nights import one

OLD, NEW = "2020-01-01T00:00:00.000000", "2999-01-01T00:00:00.000000"


def dataset(number: int, modified: str = OLD, **more: Any) -> dict[str, Any]:
    return {**package(number, f"/berkas?n={number}"), "metadata_modified": modified, **more}


@dataclass
class Nights:
    folder: Path
    portal: Portal
    site: BadSite
    number: int = 0

    def next(self) -> tuple[list[dict[str, str]], dict[str, str]]:
        """What the next night asked package_search for, and title by id in its evidence, read when those before it
        are gone."""
        before = self.folder / str(self.number)
        self.number += 1
        tonight = self.folder / str(self.number)
        self.portal.asked.clear()
        writer = EvidenceWriter(tonight, [before] if before.is_dir() else [])
        collect([one(self.site, id="data", role="portal")], network(), writer, interest=lambda link: 0.0)
        writer.close()
        shutil.move(before, self.folder / "away") if before.is_dir() else None
        evidence = Evidence(tonight)
        assert evidence.damaged == ()
        titles: dict[str, str] = {}
        for capture in sorted(evidence.captures(), key=lambda c: c.at):
            if "package_search" in capture.url:
                result = json.loads(evidence.payload(capture))["result"]
                titles |= {p["id"]: p["title"] for p in result["results"]}
        (told,) = evidence.records("portal")
        assert (told["platform"], told["enumerated"], told["declared"]) == ("ckan", True, len(self.portal.packages))
        files = {c.url.rpartition("=")[2] for c in evidence.captures() if "/berkas" in c.url}
        assert files == {str(int(key, 16)) for key in titles}
        shutil.rmtree(self.folder / "away", ignore_errors=True)
        return list(self.portal.asked), titles


@pytest.fixture
def nights(tmp_path: Path):  # type: ignore[no-untyped-def]
    portal = Portal([dataset(n) for n in range(5)])
    with BadSite(portal.routes()) as site:
        yield Nights(tmp_path, portal, site)


def whole(asked: list[dict[str, str]]) -> list[dict[str, str]]:
    return [query for query in asked if "fq" not in query and query["rows"] != "0"]


def ids(nights: Nights) -> set[str]:
    return {p["id"] for p in nights.portal.packages}


def test_a_quiet_night_costs_two_small_calls(nights: Nights) -> None:
    assert len(whole(nights.next()[0])) == 1
    for _ in range(3):
        asked, titles = nights.next()
        assert [("fq" in query, query["rows"]) for query in asked] == [(True, "1000"), (False, "0")]
        assert set(titles) == ids(nights)


def test_what_is_new_or_modified_comes_and_stays(nights: Nights) -> None:
    nights.next()
    nights.portal.packages[2] = dataset(2, NEW, title="Judul baru")
    nights.portal.packages.append(dataset(9, NEW))
    for _ in range(3):
        asked, titles = nights.next()
        assert (len(asked), whole(asked)) == (2, [])
        assert titles[f"{2:08x}"] == "Judul baru"
        assert set(titles) == ids(nights)


@pytest.mark.parametrize("and_one_is_new", [False, True])
def test_what_was_withdrawn_shows_in_the_number(nights: Nights, and_one_is_new: bool) -> None:
    nights.next()
    del nights.portal.packages[1]
    if and_one_is_new:
        nights.portal.packages.append(dataset(9, NEW))
    asked, titles = nights.next()
    assert len(whole(asked)) == 1
    assert set(titles) == ids(nights)
    asked, titles = nights.next()
    assert (whole(asked), set(titles)) == ([], ids(nights))


def test_a_server_that_does_not_filter_is_listed_anew(nights: Nights) -> None:
    nights.portal.faults = frozenset(("no filter",))
    nights.next()
    asked, titles = nights.next()
    assert len(whole(asked)) == 1
    assert set(titles) == ids(nights)


def test_a_listing_that_is_damaged_is_made_anew(nights: Nights) -> None:
    nights.next()
    evidence = Evidence(nights.folder / "1")
    listing = next(c for c in evidence.captures() if "package_search" in c.url)
    warc = nights.folder / "1" / listing.warc
    data = bytearray(warc.read_bytes())
    data[listing.offset + 80] ^= 0xFF
    warc.write_bytes(data)
    asked, titles = nights.next()
    assert [query["rows"] for query in asked] == ["1000"]
    assert set(titles) == ids(nights)
