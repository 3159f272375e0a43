"""What is kept of nights comes back the same from SQLite and from PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

from auditor.history import History
from auditor.model import Status
from auditor.publish import rows_of
from reports.findings_json import findings_json
from tests.history.kept import AT, CODE, as_dicts, finish, judged, key, night, one
from tests.reports import builders


def test_a_night_comes_back_as_it_was_kept(database_url: str) -> None:
    history = History(database_url)
    run, at, resumed = history.begin(key(), AT, AT.astimezone(UTC))
    assert (run, at, resumed) == ("20261103-01", AT, False)
    judgement = judged(run)
    finish(history, judgement)
    row = History(database_url).run(CODE)
    assert (row.run, row.state, row.at, row.low) == (run, "finished", AT, judgement.score.whole.low)
    assert row.at.utcoffset() == timedelta(0), "times come back in UTC"
    assert row.documents == rows_of(judgement, builders.catalogue())["documents"]
    shown = json.loads(findings_json(judgement))
    assert sorted(history.findings(CODE, run), key=lambda f: f["id"]) == sorted(shown, key=lambda f: f["id"])


def test_a_time_is_stored_as_utc(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    History(f"sqlite:///{file}").begin(key(), AT, AT)
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT at FROM runs").fetchone() == ("2026-11-02 18:00:00.000000",)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_night_kept_twice_is_one_night(database_url: str) -> None:
    history = History(database_url)
    run = night(history, 0, [one(Status.UNMET)])
    finish(history, judged(run, findings=[one(Status.MET)]))
    assert [s.run for s in history.series(CODE)] == [run]
    assert list(as_dicts(history.findings(CODE, run)).values()) == ["met"]


def test_a_night_that_the_database_has_lost_is_kept_all_the_same(database_url: str) -> None:
    history = History(database_url)
    finish(history, judged("20261103-01"))
    assert [s.run for s in history.series(CODE)] == ["20261103-01"]


def test_hostile_words_are_kept(database_url: str) -> None:
    history = History(database_url)
    hostile = [builders.finding(builders.criterion(1, "jenis-informasi"), Status.MET, text="a\x00b \ud800 '; DROP --")]
    run = night(history, 0, hostile)
    assert history.findings(CODE, run)[0]["status"] == "met"


def test_prior_counts_nights_missing_and_flips(database_url: str) -> None:
    history = History(database_url)
    statuses = [Status.MET, Status.UNMET, Status.MET, Status.UNMET]
    for number, status in enumerate(statuses):
        night(history, number, [one(status)])
    prior = history.prior(CODE, AT + timedelta(days=9), "none")
    (told,) = prior.findings.values()
    assert (told.status, told.changes, told.missing) == ("unmet", 3, 0)


def test_another_catalogue_is_no_flicker_of_the_city(database_url: str) -> None:
    history = History(database_url)
    for number, (status, catalogue) in enumerate(
        [(Status.MET, "old"), (Status.UNMET, "old"), (Status.MET, "old"), (Status.UNMET, "new"), (Status.UNMET, "new")]
    ):
        night(history, number, [one(status)], catalogue)
    (told,) = history.prior(CODE, AT + timedelta(days=9), "none").findings.values()
    assert told.changes == 0


def test_a_run_is_resumed_under_its_key_only(database_url: str) -> None:
    history = History(database_url)
    first = history.begin(key(), AT, AT.astimezone(UTC))[0]
    later = AT.astimezone(UTC) + timedelta(hours=1)
    assert history.begin(key(), AT, later) == (first, AT, True)
    other = history.begin(key(config="other"), AT, later)
    assert other[2] is False
    assert {row.run: row.state for row in history.runs(CODE)} == {first: "unfinished", other[0]: "running"}


def test_a_partial_run_stays_out_of_the_series(database_url: str) -> None:
    history = History(database_url)
    night(history, 0, [one(Status.MET)])
    at = AT + timedelta(days=1)
    run, _, _ = history.begin(replace(key(), only="ppid"), at, at.astimezone(UTC))
    finish(history, replace(judged(run, at), partial=("ppid",)))
    assert [s.run for s in history.series(CODE)] == ["20261103-01"]
    assert history.run(CODE).run == run
