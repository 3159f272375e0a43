"""Words, numbers and dates of the two languages."""

from __future__ import annotations

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from auditor.model import RunSummary, Text
from reports import messages
from reports.languages import languages
from reports.website import charts, method
from reports.website.paging import paged, paths
from tests.reports.builders import BANDS, series


def test_the_english_words_are_complete_and_compiled() -> None:
    words = messages.catalogue()
    assert messages.untranslated(words) == []
    assert messages.current(messages.po_bytes(words)), "run python -m reports.messages"
    assert messages.main(["--check"]) == 0
    assert len(words) > 200


def test_every_placeholder_of_a_msgid_is_in_its_translation() -> None:
    for message in messages.catalogue():
        said = message.string if isinstance(message.string, tuple) else (message.string,)
        asked = message.id if isinstance(message.id, str) else message.id[0]
        for text in said:
            if asked:
                assert set(re.findall(r"%\(\w+\)s", text)) == set(re.findall(r"%\(\w+\)s", asked)), asked


def test_no_translation_was_put_together_from_two() -> None:
    """What a merge of the file line by line leaves behind: sentences joined without a space, Indonesian in English."""
    for message in messages.catalogue():
        said = message.string if isinstance(message.string, str) else message.string[0]
        asked = message.id if isinstance(message.id, str) else message.id[0]
        glued = re.findall(r"[a-z][.;][A-Z][a-z]+", said)
        assert not [part for part in glued if part not in asked], asked
        assert not asked or len(said) <= 2 * len(asked) + 40, asked


@pytest.mark.parametrize(
    ("value", "indonesian", "english"),
    [
        (2.4, "+2,4", "+2.4"),
        (1234.5, "+1.234,5", "+1,234.5"),
        (0.04, "+0,04", "+0.04"),
        (-3.0, "−3,0", "−3.0"),
        (0, "+0,0", "+0.0"),
    ],
)
def test_gains(value: float, indonesian: str, english: str) -> None:
    assert [language.gain(value) for language in languages()] == [indonesian, english]


def test_days_and_hours() -> None:
    at = datetime(2026, 11, 3, 1, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    indonesian, english = languages()
    assert indonesian.weekday(at) == "Selasa, 3 November 2026"
    assert english.weekday(at) == "Tuesday, 3 November 2026"
    assert indonesian.time(at) == "3 November 2026 01.00 WIB"
    assert english.time(at) == "3 November 2026 01:00 WIB"
    assert indonesian.day(date(2025, 8, 17)) == "17 Agustus 2025"
    assert english.percent(0.755) == "76%"
    assert english.say(Text("ada", "")) == "ada", "no English words: the Indonesian ones"


def test_bands_cover_the_axis_without_a_gap() -> None:
    made = charts.bands(BANDS)
    assert [band.low for band in made] == [0, 40, 60, 80, 90]
    assert [band.high for band in made] == [40, 60, 80, 90, 100]
    assert made[3].short == "Menuju"


def test_history_draws_low_below_high_and_holds_a_year() -> None:
    drawn = charts.history(series(400))
    assert len(drawn.columns) == charts.HISTORY_RUNS
    assert all(column.y_low > column.y_high for column in drawn.columns)
    assert all(0 < column.x < 100 for column in drawn.columns)
    one = charts.history(series(1))
    assert one.columns[0].y_observed is None
    wild = RunSummary("r", series(1)[0].at, -5, None, 250, 0, None, "c", "a", "d")
    assert charts.history([wild]).columns[0].y_high == 10


def test_the_worked_example_is_the_formula() -> None:
    worked = method.worked()
    assert worked.low == pytest.approx(100 * (2 * 1 + 1 * 0.4) / 5)
    assert worked.high == pytest.approx(100 * (2 * 1 + 1 * 0.6 + 1) / 5)
    assert worked.observed == pytest.approx(worked.low / worked.coverage)


def test_pages_are_cut_by_number_and_by_weight() -> None:
    assert paged([], 10, len) == [[]]
    assert paged(["a"] * 5, 2, len) == [["a", "a"], ["a", "a"], ["a"]]
    assert paged(["aaa", "bb", "c"], 10, len, limit=4) == [["aaa"], ["bb", "c"]]
    assert paged(["a" * 99], 10, len, limit=4) == [["a" * 99]]
    assert paths("todo.html", 3) == ["todo.html", "todo-2.html", "todo-3.html"]
