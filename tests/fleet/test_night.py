"""Which night it is: over midnight, after a dead coordinator, and when the clock cannot be believed."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from auditor.fleet.night import Clock, Night, remember, tonight

ZONE = ZoneInfo("Asia/Jakarta")
EVENING = datetime(2026, 11, 3, 22, 0, tzinfo=ZONE)


def test_a_night_goes_on_behind_midnight_until_it_is_done(tmp_path: Path) -> None:
    night, odd = tonight(tmp_path, EVENING, None)
    assert (night.key, odd) == ("2026-11-03", "")
    remember(tmp_path, night)
    morning = EVENING + timedelta(hours=5)
    assert tonight(tmp_path, morning, None) == (night, ""), "a coordinator that died is followed by one of that night"
    remember(tmp_path, Night(night.key, night.began, done=True))
    assert tonight(tmp_path, EVENING + timedelta(hours=1), None)[0].key == "2026-11-03", "the same date, the same night"
    assert tonight(tmp_path, morning, None)[0].key == "2026-11-04"


def test_a_night_that_was_never_finished_does_not_keep_the_next_ones_out(tmp_path: Path) -> None:
    remember(tmp_path, tonight(tmp_path, EVENING, None)[0])
    assert tonight(tmp_path, EVENING + timedelta(days=1), None)[0].key == "2026-11-04"


def test_a_night_as_of_another_day_is_one_of_its_own(tmp_path: Path) -> None:
    at = datetime(2026, 10, 1, 1, 0, tzinfo=ZONE)
    night, _ = tonight(tmp_path, EVENING, at)
    assert night.key == at.isoformat()
    remember(tmp_path, night)
    assert tonight(tmp_path, EVENING, at)[0] == night
    assert tonight(tmp_path, EVENING, None)[0].key == "2026-11-03"


def test_a_clock_that_was_set_back_is_named(tmp_path: Path) -> None:
    remember(tmp_path, tonight(tmp_path, EVENING, None)[0])
    night, odd = tonight(tmp_path, EVENING - timedelta(days=3), None)
    assert night.key == "2026-11-03", "the night under way goes on"
    assert "before the night 2026-11-03 began" in odd
    remember(tmp_path, Night(night.key, night.began, done=True))
    night, odd = tonight(tmp_path, EVENING - timedelta(days=3), None)
    assert night.key == "2026-10-31", "history knows what that date has finished"
    assert "it was set back; set it right" in odd


def test_a_damaged_file_begins_a_night(tmp_path: Path) -> None:
    (tmp_path / "night.json").write_text('{"key": "2026-', "utf-8")
    assert tonight(tmp_path, EVENING, None)[0].key == "2026-11-03"


@pytest.mark.parametrize(("by", "said"), [(3600, "set forward by 3600 s"), (-7200, "set back by 7200 s"), (5, "")])
def test_a_clock_that_is_set_during_the_night_is_named(monkeypatch: pytest.MonkeyPatch, by: float, said: str) -> None:
    clock = Clock()
    true = time.time
    monkeypatch.setattr(time, "time", lambda: true() + by)
    told = clock.jumped()
    assert said in told
    assert bool(told) == bool(said)
