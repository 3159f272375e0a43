"""One night in a city of hostile servers: met all at once over real sockets, ended well, each named, memory bounded."""

from __future__ import annotations

import base64
import contextlib
import gzip
import html as markup
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from auditor.collect.causes import CAUSES
from auditor.collect.oddities import MARK, ODDITIES
from auditor.evidence.source import Evidence
from tests.badsite import BadSite, Reply, Request, Route, drip, html, redirect
from tests.collect import certificates
from tests.whole.conftest import config_toml

MAX_RSS = 400 * 1024 * 1024
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
REBOUND = "berganti.test"

REBINDING = f"""
import socket
_asked, _true = [], socket.getaddrinfo
def _answer(host, port, *more, **named):
    if host != {REBOUND!r}:
        return _true(host, port, *more, **named)
    _asked.append(host)
    return _true("127.0.0.1" if len(_asked) == 1 else "169.254.169.254", port, *more, **named)
socket.getaddrinfo = _answer
"""


def endless(request: Request) -> None:
    with contextlib.suppress(OSError):
        request.sock.sendall(OK + b"\r\n")
        while True:
            request.sock.sendall(b"x" * 65536)


def on_and_on(request: Request) -> Reply:
    number = int(request.query.get("n", 0)) + 1
    return redirect(f"/?n={number}") if number < 10_000 else html("sampai")


def compressed(encoding: str, body: bytes) -> Reply:
    return Reply(body, headers=(("Content-Type", "text/html"), ("Content-Encoding", encoding)))


def typed(content_type: str, body: bytes) -> Reply:
    return Reply(body, headers=(("Content-Type", content_type),))


def page(words: bytes) -> bytes:
    return b"<!doctype html><html><head><title>Situs</title></head><body>" + words + b"</body></html>"


BROTLI = base64.b64decode(  # 200 million zeros
    "z///fwAkAOKxQHLv//n//w+ABEAcFoDu/T////8BkACIwwLQvf/n//8/ABIAcVgAuvf//P//B0ACIA4LQPf+n////wBIAMRhAeje//P//x8ACYA4"
    "LADd+3/+//8DIAEQhwWge//P//9/ACQA4rAAdO//+f//D4AEQBwWgO79P////wGQAIjDAtC9/8//4HUAEgBxWAC6ues="
)
FLOOD = OK + b"".join(b"X-%d: y\r\n" % n for n in range(50_000)) + b"\r\nisi"
LONG = OK + b"X: " + b"y" * 5_000_000 + b"\r\n\r\nisi"

HAZARDS: dict[str, tuple[Route, str]] = {
    "tetes-badan": (drip(OK + b"\r\n", b"x", 0.02), "deadline"),
    "tetes-kepala": (drip(b"HTTP/1.1 200 OK\r\n", b"X-Drip: y\r\n", 0.05), "read-timeout"),
    "tanpa-akhir": (endless, "too-large"),
    "bom-gzip": (compressed("gzip", gzip.compress(bytes(200_000_000), mtime=0)), "decompression-bomb"),
    "bom-berlapis": (
        compressed("gzip, gzip", gzip.compress(gzip.compress(bytes(200_000_000), mtime=0), mtime=0)),
        "decompression-bomb",
    ),
    "bom-brotli": (compressed("br", BROTLI), "bad-encoding"),
    "terlalu-pendek": (OK + b"Content-Length: 1000\r\n\r\nhanya ini", "cut-off"),
    "potongan-rusak": (OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nisi\r\n", "cut-off"),
    "alihan-panjang": (on_and_on, "too-many-redirects"),
    "alihan-melingkar": (redirect("/"), "redirect-loop"),
    "alihan-awan": (redirect("http://169.254.169.254/latest/meta-data/"), "private-address"),
    "alihan-berkas": (redirect("file:///etc/passwd"), "bad-redirect"),
    "alihan-rusak": (redirect("http://[::1"), "bad-redirect"),
    "banjir-kepala": (FLOOD, "bad-response"),
    "kepala-panjang": (LONG, "bad-response"),
    "dinding-kuki": (Reply(b"", 302, (("Location", "/"), ("Set-Cookie", "a=1"))), "cookie-wall"),
    "bersarang": (typed("text/html", page(b"<div>" * 150_000)), "nested-too-deep"),
    "bohong-huruf": (typed("text/html; charset=utf-8", page(b"Pemerintah \xe9\xff kota " * 40)), "charset-lie"),
    "bohong-jenis": (typed("text/html", b"%PDF-1.7\n" + bytes(range(256)) * 4), "type-lie"),
    "bita-nol": (typed("text/html; charset=utf-8", page(b"Pemer\0intah kota " * 40)), "nul-bytes"),
}


@dataclass(frozen=True)
class Ended:
    code: int
    told: dict[str, object]
    rss: int
    seconds: float
    heard: str


def rss_of_tree(pid: int) -> int:
    """Bytes resident in a process and all below it."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        with contextlib.suppress(OSError, ValueError):
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text().split())
            total += int(Path(f"/proc/{one}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return total


def run(config: Path, **environment: str) -> Ended:
    """`auditor run`, its memory sampled all the way."""
    began = time.monotonic()
    command = [sys.executable, "-m", "auditor", "run", "--config", str(config), "--json"]
    most = 0
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
    ) as running:
        said: list[str] = []
        listener = threading.Thread(target=lambda: said.extend(running.communicate()))
        listener.start()
        while listener.is_alive():
            most = max(most, rss_of_tree(running.pid))
            listener.join(0.05)
    return Ended(running.returncode, json.loads(said[0] or "{}"), most, time.monotonic() - began, said[1])


def site_of(name: str, url: str, role: str = "website") -> dict[str, Any]:
    return {"id": name, "role": role, "url": url, "max_pages": 40}


def configured(folder: Path, sites: list[dict[str, Any]], **network: bool) -> Path:
    path = folder / "config.toml"
    path.write_text(config_toml(*sites, timeout_seconds=0.5, workers=16, **network), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile() -> Iterator[BadSite]:
    routes: dict[str | tuple[str, str], Route] = {(f"{name}.localhost", "/"): HAZARDS[name][0] for name in HAZARDS}
    routes["baik.localhost", "/"] = html("<h1>Informasi Berkala</h1><p>" + "isi " * 60)
    # The connection ends, so that the name is looked up again.
    routes[REBOUND, "/robots.txt"] = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
    routes[REBOUND, "/"] = html("rahasia")
    with BadSite(routes) as site:
        yield site


def test_a_city_of_hostile_servers(tmp_path: Path, hostile: BadSite) -> None:
    (tmp_path / "sitecustomize.py").write_text(REBINDING)
    key, _, expired = certificates.written(tmp_path)
    with BadSite({"/": html("aman")}, tls=(expired, key), host="tls.localhost") as insecure:
        sites = [site_of(name, hostile.url(host=f"{name}.localhost")) for name in HAZARDS]
        sites.append(site_of("berganti", hostile.url(host=REBOUND)))
        sites.append(site_of("sertifikat", insecure.url()))
        sites.append(site_of("baik", hostile.url(host="baik.localhost"), role="ppid"))
        ended = run(configured(tmp_path, sites), PYTHONPATH=str(tmp_path))
        assert not insecure.log
    assert ended.code == 0, ended.heard
    assert "Traceback" not in ended.heard
    assert ended.rss < MAX_RSS

    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    evidence = Evidence(folder)
    assert evidence.damaged == ()
    expected = {name: cause for name, (_, cause) in HAZARDS.items()}
    expected |= {"berganti": "private-address", "sertifikat": "tls-self-signed"}
    named = {name: set() for name in expected}
    for capture in evidence.captures():
        names = {capture.cause, *capture.detail.removeprefix(MARK).split(", ")}
        named.setdefault(capture.site, set()).update(names)
    assert {name: cause for name, cause in expected.items() if cause not in named[name]} == {}
    assert {visit.site: visit.cause for visit in evidence.visits()}["baik"] == "ok"

    report = next((tmp_path / "public" / "99.71").glob("2*/sites.html")).read_text("utf-8")
    texts = {name: cause.text for name, cause in CAUSES.items()} | ODDITIES
    for cause in set(expected.values()):
        assert markup.escape(texts[cause].id, quote=False) in markup.unescape(report), cause


def test_a_bad_certificate_is_a_finding_also_where_it_is_not_minded(tmp_path: Path) -> None:
    key, valid, _ = certificates.written(tmp_path)
    with BadSite({"/": html("<h1>Aman</h1><p>" + "isi " * 60)}, tls=(valid, key), host="tls.localhost") as site:
        ended = run(configured(tmp_path, [site_of("situs", site.url())], despite_tls=True))
        assert "/" in site.asked()
    assert ended.code == 0, ended.heard
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    front = [capture for capture in Evidence(folder).attempts() if capture.url == site.url()]
    assert front[-1].cause == "ok"
    assert front[-1].detail.startswith("tls-self-signed")
    (public,) = (tmp_path / "public" / "99.71").glob("2*/findings.json")
    found = {f["criterion"]: f for f in json.loads(public.read_text("utf-8")) if f["site"] == "situs"}
    assert found["https-sertifikat"]["status"] == "unmet"
