"""An empty database is made, an older one upgraded, a newer one refused."""

from __future__ import annotations

import json
import resource
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from auditor import migrations
from auditor.history import History, HistoryError
from auditor.history.engine import WRITES, open_engine
from auditor.history.schema import FIRST, HEAD, KNOWN, revision
from auditor.history.tables import Base
from auditor.model import Status
from tests.history.kept import CODE, night, one
from tests.whole.conftest import auditor
from tests.whole.test_bad_nights import configured

FIRST_TABLES = Path(__file__).with_name("first.sql").read_text(encoding="utf-8")


def made_by_the_first_auditor(url: str, runs: int, findings: int) -> Engine:
    """A database as `create_all` left it, without Alembic, with runs of `findings` findings each."""
    engine = open_engine(url)
    with engine.execution_options(**WRITES).begin() as connection:
        for statement in FIRST_TABLES.split(";"):
            if statement.strip():
                connection.execute(text(statement))
        connection.execute(
            text(
                "INSERT INTO runs VALUES (:body, :run, :at, '', '', 'c', :at, :at, 'finished', :catalogue, '0.1.0',"
                " 'd', 40, 50, 60, 0.8, NULL, '{}', :rows, '[]')"
            ),
            [_run(number, runs) for number in range(runs)],
        )
        connection.execute(
            text("INSERT INTO findings VALUES (:body, 'mould', :id, :status, 'found', '2025-01-01', :document)"),
            [_finding(number) for number in range(findings)],
        )
        connection.execute(
            text(
                "INSERT INTO findings SELECT f.body, r.run, f.id, f.status, f.reason, f.since, f.document"
                " FROM findings f CROSS JOIN runs r"
            )
        )
    return engine


def _run(number: int, runs: int) -> dict[str, object]:
    at = f"{date(2025, 1, 1) + timedelta(days=number)} 18:00:00.000000+00:00"
    rows = json.dumps([{"url": f"https://a.example/{n}", "title": "DPA " * 20} for n in range(200)])
    catalogue = "old" if number < runs // 2 else "new"
    return {"body": CODE, "run": f"r{number:04d}", "at": at, "catalogue": catalogue, "rows": rows}


def _finding(number: int) -> dict[str, object]:
    id_, message = f"{number:016x}", {"id": "ada " * 20, "en": "there " * 20}
    document = {
        "id": id_, "criterion": f"c{number % 80}", "subject": f"s{number}", "site": "ppid", "unit": None,
        "status": "met", "low": 1.0, "high": 1.0, "reason": "found", "message": message, "gain": 0.0,
        "since": "2025-01-01", "state": None, "evidence": [],
    }  # fmt: skip
    return {"body": CODE, "id": id_, "status": "met", "document": json.dumps(document)}


def test_an_empty_database_is_made_by_the_migrations(database_url: str) -> None:
    History(database_url)
    with open_engine(database_url).connect() as connection:
        assert revision(connection) == HEAD
        differs = compare_metadata(MigrationContext.configure(connection), Base.metadata)
    assert differs == [], "the tables of the code and those of the migrations are the same"


def test_the_newest_revision_is_the_one_that_is_said() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent))
    script = ScriptDirectory.from_config(config)
    assert script.get_current_head() == HEAD
    assert {known.revision for known in script.walk_revisions()} == set(KNOWN)
    assert script.get_bases() == [FIRST]


def test_a_database_of_the_first_auditor_is_upgraded_after_a_copy(database_url: str, tmp_path: Path) -> None:
    made_by_the_first_auditor(database_url, 3, 5)
    history = History(database_url)
    assert [s.run for s in history.series(CODE)] == ["r0000", "r0001", "r0002"]
    assert len(history.findings(CODE, "r0001")) == 5
    with open_engine(database_url).connect() as connection:
        assert revision(connection) == HEAD
        left = connection.execute(text("SELECT count(*) FROM findings")).scalar()
    assert left == 15, "findings of no run are gone, all others are there"
    night(history, 400, [one(Status.MET)])
    if database_url.startswith("sqlite"):
        copy = tmp_path / "var" / f"auditor.sqlite.before-{HEAD}"
        with closing(sqlite3.connect(copy)) as kept:
            assert kept.execute("SELECT count(*) FROM findings").fetchone() == (20,)
            assert kept.execute("SELECT name FROM sqlite_master WHERE name = 'alembic_version'").fetchall() == []


def test_findings_need_their_run(database_url: str) -> None:
    history = History(database_url)
    night(history, 0, [one(Status.MET)])
    engine = open_engine(database_url)
    with engine.execution_options(**WRITES).begin() as connection:
        connection.execute(text("DELETE FROM runs"))
        assert connection.execute(text("SELECT count(*) FROM findings")).scalar() == 0


def test_a_newer_database_is_refused_and_left_as_it_is(database_url: str) -> None:
    History(database_url)
    with open_engine(database_url).execution_options(**WRITES).begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(HistoryError, match=rf"newer auditor \(revision 9999, this one knows {HEAD}\); install"):
        History(database_url)


def test_a_broken_upgrade_leaves_the_database_as_it_was(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    made_by_the_first_auditor(database_url, 2, 2)
    from alembic.operations import Operations

    def broken(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Operations, "batch_alter_table", broken)
    with pytest.raises(HistoryError, match="No space left"):
        History(database_url)
    monkeypatch.undo()
    with open_engine(database_url).connect() as connection:
        assert revision(connection) == FIRST
    assert len(History(database_url).series(CODE)) == 2


def processor_seconds() -> float:
    """What commands have used so far: a busy machine does not make it more."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def test_a_year_of_runs_is_upgraded_and_looked_at_quickly(database_url: str, tmp_path: Path) -> None:
    made_by_the_first_auditor(database_url, 365, 400)
    path = configured(tmp_path, "https://ppid.kotacontoh.example/")
    path.write_text(f'{path.read_text("utf-8")}\n[storage]\ndatabase = "{database_url}"\n', "utf-8")
    before = processor_seconds()
    assert len(json.loads(auditor("runs", "--config", path, "--json").stdout)) == 365
    assert json.loads(auditor("score", "--config", path, "--json").stdout)["run"] == "r0364"
    differs = json.loads(auditor("diff", "r0000", "--config", path, "--json").stdout)
    assert (differs["a"], differs["b"], differs["changes"]) == ("r0000", "r0364", [])
    assert processor_seconds() - before < 30, "three commands, one of which upgrades"
