"""What the auditor archives is an ordinary web archive: a real pywb replays it byte for byte, and warcio checks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from auditor.evidence.source import Evidence
from tests.pywb.server import running
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services


def test_a_night_in_kota_contoh_is_replayed_byte_for_byte(tmp_path: Path) -> None:
    auditor("demo", "--dir", tmp_path / "demo", "--nights", "1")
    (folder,) = (tmp_path / "demo" / "var" / "evidence").iterdir()
    warcs = sorted(folder.glob("*.warc.gz"))
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", *map(str, warcs)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout[-3000:]
    evidence = Evidence(folder)
    answers = [one for one in evidence.captures() if one.status is not None and not one.truncated]
    assert len(answers) > 200
    (tmp_path / "pywb").mkdir()
    with running(tmp_path / "pywb") as pywb, requests.Session() as session:
        pywb.add(*warcs)
        differing = []
        for one in answers:
            moment = one.at.strftime("%Y%m%d%H%M%S")
            got = session.get(f"{pywb.url}{moment}id_/{one.url}", allow_redirects=False, timeout=30)
            if (got.status_code, got.content) != (one.status, evidence.payload(one)):
                differing.append((one.url, one.status, got.status_code, len(got.content), one.size))
        assert differing == []
