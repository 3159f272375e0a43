"""Several worker processes write at once: nothing is lost, nothing is counted twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, timedelta
from multiprocessing import get_context
from typing import Any

import pytest
from sqlalchemy import text

from auditor.history import History
from auditor.history.engine import open_engine
from auditor.model import Status
from tests.history.kept import AT, CODE, finish, judged, key, one

PROCESSES = 4


AtOnce = Callable[[Callable[..., Any], Iterable[tuple[Any, ...]]], list[Any]]


@pytest.fixture(scope="module")
def at_once() -> Iterator[AtOnce]:
    with get_context("spawn").Pool(PROCESSES) as pool:
        yield lambda work, arguments: pool.starmap(work, arguments, chunksize=1)


def begin(url: str) -> tuple[str, bool]:
    run, _, resumed = History(url).begin(key(), AT, AT.astimezone(UTC))
    return run, resumed


def nights(url: str, body: str, worker: int) -> list[str]:
    """Five nights of one worker, whole."""
    history = History(url)
    runs = []
    for number in range(5):
        at = AT + timedelta(days=number)
        asked = f"{worker} {number}"
        run, _, _ = history.begin(key(body, asked_at=asked, config=asked), at, at.astimezone(UTC))
        finish(history, judged(run, at, body))
        runs.append(run)
    return runs


def finish_again(url: str, run: str) -> None:
    finish(History(url), judged(run, findings=[one(Status.MET)]))


def figures(url: str) -> tuple[int, int, int]:
    """Finished runs, findings, and findings of no run."""
    with open_engine(url).connect() as connection:
        return tuple(
            connection.execute(text(query)).scalar()
            for query in (
                "SELECT count(*) FROM runs WHERE state = 'finished'",
                "SELECT count(*) FROM findings",
                "SELECT count(*) FROM findings f LEFT JOIN runs r ON r.body = f.body AND r.run = f.run"
                " WHERE r.run IS NULL",
            )
        )  # type: ignore[return-value]


def test_a_run_begun_by_all_at_once_in_an_empty_database_is_one_run(database_url: str, at_once: AtOnce) -> None:
    told = at_once(begin, [(database_url,)] * PROCESSES)
    assert {run for run, _ in told} == {"20261103-01"}
    assert sorted(resumed for _, resumed in told) == [False, True, True, True]
    assert len(History(database_url).runs(CODE)) == 1


def test_runs_of_different_bodies_and_of_the_same_body(database_url: str, at_once: AtOnce) -> None:
    bodies = ["11.01", "11.02", "11.03", "11.03"]
    runs = at_once(nights, [(database_url, body, worker) for worker, body in enumerate(bodies)])
    assert not set(runs[2]) & set(runs[3]), "no run id is given twice"
    each = len(judged("x").findings)
    assert figures(database_url) == (20, 20 * each, 0)
    assert [len(History(database_url).series(body)) for body in ("11.01", "11.02", "11.03")] == [5, 5, 10]


def test_the_same_run_finished_by_all_is_counted_once(database_url: str, at_once: AtOnce) -> None:
    run, _ = begin(database_url)
    at_once(finish_again, [(database_url, run)] * PROCESSES)
    assert figures(database_url) == (1, 1, 0)
