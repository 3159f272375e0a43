"""The score is the same bytes under another Python: `auditor rescore` in an environment made for it, months later."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.whole.conftest import NIGHTS, auditor

pytestmark = pytest.mark.services

HOUSE = Path(__file__).parents[2]
VERSIONS = ("3.11", "3.13")
MONTHS_LATER = "2027-08-15 12:00:00"


def interpreter(version: str) -> Path:
    """A Python of that version: this one, one on PATH, or one of pyenv's. Fails, never skips, where there is none."""
    if sys.version_info[:2] == tuple(int(part) for part in version.split(".")):
        return Path(sys.executable)
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = sorted(kept.glob(f"{version}.*/bin/python{version}"))
    on_path = shutil.which(f"python{version}")
    for path in (*map(str, reversed(found)), on_path):
        if path and _makes_environments(path):
            return Path(path)
    pytest.fail(
        f"Python {version} with its venv module is needed to prove that a score is the same bytes there: "
        f"apt-get install python{version} python{version}-venv, or pyenv install {version}"
    )


def _makes_environments(path: str) -> bool:
    asked = [path, "-c", "import venv, ensurepip"]
    return subprocess.run(asked, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("kota-contoh")
    auditor("demo", "--dir", directory, "--nights", "1")
    return directory


@pytest.mark.parametrize("version", VERSIONS)
def test_a_rescore_is_the_same_bytes_under(version: str, published: Path, tmp_path: Path) -> None:
    """Another interpreter, another folder, time zone and locale, without database or kept readings."""
    environment = tmp_path / "venv"
    subprocess.run([interpreter(version), "-m", "venv", environment], check=True, timeout=120)
    python = environment / "bin" / "python"
    install = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, "--constraint", HOUSE / "constraints.txt", "--editable", HOUSE], check=True, timeout=900)
    (tmp_path / "var").mkdir()
    shutil.copytree(published / "var" / "evidence", tmp_path / "var" / "evidence")
    shutil.copy(published / "config.toml", tmp_path / "config.toml")
    command = [python, "-m", "auditor", "rescore", "--config", tmp_path / "config.toml", "--run", NIGHTS[0],
               "--out", tmp_path / "out", "--json"]  # fmt: skip
    faketime = shutil.which("faketime")
    assert faketime, "faketime is needed to rescore months later by the clock: apt-get install faketime"
    elsewhere = {**os.environ, "TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [faketime, MONTHS_LATER, *command], capture_output=True, env=elsewhere, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    folder = published / "public" / "99.71" / NIGHTS[0]
    assert done.stdout == (folder / "score.json").read_bytes()
    assert (tmp_path / "out" / "findings.json").read_bytes() == (folder / "findings.json").read_bytes()
