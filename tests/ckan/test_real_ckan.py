"""The harvest against CKAN itself: what it answers, what it hides, what it caps, and what one night costs it."""

from __future__ import annotations

import csv
import itertools
import json
from pathlib import Path
from typing import Any

import pytest
import requests

from auditor.evidence.source import Evidence
from tests.ckan.proxy import proxied
from tests.ckan.seed import BULK, HIDDEN, ORGANISATIONS, Instance, bulk
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services

YEARS = range(2019, 2027)


def configured(folder: Path, url: str, *, pages: int = 60) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text(
        f"""
[body]
code = "99.71"
name = "Kota Contoh"
kind = "kota"
units = ["Dinas Nomor 0"]

[[sites]]
id = "data"
role = "portal"
url = "{url}"
max_pages = {pages}

[network]
contact = "mailto:uji@example.org"
delay_seconds = 0
retries = 0
allow_private = ["127.0.0.0/8"]
""",
        encoding="utf-8",
    )
    return config


def evidence(config: Path) -> Evidence:
    (run,) = sorted((config.parent / "var" / "evidence").iterdir())
    return Evidence(run)


def portal(config: Path) -> dict[str, Any]:
    (record,) = evidence(config).records("portal")
    return record


def datasets(config: Path) -> list[dict[str, str]]:
    (file,) = (config.parent / "public" / "99.71").glob("*/datasets.csv")
    return list(csv.DictReader(file.read_text("utf-8-sig").splitlines()))


@pytest.fixture(scope="module")
def night(ckan: Instance, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """One audit of the portal under a sub-path, with a robots.txt that lets its API be called; what it asked for."""
    with proxied(ckan.url) as (url, asked):
        config = configured(tmp_path_factory.mktemp("night"), url)
        auditor("run", "--config", config)
        return config, list(asked)


def test_it_answers_as_the_harvest_expects(ckan: Instance) -> None:
    """What the reading of other people's CKAN is built on: a change here is a change of CKAN."""

    def status(action: str, **arguments: Any) -> tuple[int, Any]:
        answer = requests.get(f"{ckan.url}/api/3/action/{action}", params=arguments, timeout=30)
        return answer.status_code, answer.json()

    for name in HIDDEN:
        code, body = status("package_show", id=name)
        assert code in (403, 404), (name, code, body)
    assert status("package_show", id=HIDDEN[0])[0] == 403
    assert status("package_show", id="tidak-pernah-ada")[0] == 404
    assert status("package_search", rows=-1)[0] == 409
    code, body = status("tindakan_yang_tidak_ada")
    assert (code, type(body)) == (400, str)
    assert len(status("organization_list", all_fields=True, limit=1000)[1]["result"]) == 25
    assert len(status("organization_list")[1]["result"]) == ORGANISATIONS


def test_public_datasets_are_listed_and_hidden_ones_are_not(night: tuple[Path, list[str]]) -> None:
    config, _ = night
    record = portal(config)
    assert (record["platform"], record["enumerated"], record["declared"]) == ("ckan", True, len(YEARS))
    assert {row["title"] for row in datasets(config)} == {f"Jumlah Penduduk Tahun {year}" for year in YEARS}
    assert {row["rows"] for row in datasets(config)} == {"6"}
    assert not any(name in row["url"] for row in datasets(config) for name in HIDDEN)


def test_the_portal_is_found_under_its_sub_path_and_no_dataset_is_shown_one_by_one(
    night: tuple[Path, list[str]],
) -> None:
    _, asked = night
    actions = [target.partition("?")[0] for target in asked if target.startswith("/api/")]
    assert actions.count("/api/action/package_search") == 1
    assert not [action for action in actions if "package_show" in action]


def test_its_own_robots_txt_is_obeyed_and_its_delay_kept(ckan: Instance, tmp_path: Path) -> None:
    """CKAN's default: Disallow /api/ and Crawl-Delay 10."""
    config = configured(tmp_path, ckan.url + "/", pages=1)
    auditor("run", "--config", config)
    captures = evidence(config).captures()
    assert not [capture.url for capture in captures if "/api/" in capture.url]
    (asked_of_ckan,) = (one for one in portal(config)["tried"] if one["platform"] == "ckan")
    assert asked_of_ckan["answer"] == "robots.txt asks not to call the API"
    assert (portal(config)["platform"], portal(config)["declared"]) == ("dcat", len(YEARS))
    asked = sorted(capture.at for capture in captures if capture.status is not None)
    gaps = [(after - before).total_seconds() for before, after in itertools.pairwise(asked)]
    assert gaps
    assert min(gaps) >= 9.9


def test_the_api_closed_while_the_pages_are_open(ckan: Instance, tmp_path: Path) -> None:
    def closed(target: str) -> tuple[int, str, bytes] | None:
        return (403, "text/html", b"<h1>403 Forbidden</h1>") if target.startswith("/api/") else None

    with proxied(ckan.url, trouble=closed) as (url, asked):
        config = configured(tmp_path, url)
        auditor("run", "--config", config)
    assert "403" in next(one["answer"] for one in portal(config)["tried"] if one["platform"] == "ckan")
    assert (portal(config)["platform"], portal(config)["enumerated"]) == ("dcat", True)
    assert [target for target in asked if target.startswith("/dataset/")]
    files = [c for c in evidence(config).captures() if c.url.endswith("penduduk-2025.csv")]
    assert [capture.cause for capture in files] == ["ok"]


def test_a_dataset_withdrawn_between_two_pages_hides_no_other(ckan: Instance, tmp_path: Path) -> None:
    gone = ckan.admin().action.package_create(name="aaa-akan-dicabut", title="Akan dicabut", owner_org="dinas-00")
    pages: list[str] = []
    bulk(ckan)
    ckan.backdate("aaa-akan-dicabut", "2018-01-01T00:00:00")

    def withdraw(target: str) -> tuple[int, str, bytes] | None:
        if "package_search" in target:
            pages.append(target)
            if len(pages) == 2:
                ckan.admin().action.package_delete(id=gone["id"])
        return None

    with proxied(ckan.url, trouble=withdraw) as (url, _):
        config = configured(tmp_path, url, pages=1)
        auditor("run", "--config", config)
    assert len(pages) >= 2
    assert {name for name in listed(config) if name != gone["name"]} == everything()
    assert portal(config)["enumerated"] is True


def test_more_than_a_page_of_datasets_costs_no_more_than_raw_paging(ckan: Instance, tmp_path: Path) -> None:
    bulk(ckan)
    with proxied(ckan.url) as (url, asked):
        config = configured(tmp_path, url, pages=1)
        auditor("run", "--config", config)
    record = portal(config)
    assert (record["declared"], record["enumerated"]) == (len(everything()), True), record
    assert listed(config) == everything()
    raw = -(-len(everything()) // 1000)
    assert len([target for target in asked if "/api/" in target]) <= 1.2 * raw


def everything() -> set[str]:
    return {f"penduduk-{year}" for year in YEARS} | {f"massal-{n:05d}" for n in range(BULK)}


def listed(config: Path) -> set[str]:
    source = evidence(config)
    return {
        package["name"]
        for capture in source.captures()
        if "package_search" in capture.url and capture.status == 200
        for package in json.loads(source.payload(capture))["result"]["results"]
    }
