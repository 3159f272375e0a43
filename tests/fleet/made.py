"""Small bodies on a loopback server, and the fleet that audits them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.badsite import BadSite, Reply, html

BODIES = {"32.71": "Kota Satu", "32.72": "Kota Dua", "33.01": "Kabupaten Tiga"}
WORDS = "Pemerintah daerah mengumumkan informasi publik tentang anggaran dan kinerja. " * 12

CONFIG = """\
[body]
code = "{code}"
name = "{name}"
kind = "{kind}"

[[sites]]
id = "www"
role = "website"
url = "{url}"

[network]
contact = "mailto:uji@kotacontoh.localhost"
delay_seconds = {delay}
timeout_seconds = 5
retries = 0
allow_private = ["127.0.0.0/8"]

[storage]
database_wait_seconds = 60
"""


def host_of(code: str) -> str:
    return f"b{code.replace('.', '')}.localhost"


def pages(codes: Sequence[str], count: int = 5, links: str = "", after: float = 0.0) -> dict[Any, Any]:
    """Routes: a front page a body that leads to `count` others."""
    routes: dict[Any, Any] = {}
    for code in codes:
        menu = "".join(f'<a href="/p{n}">Laporan {n}</a> ' for n in range(count))
        front = html(f"<h1>{code}</h1><p>{WORDS}</p>{menu}{links}", f"Situs resmi {code}")
        routes[host_of(code), "/"] = front
        for n in range(count):
            page = html(f"<h1>Laporan {n}</h1><p>{WORDS}</p>", f"Laporan {n}")
            routes[host_of(code), f"/p{n}"] = Reply(page.body, page.status, page.headers, after)
    return routes


def written(folder: Path, site: BadSite, bodies: dict[str, str] = BODIES, delay: float = 0.0, head: str = "") -> Path:
    """bodies.toml with a config a body below `folder`."""
    lines = [head, 'public = "public"', ""]
    for code, name in bodies.items():
        kind = "kabupaten" if name.startswith("Kab") else "kota"
        place = folder / code / "config.toml"
        place.parent.mkdir(parents=True, exist_ok=True)
        url = site.url("/", host_of(code))
        place.write_text(CONFIG.format(code=code, name=name, kind=kind, url=url, delay=delay), encoding="utf-8")
        lines += ["[[bodies]]", f'config = "{code}/config.toml"', ""]
    file = folder / "bodies.toml"
    file.write_text("\n".join(lines), encoding="utf-8")
    return file


def begun(*arguments: str | Path, **environment: str) -> subprocess.Popen[str]:
    """The command as a user starts it, under way."""
    return subprocess.Popen(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )


def told(done: Any) -> dict[str, Any]:
    """The summary of `--json`, with its bodies by code (or by line where a body has none)."""
    read = json.loads(done.stdout)
    return {**read, "bodies": {body["code"] or body["line"]: body for body in read["bodies"]}}


def pages_asked(site: BadSite, code: str) -> list[str]:
    return [target for target in site.asked(host_of(code)) if target.startswith("/p")]


def until(true: Callable[[], Any], seconds: float = 60.0) -> Any:
    """Waits for something to become true; gives it."""
    deadline = time.monotonic() + seconds
    while not (found := true()):
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)
    return found
