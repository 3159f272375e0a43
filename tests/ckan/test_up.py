"""`up` installs nothing into the system: it says what is needed, and what to type."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

UP = Path(__file__).with_name("up")
TOOLS = (
    *("bash", "cat", "date", "dirname", "flock", "grep", "head", "ls", "mkdir", "readlink"),
    *("sed", "seq", "sort", "tail"),
)


def test_what_is_missing_is_named_and_nothing_is_installed(tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in TOOLS:
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    called = tmp_path / "apt-was-called"
    apt = tools / "apt-get"
    apt.write_text(f"#!/bin/bash\n: > {called}\n")
    apt.chmod(0o755)
    # A socket's path must be short, which a test's own folder need not be.
    with tempfile.TemporaryDirectory() as home:
        done = subprocess.run(
            [UP, "--port", "5999"],
            env={"PATH": str(tools), "CKAN_HOME": home},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stdout) == (2, "")
    assert "needed and not there: " in done.stderr
    assert "install with: apt-get install --no-install-recommends " in done.stderr
    assert "redis-server" in done.stderr
    assert not called.exists()
