"""Using the pages in a real Chromium: by keyboard, by search, in print, in the other language."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route
from pypdf import PdfReader

from tests.reports.browsing import DESK, PHONE, Watched
from tests.reports.builders import CODE, RUN

pytestmark = [pytest.mark.chromium, pytest.mark.xdist_group("browser")]
FOLDER = f"{CODE}/{RUN}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


FOCUS = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {tag: one.tagName, skip: one.className === "skip", region: one.getAttribute("role") === "region",
          seen: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0 && box.left >= 0};
}"""


@pytest.mark.parametrize(
    "room", ["index", "findings", "matrix", "datasets", "services", "search", "letters/diskominfo"]
)
def test_every_stop_of_the_keyboard_is_seen_and_none_is_a_trap(page: Page, site: str, room: str) -> None:
    page.goto(f"{site}/biasa/{FOLDER}/{room}.html")
    wanted = page.evaluate(
        "[...document.querySelectorAll('a[href], input, select, summary, [tabindex=\"0\"]')]"
        ".filter(one => one.checkVisibility()).length"
    )
    stops = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        stops.append(page.evaluate(FOCUS))
    assert stops[0]["skip"]
    assert all(stop["seen"] for stop in stops), [stop for stop in stops if not stop["seen"]]
    assert not [stop for stop in stops if stop["tag"] == "BODY"], "the order goes on to the end"


def test_the_skip_link_leads_past_the_menus(page: Page, site: str) -> None:
    page.goto(f"{site}/biasa/{FOLDER}/findings.html")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_a_wide_table_scrolls_from_the_keyboard(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{site}/biasa/{FOLDER}/matrix.html")
    table = page.get_by_role("region")
    table.focus()
    assert table.evaluate("one => one.scrollWidth > one.clientWidth")
    page.keyboard.press("ArrowRight")
    for _ in range(100):
        if table.evaluate("one => one.scrollLeft > 0"):
            break
        page.wait_for_timeout(50)
    assert table.evaluate("one => one.scrollLeft > 0")


def test_search_finds_across_pages_from_the_keyboard(page: Page, site: str) -> None:
    page.goto(f"{site}/biasa/{FOLDER}/search.html")
    page.get_by_label("Kata dalam").press_sequentially("dpa contoh 2")
    page.wait_for_selector("#hasil a")
    assert page.locator("#hasil a").all_inner_texts() == ["DPA Dinas Contoh 1 TA 2025", "DPA Dinas Contoh 2 TA 2025"]
    assert page.locator("output").inner_text() == "2 / 2"
    page.locator("#hasil a").last.press("Enter")
    page.wait_for_url("**/documents.html#d-*")
    row = page.locator(page.evaluate("location.hash"))
    assert "DPA Dinas Contoh 2 TA 2025" in row.inner_text()
    page.go_back()
    page.get_by_label("Kata dalam").fill("hal 0 belum")
    page.wait_for_selector("#hasil a")
    page.locator("#hasil a").first.press("Enter")
    page.wait_for_url("**/details.html#f-*")
    page.goto(f"{site}/biasa/en/{FOLDER}/search.html")
    page.get_by_label("Words in").fill("penduduk")
    page.get_by_label("Kind").select_option("dataset")
    page.wait_for_selector("#hasil a")
    assert page.locator("#hasil li").count() == 3
    page.get_by_label("Words in").fill("zzz")
    assert page.locator("output").inner_text() == "Nothing matches."


def test_search_says_that_nothing_matches_only_when_it_has_read_everything(page: Page, site: str) -> None:
    held: list[Route] = []
    page.route("**/search/1.json", lambda route: held.append(route))
    page.goto(f"{site}/biasa/{FOLDER}/search.html")
    words, output = page.get_by_label("Kata dalam"), page.locator("output")
    with page.expect_request("**/search/1.json"):
        words.fill("dpa")
    assert output.inner_text() == "Membaca daftar …"
    with page.expect_event("requestfailed"):
        held.pop().abort()
    assert output.inner_text() == "Membaca daftar …"
    page.unroute("**/search/1.json")
    words.press_sequentially(" contoh 2")
    page.wait_for_selector("#hasil a")
    assert output.inner_text() == "2 / 2"
    words.fill("zzz")
    assert output.inner_text() == "Tidak ada yang cocok."


def test_what_search_shows_of_a_hostile_city_is_text(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE)
    watched = Watched(context, site)
    watched.page.goto(f"{site}/jahat/{FOLDER}/search.html")
    for word in ("a", "script", "evil", "img"):
        watched.page.get_by_label("Kata dalam").fill(word)
        watched.page.wait_for_selector("#hasil li")
        assert not watched.spills()
        links = watched.page.eval_on_selector_all("#hasil a", "all => all.map(one => one.href)")
        assert all(link.startswith(f"{site}/jahat/{FOLDER}/") for link in links)
        assert watched.page.locator("#hasil :is(script, img, svg, iframe)").count() == 0
    context.close()
    assert watched.seen == []


def test_search_is_a_list_of_lists_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/biasa/{FOLDER}/search.html")
    assert not page.locator("form").is_visible()
    assert page.locator("main a").count() >= 5 + 10
    context.close()


@pytest.mark.parametrize("room", ["details", "letters/diskominfo", "search", "services"])
def test_the_switch_of_language_keeps_the_page(page: Page, site: str, room: str) -> None:
    page.goto(f"{site}/biasa/{FOLDER}/{room}.html")
    page.get_by_role("link", name="English").click()
    assert page.url == f"{site}/biasa/en/{FOLDER}/{room}.html"
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Bahasa Indonesia").click()
    assert page.url == f"{site}/biasa/{FOLDER}/{room}.html"


def test_a_letter_prints_clean_on_paper(page: Page, site: str) -> None:
    page.goto(f"{site}/biasa/{FOLDER}/letters/diskominfo.html")
    printed = PdfReader(io.BytesIO(page.pdf(format="A4")))
    text = " ".join(printed.pages[0].extract_text().split())
    assert "Tindak lanjut untuk Diskominfo" in text
    assert "Hal 0 belum ditemukan" in text
    assert "bukan nilai Monev KIP maupun IKIP" in text
    for menu in ("Ringkasan", "Langsung ke isi", "English", "Surat satu halaman", "Cari"):
        assert menu not in text, menu
    assert len(printed.pages) == 1


def test_pictures_have_title_description_and_the_same_figures_as_a_table(page: Page, site: str) -> None:
    page.goto(f"{site}/biasa/{CODE}/index.html")
    pictures = page.locator("main svg[role=img]")
    assert pictures.count() >= 3 + 6
    for n in range(pictures.count()):
        assert pictures.nth(n).locator("> title").inner_html().strip()
        assert len(pictures.nth(n).locator("> desc").inner_html().strip()) > 20
    for heading in ("nilai", "riwayat"):
        tables = page.locator(f"#{heading} ~ .sheet").first.locator("details table")
        assert tables.count() == 1
    assert page.locator("#matriks + .sheet a[href$='matrix.html']").count() == 1
