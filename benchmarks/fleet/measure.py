"""One `auditor fleet` on the made-up country, as a user starts it, watched from outside."""

from __future__ import annotations

import json
import os
import resource
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SITES = 3  # of a body, each on a host of its own
SAMPLE_SECONDS = 2.0

CONFIG = """[body]
code = "{code}"
name = "Kota Contoh {code}"
kind = "kota"

{sites}
[network]
contact = "mailto:uji@kotacontoh.localhost"
delay_seconds = {delay}
allow_private = ["127.0.0.0/8"]
"""
SITE = '[[sites]]\nid = "{id}"\nrole = "{role}"\nurl = "http://{id}-{host}.localhost:{port}/"\nmax_pages = {pages}\n'


@dataclass(frozen=True)
class Measured:
    """`memory_mb`: (seconds, megabytes of all processes, of the coordinator alone) as sampled."""

    bodies: int
    slots: int
    pages: int
    seconds: float
    cpu_seconds: float
    body_seconds: tuple[float, ...]
    memory_mb: tuple[tuple[float, int, int], ...]
    worker_peak_mb: int
    warc_bytes: int
    database_bytes: int
    public_bytes: int


@contextmanager
def country(pages_per_site: int, latency: float) -> Iterator[int]:
    """The server in its own process; gives its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "benchmarks.fleet.country", "--port", str(port), "--pages", str(pages_per_site),
               "--latency", str(latency)]  # fmt: skip
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:
        assert server.stdout is not None
        server.stdout.readline()
        try:
            yield port
        finally:
            server.terminate()


def fleet(bodies: int, pages: int, slots: int, delay: float, latency: float) -> Measured:
    """`pages` of each body; all are really asked for. Raises RuntimeError where a body did not end well."""
    with tempfile.TemporaryDirectory(prefix="fleet-") as name, country(pages // SITES, latency) as port:
        folder = Path(name)
        file = _written(folder, bodies, pages // SITES, delay, port)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        began = time.monotonic()
        told, samples, peak = _watched(["fleet", str(file), "--workers", str(slots), "--json"], folder)
        seconds = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        ended = json.loads(told)["bodies"]
        if any(body["state"] != "done" for body in ended):
            raise RuntimeError(told)
        return Measured(
            bodies=bodies,
            slots=slots,
            pages=sum(body["pages"] for body in ended),
            seconds=seconds,
            cpu_seconds=after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
            body_seconds=tuple(body["seconds"] for body in ended),
            memory_mb=tuple(samples),
            worker_peak_mb=peak,
            warc_bytes=_size(folder, "*/var/evidence/**/*"),
            database_bytes=_size(folder, "*/var/auditor.sqlite*"),
            public_bytes=_size(folder, "public/**/*"),
        )


def _written(folder: Path, bodies: int, pages: int, delay: float, port: int) -> Path:
    lines = ['public = "public"']
    for number in range(bodies):
        code = f"{11 + number // 20}.{71 + number % 20}"
        place = folder / code / "config.toml"
        place.parent.mkdir()
        host = code.replace(".", "")
        sites = "".join(
            SITE.format(id=key, role=role, host=host, port=port, pages=pages)
            for key, role in (("ppid", "ppid"), ("www", "website"), ("dinas", "website"))[:SITES]
        )
        place.write_text(CONFIG.format(code=code, sites=sites, delay=delay), encoding="utf-8")
        lines.append(f'[[bodies]]\nconfig = "{code}/config.toml"')
    file = folder / "bodies.toml"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def _watched(arguments: list[str], folder: Path) -> tuple[str, list[tuple[float, int, int]], int]:
    """(stdout, memory samples, the most that one worker held in MB)."""
    samples: list[tuple[float, int, int]] = []
    peak = 0
    over = threading.Event()
    with (folder / "stderr").open("wb") as noise:
        process = subprocess.Popen(
            [sys.executable, "-m", "auditor", *arguments], stdout=subprocess.PIPE, stderr=noise, text=True
        )

    def watch() -> None:
        nonlocal peak
        began = time.monotonic()
        while not over.wait(SAMPLE_SECONDS):
            own, workers = _resident(process.pid), [_resident(pid) for pid in _descendants(process.pid)]
            samples.append((round(time.monotonic() - began, 1), own + sum(workers), own))
            peak = max(peak, *workers, 0)

    watching = threading.Thread(target=watch)
    watching.start()
    out, _ = process.communicate()
    over.set()
    watching.join()
    if not out:
        raise RuntimeError((folder / "stderr").read_text("utf-8"))
    return out, samples, peak


def _descendants(pid: int) -> list[int]:
    found = []
    for file in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = [int(child) for child in file.read_text("ascii").split()]
        except OSError:
            continue
        for child in children:
            found += [child, *_descendants(child)]
    return found


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except (OSError, IndexError, ValueError):
        return 0


def _size(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())
