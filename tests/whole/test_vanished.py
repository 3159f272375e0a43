"""Nights on which a document is there, is not reached, is gone and stays gone; what the score says each night."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from auditor import audit
from auditor.config import load
from auditor.model import finding_id
from tests.badsite import BadSite, Reply, html
from tests.read.made import pdf
from tests.whole.conftest import CODE
from tests.whole.test_bad_nights import configured

RPJMD = finding_id("rpjmd", CODE)
WITH = html('<h1>Dokumen Perencanaan</h1><p>Daftar.</p><a href="/1.pdf">RPJMD Kota Contoh Tahun 2025-2029</a>')
WITHOUT = html("<h1>Dokumen Perencanaan</h1><p>Daftar.</p>")
PAPER = pdf("PEMERINTAH KOTA CONTOH", "RENCANA PEMBANGUNAN JANGKA MENENGAH DAERAH", "RPJMD TAHUN 2025-2029")


def night(path: Path, day: int) -> tuple[dict[str, Any], dict[str, Any]]:
    at = datetime(2026, 11, day, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    audit.run(load(path), started=datetime.now(UTC), at=at)
    folder = path.parent / "public" / CODE / f"202611{day:02d}-01"
    found = {f["id"]: f for f in json.loads((folder / "findings.json").read_text("utf-8"))}
    return found[RPJMD], json.loads((folder / "score.json").read_text("utf-8"))


def test_vanished_is_unknown_for_three_nights_and_a_bad_night_is_not_one(tmp_path: Path) -> None:
    there = {
        "/": WITH,
        "/robots.txt": Reply(b"", 404),
        "/1.pdf": Reply(PAPER, 200, (("Content-Type", "application/pdf"),)),
    }
    with BadSite(there) as office:
        path = configured(tmp_path, office.url("/"))
        first, score = night(path, 1)
        assert first["low"] > 0

        office.routes["/"] = Reply(b"", 503)  # the night before it vanishes is not seen
        down, dark = night(path, 2)
        assert (down["status"], dark["low"] <= score["low"], dark["high"] >= score["high"]) == ("unknown", True, True)

        office.routes["/"] = WITHOUT
        for number, day in enumerate((3, 4, 5), start=1):
            gone, _ = night(path, day)
            assert (gone["status"], gone["reason"]) == ("unknown", "site-vanished")
            assert f"malam ke-{number}" in gone["message"]["id"]
            assert "after 3 nights" in gone["message"]["en"]
        last, _ = night(path, 6)
        assert (last["status"], last["reason"]) == ("unmet", "not-found")
    version = (tmp_path / "public" / "methodology").iterdir()
    assert "selama 3 malam" in (next(version) / "index.html").read_text("utf-8")


def test_one_document_that_answers_503_one_night_moves_no_score(tmp_path: Path) -> None:
    """It is unknown that night, never unmet: the interval holds that of the night before, and is it again the next."""
    paper = Reply(PAPER, 200, (("Content-Type", "application/pdf"),))
    with BadSite({"/": WITH, "/robots.txt": Reply(b"", 404), "/1.pdf": paper}) as office:
        path = configured(tmp_path, office.url("/"))
        first, before = night(path, 1)
        office.routes["/1.pdf"] = Reply(b"", 503)
        down, dark = night(path, 2)
        office.routes["/1.pdf"] = paper
        again, after = night(path, 3)
    assert down["status"] != "unmet"
    assert down["low"] <= first["low"] <= first["high"] <= down["high"]
    assert dark["low"] <= before["low"] <= before["high"] <= dark["high"]
    assert (again["low"], again["high"], again["state"]) == (first["low"], first["high"], again["state"])
    assert again["state"] != "resolved"
    assert (after["low"], after["high"], after["band"]) == (before["low"], before["high"], before["band"])
