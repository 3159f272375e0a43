"""What the committed results say of publishing and of the country in a night, against what is asked."""

from __future__ import annotations

import json
from typing import Any

import pytest

from benchmarks.fleet.__main__ import HERE
from benchmarks.publish.__main__ import FULL, LIMITS
from benchmarks.publish.__main__ import RESULTS as PUBLISH


def told(path: Any) -> Any:
    return json.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("what", LIMITS)
def test_a_large_run_is_published_within_its_limits(what: str) -> None:
    measured = told(PUBLISH)
    assert (measured["findings"], measured["documents"]) == FULL
    assert measured[what] <= LIMITS[what]


def test_a_country_fits_into_a_night() -> None:
    measured = told(HERE / "results.json")
    run, projected = measured["run"], measured["projected"]
    assert (projected["bodies"], projected["pages"]) == (552, 552 * 1_500)
    assert run["latency_seconds"] == 0.3
    assert run["pages"] >= 10_000, "for real"
    assert run["pages"] / run["seconds"] == pytest.approx(run["pages_per_second"], rel=0.01)
    assert projected["hours"] <= 8
    memory = measured["memory_mb"]["all_processes"]
    assert memory["second_half"] <= 1.25 * memory["first_half"], "flat"
    assert measured["workers"]["ratio"] >= 1.6
    assert measured["processors"] == 2
