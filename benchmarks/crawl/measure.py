"""One crawler run against the city: seconds of CPU of its whole process tree, its peak memory, what it asked for."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.crawl.city import City
from benchmarks.crawl.server import Entry, serving


@dataclass(frozen=True, slots=True)
class Measured:
    """`pages`: answers of 200 for addresses that can be reached. `log`: every request as the servers saw it."""

    wall: float
    cpu: float
    peak_mb: float
    pages: int
    coverage: float
    requests: int
    log: tuple[Entry, ...]

    @property
    def cpu_per_1000(self) -> float:
        return 1000 * self.cpu / max(1, self.pages)


def measured(
    command: Sequence[str | Path],
    source: str,
    city: City,
    *,
    latency: float = 0.0,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Measured:
    """Runs the command to its end. CPU is user and system time of the process and of all it waited for."""
    with serving(source, latency) as log:
        began = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            # All run compiled, as installed programs do.
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "", **(environment or {})},
        )  # fmt: skip
        peak, stop = [0], threading.Event()
        sampler = threading.Thread(target=_sample, args=(process.pid, peak, stop))
        sampler.start()
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
        wall = time.monotonic() - began
        stop.set()
        sampler.join()
    entries = tuple((float(t), int(h), str(p), int(s), int(n)) for t, h, p, s, n in json.loads(log.read_text()))
    log.unlink()
    good = [city.base(host) + path for _, host, path, status, _ in entries if status == 200]
    reached = [url for url in good if url in city.pages]
    seen = len(set(reached)) / len(city.pages)
    peak_mb = max(peak[0] / 2**20, used.ru_maxrss / 1024)
    return Measured(wall, used.ru_utime + used.ru_stime, peak_mb, len(reached), seen, len(entries), entries)


def _sample(pid: int, peak: list[int], stop: threading.Event) -> None:
    while not stop.wait(0.1):
        peak[0] = max(peak[0], rss_of_tree(pid))


def rss_of_tree(pid: int) -> int:
    """Bytes resident in a process and all below it, added up."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError, ValueError):
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text().split())
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total
