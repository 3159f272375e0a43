"""What can be wrong with a database ends in one line that says what to do; what passes by itself is waited for."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, text

from auditor.history import History, HistoryError
from auditor.history.engine import WRITES, open_engine
from auditor.model import Status
from tests.history.kept import CODE, night, one
from tests.history.postgres import PASSWORD, Server
from tests.whole.conftest import auditor
from tests.whole.test_bad_nights import configured, site


def with_database(folder: Path, url: str, database: str, wait: float = 0.3) -> Path:
    path = configured(folder, url, delay=0.02)
    with path.open("a", encoding="utf-8") as file:
        file.write(f'\n[storage]\ndatabase = "{database}"\ndatabase_wait_seconds = {wait}\n')
    return path


@contextmanager
def held(url: str) -> Iterator[Callable[[], None]]:
    """Another program that writes and does not end, until it is told to."""
    connection = open_engine(url).execution_options(**WRITES).connect()
    connection.execute(text("DELETE FROM runs WHERE run = 'none'"))
    if connection.dialect.name == "postgresql":
        connection.execute(text("LOCK TABLE runs IN ACCESS EXCLUSIVE MODE"))
    try:
        yield connection.close
    finally:
        connection.close()


def one_line(error: subprocess.CompletedProcess[str]) -> str:
    assert error.returncode == 1, error.stderr
    assert "Traceback" not in error.stderr
    return error.stderr.strip().splitlines()[-1]


def test_a_locked_database_is_waited_for(database_url: str) -> None:
    history = History(database_url, 30)
    with held(database_url) as let_go:
        timer = threading.Timer(0.5, let_go)
        timer.start()
        night(history, 0, [one(Status.MET)])
        timer.join()
    assert len(history.series(CODE)) == 1


def test_a_database_that_stays_locked_is_one_line(database_url: str) -> None:
    History(database_url)
    history = History(database_url, 0.3)
    with (
        held(database_url),
        pytest.raises(HistoryError, match=r"another program holds it; end that one and run again") as said,
    ):
        night(history, 0, [one(Status.MET)])
    assert "\n" not in str(said.value)


def test_a_run_whose_database_is_locked_at_its_end_concludes_from_the_evidence(tmp_path: Path) -> None:
    file = tmp_path / "var" / "auditor.sqlite"
    with site() as (url, asked):
        path = with_database(tmp_path, url, "sqlite:///var/auditor.sqlite")
        running = subprocess.Popen(
            [sys.executable, "-m", "auditor", "run", "--config", str(path)], stderr=subprocess.PIPE, text=True
        )
        _until(lambda: len(asked) > 3)
        with held(f"sqlite:///{file}"):
            _, heard = running.communicate(timeout=150)
        assert running.returncode == 1
        assert "another program holds it" in heard.strip().splitlines()[-1]
        seen = len(asked)
        told = json.loads(auditor("run", "--config", path, "--json").stdout)
        assert (told["resumed"], len(asked)) == (True, seen), "nothing is collected again"


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not true() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert true()


def test_a_read_only_database(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    History(f"sqlite:///{file}")
    history = History(f"sqlite:///file:{file}?mode=ro&uri=true")
    assert history.runs() == []
    with pytest.raises(HistoryError, match="is read-only; give this user the right to write"):
        night(history, 0, [one(Status.MET)])


def twenty_nights(history: History) -> None:
    for number in range(20):
        night(history, number, [one(Status.MET)])


def test_a_full_disk(tmp_path: Path) -> None:
    history = History(f"sqlite:///{tmp_path / 'a.sqlite'}")

    def small(connection: sqlite3.Connection, _entry: Any) -> None:
        connection.execute("PRAGMA max_page_count=1")  # no page may be added: what SQLite calls a full disk

    event.listen(Engine, "connect", small)
    try:
        with pytest.raises(HistoryError, match="disk full; free some space and run again") as said:
            twenty_nights(history)
    finally:
        event.remove(Engine, "connect", small)
    assert "\n" not in str(said.value)


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"no database at all " * 100, "is no SQLite database"), (None, "cannot be opened")],
)
def test_a_file_that_is_none(tmp_path: Path, content: bytes | None, says: str) -> None:
    file = tmp_path / "a.sqlite"
    if content is None:
        file.mkdir()
    else:
        file.write_bytes(content)
    with pytest.raises(HistoryError, match=says):
        History(f"sqlite:///{file}")


@pytest.mark.parametrize("url", ["mysql://u:rahasia@h/n", "oracle://u:rahasia@h/n", "postgresql://u:rahasia@h:x/n"])
def test_a_url_that_names_no_database_of_ours(tmp_path: Path, url: str) -> None:
    done = auditor("runs", "--config", with_database(tmp_path, "https://a.example/", url), check=False)
    line = one_line(done)
    assert "write sqlite:///FILE or postgresql://" in line
    assert "rahasia" not in done.stderr


def test_a_missing_driver_says_how_to_get_it(tmp_path: Path) -> None:
    path = with_database(tmp_path, "https://a.example/", "postgresql://u:rahasia@h/n")
    without = "import sys; sys.modules['psycopg'] = None; from auditor.cli import main; sys.exit(main())"
    done = subprocess.run(
        [sys.executable, "-c", without, "runs", "--config", str(path)], capture_output=True, text=True, check=False
    )
    assert "pip install 'transparency-auditor[postgres]'" in one_line(done)
    assert "rahasia" not in done.stderr


@pytest.mark.services
@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_a_wrong_password_is_not_shown(server: Server, tmp_path: Path, scheme: str) -> None:
    url = server.url("postgres", "salah&sekali", scheme)
    done = auditor("runs", "--config", with_database(tmp_path, "https://a.example/", url), check=False)
    assert "wrong user or password; mend them in [storage] database" in one_line(done)
    assert "salah" not in done.stderr
    with pytest.raises(HistoryError) as said:
        History(f"{scheme}://auditor@/postgres?host={server.folder}&password=salah")
    assert "wrong user or password" in str(said.value)
    assert "salah" not in str(said.value)


@pytest.mark.services
def test_a_database_that_is_not_there_and_a_server_that_is_not_there(server: Server, tmp_path: Path) -> None:
    with pytest.raises(HistoryError, match="no such database or user"):
        History(server.url("tiada"))
    with pytest.raises(HistoryError, match="no PostgreSQL answers there; start it") as said:
        History(f"postgresql://u:{PASSWORD[:7]}@/n?host={tmp_path}", 0.2)
    assert PASSWORD[:7] not in str(said.value)


@pytest.mark.services
def test_a_user_who_may_not_write(server: Server) -> None:
    url = server.database()
    History(url)
    history = History(f"{url}&options=-c%20default_transaction_read_only%3Don")
    with pytest.raises(HistoryError, match="is read-only"):
        night(history, 0, [one(Status.MET)])


@pytest.mark.services
def test_a_server_that_goes_away_in_the_night_and_comes_back(server: Server, tmp_path: Path) -> None:
    with site() as (url, asked):
        path = with_database(tmp_path, url, server.database(), wait=60)
        running = subprocess.Popen(
            [sys.executable, "-m", "auditor", "run", "--config", str(path)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        _until(lambda: len(asked) > 3)
        server.stop()
        try:
            _until(lambda: len(asked) >= 41)
            time.sleep(1)  # the run is at its end, and asks in vain
        finally:
            server.start()
        _, heard = running.communicate(timeout=150)
    assert running.returncode == 0, heard
    assert len(json.loads(auditor("runs", "--config", path, "--json").stdout)) == 1


@pytest.mark.services
def test_a_server_that_stays_away_ends_the_run_and_the_next_one_concludes(server: Server, tmp_path: Path) -> None:
    with site() as (url, asked):
        path = with_database(tmp_path, url, server.database())
        running = subprocess.Popen(
            [sys.executable, "-m", "auditor", "run", "--config", str(path)], stderr=subprocess.PIPE, text=True
        )
        _until(lambda: len(asked) > 3)
        server.stop()
        try:
            _, heard = running.communicate(timeout=150)
        finally:
            server.start()
        assert running.returncode == 1
        assert "no PostgreSQL answers there; start it and run again" in heard.strip().splitlines()[-1]
        seen = len(asked)
        told = json.loads(auditor("run", "--config", path, "--json").stdout)
        assert (told["resumed"], len(asked)) == (True, seen)
    shutil.rmtree(tmp_path / "var")
    assert json.loads(auditor("findings", "--config", path, "--json").stdout)


def test_a_damaged_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "a.sqlite"
    history = History(f"sqlite:///{file}")
    night(history, 0, [one(Status.MET)])
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as damaged:
        damaged.seek(4096)
        damaged.write(b"\xff" * (size - 4096))
    with pytest.raises(HistoryError, match="damaged; put a backup copy"):
        History(f"sqlite:///{file}").findings(CODE, "20261103-01")
