"""Cities of every shape: none of them breaks a page or makes it large."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest

from auditor.model import Status
from tests.reports.builders import (
    CODE,
    RUN,
    Stage,
    catalogue,
    cells,
    document,
    finding,
    hostile_stage,
    judgement,
    site_facts,
)
from tests.reports.reading import Reading, pages

STATUSES = (Status.MET, Status.PARTLY, Status.UNMET, Status.UNKNOWN)


def test_nothing_found_one_site_no_history(tmp_path: Path) -> None:
    page = Stage(judgement([]), series=()).publish(tmp_path)
    text = page.read_text(encoding="utf-8")
    assert "Tidak ada yang perlu dilakukan hari ini." in text
    assert "Ini pemeriksaan pertama." in text
    for written in pages(tmp_path):
        Reading(written.read_text(encoding="utf-8"))


def test_400_opd_keep_every_page_small(tmp_path: Path) -> None:
    asked = catalogue().criteria[0]
    many = [
        finding(asked, Status.UNMET, subject=f"Dinas {n}", unit=f"Dinas {n}", gain=0.01, site=None) for n in range(400)
    ]
    Stage(judgement(many), matrix=tuple(cells(400))).publish(tmp_path)
    assert (tmp_path / CODE / "index.html").stat().st_size < 150_000
    assert all(page.stat().st_size < 1_000_000 for page in pages(tmp_path))
    assert (tmp_path / CODE / RUN / "matrix-4.html").exists()
    assert (tmp_path / CODE / RUN / "letters" / "dinas-399.html").exists()


def test_hostile_titles_keep_their_shape(tmp_path: Path) -> None:
    hostile_stage().publish(tmp_path)
    for page in pages(tmp_path):
        reading = Reading(page.read_text(encoding="utf-8"))
        for link in reading.links:
            assert urlsplit(link).scheme in ("", "http", "https"), link
            assert not link.startswith("//")
        assert page.stat().st_size < 1_000_000
    assert (tmp_path / CODE / "index.html").stat().st_size < 150_000
    everything = "".join(page.read_text(encoding="utf-8") for page in pages(tmp_path))
    for steering in "\x00\x07\x1b\x9b\u202e\u2067\ufeff":
        assert steering not in everything
    ElementTree.parse(tmp_path / CODE / "feed.xml")
    ElementTree.parse(tmp_path / CODE / "badge.svg")


def test_5000_findings_and_10000_documents_keep_every_page_small(tmp_path: Path) -> None:
    """The size that a large city reaches in years; the one test here that takes seconds."""
    known = catalogue().criteria[:12]
    many = [
        finding(
            known[n % 12],
            STATUSES[n % 4],
            subject=f"Dinas {n}",
            unit=f"Dinas {n // 100}",
            gain=0.01,
            body=f"h {n % 50}",
        )
        for n in range(5_000)
    ]
    papers = tuple(document(n) for n in range(10_000))
    Stage(judgement(many, sites=(site_facts(documents=papers),))).publish(tmp_path)
    written = pages(tmp_path)
    assert max(page.stat().st_size for page in written) < 1_000_000
    assert (tmp_path / CODE / "index.html").stat().st_size < 150_000
    assert len(list((tmp_path / CODE / RUN).glob("documents*.html"))) >= 10
    shown = sum(page.read_text(encoding="utf-8").count("<article") for page in (tmp_path / CODE / RUN).glob("details*"))
    assert shown == 5_000
    assert len(json.loads((tmp_path / CODE / RUN / "findings.json").read_bytes())) == 5_000


def test_a_name_that_is_no_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be the name of a folder"):
        Stage(judgement([], run="../../etc")).publish(tmp_path)
    assert list(tmp_path.iterdir()) == []
