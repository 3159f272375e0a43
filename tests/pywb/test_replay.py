"""What the auditor archives is an ordinary web archive: a real pywb replays it byte for byte, and warcio checks it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import requests

from auditor.evidence.source import Evidence
from auditor.model import Capture
from tests.pywb.server import Pywb, running
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services


@pytest.mark.parametrize("nights", [1, 2])
def test_a_night_in_kota_contoh_is_replayed_byte_for_byte(nights: int, tmp_path: Path) -> None:
    """The second night is replayed from its own folder alone: what had not changed is a revisit of what it carries."""
    auditor("demo", "--dir", tmp_path / "demo", "--nights", nights)
    folder = max((tmp_path / "demo" / "var" / "evidence").iterdir())
    warcs = sorted(folder.glob("*.warc.gz"))
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *map(str, warcs)],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout[-3000:]
    evidence = Evidence(folder)
    answers = [one for one in evidence.captures() if one.status is not None]
    assert (sum(one.unchanged_since is not None for one in answers) > 100) == (nights == 2)
    (tmp_path / "pywb").mkdir()
    with running(tmp_path / "pywb") as pywb, requests.Session() as session:
        pywb.add(*warcs)
        pages = [one for one in answers if not one.location and not _shadowed(one, answers)]
        assert len(pages) > 200
        assert [one.url for one in pages if _replayed(session, pywb, one) != (one.status, evidence.payload(one))] == []
        # pywb leaves out the body of a redirect, and does not follow one that leads in a circle.
        hops = [one for one in answers if one.cause == "redirect" and one.location]
        assert len(hops) > 5
        wrong = [one.url for one in hops if _replayed(session, pywb, one)[0] not in (one.status, 400)]
        assert wrong == []


def _replayed(session: requests.Session, pywb: Pywb, one: Capture) -> tuple[int, bytes]:
    moment = one.at.strftime("%Y%m%d%H%M%S")
    got = session.get(f"{pywb.url}{moment}id_/{one.url}", allow_redirects=False, timeout=30)
    return got.status_code, got.content


def _shadowed(one: Capture, answers: list[Capture]) -> bool:
    """pywb looks up addresses without `www.` (SURT); of two in one second it may give the other."""
    bare = one.url.replace("//www.", "//")
    return any(other is not one and other.url.replace("//www.", "//") == bare for other in answers)
