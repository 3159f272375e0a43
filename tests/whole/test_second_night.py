"""Two nights through the command line: the second asks what has changed, and needs nothing of the first afterwards."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.evidence.source import Evidence
from tests.badsite import BadSite, Reply, Request, html
from tests.whole.conftest import NIGHTS, Demo, auditor
from tests.whole.test_bad_nights import configured

PAGES = 30
CHANGED = {"/p7", "/p8"}
FIRST, SECOND = "20261102-01", "20261103-01"


class City:
    """A site with validators; its register of 2024 is taken away, and two pages change, on the second night."""

    def __init__(self) -> None:
        self.night = 1
        self.pause = 0.0

    def answer(self, request: Request) -> Reply:
        number = request.path.removeprefix("/p")
        if request.path == "/":
            links = "".join(f'<a href="/p{n}">Laporan Keuangan {2000 + n}</a>' for n in range(PAGES))
            body = f"<h1>Informasi Berkala</h1><p>{'isi ' * 100}</p>{links}"
        elif number.isdigit() and int(number) < PAGES and not (number == "24" and self.night == 2):
            version = self.night if request.path in CHANGED else 1
            body = f"<h1>Laporan Keuangan {2000 + int(number)}</h1><p>versi {version} {'isi ' * 200}</p>"
        else:
            return Reply(b"<h1>404 Halaman tidak ditemukan</h1>", 404)
        whole = html(body, "PPID")
        tag = f'"{hash(whole.body):x}"'
        if request.headers.get("if-none-match") == tag:
            return Reply(b"", 304, (("ETag", tag),))
        return Reply(whole.body, 200, (*whole.headers, ("ETag", tag)), after=self.pause)


@pytest.fixture
def city() -> Iterator[tuple[City, BadSite]]:
    city = City()
    with BadSite({"*": city.answer}) as site:
        yield city, site


def run(config: Path, at: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(auditor("run", "--config", config, "--at", at, "--json").stdout)
    return told


def published(config: Path, run: str) -> list[dict[str, Any]]:
    text = (config.parent / "public" / "99.71" / run / "findings.json").read_text("utf-8")
    findings: list[dict[str, Any]] = json.loads(text)
    return findings


def timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: timeless(item) for key, item in value.items() if key not in ("fetched_at", "warc")}
    return [timeless(item) for item in value] if isinstance(value, list) else value


def test_the_second_night_judges_the_same_and_lives_without_the_first(
    tmp_path: Path, city: tuple[City, BadSite]
) -> None:
    state, site = city
    config = configured(tmp_path, site.url("/"))
    first = run(config, "2026-11-02T01:00:00+07:00")
    assert first["unchanged"] == 0
    shutil.copytree(tmp_path, tmp_path / "anew", ignore=shutil.ignore_patterns("evidence", "cache"))
    (tmp_path / "anew" / "var" / "evidence" / FIRST).mkdir(parents=True)  # nothing to ask about
    state.night = 2
    seen = len(site.log)
    second = run(config, "2026-11-03T01:00:00+07:00")
    assert second["unchanged"] == 1 + PAGES - len(CHANGED) - 1
    conditional = [entry for entry in site.log[seen:] if "if-none-match" in entry.headers]
    assert len(conditional) == PAGES + 1
    anew = run(tmp_path / "anew" / "config.toml", "2026-11-03T01:00:00+07:00")
    assert anew["unchanged"] == 0
    assert timeless(published(config, SECOND)) == timeless(published(tmp_path / "anew" / "config.toml", SECOND))

    score = (tmp_path / "public" / "99.71" / SECOND / "score.json").read_bytes()
    shutil.rmtree(tmp_path / "var" / "evidence" / FIRST)
    shutil.rmtree(tmp_path / "var" / "cache")
    told = auditor("rescore", "--config", config, "--run", SECOND, "--json").stdout
    assert told.encode() == score
    files = [str(path) for path in (tmp_path / "var" / "evidence" / SECOND).glob("*.warc.gz")]
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", *files], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


def test_a_second_night_that_is_killed_goes_on_where_it_was(tmp_path: Path, city: tuple[City, BadSite]) -> None:
    state, site = city
    config = configured(tmp_path, site.url("/"), delay=0.02)
    first = tmp_path / "var" / "evidence" / FIRST
    run(config, "2026-11-02T01:00:00+07:00")
    state.night = 2
    seen = len(site.log)
    at = "2026-11-03T01:00:00+07:00"
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", "run", "--config", str(config), "--at", at],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    end = time.monotonic() + 60
    while len(site.log) - seen < PAGES // 2 and time.monotonic() < end:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    resumed = run(config, at)
    assert (resumed["run"], resumed["resumed"]) == (SECOND, True)
    targets = [entry.target for entry in site.log[seen:]]
    assert len(targets) - len(set(targets)) <= 1  # what was under way
    shutil.rmtree(first)
    evidence = Evidence(tmp_path / "var" / "evidence" / SECOND)
    assert evidence.damaged == ()
    assert sum(capture.unchanged_since is not None for capture in evidence.captures()) == PAGES + 1 - len(CHANGED) - 1
    assert all(evidence.payload(capture) for capture in evidence.captures() if capture.cause == "ok")


def test_a_night_before_that_was_lost_costs_only_the_download(tmp_path: Path, city: tuple[City, BadSite]) -> None:
    _, site = city
    config = configured(tmp_path, site.url("/"))
    run(config, "2026-11-02T01:00:00+07:00")
    (warc,) = (tmp_path / "var" / "evidence" / FIRST).glob("*.warc.gz")
    warc.write_bytes(b"rusak")
    second = run(config, "2026-11-03T01:00:00+07:00")
    assert (second["unchanged"], second["answered"]) == (0, True)


def test_the_second_night_of_kota_contoh_says_what_had_not_changed(demo: Demo) -> None:
    evidence = Evidence(demo.directory / "var" / "evidence" / NIGHTS[1])
    captures = evidence.captures()
    unchanged = [capture for capture in captures if capture.unchanged_since is not None]
    assert unchanged
    assert f"{len(unchanged)} of {len(captures)} answers were unchanged and not downloaded again" in demo.told
    assert all(evidence.payload(capture) for capture in unchanged)
