"""A real pywb on loopback, in an environment of its own: it wants other versions of what we use, and gevent.

The environment is made once per contents of constraints.txt, under PYWB_HOME (default /var/tmp/auditor-pywb).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import requests
from filelock import FileLock

HERE = Path(__file__).parent
HOME = Path(os.environ.get("PYWB_HOME", "/var/tmp/auditor-pywb"))
COLLECTION = "kota"


def programs() -> Path:
    """The folder of the environment's programs, made where it is not there yet. Raises CalledProcessError."""
    constraints = HERE / "constraints.txt"
    wanted = hashlib.sha256(constraints.read_bytes()).hexdigest()
    HOME.mkdir(parents=True, exist_ok=True)
    with FileLock(HOME / "lock"):
        stamp = HOME / "stamp"
        if not stamp.is_file() or stamp.read_text() != wanted:
            subprocess.run([sys.executable, "-m", "venv", "--clear", str(HOME / "venv")], check=True)
            pip = [str(HOME / "venv" / "bin" / "python"), "-m", "pip", "install", "--quiet"]
            subprocess.run(
                [*pip, "--disable-pip-version-check", "--constraint", str(constraints), "pywb"],
                check=True,
                capture_output=True,
                timeout=900,
            )
            stamp.write_text(wanted)
    return HOME / "venv" / "bin"


class Pywb:
    """One running instance. `url` of its collection ends with a slash."""

    def __init__(self, folder: Path, port: int) -> None:
        self._folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}/{COLLECTION}/"

    def add(self, *warcs: Path) -> None:
        """Indexes WARC files, whose names must differ."""
        self._manage("add", COLLECTION, *map(str, warcs))

    def create(self) -> None:
        self._manage("init", COLLECTION)

    def _manage(self, *arguments: str) -> None:
        done = subprocess.run(
            [str(programs() / "wb-manager"), *arguments],
            cwd=self._folder,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert not done.returncode, f"{done.stdout}\n{done.stderr}"


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Pywb]:
    """pywb over an empty collection in `folder`, until the end of the `with`."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = held.getsockname()[1]
    instance = Pywb(folder, port)
    instance.create()
    with (folder / "pywb.log").open("wb") as log:
        server = subprocess.Popen(
            [str(programs() / "wayback"), "-b", "127.0.0.1", "-p", str(port)],
            cwd=folder,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(instance, server, folder / "pywb.log")
            yield instance
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(instance: Pywb, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(600):
        assert server.poll() is None, log.read_text("utf-8", "replace")[-3000:]
        with contextlib.suppress(requests.RequestException):
            requests.get(f"http://127.0.0.1:{instance.port}/", timeout=5)
            return
        time.sleep(0.1)
    raise AssertionError(f"pywb did not come up:\n{log.read_text('utf-8', 'replace')[-3000:]}")
