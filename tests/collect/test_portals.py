from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.badsite import BadSite, Reply, html, text
from tests.collect.ckan_like import CHALLENGE, ROBOTS, Portal, package
from tests.collect.nights import Night, night, one

FEW = [package(n, f"/berkas?n={n}") for n in range(4)]
MANY = [{"id": f"{n:08x}", "name": f"data-{n}", "title": "D", "resources": []} for n in range(230)]


def harvested(
    tmp_path: Path, portal: Portal, extra: dict[Any, Any] | None = None, **more: Any
) -> tuple[Night, list[str]]:
    with BadSite({**portal.routes(), **(extra or {})}) as site:
        got = night(tmp_path, [one(site, id="data", role="portal", max_pages=10)], **more)
        return got, site.asked()


def outcome(got: Night) -> dict[str, Any]:
    (record,) = got.evidence.records("portal")
    return record


def listed(got: Night) -> set[str]:
    ids: set[str] = set()
    for capture in got.evidence.captures():
        if "package_search" in capture.url and capture.media_type == "application/json":
            ids |= {p["id"] for p in json.loads(got.evidence.payload(capture))["result"]["results"]}
    return ids


def test_a_portal_is_recognised_listed_and_its_files_are_fetched(tmp_path: Path) -> None:
    got, asked = harvested(tmp_path, Portal(FEW))
    record = outcome(got)
    assert record["shown_by"].endswith("/api/action/package_search")
    assert [(one["platform"], one["url"]) for one in record["tried"]] == [("ckan", record["shown_by"])]
    said = {key: record[key] for key in ("site", "platform", "declared", "enumerated", "error")}
    assert said == {"site": "data", "platform": "ckan", "declared": 4, "enumerated": True, "error": ""}
    assert listed(got) == {p["id"] for p in FEW}
    files = [c for c in got.evidence.captures() if "/berkas" in c.url]
    assert [(c.cause, c.anchor, c.context) for c in files] == [
        ("ok", "Unduh CSV", f"Jumlah Penduduk {n}") for n in range(4)
    ]
    assert {f"/dataset/data-{n}" for n in range(4)} <= set(asked)
    assert all(c.header("content-type") for c in files)


def test_files_on_other_hosts_are_fetched_since_the_portal_says_they_are_its_own(tmp_path: Path) -> None:
    with BadSite({}) as site:
        portal = Portal([package(1, site.url("/unduh?id=7", "berkas.localhost"))])
        site.routes |= portal.routes() | {("berkas.localhost", "/unduh"): text("a;b", "text/csv")}
        got = night(tmp_path, [one(site, id="data", role="portal")])
        assert site.asked("berkas.localhost") == ["/robots.txt", "/unduh?id=7"]
    assert got.visit.exhausted


def test_a_robots_txt_that_forbids_the_api_is_obeyed_unless_the_operator_says_otherwise(tmp_path: Path) -> None:
    pages = {"/robots.txt": text(ROBOTS), "/": html("<a href=/dataset/data-1>D</a>"), "/dataset/data-1": html("D")}
    got, asked = harvested(tmp_path / "obey", Portal(FEW), pages)
    assert not [target for target in asked if "/api/" in target]
    assert got.refused() == {"api/action/package_search": "robots"}
    assert (outcome(got)["platform"], outcome(got)["error"]) == ("", "robots.txt asks not to call the API")
    assert got.causes()["dataset/data-1"] == "ok"

    got, _ = harvested(tmp_path / "allowed", Portal(FEW), pages, obey_api_robots=False)
    assert outcome(got)["enumerated"]
    assert listed(got) == {p["id"] for p in FEW}


def test_a_server_that_caps_rows_is_read_page_by_page(tmp_path: Path) -> None:
    portal = Portal(MANY, cap=50)
    got, _ = harvested(tmp_path, portal)
    assert outcome(got)["enumerated"]
    assert len(listed(got)) == 230
    assert len(portal.starts) <= 6


def test_datasets_withdrawn_between_pages_hide_no_others(tmp_path: Path) -> None:
    portal = Portal(list(MANY), cap=50, faults=frozenset(("withdraws",)))
    got, _ = harvested(tmp_path, portal)
    assert {p["id"] for p in MANY[30:]} - listed(got) == set()
    assert outcome(got)["enumerated"]


def test_one_withdrawn_while_one_is_added_hides_no_other(tmp_path: Path) -> None:
    portal = Portal(list(MANY), cap=50, faults=frozenset(("swaps",)))
    got, _ = harvested(tmp_path, portal)
    assert {p["id"] for p in portal.packages} - listed(got) == set()
    assert len(portal.starts) <= 2 * 5


def test_three_thousand_datasets_cost_three_pages(tmp_path: Path) -> None:
    portal = Portal([{**p, "id": f"{n:08x}"} for n, p in enumerate(MANY * 14)][:3000])
    got, _ = harvested(tmp_path, portal)
    assert len(listed(got)) == 3000
    assert portal.starts == [0, 1000, 2000]


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("same page", "the same datasets on every page"),
        ("counts wrong", "says 233 datasets and listed 230"),
        ("no list", "no list of results"),
        ("error inside 200", "SearchError"),
        ("challenge", "package_search: CKANAPIError"),
    ],
)
def test_a_listing_that_goes_wrong_is_kept_as_far_as_it_went_and_the_reason_is_told(
    fault: str, error: str, tmp_path: Path
) -> None:
    got, asked = harvested(tmp_path, Portal(MANY, cap=50, faults=frozenset((fault,))))
    record = outcome(got)
    assert (record["platform"], record["enumerated"]) == ("ckan", False)
    assert error in record["error"]
    assert len(asked) < 40


def test_a_server_that_cannot_give_much_is_asked_for_less(tmp_path: Path) -> None:
    got, _ = harvested(tmp_path, Portal(MANY, faults=frozenset(("too much",))))
    assert outcome(got)["enumerated"]


@pytest.mark.parametrize(
    "answer", [CHALLENGE, Reply(b"", 404), Reply(b"", 403), text("[1]", "application/json"), text("\x00\xff"), html("")]
)
def test_what_is_no_ckan_is_crawled_like_any_site(answer: Reply, tmp_path: Path) -> None:
    got, _ = harvested(
        tmp_path,
        Portal(FEW),
        {
            "/api/action/status_show": answer,
            "/api/action/package_search": answer,
            "/": html("<a href=/x>x</a>"),
            "/x": html("x"),
        },
    )
    record = outcome(got)
    assert (record["platform"], record["declared"], record["enumerated"]) == ("", None, False)
    assert record["error"]
    assert got.causes()["x"] == "ok"


def test_datasets_that_are_oddly_made_stop_nothing(tmp_path: Path) -> None:
    odd = [
        {"id": "1", "name": None, "resources": None},
        {"id": "2", "name": "b", "resources": [None, {"url": None}, {"url": "  "}, {"url": "javascript:alert(1)"}]},
        {"id": "3", "name": "c/../d", "resources": {"url": "x"}},
        {"id": 4, "name": "no id"},
        "text",
    ]
    got, _ = harvested(tmp_path, Portal(odd))
    assert outcome(got)["error"] == "the portal says 5 datasets and listed 3"
