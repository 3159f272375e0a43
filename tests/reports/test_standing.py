"""The banner of nights that did not happen, in a real Chromium: with our own word for it, and by the reader's clock."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports.standing import stand
from tests.reports.builders import CODE, RUN, catalogue, ordinary_stage

PATIENCE = timedelta(hours=26)
PAGES = (
    "index.html",
    f"{CODE}/index.html",
    f"{CODE}/{RUN}/index.html",
    f"{CODE}/{RUN}/letters/diskominfo.html",
    f"en/{CODE}/{RUN}/findings.html",
    f"methodology/{catalogue().version}/index.html",
)


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("web")
    ordinary_stage().publish(folder)
    return folder


def banners(browser: Browser, public: Path, *, scripts: bool) -> list[str | None]:
    """What the banner of each page says, the date that the style sheet adds included; None where none is shown."""
    context = browser.new_context(java_script_enabled=scripts)
    page = context.new_page()
    shown: list[str | None] = []
    for path in PAGES:
        page.goto((public / path).as_uri())
        banner = page.locator(".overdue")
        assert banner.count() == 1, path
        if banner.is_visible():
            since = page.context.new_cdp_session(page)
            since.send("Accessibility.enable")
            tree = since.send("Accessibility.getFullAXTree")["nodes"]
            said = " ".join(node["name"]["value"] for node in tree if node.get("name", {}).get("value"))
            shown.append(said)
        else:
            shown.append(None)
    context.close()
    return shown


@pytest.mark.chromium
def test_nothing_is_said_while_the_nights_happen(browser: Browser, public: Path) -> None:
    assert banners(browser, public, scripts=False) == [None] * len(PAGES)
    now = datetime.now(UTC)
    assert stand(public, CODE, now - timedelta(hours=3), now, PATIENCE) is False
    assert banners(browser, public, scripts=True) == [None] * len(PAGES)


@pytest.mark.chromium
def test_an_overdue_night_is_seen_on_every_page_without_a_script(browser: Browser, public: Path) -> None:
    finished = datetime(2026, 11, 1, 2, 10, tzinfo=UTC)
    assert stand(public, CODE, finished, finished + timedelta(hours=27), PATIENCE) is True
    for path, said in zip(PAGES, banners(browser, public, scripts=False), strict=True):
        assert said is not None, path
        assert "1 November 2026" in said, path
        assert ("The nightly audit has stopped." if path.startswith("en/") else "Pemeriksaan malam terhenti.") in said


@pytest.mark.chromium
def test_where_nothing_of_ours_lives_the_readers_clock_tells(browser: Browser, public: Path) -> None:
    finished = datetime.now(UTC) - timedelta(hours=30)
    assert stand(public, CODE, finished, finished + timedelta(hours=1), PATIENCE) is False
    assert banners(browser, public, scripts=False) == [None] * len(PAGES)
    assert None not in banners(browser, public, scripts=True)


def test_the_whole_site_stands_as_its_newest_body(tmp_path: Path) -> None:
    now = datetime(2026, 11, 5, 8, 0, tzinfo=UTC)
    for code, hours in (("32.71", 50), ("32.73", 5)):
        (tmp_path / code).mkdir()
        assert stand(tmp_path, code, now - timedelta(hours=hours), now, PATIENCE) is (hours > 26)
    hides = re.compile(r"\.overdue \{ display: block")
    assert hides.search((tmp_path / "32.71" / "standing.css").read_text())
    assert not hides.search((tmp_path / "standing.css").read_text())
    assert "5 November 2026" in (tmp_path / "standing.css").read_text()


def test_a_body_without_any_finished_night_says_so(tmp_path: Path) -> None:
    (tmp_path / CODE).mkdir()
    assert stand(tmp_path, CODE, None, datetime(2026, 11, 5, tzinfo=UTC), PATIENCE) is True
    written = (tmp_path / CODE / "standing.css").read_text()
    assert 'content: "belum ada"' in written
    assert 'content: "none yet"' in written
