"""docs/performance.md says what the committed results say."""

from __future__ import annotations

import json

from benchmarks.crawl import page
from benchmarks.politeness.__main__ import RESULTS


def test_the_page_is_made_from_the_committed_results() -> None:
    assert page.PAGE.read_text("utf-8") == page.page()


def test_the_committed_night_was_as_fast_as_politeness_allows() -> None:
    told = json.loads(RESULTS.read_text("utf-8"))
    assert (told["hosts"], told["delay_s"]) == (24, 0.2)
    assert told["wall_by_bound"] <= 1.05
    assert told["gaps_kept"] >= 0.99
    assert told["at_once"] == 1
