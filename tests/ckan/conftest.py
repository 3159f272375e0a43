"""One real CKAN for all tests of this folder, on loopback, from ordinary packages; down again at the end."""

from __future__ import annotations

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ckan.seed import Instance, city

HERE = Path(__file__).parent
HOME = Path(os.environ.get("CKAN_HOME", "/var/tmp/auditor-ckan"))


@pytest.fixture(scope="session")
def ckan() -> Iterator[Instance]:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port = 20_000 + held.getsockname()[1] % 20_000
    environment = {**os.environ, "CKAN_HOME": str(HOME)}
    up = subprocess.run(
        [str(HERE / "up"), "--port", str(port)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if up.returncode:
        pytest.fail(f"CKAN did not come up:\n{up.stderr[-3000:]}")
    told = dict(line.split("=", 1) for line in up.stdout.splitlines() if "=" in line)
    instance = Instance(told["URL"], told["TOKEN"], HOME / f"inst-{port}")
    try:
        city(instance)
        yield instance
    finally:
        subprocess.run([str(HERE / "down"), "--port", str(port), "--wipe"], env=environment, timeout=120, check=False)
