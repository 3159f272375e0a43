"""The last archived copy of what is gone, found in a real pywb that holds what the auditor itself had archived."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from auditor.evidence.source import Evidence
from tests.badsite import BadSite, Reply, html, text
from tests.pywb.server import Pywb, running
from tests.whole.conftest import auditor, config_toml

pytestmark = pytest.mark.services

LKPJ = text(b"%PDF-1.7 LKPJ Wali Kota Contoh Tahun 2025", "application/pdf")
LINK = "<h1>Informasi Berkala Kota Contoh</h1><a href='/lkpj-2025.pdf'>LKPJ Wali Kota Contoh Tahun 2025</a>"


@pytest.fixture(scope="module")
def city() -> Iterator[BadSite]:
    routes = {
        ("ppid.localhost", "/"): html(LINK, "PPID Kota Contoh"),
        ("ppid.localhost", "/lkpj-2025.pdf"): LKPJ,
        ("covid.localhost", "/"): html("<p>Covid-19 Kota Contoh, data per 21 Juni 2023.</p>", "Covid-19 Kota Contoh"),
    }
    with BadSite(routes, host="ppid.localhost") as site:
        yield site


@pytest.fixture(scope="module")
def pywb(city: BadSite, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pywb]:
    """A web archive of the night on which everything was still there; since then the city has lost two things."""
    before = tmp_path_factory.mktemp("dahulu")
    (folder,) = _audit(before, city)
    with running(tmp_path_factory.mktemp("arsip-web")) as server:
        server.add(*folder.glob("*.warc.gz"))
        city.routes[("covid.localhost", "/")] = Reply(b"<h1>410</h1>", 410)
        city.routes[("ppid.localhost", "/lkpj-2025.pdf")] = Reply(b"<h1>404</h1>", 404)
        yield server


def _audit(folder: Path, city: BadSite, more: str = "") -> list[Path]:
    config = folder / "config.toml"
    ppid = {"id": "ppid", "role": "ppid", "url": city.url()}
    covid = {"id": "covid", "role": "covid", "url": city.url(host="covid.localhost"), "lifecycle": "archived"}
    config.write_text(config_toml(ppid, {**covid, "ended": date(2023, 6, 21)}) + more, encoding="utf-8")
    auditor("run", "--config", config)
    return sorted((folder / "var" / "evidence").iterdir())


def _findings(folder: Path) -> dict[tuple[str, str], dict[str, Any]]:
    (published,) = (folder / "public" / "99.71").glob("*/findings.json")
    found = json.loads(published.read_text("utf-8"))
    return {(one["criterion"], one["subject"]): one for one in found}


@pytest.mark.parametrize("door", ['timegate = "{url}"', 'timemap = "{url}timemap/link/"'])
def test_the_last_copy_is_found_recorded_and_shown(door: str, city: BadSite, pywb: Pywb, tmp_path: Path) -> None:
    (folder,) = _audit(tmp_path, city, f"\n[memento]\n{door.replace('{url}', pywb.url)}\n")
    records = {record["url"]: record for record in Evidence(folder).records("memento")}
    gone, dead = city.url(host="covid.localhost"), city.url("/lkpj-2025.pdf")
    assert set(records) == {gone, dead}
    for url, record in records.items():
        assert (record["cause"], record["memento"].endswith(url)) == ("ok", True)
        assert record["at"][:2] == "20"
    found = _findings(tmp_path)
    for criterion, subject in (("covid-situs-arsip", "99.71"), ("situs-berakhir-terjaga", "covid")):
        finding = found[criterion, subject]
        assert (finding["status"], finding["reason"]) == ("partly", "archived-copy")
        for language in ("id", "en"):
            assert records[gone]["memento"] in finding["message"][language]
        shown = [one for one in finding["evidence"] if one["url"] == records[gone]["memento"]]
        assert shown[0]["digest"] == records[gone]["digest"]
    paper = next(one for (criterion, _), one in found.items() if criterion == "lkpj" and one["reason"] == "only-false")
    assert records[dead]["memento"] in paper["message"]["id"]
    assert "web archive" in paper["message"]["en"]
    first = auditor("rescore", "--config", tmp_path / "config.toml", "--json").stdout
    (score,) = (tmp_path / "public" / "99.71").glob("*/score.json")
    assert first.strip() == score.read_text("utf-8").strip()


def test_without_a_configured_archive_nobody_is_asked(city: BadSite, pywb: Pywb, tmp_path: Path) -> None:
    (folder,) = _audit(tmp_path, city)
    evidence = Evidence(folder)
    assert evidence.records("memento") == []
    assert not [one for one in evidence.captures() if f":{pywb.port}/" in one.url]
    assert _findings(tmp_path)["covid-situs-arsip", "99.71"]["reason"] == "site-gone"
