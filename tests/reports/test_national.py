"""The page of all bodies: by province and name, ranks as intervals, picture, table, CSV; no JavaScript needed."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from auditor.publish import publish_front
from reports.national import read
from tests.reports.browsing import AXE, DESK, PHONE, Watched, served
from tests.reports.builders import hostile_stage, ordinary_stage
from tests.reports.reading import Reading

BODIES = (
    # code, name, kind, low, high, catalogue
    ("33.01", "Kabupaten Delta", "kabupaten", 10, 20, "baru"),
    ("32.72", "Kota Beta", "kota", 50, 75, "baru"),
    ("32.71", "Kota Alfa", "kota", 70, 80, "baru"),
    ("32", "Provinsi Nusa", "provinsi", 40, 60, "baru"),
    ("33.02", "Kabupaten Lama", "kabupaten", 90, 95, "lama"),
)


def left(public: Path) -> None:
    """What the last run of each body leaves beside its pages."""
    for code, name, kind, low, high, catalogue in BODIES:
        (public / code).mkdir(parents=True)
        kept = {
            "code": code, "name": name, "kind": kind, "run": "20261103-01", "at": "2026-11-03T01:00:00+07:00",
            "low": low, "observed": (low + high) / 2, "high": high, "coverage": 0.7, "band": None,
            "catalogue": catalogue,
            "indicators": [{"id": "a", "weight": 60, "low": low, "high": high},
                           {"id": "b", "weight": 40, "low": low, "high": high}],
        }  # fmt: skip
        (public / code / "body.json").write_text(json.dumps(kept), "utf-8")


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("negara")
    left(folder)
    (folder / "99.99").mkdir()
    (folder / "99.99" / "body.json").write_text("[]")
    publish_front(folder)
    return folder


def test_by_province_and_name_never_by_score(public: Path) -> None:
    assert [body.name for body in read(public)] == [
        "Provinsi Nusa", "Kota Alfa", "Kota Beta", "Kabupaten Delta", "Kabupaten Lama"
    ]  # fmt: skip
    with (public / "bodies.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["code"] for row in rows] == ["32", "32.71", "32.72", "33.01", "33.02"]
    ranks = {row["name"]: (row["rank_best"], row["rank_worst"], row["rank_of"]) for row in rows}
    assert ranks == {  # the hand-worked example of tests/test_ranks.py
        "Kota Alfa": ("1", "2", "4"),
        "Kota Beta": ("1", "3", "4"),
        "Provinsi Nusa": ("2", "3", "4"),
        "Kabupaten Delta": ("4", "4", "4"),
        "Kabupaten Lama": ("", "", ""),
    }
    drawn = {row["name"]: (row["rank_weights_best"], row["rank_weights_worst"]) for row in rows}
    assert drawn["Kota Alfa"] == ("1", "2"), "with equal indicators no weights change anything"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("index.html", ("Rentang peringkat", "dinilai dengan kriteria versi lain, tidak dibandingkan", "Provinsi 33")),
        ("en/index.html", ("Rank interval", "judged by another version of the criteria", "Province 33")),
    ],
)
def test_the_page_is_whole_in_both_languages(public: Path, file: str, words: tuple[str, ...]) -> None:
    html = (public / file).read_text("utf-8")
    page = Reading(html)
    assert page.lang == ("en" if file.startswith("en/") else "id")
    assert html.count("<tr data-province") == 5
    assert html.count('<svg class="plot bar"') == 9, "a picture of each score, and of each rank there is"
    for word in (*words, "2–3"):
        assert word in html
    inside = [link for link in page.links if link.endswith(("bodies.csv", "32.71/index.html"))]
    assert inside
    assert (public / file).parent.joinpath(next(link for link in inside if link.endswith(".csv"))).resolve().is_file()


def test_one_body_keeps_the_page_it_had(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path)
    before = (tmp_path / "index.html").read_bytes()
    publish_front(tmp_path)
    assert (tmp_path / "index.html").read_bytes() == before
    assert not (tmp_path / "bodies.csv").exists()


def test_a_hostile_name_runs_nowhere(tmp_path: Path) -> None:
    left(tmp_path)
    hostile_stage().publish(tmp_path)
    kept = json.loads((tmp_path / "32.71" / "body.json").read_text("utf-8"))
    kept |= {"name": '<script>alert(1)</script>"\u202e', "kind": '"><b>'}
    (tmp_path / "32.71" / "body.json").write_text(json.dumps(kept), "utf-8")
    publish_front(tmp_path)
    html = (tmp_path / "index.html").read_text("utf-8")
    Reading(html)
    assert "<script>alert" not in html
    assert "\u202e" not in html
    assert "=cmd" not in (tmp_path / "bodies.csv").read_text("utf-8").replace("'=cmd", "")


@pytest.fixture(scope="module")
def site(public: Path) -> Iterator[str]:
    with served(public) as url:
        yield url


@pytest.mark.chromium
def test_filters_narrow_it_and_without_javascript_all_of_it_stands_there(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{site}/index.html")
    shown = page.locator("#badan tbody tr:visible")
    assert shown.count() == 5
    page.select_option("select[name=province]", "33")
    assert shown.count() == 2
    page.select_option("select[name=kind]", "kota")
    assert shown.count() == 0
    page.select_option("select[name=province]", "")
    page.fill("input[name=q]", "beta")
    assert shown.count() == 1
    assert page.locator("form.filter output").text_content() == "1 / 5"
    context.close()
    plain = browser.new_context(viewport=DESK, java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site}/index.html")
    assert page.locator("#badan tbody tr:visible").count() == 5
    assert not page.locator("form.filter").is_visible()
    plain.close()


@pytest.mark.chromium
@pytest.mark.parametrize("width", [PHONE, DESK])
@pytest.mark.parametrize("file", ["index.html", "en/index.html"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_can_read_it(browser: Browser, site: str, file: str, width: Any, scheme: Any) -> None:
    context = browser.new_context(viewport=width, color_scheme=scheme)
    watched = Watched(context, site)
    watched.page.goto(f"{site}/{file}")
    found = Axe().run(watched.page, options=AXE)
    assert found.violations_count == 0, found.generate_report()
    assert not watched.spills()
    context.close()
    assert watched.seen == []
