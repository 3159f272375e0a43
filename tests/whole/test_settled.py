"""A person's decision through the command line: kept, shown by the next night with who, when and why, and rescored."""

from __future__ import annotations

import json
from pathlib import Path

from tests.whole.conftest import auditor
from tests.whole.test_bad_nights import configured, site


def test_the_next_night_takes_the_decision(tmp_path: Path) -> None:
    with site() as (url, _):
        path = configured(tmp_path, url)
        auditor("run", "--config", path, "--at", "2026-11-02")
        open_questions = [
            f
            for f in json.loads(auditor("findings", "--config", path, "--json").stdout)
            if f["reason"] == "human-not-observable"
        ]
        asked = open_questions[0]
        sheet = tmp_path / "coded.csv"
        decision = f"{asked['criterion']},{asked['subject']},met,Ani,dilihat di ruang layanan"
        sheet.write_text(f"criterion,subject,status,coder,why\n{decision}\n", encoding="utf-8")
        auditor("settle", sheet, "--config", path)
        auditor("run", "--config", path, "--at", "2026-11-03")
    now = {f["id"]: f for f in json.loads(auditor("findings", "--config", path, "--json").stdout)}
    settled = now[asked["id"]]
    assert (settled["status"], settled["reason"]) == ("met", "settled")
    assert "Ani" in settled["message"]["id"]
    assert "dilihat di ruang layanan" in settled["message"]["en"]
    assert all(now[f["id"]]["status"] == "unknown" for f in open_questions[1:])
    (tmp_path / "var" / "settled.json").unlink()  # a rescore needs the evidence alone
    published = (tmp_path / "public" / "99.71" / "20261103-01" / "findings.json").read_bytes()
    auditor("rescore", "--config", path, "--run", "20261103-01", "--out", tmp_path / "again")
    assert (tmp_path / "again" / "findings.json").read_bytes() == published
