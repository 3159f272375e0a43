"""All of it at once, as a country would run it: a dask cluster, one PostgreSQL, evidence in S3; nothing left behind."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from auditor.history import History
from tests.badsite import BadSite
from tests.fleet.cluster import Cluster
from tests.fleet.made import BODIES, pages, told, written
from tests.fleet.s3 import BUCKET, S3
from tests.history.postgres import Server
from tests.whole.conftest import auditor

pytestmark = pytest.mark.services


@pytest.fixture
def store() -> Iterator[S3]:
    made = S3()
    made.start()
    yield made
    made.stop()


@pytest.fixture
def database() -> Iterator[str]:
    server = Server.made()
    yield server.database()
    server.end()


def test_a_country_in_small(tmp_path: Path, store: S3, database: str) -> None:
    folder = tmp_path / "cluster"
    folder.mkdir()
    cluster = Cluster(folder, store.environment)
    cluster.start_scheduler()
    try:
        cluster.start_worker()
        cluster.start_worker()
        with BadSite(pages(list(BODIES), 3)) as site:
            head = f'database = "{database}"\nevidence = "s3://{BUCKET}/malam"'
            file = written(tmp_path, site, head=head)
            arguments = ("fleet", file, "--executor", "dask", "--scheduler", cluster.address, "--json")
            store.stop()
            first = auditor(*arguments, check=False)
            assert first.returncode == 1
            failed = told(first)["bodies"]
            assert {body["state"] for body in failed.values()} == {"failed"}
            for body in failed.values():
                assert f"evidence of run {body['run']} is not copied yet" in body["reason"]
            store.start()
            asked = len(site.log)
            second = told(auditor(*arguments))["bodies"]
            assert {body["state"] for body in second.values()} == {"before"}, "audited once"
            assert len(site.log) == asked, "what was left was the copying"
    finally:
        cluster.end()
    history = History(database)
    for code in BODIES:
        (row,) = history.runs(code)
        assert (row.run, row.state) == (second[code]["run"], "finished")
        shutil.rmtree(tmp_path / code / "var" / "evidence")
        config = tmp_path / code / "config.toml"
        config.write_text(f'{config.read_text("utf-8")}evidence = "s3://{BUCKET}/malam"\n', "utf-8")
    one = tmp_path / "32.71" / "config.toml"
    again = auditor("rescore", "--config", one, "--json", **store.environment)
    published = tmp_path / "public" / "32.71" / second["32.71"]["run"] / "score.json"
    assert again.stdout.encode() == published.read_bytes()
