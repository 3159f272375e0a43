"""With `[publish] objection_days` a run is a draft until its window closes; through the command line."""

from __future__ import annotations

import json
from pathlib import Path

from tests.whole.conftest import CODE, auditor
from tests.whole.test_bad_nights import configured, site


def test_a_run_stays_a_draft_until_the_window_closes(tmp_path: Path) -> None:
    public = tmp_path / "public" / CODE
    with site() as (url, _):
        path = configured(tmp_path, url)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n[publish]\nobjection_days = 7\n")
        auditor("run", "--config", path, "--at", "2026-11-02")
        assert {entry.name for entry in public.iterdir() if entry.is_dir()} == {"draf"}
        pages = list((public / "draf" / "20261102-01").rglob("*.html"))
        english = list((tmp_path / "public" / "en" / CODE / "draf" / "20261102-01").rglob("*.html"))
        assert len(pages) == len(english) > 10
        assert all("Draf, belum final" in p.read_text("utf-8") for p in pages)
        assert all("9 November 2026" in p.read_text("utf-8") for p in (*pages, *english))
        assert all("Draft, not final" in p.read_text("utf-8") for p in english)
        assert "draft until 2026-11-09" in auditor("runs", "--config", path).stdout
        auditor("report", "--config", path, "--at", "2026-11-08")
        assert {entry.name for entry in public.iterdir() if entry.is_dir()} == {"draf"}
        auditor("run", "--config", path, "--at", "2026-11-09")
    series = (public / "scores.csv").read_text("utf-8").splitlines()
    assert [line.partition(",")[0] for line in series[1:]] == ["20261102-01"]
    assert "20261109-01" not in (public / "feed.xml").read_text("utf-8")
    final = public / "20261102-01"
    assert "Draf, belum final" not in (final / "index.html").read_text("utf-8")
    draft = public / "draf" / "20261102-01"  # is kept; its judgement is the final one's, byte for byte
    assert (draft / "findings.json").read_bytes() == (final / "findings.json").read_bytes()
    auditor("report", "--config", path, "--at", "2026-11-16")
    series = (public / "scores.csv").read_text("utf-8").splitlines()
    assert [line.partition(",")[0] for line in series[1:]] == ["20261102-01", "20261109-01"]
    states = [run["state"] for run in json.loads(auditor("runs", "--config", path, "--json").stdout)]
    assert states == ["finished", "finished"]


def test_drafts_whose_list_was_lost_are_drafts_after_one_report(tmp_path: Path) -> None:
    public = tmp_path / "public" / CODE
    with site() as (url, _):
        path = configured(tmp_path, url)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n[publish]\nobjection_days = 7\n")
        auditor("run", "--config", path, "--at", "2026-11-02")
        auditor("run", "--config", path, "--at", "2026-11-03")
    pages = [public / "draf" / run / "index.html" for run in ("20261102-01", "20261103-01")]
    before = [page.read_bytes() for page in pages]
    kept = (tmp_path / "var" / "drafts.json").read_bytes()
    (tmp_path / "var" / "drafts.json").unlink()
    auditor("report", "--config", path, "--at", "2026-11-04")
    assert {entry.name for entry in public.iterdir() if entry.is_dir()} == {"draf"}
    assert [page.read_bytes() for page in pages] == before
    assert (tmp_path / "var" / "drafts.json").read_bytes() == kept
