"""Every page of a hostile city, and cities of odd shapes, in a real Chromium: nothing runs, nothing spills."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from auditor.model import Portal, Status, Unit
from tests.reports.browsing import DESK, PHONE, Watched
from tests.reports.builders import (
    CODE,
    HOSTILE,
    RUN,
    Cell,
    Stage,
    catalogue,
    cells,
    dataset,
    document,
    finding,
    judgement,
    site_facts,
)
from tests.reports.reading import pages

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("browser")]
KEPT = 12  # evidence pages of the hostile city that are opened


def many_offices() -> Stage:
    asked = catalogue().criteria
    some = [
        finding(asked[n % 12], Status.UNMET, subject=f"Dinas {n}", unit=f"Dinas {n}", gain=0.01, site=None)
        for n in range(400)
    ]
    return Stage(judgement(some), matrix=tuple(cells(400)))


def long_titles() -> Stage:
    """10,000 characters without a space, emoji, scripts that run from the right, all in one title."""
    asked = catalogue().criteria
    texts = (
        "W" * 10_000,
        "🙂" * 3_000,
        "موازنة " * 1_500,
        "预算" * 4_000,
        "कार्य योजना दस्तावेज़ " * 400,
        "a\u0301\u0302" * 3_000,
    )
    some = [
        finding(asked[n], list(Status)[n % 5], subject=text, unit=text, gain=1.0, text=text, quote=text)
        for n, text in enumerate(texts)
    ]
    sites = (
        site_facts(documents=tuple(document(n, text) for n, text in enumerate(texts))),
        site_facts("data", "portal", datasets=tuple(dataset(n, text) for n, text in enumerate(texts)),
                   portal=Portal("data", texts[0], "api")),
    )  # fmt: skip
    matrix = tuple(Cell(text, "dpa", 2025, Status.MET) for text in texts)
    return Stage(judgement(some, sites=sites, name="Kabupaten " + "W" * 200), matrix=matrix)


def without_portal() -> Stage:
    made = judgement([finding(catalogue().criteria[0], Status.UNMET, gain=1.0)])
    body = replace(made.facts.body, units=(Unit("Dinas Kesehatan"),))
    return Stage(replace(made, facts=replace(made.facts, body=body)), series=())


SHAPES = {
    "kosong": lambda: Stage(judgement([], sites=()), series=()),
    "satu-situs": lambda: Stage(judgement([finding(catalogue().criteria[0], Status.MET)])),
    "tanpa-portal": without_portal,
    "400-opd": many_offices,
    "judul-panjang": long_titles,
}


def chosen(web: Path, city: str) -> list[str]:
    """Every page of a city but most of those that are alike: a few letters, a few captures."""
    found = [str(page.relative_to(web)) for page in pages(web / city)]
    alike = {"letters/": 8, "evidence/": KEPT}
    kept = [path for path in found if not any(part in path for part in alike)]
    for part, most in alike.items():
        kept += [path for path in found if part in path][:most]
    return kept


def test_nothing_of_a_hostile_city_runs_or_leads_elsewhere_or_spills(browser: Browser, site: str, web: Path) -> None:
    context = browser.new_context(viewport=PHONE)
    watched = Watched(context, site)
    wrong = []
    opened = chosen(web, "jahat")
    assert len(opened) >= 40
    for path in opened:
        response = watched.page.goto(f"{site}/{path}")
        assert response is not None
        assert response.ok, path
        watched.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        if watched.spills():
            wrong.append((path, "spills"))
        protocols = watched.page.eval_on_selector_all("a[href]", "links => links.map(link => link.protocol)")
        if not set(protocols) <= {"http:", "https:"}:
            wrong.append((path, str(set(protocols))))
        active = watched.page.locator(
            "script:not([src]):not([type='application/ld+json']), iframe, object, embed, form[action], base, "
            "svg script, svg image, svg a, [onload], [onerror], [onclick], [onmouseover], meta[http-equiv=refresh]"
        )
        if active.count():
            wrong.append((path, active.first.evaluate("one => one.outerHTML.slice(0, 200)")))
    context.close()
    assert wrong == []
    assert watched.seen == []


def test_the_drawn_and_fed_files_of_a_hostile_city_run_nothing(browser: Browser, site: str) -> None:
    """Badge and feed opened by themselves, as a browser opens what it is handed."""
    context = browser.new_context()
    watched = Watched(context, site)
    for path in ("badge.svg", "feed.xml", f"{RUN}/search/1.json", f"{RUN}/findings.json"):
        watched.page.goto(f"{site}/jahat/{CODE}/{path}")
    context.close()
    missed = "console Failed to load resource"  # the icon that a browser asks for beside a file that is no page
    assert [line for line in watched.seen if not line.startswith(missed)] == []


@pytest.mark.parametrize("city", list(SHAPES))
def test_pages_hold_their_shape(browser: Browser, site: str, web: Path, city: str) -> None:
    SHAPES[city]().publish(web / city)
    wrong = []
    for size in (PHONE, DESK):
        context = browser.new_context(viewport=size)
        watched = Watched(context, site)
        for path in chosen(web, city):
            if "/en/" in path and (size is DESK or city == "400-opd"):
                continue
            watched.page.goto(f"{site}/{path}")
            if watched.spills():
                wrong.append((path, size["width"]))
            tall = watched.page.evaluate("document.querySelector('h1').getBoundingClientRect().height")
            if tall > 600:
                wrong.append((path, f"a heading of {tall} pixels"))
        context.close()
        assert watched.seen == []
    assert wrong == []


def test_a_payload_in_every_place_was_really_there(web: Path) -> None:
    """The corpus reaches titles, addresses, quotes, headers, cells, units, data blocks and files."""
    folder = web / "jahat" / CODE / RUN
    everything = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.*")
                  if path.suffix in (".html", ".json", ".csv", ".jsonld")}  # fmt: skip
    for name in ("findings.html", "details.html", "datasets.html", "documents.html", "matrix.html", "search.html",
                 "findings.csv", "datasets.csv", "documents.csv", "findings.json", "dcat.jsonld"):  # fmt: skip
        text = everything[name]
        assert "alert(1)" in text, name
        if name.endswith(".html"):
            assert "<script>alert" not in text, name
            assert "<img src=x" not in text, name
    proofs = "".join(path.read_text(encoding="utf-8") for path in (folder / "evidence").glob("*.html"))
    assert "X-Uji" in proofs
    assert "&lt;script&gt;alert(document.domain)" in proofs
    assert len(HOSTILE) > 20
