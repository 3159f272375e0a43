"""The bench city on loopback (24 hosts, generated and served by the tools of `../shared/bench`) and its config.toml."""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TOOLS = Path(__file__).resolve().parents[2].parent / "shared" / "bench"
PORT = 8817
CODE = "99.73"
_ROLES = ("ppid", "portal", "covid", "website")


def generate(folder: Path, pages: int) -> None:
    command = [sys.executable, str(TOOLS / "gen_site.py"), "--pages", str(pages), "--out", str(folder)]
    subprocess.run([*command, "--port", str(PORT)], check=True, capture_output=True)


class Server:
    """The control channel of serve.py."""

    def __init__(self, log: Path) -> None:
        self._log = log

    def control(self, command: str) -> dict[str, Any]:
        with urllib.request.urlopen(f"http://127.0.0.1:{PORT}/__ctl/{command}", timeout=30) as answer:
            told: dict[str, Any] = json.loads(answer.read())
            return told

    def night(self, number: int) -> None:
        self.control(f"night?{number}")

    @contextlib.contextmanager
    def counted(self) -> Iterator[dict[str, Any]]:
        """What the server answered meanwhile: `req`, `bytes` (of bodies), `s200`, `s304`."""
        told: dict[str, Any] = {}
        self.control("reset")
        yield told
        told.update(self.control("stats"))


@contextlib.contextmanager
def serving(folder: Path) -> Iterator[Server]:
    command = [sys.executable, str(TOOLS / "serve.py"), "--site", str(folder), "--port", str(PORT), "--no-log"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        if not process.stdout.readline().startswith("ready"):
            raise RuntimeError("the server of the bench city did not start")
        yield Server(folder)
    finally:
        process.terminate()
        process.wait(10)


def configured(folder: Path, city: Path) -> Path:
    """config.toml for all hosts, without delay: what is measured is work, not waiting."""
    hosts = json.loads((city / "hosts.json").read_text("utf-8"))
    units = ", ".join(f'"Dinas {name.title()}"' for name in hosts["short"][4:])
    text = f"""
[body]
code = "{CODE}"
name = "Kota Contoh"
kind = "kota"
units = [{units}]

[network]
contact = "mailto:bench@example.org"
delay_seconds = 0
allow_private = ["127.0.0.0/8"]
"""
    for number, (name, url) in enumerate(zip(hosts["short"], hosts["seeds"], strict=True)):
        role = _ROLES[number] if number < len(_ROLES) else "website"
        text += f'\n[[sites]]\nid = "{name}"\nrole = "{role}"\nurl = "{url.rstrip("/")}/"\nmax_pages = 20000\n'
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path
