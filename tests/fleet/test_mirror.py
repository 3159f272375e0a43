"""Evidence that is kept elsewhere: copied when the run has ended, and judged again from there alone."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.badsite import BadSite
from tests.fleet.made import BODIES, host_of, pages, written
from tests.fleet.s3 import BUCKET, S3
from tests.whole.conftest import auditor

CODE = "32.71"


@dataclass
class Place:
    """Where evidence is kept: a folder, or a bucket of a server."""

    url: str
    folder: Path
    server: S3 | None = None
    environment: dict[str, str] = field(default_factory=dict)

    def away(self) -> None:
        if self.server:
            self.server.stop()
        else:
            self.folder.write_text("not a folder", "utf-8")

    def back(self) -> None:
        if self.server:
            self.server.start()
        else:
            self.folder.unlink()

    def damage(self, name: str) -> None:
        if self.server:
            assert self.server.asked("PUT", f"/{BUCKET}/malam/{name}", b"rusak") == 200
        else:
            (self.folder / name).write_bytes(b"rusak")


@pytest.fixture(params=["file", pytest.param("s3", marks=pytest.mark.services)])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    if request.param == "file":
        yield Place(f"file://{tmp_path}/kept", tmp_path / "kept")
        return
    server = S3()
    server.start()
    yield Place(f"s3://{BUCKET}/malam", tmp_path, server, server.environment)
    server.stop()


def configured(folder: Path, site: BadSite, place: Place) -> Path:
    written(folder, site, {CODE: BODIES[CODE]})
    path = folder / CODE / "config.toml"
    path.write_text(f'{path.read_text("utf-8")}evidence = "{place.url}"\n', "utf-8")
    return path


def test_a_run_is_judged_again_from_where_it_is_kept(tmp_path: Path, place: Place) -> None:
    with BadSite(pages([CODE], 2)) as site:
        config = configured(tmp_path, site, place)
        run = json.loads(auditor("run", "--config", config, "--json", **place.environment).stdout)
    assert run["notices"] == []
    here = config.parent / "var" / "evidence"
    published = (config.parent / "public" / CODE / run["run"] / "score.json").read_bytes()
    shutil.rmtree(here)
    again = auditor("rescore", "--config", config, "--json", **place.environment)
    assert again.stdout.encode() == published, "byte for byte, from there alone"
    assert not here.exists(), "rescore writes no evidence"
    shutil.rmtree(config.parent / "public")
    auditor("report", "--config", config, **place.environment)
    assert (config.parent / "public" / CODE / run["run"] / "score.json").read_bytes() == published
    shutil.rmtree(config.parent / "var" / "cache")
    place.damage(f"{CODE}/{run['run']}/captures-00001.warc.gz")
    damaged = auditor("rescore", "--config", config, check=False, **place.environment)
    assert damaged.returncode == 1
    assert "captures-00001.warc.gz is not what was copied (its sha-256 differs)" in damaged.stderr


def test_a_place_that_is_away_loses_nothing(tmp_path: Path, place: Place) -> None:
    """The run is judged all the same, the evidence stays here, and the next night copies both."""
    with BadSite(pages([CODE], 2)) as site:
        config = configured(tmp_path, site, place)
        place.away()
        first = json.loads(auditor("run", "--config", config, "--json", **place.environment).stdout)
        (notice,) = first["notices"]
        assert f"evidence of run {first['run']} is not copied yet" in notice
        assert "it stays in" in notice
        place.back()
        second = json.loads(auditor("run", "--config", config, "--json", **place.environment).stdout)
        assert second["notices"] == []
        assert site.asked(host_of(CODE)), "it was a real site"
    shutil.rmtree(config.parent / "var" / "evidence")
    for run in (first["run"], second["run"]):
        assert json.loads(
            auditor("rescore", "--config", config, "--run", run, "--json", **place.environment).stdout
        )["run"] == run  # fmt: skip
