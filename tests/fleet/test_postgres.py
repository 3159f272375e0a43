"""A fleet on one PostgreSQL: results as they come, several writers, a server that goes away, locks across machines."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import text

from auditor.collect.gate import Gate, Stopped
from auditor.config import SharedHosts
from auditor.history import History
from auditor.history.engine import open_engine
from auditor.locks import LockLost, lock, place_of, waited_for
from tests.badsite import BadSite
from tests.fleet.made import BODIES, begun, pages, pages_asked, told, until, written
from tests.history.postgres import Server
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    made = Server.made()
    yield made
    made.end()


def states(url: str) -> dict[str, list[str]]:
    with open_engine(url).connect() as connection:
        found = connection.execute(text("SELECT body, state FROM runs ORDER BY body, run")).all()
    return {code: [state for body, state in found if body == code] for code in BODIES}


def test_results_stream_into_one_database(tmp_path: Path, server: Server) -> None:
    """The first body's run can be read while the others are still being audited; a restart of the server in between
    loses nothing and counts nothing twice."""
    url = server.database()
    History(url)
    with BadSite(pages(list(BODIES), 14, after=0.1)) as site:
        file = written(tmp_path, site, delay=0.05, head=f'database = "{url}"')
        quick = tmp_path / "32.71" / "config.toml"
        quick.write_text(
            quick.read_text("utf-8").replace('role = "website"', 'role = "website"\nmax_pages = 2'), "utf-8"
        )
        fleet = begun("fleet", file, "--workers", "2", "--json")
        until(lambda: states(url)["32.71"] == ["finished"], 100)
        assert fleet.poll() is None, "the others are under way"
        until(lambda: len(pages_asked(site, "33.01")) >= 2)
        server.stop()
        time.sleep(2)
        server.start()
        out, err = fleet.communicate(timeout=150)
        assert fleet.returncode == 0, err
        for code in BODIES:
            asked = pages_asked(site, code)
            assert len(asked) == len(set(asked)), "no page twice"
    assert states(url) == {code: ["finished"] for code in BODIES}
    with open_engine(url).connect() as connection:
        twice = "SELECT body, id FROM findings GROUP BY body, id HAVING count(*) > 1"
        assert connection.execute(text(twice)).all() == [], "no finding of two runs"
    runs = {body["code"]: body["run"] for body in json.loads(out)["bodies"]}
    assert {code: History(url).run(code).run for code in BODIES} == runs


def test_two_machines_do_not_audit_the_same_bodies_at_once(tmp_path: Path, server: Server) -> None:
    """Two folders (two machines) with one database: the second waits for nobody and does nothing twice."""
    url = server.database()
    with BadSite(pages(list(BODIES), 10, after=0.2)) as site:
        first = written(tmp_path, site, delay=0.05, head=f'database = "{url}"')
        fleet = begun("fleet", first, "--json")
        until(lambda: site.log)
        second = first.with_name("other.toml")
        second.write_text(
            first.read_text("utf-8").replace('public = "public"', 'public = "public"\nstate = "two"'), "utf-8"
        )
        other = auditor("fleet", second, check=False)
        assert other.returncode == 3
        assert "another `auditor fleet` works on" in other.stderr
        out, err = fleet.communicate(timeout=100)
        assert fleet.returncode == 0, err
        again = told(auditor("fleet", second, "--json"))
    assert json.loads(out)["done"] == 3
    assert again["before"] == 3, "by the database, the other machine knows what is done"
    assert states(url) == {code: ["finished"] for code in BODIES}


def test_a_database_that_stays_away_is_named(tmp_path: Path, server: Server) -> None:
    url = server.database()
    with BadSite(pages(list(BODIES), 2)) as site:
        file = written(tmp_path, site, head=f'database = "{url}"')
        for code in BODIES:
            config = tmp_path / code / "config.toml"
            config.write_text(config.read_text("utf-8").replace("wait_seconds = 60", "wait_seconds = 1"), "utf-8")
        server.stop()
        try:
            done = auditor("fleet", file, check=False)
        finally:
            server.start()
        assert done.returncode == 1
        assert "no PostgreSQL answers there; start it and run again" in done.stderr
        assert "rahasia" not in done.stderr
        assert told(auditor("fleet", file, "--json"))["done"] == 3


def test_locks_of_a_database(server: Server) -> None:
    url = server.database()
    assert place_of(url, Path("x")) == url
    one, two, other = lock(url, "a"), lock(url, "a"), lock(url, "b")
    assert [one.take(), two.take(), other.take()] == [True, False, True]
    one.release()
    assert two.take(), "let go of, it is free"
    two.release()
    other.release()
    with (
        waited_for(lock(url, "a"), threading.Event()) as held,
        waited_for(lock(url, "a"), threading.Event(), busy_seconds=0.2) as second,
    ):
        assert (held, second) == (True, False)
    with (
        pytest.raises(LockLost, match="no such database or user"),
        waited_for(lock(url.replace("/uji", "/tiada"), "a"), threading.Event(), patience=0.0),
    ):
        pass


def test_a_shared_host_keeps_its_delay_by_the_database(server: Server) -> None:
    """Two gates, as two workers on two machines have them: between two starts lies the delay."""
    shared = SharedHosts(server.database(), frozenset({"own.example"}))
    stop = threading.Event()
    gates = [Gate(0.15, stop, replace(shared)) for _ in range(2)]
    began: list[float] = []

    def ask(gate: Gate) -> None:
        for _ in range(4):
            with gate.turn("drive.example") as at:
                began.append(at)

    threads = [threading.Thread(target=ask, args=(gate,)) for gate in gates]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(began) == 8
    assert min(b - a for a, b in pairwise(sorted(began))) >= 0.145
    assert not shared.covers("www.own.example")
    stop.set()
    with pytest.raises(Stopped), gates[0].turn("drive.example"):
        pass
