"""One demo, two nights, through the front door; shared by the tests of this folder (one xdist group, one run)."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

NIGHTS = ("20261102-01", "20261103-01")
CODE = "99.71"


def auditor(*arguments: str | Path, check: bool = True, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user would, in another process."""
    done = subprocess.run(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, **environment},
        check=False,
    )
    if check and done.returncode:
        raise AssertionError(f"exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done


def config_toml(*sites: Mapping[str, Any], **network: Any) -> str:
    """The config.toml of Kota Contoh: a table a site, and `network` over what the loopback wants."""
    asked = {
        "contact": "mailto:uji@kotacontoh.localhost",
        "delay_seconds": 0.0,
        "timeout_seconds": 5,
        "retries": 0,
        "allow_private": ["127.0.0.0/8"],
        **network,
    }
    body = {"code": "99.71", "name": "Kota Contoh", "kind": "kota"}
    tables = [("[body]", body), *(("[[sites]]", site) for site in sites), ("[network]", asked)]
    return "\n".join(_table(head, keys) for head, keys in tables)


def _table(head: str, keys: Mapping[str, Any]) -> str:
    """TOML: its strings, numbers and lists are those of JSON; a day stands bare."""
    lines = (f"{key} = {value if isinstance(value, date) else json.dumps(value)}" for key, value in keys.items())
    return "\n".join([head, *lines, ""])


@dataclass(frozen=True)
class Demo:
    """What `auditor demo` left behind."""

    directory: Path
    told: str
    heard: str

    @property
    def config(self) -> Path:
        return self.directory / "config.toml"

    @property
    def port(self) -> int:
        line = next(
            line for line in self.config.read_text("utf-8").splitlines() if "ppid.kotacontoh.localhost:" in line
        )
        return int(line.split("ppid.kotacontoh.localhost:")[1].split("/")[0])

    def folder(self, night: int) -> Path:
        return self.directory / "public" / CODE / NIGHTS[night - 1]

    def json(self, night: int, name: str) -> Any:
        return json.loads((self.folder(night) / name).read_text("utf-8"))

    def csv(self, night: int, name: str) -> list[dict[str, str]]:
        with (self.folder(night) / name).open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    directory = tmp_path_factory.mktemp("kota-contoh")
    done = auditor("demo", "--dir", directory)
    return Demo(directory, done.stdout, done.stderr)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "demo" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("kota-contoh"))
