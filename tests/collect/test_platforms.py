"""Platforms other than CKAN, each from its front page to the tables that are read of it, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Body, SiteFacts
from auditor.read.facts import read_evidence
from tests.badsite import BadSite, Reply, Request, html, text
from tests.collect.nights import Night, night, one
from tests.collect.platforms import PLATFORMS, data, data_json, files, jabar, rdf, turtle

BODY = Body("99.71", "Kota Misal", "kota", "Asia/Jakarta", ())


def audited(tmp_path: Path, routes: dict[Any, Any], **more: Any) -> tuple[dict[str, Any], SiteFacts, list[str], Night]:
    """`(the portal's record, what was read of it, what was asked of it, the night)`."""
    with BadSite(routes) as site:
        portal = one(site, id="data", role="portal", max_pages=40)
        got = night(tmp_path, [portal], **more)
        (record,) = got.evidence.records("portal")
        facts = read_evidence(got.evidence, BODY, [portal], datetime(2026, 11, 2, tzinfo=UTC))
        return record, facts.site("data"), site.asked(), got


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_platform_is_recognised_listed_and_its_tables_are_read(name: str, tmp_path: Path) -> None:
    routes, platform, count = PLATFORMS[name]
    record, site, asked, _ = audited(tmp_path, routes())
    assert (record["platform"], record["declared"], record["enumerated"], record["error"]) == (
        platform,
        count,
        True,
        "",
    )
    assert record["because"]
    assert record["tried"][0]["platform"] == "ckan"
    assert (record["tried"][-1]["platform"], record["tried"][-1]["url"]) == (platform, record["shown_by"])
    assert site.portal is not None
    assert (site.portal.platform, site.portal.shown_by, site.portal.enumerated) == (platform, record["shown_by"], True)
    assert [one.platform for one in site.datasets] == [platform] * count
    for dataset in site.datasets:
        (file,) = dataset.resources
        assert (file.flaw, file.table and file.table.rows) == ("", 2)
        assert dataset.title
        assert dataset.modified is not None
        assert dataset.modified.year == 2026
    assert len(asked) == len(set(asked))
    assert not site.documents


def bad_pages(second: Reply) -> dict[Any, Any]:
    """A West Java portal whose second page is `second`."""
    good = jabar(4)
    listing = good["/api-backend/dataset/list"]

    def odd(request: Request) -> Reply:
        if request.query["skip"] == "0":
            return listing(request)
        return second

    return {**good, "/api-backend/dataset/list": odd}


@pytest.mark.parametrize(
    ("second", "error"),
    [
        (html("<h1>Sedang pemeliharaan</h1>"), "page 2: a page instead of JSON"),
        (Reply(b"", 500), "page 2: no answer: server-error (500)"),
        (data({"error": 1, "message": "basis data mati", "data": []}), "an error inside the answer: basis data mati"),
        (data({"data": "zzz"}), "page 2: no list of datasets"),
        (text("[" * 100_000, "application/json"), "page 2: JSON nested without end"),
        (data({"data": [{"id": 0, "name": "Jumlah Balita 0"}]}), "the same datasets on every page"),
    ],
)
def test_a_listing_that_breaks_off_is_kept_so_far_and_says_why(second: Reply, error: str, tmp_path: Path) -> None:
    record, site, _, got = audited(tmp_path, bad_pages(second))
    assert (record["platform"], record["enumerated"]) == ("jabar", False)
    assert error in record["error"]
    assert len(site.datasets) == 2
    assert site.portal is not None
    assert error in site.portal.detail
    assert got.visit.exhausted


def test_a_listing_without_end_is_left_after_a_number_of_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.collect.portals.pages.MAX_PAGES", 6)
    endless = lambda request: data({"data": [{"id": request.query["skip"], "name": "Jumlah"}]})  # noqa: E731
    record, site, asked, _ = audited(tmp_path, {"/": html("x"), "/api-backend/dataset/list": endless})
    assert (record["error"], record["enumerated"]) == ("the listing has no end; stopped after 6 pages", False)
    assert len([one for one in asked if "dataset/list" in one]) == 6
    assert len(site.datasets) == 6


PAGED = """@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix hydra: <http://www.w3.org/ns/hydra/core#> .
@prefix dct: <http://purl.org/dc/terms/> . <> a dcat:Catalog . <{next}> a hydra:PagedCollection .
<> hydra:nextPage <{next}> . <dataset/satu> a dcat:Dataset ; dct:title "Satu" .
"""


@pytest.mark.parametrize(
    ("following", "error"),
    [
        ("https://lain.example/catalog.ttl", "the next page is on another host: lain.example"),
        ("/catalog.ttl", "the next page is one that was read before"),
    ],
)
def test_the_next_page_neither_leaves_the_host_nor_goes_in_circles(following: str, error: str, tmp_path: Path) -> None:
    record, site, _, got = audited(tmp_path, rdf("/catalog.ttl", PAGED.format(next=following), "text/turtle"))
    assert (record["platform"], record["enumerated"], record["error"]) == ("dcat", False, error)
    assert [one.title for one in site.datasets] == ["Satu"]
    assert not [one for one in got.evidence.captures() if "lain.example" in one.url]


LAUGHS = """<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><x>&b;</x></rdf:RDF>"""
LONG = "http://x/" + "a" * 3000
BOMBS = [
    ("/catalog.rdf", LAUGHS, "XML with entities of its own"),
    ("/catalog.rdf", LAUGHS.replace('"ha"', 'SYSTEM "file:///etc/passwd"'), "XML with entities of its own"),
    ("/catalog.rdf", f'<rdf:RDF xmlns:rdf="{LONG}"/>', "an address without end in XML"),
    ("/catalog.ttl", f"@prefix dcat: <{LONG}> . dcat:a a dcat:Dataset .", "an address without end in Turtle"),
    ("/catalog.ttl", "@prefix dcat: <http://x/> . dcat:a a " + "[ a " * 20_000, "RDF"),
    ("/catalog.ttl", "@prefix dcat: <http://x/> . \x00 ;;", "RDF that cannot be read"),
    ("/catalog.jsonld", '{"@context": "https://lain.example/c.jsonld", "@id": "x"}', "a remote @context"),
    ("/catalog.jsonld", '{"@context": {"a": {"@id": "b", "@context": "https://lain.example/c"}}}', "a remote @context"),
    ("/catalog.jsonld", '{"@context": {"@import": "https://lain.example/c"}}', "an @import"),
    ("/catalog.jsonld", '{"a":' * 200 + "1" + "}" * 200, "nested without end"),
    ("/catalog.jsonld", '{"@context": {}, "@graph": [', "not JSON"),
    ("/catalog.jsonld", '{"@context": {}, "@graph": []}', "RDF without a dcat:Catalog"),
]


@pytest.mark.parametrize(("path", "body", "error"), BOMBS)
def test_a_catalogue_that_is_a_trap_is_named_and_the_rest_goes_on(
    path: str, body: str, error: str, tmp_path: Path
) -> None:
    routes = {**rdf(path, body, "text/turtle"), **{k: v for k, v in data_json().items() if k != "/"}}
    record, site, _, got = audited(tmp_path, routes)
    said = {one["url"].rpartition("/")[2]: one["answer"] for one in record["tried"]}
    assert (record["platform"], record["enumerated"], len(site.datasets)) == ("dcat", True, 2)
    assert record["shown_by"].endswith("/data.json")
    assert error in said[path[1:]]
    assert not [one for one in got.evidence.captures() if "lain.example" in one.url]


def test_a_catalogue_that_is_too_large_is_not_taken_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auditor.read.dcat_rdf.MAX_RDF", 100)
    record, site, _, _ = audited(tmp_path, turtle())
    assert record["platform"] == ""
    assert [one["answer"] for one in record["tried"] if "too large" in one["answer"]]
    assert site.portal is None


LD = """<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "Dataset",
"name": "Jumlah Guru", "dateModified": "2026-01-09", "license": "https://creativecommons.org/licenses/by/4.0/",
"publisher": {"@type": "Organization", "name": "Dinas Pendidikan"}, "distribution": [{"@type": "DataDownload",
"encodingFormat": "text/csv", "contentUrl": "/unduhan/9"}]}]}</script>"""
MICRODATA = """<div itemscope itemtype="https://schema.org/Dataset"><h1 itemprop="name">Jumlah Guru</h1>
<meta itemprop="dateModified" content="2026-01-09"><div itemprop="publisher" itemscope
itemtype="https://schema.org/Organization"><b itemprop="name">Dinas Pendidikan</b></div><div itemprop="distribution"
itemscope itemtype="https://schema.org/DataDownload"><link itemprop="contentUrl" href="/unduhan/9"></div></div>"""
RDFA = """<div vocab="https://schema.org/" typeof="Dataset"><h1 property="name">Jumlah Guru</h1>
<meta property="dateModified" content="2026-01-09"><div property="publisher" typeof="Organization"><b property="name">
Dinas Pendidikan</b></div><div property="distribution" typeof="DataDownload"><link property="contentUrl"
href="/unduhan/9"></div></div>"""


@pytest.mark.parametrize("marks", [LD, MICRODATA, RDFA], ids=["json-ld", "microdata", "rdfa"])
def test_what_a_page_says_of_itself_to_machines_is_a_dataset_and_its_file_is_fetched(
    marks: str, tmp_path: Path
) -> None:
    routes = {"/": html("<a href=/d/1>Jumlah Guru</a>"), "/d/1": html(marks), **files("/unduhan/9")}
    record, site, _, _ = audited(tmp_path, routes)
    assert record["platform"] == ""
    assert site.portal is not None
    assert site.portal.platform == "schema.org"
    assert site.portal.shown_by.endswith("/d/1")
    (dataset,) = site.datasets
    assert (dataset.title, (dataset.unit or "").strip()) == ("Jumlah Guru", "Dinas Pendidikan")
    assert (dataset.platform, str(dataset.modified)) == ("schema.org", "2026-01-09")
    (file,) = dataset.resources
    assert (file.flaw, file.table and file.table.rows) == ("", 2)


@pytest.mark.parametrize(
    "marks",
    [
        '<script type="application/ld+json">{"@type": "Dataset", "name": </script>',
        '<script type="application/ld+json">' + "[" * 50_000 + '"Dataset"</script>',
        '<script type="application/ld+json">{"@type": "Dataset", "name": {"a": [1]}, "distribution": 7}</script>',
        "<div itemscope itemtype='https://schema.org/Dataset'>" * 3_000,
        "<div typeof='Dataset' vocab='https://lain.example/v'>",
    ],
)
def test_marks_that_are_broken_leave_the_page_a_page(marks: str, tmp_path: Path) -> None:
    page = "<h1>Jumlah Guru</h1><a href=/berkas.csv>Unduh CSV</a>"
    routes = {"/": html("<a href=/dataset/guru>Guru</a>"), "/dataset/guru": html(page + marks), **files("/berkas.csv")}
    _, site, _, got = audited(tmp_path, routes)
    assert got.causes()["berkas.csv"] == "ok"
    assert not [one for one in got.evidence.captures() if "lain.example" in one.url]
    assert site.portal is not None
    assert site.portal.platform in ("halaman", "schema.org")


def test_a_plain_listing_is_followed_down_to_its_files(tmp_path: Path) -> None:
    routes = {
        "/": html("<a href=/dataset>Semua data</a>"),
        "/dataset": html("<a href=/dataset/guru>Jumlah Guru</a><a href='/dataset?page=2'>2</a>"),
        "/dataset/guru": html("<h1>Jumlah Guru</h1><a href=/berkas.csv>Unduh CSV</a>"),
        **files("/berkas.csv"),
    }
    record, site, asked, _ = audited(tmp_path, routes)
    assert site.portal is not None
    assert (site.portal.platform, len(site.datasets)) == ("halaman", 1)
    assert site.portal.shown_by.endswith("/dataset/guru")
    guesses = {one["url"].rpartition("localhost")[2].partition("/")[2] for one in record["tried"]}
    assert guesses == {"api/action/package_search", "api-backend/dataset/list?limit=100&skip=0", "data.json"}
    assert len([one for one in asked if "api" in one or "data.json" in one]) == 3
