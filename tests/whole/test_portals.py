"""Portals of every platform in one audit, through the command line: named in the report, with what shows it."""

from __future__ import annotations

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.badsite import BadSite, Reply, html, text
from tests.collect.ckan_like import ROBOTS, Portal, package
from tests.collect.platforms import CSV, PLATFORMS, TURTLE, Routes, files
from tests.collect.test_platforms import LD, MICRODATA
from tests.whole.conftest import auditor, config_toml


def ckan() -> Routes:
    return {**Portal([package(n, f"/data-{n}.csv") for n in range(3)]).routes(), **_data(3)}


def ckan_below() -> Routes:
    """CKAN that does not stand at the root of its host."""
    packages = [package(n, f"/berkas/data-{n}.csv") for n in range(2)]
    below = {f"/katalog{path}": route for path, route in Portal(packages).routes().items()}
    return {**below, "/katalog/": html("Katalog"), **files("/berkas/data-0.csv", "/berkas/data-1.csv")}


def _data(count: int) -> Routes:
    return files(*(f"/data-{n}.csv" for n in range(count)))


def _pages(name: str) -> Routes:
    return {
        "/dataset/": html("<a href=/dataset/guru>Jumlah Guru</a>"),
        "/dataset/guru": html(f"<h1>Jumlah Guru</h1><p>Portal {name}</p><a href=/berkas.csv>Unduh CSV</a>"),
        **files("/berkas.csv"),
    }


def closed(name: str = "tutup") -> Routes:
    """A CKAN whose API is closed to outsiders while its pages are open."""
    refused = Reply(b"", 403)
    return {
        "/": html("<a href=/dataset/>Dataset</a>"),
        "/api/action/package_search": refused,
        "/api/action/status_show": refused,
        **_pages(name),
    }


def forbidden() -> Routes:
    """A CKAN with the robots.txt that CKAN ships, and open pages."""
    return {**Portal([package(1, "/data-1.csv")]).routes(), **closed("robots"), "/robots.txt": text(ROBOTS)}


def described(marks: str) -> Routes:
    return {"/": html("<a href=/d/1>Jumlah Guru</a>"), "/d/1": html(marks), **files("/unduhan/9")}


def plain() -> Routes:
    return {"/": html("<a href=/dataset/>Semua data</a>"), **_pages("polos")}


def trap() -> Routes:
    """A catalogue that would keep its reader busy for an hour, and pages all the same."""
    front = html("<head><link rel=alternate type=text/turtle href=/catalog.ttl></head><a href=/dataset/>Data</a>")
    body = TURTLE + "<x> <y> " + "[ <z> " * 60_000
    return {"/": front, "/catalog.ttl": text(body, "text/turtle"), **_pages("jebakan")}


PORTALS: dict[str, tuple[Routes, str, str, int]] = {
    **{re.sub(r"\W", "-", name): (made(), "/", what, count) for name, (made, what, count) in PLATFORMS.items()},
    "ckan": (ckan(), "/", "ckan", 3),
    "ckan-sub": (ckan_below(), "/katalog/", "ckan", 2),
    "ckan-tutup": (closed(), "/", "halaman", 1),
    "ckan-robots": (forbidden(), "/", "halaman", 1),
    "json-ld-halaman": (described(LD), "/", "schema.org", 1),
    "microdata": (described(MICRODATA), "/", "schema.org", 1),
    "polos": (plain(), "/", "halaman", 1),
    "jebakan": (trap(), "/", "halaman", 1),
}
"""By id: its routes, its address, the platform that it is, how many datasets it has."""


@dataclass(frozen=True)
class Audited:
    datasets: list[dict[str, Any]]
    folder: Path
    english: Path

    def page(self, name: str = "datasets.html", *, english: bool = False) -> str:
        return ((self.english if english else self.folder) / name).read_text("utf-8")

    def section(self, portal: str, *, english: bool = False) -> str:
        page = self.page(english=english)
        return next(part for part in page.split("<section")[1:] if f"Portal {portal}<" in part).split("</section>")[0]


def run(directory: Path, portals: dict[str, tuple[Routes, str]], **network: int) -> Audited:
    """One audit of these portals through the command line."""
    with ExitStack() as opened:
        sites = []
        for name, (routes, path) in portals.items():
            url = opened.enter_context(BadSite(routes, host=f"{name}.localhost")).url(path)
            sites.append({"id": name, "role": "portal", "name": f"Portal {name}", "url": url, "max_pages": 60})
        (directory / "config.toml").write_text(config_toml(*sites, **network), encoding="utf-8")
        done = auditor("run", "--config", directory / "config.toml", "--at", "2026-11-02", check=False)
    assert done.returncode == 0, done.stderr
    listed = auditor("datasets", "--config", directory / "config.toml", "--json")
    (folder,) = (path.parent for path in (directory / "public" / "99.71").glob("*/datasets.html"))
    return Audited(json.loads(listed.stdout), folder, directory / "public" / "en" / "99.71" / folder.name)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    portals = {name: (routes, path) for name, (routes, path, _, _) in PORTALS.items()}
    return run(tmp_path_factory.mktemp("portal"), portals)


pytestmark = pytest.mark.xdist_group("portals")


@pytest.mark.parametrize("name", PORTALS)
def test_every_platform_is_found_out_and_all_its_datasets_are_read(name: str, audited: Audited) -> None:
    _, _, platform, count = PORTALS[name]
    own = [one for one in audited.datasets if f"//{name}.localhost:" in one["url"]]
    assert [one["platform"] for one in own] == [platform] * count
    assert [one["rows"] for one in own] == [CSV.count("\n") - 1] * count


@pytest.mark.parametrize("name", PORTALS)
def test_the_report_names_the_platform_why_and_what_shows_it_in_both_languages(name: str, audited: Audited) -> None:
    words = {
        "ckan": ("CKAN", "CKAN"),
        "jabar": ("keluarga portal Jawa Barat", "West Java family"),
        "dcat": ("katalog DCAT", "DCAT catalogue"),
        "halaman": ("halaman biasa dengan tautan unduh", "plain pages with links to download"),
        "schema.org": ("keterangan schema.org", "schema.org descriptions"),
        "socrata": ("Socrata", "Socrata"),
        "arcgis": ("ArcGIS Hub", "ArcGIS Hub"),
        "dkan": ("DKAN", "DKAN"),
    }[PORTALS[name][2]]
    for english, said in zip((False, True), words, strict=True):
        section = audited.section(name, english=english)
        assert said in section
        assert f"//{name}.localhost:" in section
        # Behind it stands what was asked before; its answers may be the same bytes as those of another portal.
        proofs = re.findall(r'href="(evidence/\w{64}\.html)"', section.split("<details")[0])
        assert proofs
        for proof in proofs:
            copy = ((audited.english if english else audited.folder) / proof).read_text("utf-8")
            assert f"//{name}.localhost:" in copy
        # Who was asked, in order, with what came of it.
        assert section.count("<li>") >= (1 if PORTALS[name][2] == "ckan" else 2)


@pytest.mark.parametrize(
    ("name", "indonesian", "english"),
    [
        ("ckan", "daftarnya menjawab seperti perangkat lunak itu", "its listing answers as that software does"),
        ("dkan", "halaman depannya menyebut DKAN dan daftarnya menjawab", "its front page names DKAN and its listing"),
        ("ckan-tutup", "permintaannya ditolak atau gagal", "the request was refused or failed"),
        ("ckan-robots", "robots.txt meminta agar antarmuka programnya", "robots.txt asks not to call its programming"),
        ("polos", "tidak ada jawaban (not-found (404))", "no answer (not-found (404))"),
        ("jebakan", "jawabannya", "its answer"),
    ],
)
def test_why_a_portal_was_taken_or_not_is_said_in_words(
    name: str, indonesian: str, english: str, audited: Audited
) -> None:
    assert indonesian in audited.section(name)
    assert english in audited.section(name, english=True)


def test_a_robots_txt_that_was_obeyed_is_said_to_be_obeyed(audited: Audited) -> None:
    assert re.search(r"robots\.txt dipatuhi, [1-9]\d* tautan tidak dibuka karenanya\.", audited.page("index.html"))
    assert "menurut operator" not in audited.page()


def test_that_robots_txt_was_set_aside_for_an_api_is_said_in_the_report(tmp_path: Path) -> None:
    routes = {**forbidden(), **Portal([package(1, "/data-1.csv")]).routes(), **_data(2), "/robots.txt": text(ROBOTS)}
    seen = run(tmp_path, {"ckan-izin": (routes, "/")}, obey_api_robots=False)
    assert [one["platform"] for one in seen.datasets] == ["ckan"]
    section, english = seen.section("ckan-izin"), seen.section("ckan-izin", english=True)
    assert "1 alamat antarmuka program ditanya walau robots.txt meminta sebaliknya" in section
    assert "1 addresses of the programming interface were asked although robots.txt asks not to" in english
    assert "kecuali 1 alamat antarmuka program portal data" in seen.page("index.html")
    assert "robots.txt dipatuhi, " not in seen.page("index.html")
    assert "but for 1 addresses of the programming interface" in seen.page("index.html", english=True)
