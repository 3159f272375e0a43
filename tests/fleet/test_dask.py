"""`auditor fleet --executor dask` on a real scheduler and real worker processes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.badsite import BadSite
from tests.fleet.cluster import Cluster
from tests.fleet.made import BODIES, begun, pages, pages_asked, told, until, written
from tests.fleet.test_local import finished_runs
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder)
    made.start_scheduler()
    yield made
    made.end()


def test_bodies_are_audited_by_workers_of_a_cluster(tmp_path: Path, cluster: Cluster) -> None:
    cluster.start_worker()
    cluster.start_worker()
    with BadSite(pages(list(BODIES))) as site:
        file = written(tmp_path, site)
        arguments = ("fleet", file, "--executor", "dask", "--scheduler", cluster.address, "--json")
        first = told(auditor(*arguments))
        assert {body["state"] for body in first["bodies"].values()} == {"done"}
        asked = len(site.log)
        again = told(auditor(*arguments))
        assert {body["state"] for body in again["bodies"].values()} == {"before"}, "the same task is not done twice"
        assert len(site.log) == asked
    assert (tmp_path / "public" / "bodies.csv").exists()


def test_a_worker_that_is_killed_in_the_middle(tmp_path: Path, cluster: Cluster) -> None:
    cluster.start_worker()
    cluster.start_worker()
    with BadSite(pages(list(BODIES), 12, after=0.1)) as site:
        file = written(tmp_path, site, delay=0.05)
        fleet = begun("fleet", file, "--executor", "dask", "--scheduler", cluster.address, "--json")
        until(lambda: len(pages_asked(site, "32.71")) >= 3)
        worker = until(lambda: cluster.worker_at(tmp_path / "32.71" / "var" / "lock"))
        worker.kill()
        out, err = fleet.communicate(timeout=150)
        assert fleet.returncode == 0, err
        asked = pages_asked(site, "32.71")
        assert len(asked) <= len(set(asked)) + 1, "at most the request that was under way is asked again"
    bodies = {body["code"]: body for body in json.loads(out)["bodies"]}
    assert {body["state"] for body in bodies.values()} == {"done"}
    assert bodies["32.71"]["resumed"]
    assert {body["pages"] for body in bodies.values()} == {13}
    for code in BODIES:
        assert finished_runs(tmp_path, code) == [(bodies[code]["run"], "finished")], "counted once"


def test_a_body_that_kills_its_workers_fails_alone(tmp_path: Path) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    made = Cluster(folder, {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"})
    made.start_scheduler()
    try:
        for _ in range(3):
            made.start_worker()
        with BadSite(pages(list(BODIES), 30, after=0.1)) as site:
            file = written(tmp_path, site, delay=0.1)
            fleet = begun("fleet", file, "--executor", "dask", "--scheduler", made.address, "--json")
            for _ in range(2):
                worker = until(lambda: made.worker_at(tmp_path / "32.71" / "var" / "lock"))
                worker.kill()
                worker.wait()
            out, err = fleet.communicate(timeout=150)
    finally:
        made.end()
    assert fleet.returncode == 1, err
    bodies = {body["code"]: body for body in json.loads(out)["bodies"]}
    assert bodies["32.71"]["state"] == "failed"
    assert "every worker that audited it died" in bodies["32.71"]["reason"]
    assert {bodies[code]["state"] for code in ("32.72", "33.01")} == {"done"}


def test_a_scheduler_that_restarts(tmp_path: Path, cluster: Cluster) -> None:
    cluster.start_worker()
    with BadSite(pages(list(BODIES), 10, after=0.1)) as site:
        file = written(tmp_path, site, delay=0.05)
        fleet = begun("fleet", file, "--executor", "dask", "--scheduler", cluster.address, "--json")
        until(lambda: len(pages_asked(site, "32.72")) >= 2 or len(pages_asked(site, "33.01")) >= 2)
        cluster.end()
        cluster.workers.clear()
        cluster.start_scheduler()
        cluster.start_worker()
        out, err = fleet.communicate(timeout=200)
        assert fleet.returncode == 0, err
    bodies = {body["code"]: body for body in json.loads(out)["bodies"]}
    assert {body["state"] for body in bodies.values()} == {"done"}
    for code in BODIES:
        assert finished_runs(tmp_path, code) == [(bodies[code]["run"], "finished")]
        asked = pages_asked(site, code)
        assert len(asked) <= len(set(asked)) + 1


def test_a_cluster_on_this_machine_needs_no_address(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES), 2)) as site:
        file = written(tmp_path, site)
        done = auditor("fleet", file, "--executor", "dask", "--workers", "2", "--json")
    assert told(done)["done"] == 3


def test_a_scheduler_that_is_not_there_is_named(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES), 2)) as site:
        file = written(tmp_path, site)
        done = auditor("fleet", file, "--scheduler", "127.0.0.1:9", check=False)
    assert done.returncode == 2
    assert "--scheduler is for --executor dask" in done.stderr
