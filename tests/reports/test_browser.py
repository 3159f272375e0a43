"""The pages in a real Chromium over loopback HTTP: nothing runs, nothing is fetched, nothing spills, all can read."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.reports.builders import CODE, RUN, catalogue, digest, hostile_stage, ordinary_stage

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE, DESK = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
MAIN = (
    "index.html",
    f"{CODE}/index.html",
    f"{CODE}/{RUN}/index.html",
    f"methodology/{catalogue().version}/index.html",
    f"{CODE}/{RUN}/evidence/{digest('halaman')}.html",
)
ROOMS = tuple(
    f"{CODE}/{RUN}/{name}.html"
    for name in (
        "findings",
        "details",
        "todo",
        "letters/diskominfo",
        "matrix",
        "datasets",
        "producers",
        "documents",
        "sites",
        "dimensions",
        "cite",
    )
)

pytestmark = pytest.mark.chromium


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """The server of a test says nothing."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("web")
    ordinary_stage().publish(root / "biasa")
    hostile_stage().publish(root / "jahat")
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Watched:
    """A page whose dialogs, errors and requests to elsewhere are remembered."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.page: Page = context.new_page()
        self.seen: list[str] = []
        self.page.on("dialog", lambda dialog: (self.seen.append(f"dialog {dialog.message}"), dialog.dismiss()))
        self.page.on("pageerror", lambda error: self.seen.append(f"error {error}"))
        self.page.on("console", lambda line: self.seen.append(f"console {line.text}") if line.type == "error" else None)
        self.page.on(
            "request",
            lambda request: (
                None if request.url.startswith((site, "data:,")) else self.seen.append(f"request {request.url}")
            ),
        )


@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_axe_finds_nothing_and_nothing_spills(
    browser: Browser, site: str, language: str, scheme: Any, size: Any
) -> None:
    context = browser.new_context(viewport=size, color_scheme=scheme)
    watched = Watched(context, site)
    rooms = ROOMS if (scheme == "light") == (size is PHONE) and not language else ()
    found = []
    for path in (*MAIN, *rooms):
        watched.page.goto(f"{site}/biasa/{language}{path}")
        assert watched.page.locator("html").get_attribute("lang") == (language.strip("/") or "id")
        if watched.page.evaluate("document.documentElement.scrollWidth") > size["width"]:
            found.append((path, "spills"))
        for details in watched.page.locator("details").all():
            details.evaluate("node => { node.open = true }")
        report = Axe().run(watched.page, options={"rules": {"target-size": {"enabled": True}}})
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


def test_nothing_of_a_hostile_city_runs_or_spills(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=PHONE)
    watched = Watched(context, site)
    proofs = [f"{CODE}/{RUN}/evidence/{digest(f'halaman {n}')}.html" for n in (0, 1)]
    rooms = [room for room in ROOMS if "letters" not in room]
    spilling = []
    for path in ("index.html", f"{CODE}/index.html", *rooms, *proofs):
        response = watched.page.goto(f"{site}/jahat/{path}")
        assert response is not None
        assert response.ok, path
        if watched.page.evaluate("document.documentElement.scrollWidth") > PHONE["width"]:
            spilling.append(path)
        targets = watched.page.eval_on_selector_all("a[href]", "links => links.map(link => link.protocol)")
        assert set(targets) <= {"http:", "https:"}, path
    context.close()
    assert watched.seen == []
    assert spilling == []


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


def test_the_letter_prints_without_menus(browser: Browser, site: str) -> None:
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{site}/biasa/{CODE}/{RUN}/letters/diskominfo.html")
    page.emulate_media(media="print")
    assert not page.locator("nav.rooms").is_visible()
    assert page.get_by_role("heading", level=1).inner_text() == "Tindak lanjut untuk Diskominfo"
    context.close()
