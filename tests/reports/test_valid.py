"""Every page kind through the Nu HTML checker (npm: vnu-jar), where the jar is named in VNU_JAR."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.reports.builders import hostile_stage, ordinary_stage

JAR = os.environ.get("VNU_JAR", "")


@pytest.mark.skipif(not (JAR and shutil.which("java")), reason="no Nu HTML checker: set VNU_JAR, install java")
def test_every_page_is_valid_html(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path / "biasa")
    hostile_stage().publish(tmp_path / "jahat")
    command = ["java", "-Xss2m", "-jar", JAR, "--format", "json", "--skip-non-html", "--errors-only", str(tmp_path)]
    checked = subprocess.run(command, capture_output=True, check=False, text=True, timeout=120)
    errors = [message for message in json.loads(checked.stderr)["messages"] if message["type"] == "error"]
    assert errors == []
