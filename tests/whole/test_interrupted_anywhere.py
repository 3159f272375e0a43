"""A night killed at random moments, or left by the network, ends like one that nothing disturbed."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from auditor.evidence.source import Evidence
from tests.badsite import BadSite, Reply, Request, html, text
from tests.whole.conftest import auditor, config_toml

AT = datetime(2026, 11, 2, 1, tzinfo=UTC)
HOSTS = ("ppid.localhost", "dinas.localhost")
WRITES = ("os.rename", "os.remove", "os.mkdir", "os.truncate", "sqlite3.connect", "socket.connect")
SPAWN = multiprocessing.get_context("forkserver")
SPAWN.set_forkserver_preload(["auditor.audit", "auditor.publish", "reports.publish", __name__])


class City(BadSite):
    """Two small sites. `when(n, act)`: `act` is called as the n-th request from now on arrives, before its answer."""

    def __init__(self) -> None:
        super().__init__({"/robots.txt": text(""), "/sitemap.xml": text(""), "*": self._page}, host=HOSTS[0])
        self._act: tuple[int, Any] | None = None
        self._count = 0
        self._counting = threading.Lock()

    def when(self, number: int, act: Any) -> None:
        with self._counting:
            self._count, self._act = 0, (number, act)

    def _page(self, request: Request) -> Reply:
        with self._counting:
            self._count += 1
            act = self._act[1] if self._act and self._act[0] == self._count else None
        if act is not None:
            act()
        deep = request.path.count("/") > 2
        links = "" if deep else "".join(f"<li><a href='{request.path}{n}/'>Laporan {2020 + n}</a>" for n in range(4))
        named = f"<h1>Informasi Berkala</h1><p>{'isi tentang anggaran ' * 20}{request.path}</p><ul>{links}</ul>"
        return html(named, title=f"Laporan Kinerja {request.path}")


@dataclass(frozen=True, repr=False, slots=True)
class End:
    """What is left when a night has ended."""

    score: bytes
    findings: str
    captures: frozenset[tuple[Any, ...]]
    damaged: tuple[str, ...]


def ended(folder: Path) -> End:
    (public,) = (folder / "public" / "99.71").glob("2*/score.json")
    (evidence,) = (Evidence(path) for path in (folder / "var" / "evidence").iterdir())
    findings = json.loads((public.parent / "findings.json").read_text("utf-8"))
    for finding in findings:
        for proof in finding["evidence"]:
            del proof["fetched_at"], proof["warc"]
    captures = frozenset((c.site, c.url, c.cause, c.status, c.digest) for c in evidence.captures())
    return End(public.read_bytes(), json.dumps(findings, sort_keys=True), captures, evidence.damaged)


def night(config: Path, kill_at: int | None, counted: str | None = None) -> None:
    """One `auditor run` in a process of its own, which kills itself at its n-th step that leaves a trace."""
    from auditor import audit
    from auditor.config import load

    steps = 0

    def step(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal steps
        wrote = event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
        if wrote or event in WRITES:
            steps += 1
            if steps == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(step)
    audit.run(load(config), started=datetime.now(UTC), at=AT)
    if counted:
        Path(counted).write_text(str(steps))


def start(config: Path, kill_at: int | None = None, counted: str | None = None) -> Any:
    process = SPAWN.Process(target=night, args=(config, kill_at, counted))
    process.start()
    return process


def finish(process: Any, within: float = 120) -> int:
    process.join(within)
    assert process.exitcode is not None
    return int(process.exitcode)


def configured(folder: Path, city: BadSite, **network: float) -> Path:
    path = folder / "config.toml"
    ppid, dinas = (city.url(host=host) for host in HOSTS)
    sites = {"id": "ppid", "role": "ppid", "url": ppid}, {"id": "dinas", "role": "website", "url": dinas}
    path.write_text(config_toml(*sites, **{"timeout_seconds": 1, "workers": 2, **network}), encoding="utf-8")
    return path


class Undisturbed:
    """The night that nothing disturbed. No dataclass: hypothesis would print all of it."""

    def __init__(self, city: City, end: End, steps: int, requests: int) -> None:
        self.city = city
        self.end = end
        self.steps = steps
        self.requests = requests


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Undisturbed]:
    folder = tmp_path_factory.mktemp("utuh")
    with City() as city:
        config = configured(folder, city)
        assert finish(start(config, counted=str(folder / "steps"))) == 0
        yield Undisturbed(city, ended(folder), int((folder / "steps").read_text()), len(city.asked()))


REQUEST = st.tuples(st.just("request"), st.floats(0, 1), st.sampled_from([0.0, 0.0005, 0.002, 0.01]))
STEP = st.tuples(st.just("step"), st.floats(0, 1), st.just(0.0))


@settings(
    max_examples=4,
    deadline=None,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)
@example(kills=[("step", 0.96, 0.0)])  # history calls it finished, the report is half written
@given(kills=st.lists(st.one_of(REQUEST, STEP), min_size=1, max_size=2))
def test_a_night_killed_anywhere_ends_like_an_undisturbed_one(
    undisturbed: Undisturbed, kills: list[tuple[str, float, float]]
) -> None:
    city = undisturbed.city
    folder = Path(tempfile.mkdtemp())
    try:
        config = configured(folder, city)
        before = len(city.asked())
        for what, where, after in kills:
            if what == "step":
                process = start(config, kill_at=1 + int(where * (undisturbed.steps - 1)))
            else:
                box: list[Any] = []
                ready = threading.Event()

                def kill(box: list[Any] = box, ready: threading.Event = ready, after: float = after) -> None:
                    ready.wait(10)
                    time.sleep(after)
                    box[0].kill()

                number = 1 + int(where * (undisturbed.requests - 1))
                city.when(number, threading.Thread(target=kill).start if after else kill)
                process = start(config)
                box.append(process)
                ready.set()
            if finish(process) == 0:
                break  # it had ended before its moment came: a resumed night takes fewer steps
        else:
            city.when(0, None)
            assert finish(start(config)) == 0
        differs = [name for name in End.__slots__ if getattr(ended(folder), name) != getattr(undisturbed.end, name)]
        assert differs == []
        asked = Counter((seen.host, seen.target) for seen in city.log[before:])
        repeated = Counter(host for (host, _), times in asked.items() for _ in range(times - 1))
        assert max(repeated.values(), default=0) <= len(kills)
    finally:
        shutil.rmtree(folder)


def test_a_network_that_goes_away_costs_nothing_but_time(tmp_path: Path, undisturbed: Undisturbed) -> None:
    """Every connection ends without a word from the twentieth request on; later the network is back."""
    city = undisturbed.city
    config = configured(tmp_path, city)
    gone = threading.Event()
    page = city.routes["*"]
    before = len(city.asked())
    try:
        city.routes["*"] = lambda request: None if gone.is_set() else page(request)  # type: ignore[operator]
        city.when(20, gone.set)
        without = auditor("run", "--config", config, "--at", AT.isoformat(), check=False)
        assert without.returncode == 1
        assert "the network went away" in without.stderr.strip().splitlines()[-1]
        assert not list((tmp_path / "public").glob("99.71/2*"))
    finally:
        gone.clear()
        city.routes["*"] = page
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    archived = {capture.url for capture in Evidence(folder).captures() if capture.cause == "ok"}
    then = len(city.asked())
    told = json.loads(auditor("run", "--config", config, "--at", AT.isoformat(), "--json").stdout)
    assert told["resumed"] is True
    again = {city.url(seen.target, seen.host) for seen in city.log[then:]}
    assert len(archived) > 15
    assert not archived & again
    assert len(city.asked()) > before
    assert ended(tmp_path) == undisturbed.end


def test_a_disk_that_was_full_is_gone_on_from(tmp_path: Path, undisturbed: Undisturbed) -> None:
    import resource
    import subprocess

    city = undisturbed.city
    config = configured(tmp_path, city)
    command = [sys.executable, "-m", "auditor", "run", "--config", str(config), "--at", AT.isoformat()]
    full = subprocess.run(
        command, capture_output=True, text=True, check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (120_000, 120_000)),
    )  # fmt: skip
    assert full.returncode == 1
    assert "run again" in full.stderr.strip().splitlines()[-1]
    with contextlib.suppress(IndexError):
        (folder,) = (tmp_path / "var" / "evidence").iterdir()
    archived = {capture.url for capture in Evidence(folder).captures() if capture.cause == "ok"}
    then = len(city.asked())
    assert finish(start(config)) == 0
    again = {city.url(seen.target, seen.host) for seen in city.log[then:]}
    assert not archived & again
    assert ended(tmp_path) == undisturbed.end
