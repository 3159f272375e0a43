"""The pages in a real Chromium over loopback HTTP: nothing runs, nothing is fetched, nothing spills, all can read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.reports.browsing import AXE, DESK, PHONE, Watched
from tests.reports.builders import CODE, RUN, catalogue, digest, ordinary_stage
from tests.reports.reading import pages

RUN_PAGES = tuple(
    f"{CODE}/{RUN}/{name}.html"
    for name in (
        "index",
        "findings",
        "details",
        "todo",
        "letters/diskominfo",
        "matrix",
        "datasets",
        "producers",
        "documents",
        "services",
        "sites",
        "dimensions",
        "search",
        "cite",
        f"evidence/{digest('halaman')}",
    )
)
KINDS = ("index.html", f"{CODE}/index.html", f"methodology/{catalogue().version}/index.html", *RUN_PAGES)
"""One page of every kind. `test_no_page_kind_is_forgotten` holds it against what is published."""

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("browser")]


def test_no_page_kind_is_forgotten(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path)
    paths = {
        str(page.relative_to(tmp_path)) for page in pages(tmp_path) if "en" not in page.relative_to(tmp_path).parts
    }
    assert set(KINDS) <= paths
    kinds = {re.sub(r"(letters|evidence)/.*", r"\1", re.sub(r"-\d+\.html", ".html", path)) for path in paths}
    assert kinds == {re.sub(r"(letters|evidence)/.*", r"\1", path) for path in KINDS}


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [
        pytest.param(language, scheme, size, id=f"{name}-{scheme}-{language or 'id'}", marks=marks)
        for language in ("", "en/")
        for scheme in ("light", "dark")
        for name, size in (("phone", PHONE), ("desk", DESK))
        # Half of the combinations, with every pair of choices in them, on every run; the others with the services.
        for marks in [() if ((scheme == "light") == (size is PHONE)) == (not language) else (pytest.mark.services,)]
    ],
)
def test_axe_finds_nothing_and_nothing_spills(
    browser: Browser, site: str, language: str, scheme: Any, size: Any
) -> None:
    """Every page kind in every language, theme and width, all details opened; the rules of WCAG 2.2 AA and more."""
    context = browser.new_context(viewport=size, color_scheme=scheme)
    watched = Watched(context, site)
    found = []
    for path in KINDS:
        watched.page.goto(f"{site}/biasa/{language}{path}")
        assert watched.page.locator("html").get_attribute("lang") == (language.strip("/") or "id")
        watched.page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true })")
        if watched.spills():
            found.append((path, "spills"))
        report = Axe().run(watched.page, options=AXE)
        assert len(report.response["passes"]) > 10, "axe has really looked"
        found += [(path, v["id"], v["nodes"][0]["html"][:160]) for v in report.response["violations"]]
    context.close()
    assert found == []
    assert watched.seen == []


@pytest.mark.parametrize("city", ["biasa", "jahat"])
def test_the_data_block_of_a_page_holds_under_its_policy(browser: Browser, site: str, city: str) -> None:
    context = browser.new_context()
    context.add_init_script(
        "window.refused = [];"
        "document.addEventListener('securitypolicyviolation', event => window.refused.push(event.violatedDirective))"
    )
    watched = Watched(context, site)
    for path in (f"{CODE}/index.html", f"{CODE}/{RUN}/index.html", f"{CODE}/{RUN}/cite.html"):
        watched.page.goto(f"{site}/{city}/{path}")
        blocks = watched.page.eval_on_selector_all(
            "script[type='application/ld+json']", "nodes => nodes.map(node => JSON.parse(node.textContent)['@type'])"
        )
        assert blocks == ["Dataset"], path
        assert watched.page.evaluate("window.refused") == [], path
    watched.page.evaluate("document.head.append(Object.assign(document.createElement('script'), {text: '1'}))")
    watched.page.wait_for_function("window.refused.length > 0")
    context.close()
    assert [line for line in watched.seen if not line.startswith("console")] == []


def test_the_filter_narrows_the_table_from_the_keyboard(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{site}/biasa/{CODE}/{RUN}/findings.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    rows = page.locator("#temuan tbody tr:visible")
    assert rows.count() == 16
    page.get_by_label("Cari").press_sequentially("TERSEDIA 0,04")
    assert rows.count() == 1
    assert page.locator("output").inner_text() == "1 / 16"
    page.get_by_label("Cari").fill("")
    page.get_by_label("Status").select_option("unknown")
    assert rows.count() == 3
    context.close()


def test_everything_is_readable_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/biasa/{CODE}/{RUN}/findings.html")
    assert page.locator("#temuan tbody tr").count() == 16
    assert not page.locator("form.filter").is_visible()
    context.close()
