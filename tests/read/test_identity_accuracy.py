"""The floors of `benchmarks/identity`, so that no change makes the recognition of injected pages worse unseen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.identity.__main__ import RESULTS, SHIPPED, summary
from benchmarks.identity.gate import failures
from benchmarks.identity.measure import REAL, real, written
from checks.accuracy import measured_accuracy


def test_every_written_disguise_is_seen_through_and_news_is_left_alone() -> None:
    measured = written()
    assert failures({"written": measured}) == []
    assert len(measured["by_trick"]) >= 24


@pytest.mark.parametrize("folder", [REAL] if REAL.is_dir() else [], ids=lambda folder: folder.name)
def test_no_real_page_text_or_title_is_called_injected(folder: Path) -> None:
    assert failures({"real": real(folder)}) == []


def test_the_committed_results_are_what_the_methodology_prints() -> None:
    results = json.loads(RESULTS.read_text("utf-8"))
    assert failures(results) == []
    shipped = json.loads(SHIPPED.read_text("utf-8"))
    assert shipped == summary(results)
    told = measured_accuracy()
    assert told is not None
    assert all(row in told["rows"] for row in shipped["rows"])


def test_a_worse_recognition_fails_the_gate() -> None:
    worse = written()
    worse["advertisements"]["share"] = 0.99
    worse["false_alarms"] |= {"n": 1, "share": 0.03}
    assert len(failures({"written": worse})) == 2
