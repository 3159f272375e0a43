"""A real dask scheduler and real worker processes on loopback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from tests.fleet.made import until


@dataclass
class Cluster:
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    scheduler: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    port: int = 0

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start_scheduler(self) -> None:
        file = self.folder / "scheduler.json"
        file.unlink(missing_ok=True)
        self.scheduler = self._started(
            "scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard", "--no-show",
            "--scheduler-file", str(file),
        )  # fmt: skip
        until(lambda: file.exists() and file.read_text("utf-8").rstrip().endswith("}"))
        self.port = int(json.loads(file.read_text("utf-8"))["address"].rpartition(":")[2])

    def start_worker(self) -> subprocess.Popen[bytes]:
        worker = self._started(
            "worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1",
            "--local-directory", str(self.folder), "--death-timeout", "60",
        )  # fmt: skip
        self.workers.append(worker)
        return worker

    def _started(self, *arguments: str) -> subprocess.Popen[bytes]:
        log = (self.folder / f"{arguments[0]}.log").open("ab")
        with log:
            return subprocess.Popen(
                [sys.executable, "-m", "dask", *arguments],
                stdout=log,
                stderr=log,
                env={**os.environ, **self.environment},
            )

    def worker_at(self, lock: Path) -> subprocess.Popen[bytes] | None:
        """The worker process that has this lock file open."""
        for worker in self.workers:
            if worker.poll() is None:
                files = []
                for fd in Path(f"/proc/{worker.pid}/fd").iterdir():
                    try:
                        files.append(os.readlink(fd))
                    except OSError:
                        continue
                if str(lock) in files:
                    return worker
        return None

    def end(self) -> None:
        for process in (*self.workers, *filter(None, [self.scheduler])):
            if process.poll() is None:
                process.send_signal(signal.SIGKILL)
            process.wait()
