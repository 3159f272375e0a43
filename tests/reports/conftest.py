"""One Chromium and one publication of the ordinary and the hostile city for all tests in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reports.browsing import chromium, served
from tests.reports.builders import hostile_stage, ordinary_stage, sent_back


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("web")
    ordinary_stage().publish_with(root / "biasa", **sent_back(ordinary_stage()))
    hostile_stage().publish(root / "jahat")
    return root


@pytest.fixture(scope="session")
def site(web: Path) -> Iterator[str]:
    with served(web) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as launched:
        yield launched
