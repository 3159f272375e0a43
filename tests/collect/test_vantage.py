"""A second look through a real proxy on loopback, at a site that seems gone from here."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditor.evidence.source import Evidence
from tests.badsite import BadSite, Reply, html, refused_port
from tests.collect.nights import night, one
from tests.whole.conftest import CODE, auditor
from tests.whole.test_bad_nights import configured


class _Proxy(BaseHTTPRequestHandler):
    """Forwards GET requests in absolute form (RFC 9112, 3.2.2) to the one server that it knows."""

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        upstream = http.client.HTTPConnection("127.0.0.1", self.server.upstream, timeout=5)  # type: ignore[attr-defined]
        upstream.request("GET", urlsplit(self.path).path or "/", headers={"Host": "site.localhost"})
        answer = upstream.getresponse()
        body = answer.read()
        upstream.close()
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.headers["Content-Type"])
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def proxy(upstream: int) -> Iterator[tuple[str, list[str]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Proxy)
    server.asked = []  # type: ignore[attr-defined]
    server.upstream = upstream  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


THERE = {"/": html("<h1>PPID</h1><a href='/dpa'>DPA</a>"), "/robots.txt": Reply(b"", 404)}


def test_a_site_that_seems_gone_is_asked_once_through_it_and_kept_apart(tmp_path: Path) -> None:
    gone = f"http://site.localhost:{refused_port()}/"
    with BadSite(THERE) as site, proxy(site.port) as (address, asked):
        got = night(tmp_path, [one(site, url=gone)], second_vantage=address)
        assert asked == [gone]
        assert site.asked() == ["/"]
    assert (got.visit.cause, got.visit.second, got.visit.exhausted) == ("refused", "ok", False)
    assert "through the second vantage: HTTP 200" in got.visit.detail
    assert {c.cause for c in got.evidence.captures()} == {"refused"}
    seen = Evidence(tmp_path).second_looks()
    assert [(c.url, c.cause, c.status) for c in seen] == [(gone, "ok", 200)]
    assert b"PPID" in got.evidence.payload(seen[0])
    with proxy(refused_port()) as (address, asked):
        again = night(tmp_path, [one(site, url=gone)], second_vantage=address)
        assert (again.visits, asked) == (got.visits, [])


@pytest.mark.parametrize("front", [html("x"), Reply(b"", 401)])
def test_a_site_that_is_there_is_not_asked_through_it(tmp_path: Path, front: Reply) -> None:
    with BadSite({"/": front}) as site, proxy(site.port) as (address, asked):
        got = night(tmp_path, [one(site)], second_vantage=address)
        assert (asked, got.visit.second) == ([], "")


def test_neither_a_restricted_site_nor_a_private_address_is_asked(tmp_path: Path) -> None:
    with BadSite(THERE) as site, proxy(site.port) as (address, asked):
        sealed = one(site, role="restricted", url=f"http://dalam.localhost:{refused_port()}/")
        private = one(site, id="pribadi", url=f"http://pribadi.localhost:{refused_port()}/")
        got = night(tmp_path, [sealed, private], second_vantage=address, allow_private=())
        assert asked == []
    assert [v.second for v in got.visits] == ["", ""]


def test_a_proxy_that_is_down_says_nothing_of_the_site(tmp_path: Path) -> None:
    gone = f"http://site.localhost:{refused_port()}/"
    with BadSite({}) as site:
        got = night(tmp_path, [one(site, url=gone)], second_vantage=f"http://127.0.0.1:{refused_port()}")
    assert got.visit.cause == "refused"
    assert got.visit.second not in ("ok", "redirect")


def test_where_the_two_differ_that_is_the_finding(tmp_path: Path) -> None:
    with BadSite(THERE) as site, proxy(site.port) as (address, _):
        path = configured(tmp_path, f"http://site.localhost:{refused_port()}/")
        other = f'\n[[sites]]\nid = "www"\nrole = "website"\nurl = "{site.url("/", "www.localhost")}"\n\n[network]\n'
        words = path.read_text("utf-8").replace("[network]\n", other + f'second_vantage = "{address}"\n')
        path.write_text(words, encoding="utf-8")
        auditor("run", "--config", path, "--json")
        found = json.loads(auditor("findings", "--config", path, "--json").stdout)
    seen = [f for f in found if f["reason"] == "site-seen-elsewhere"]
    assert seen
    assert {f["status"] for f in seen} == {"unknown"}
    assert "menjawab dari jaringan kedua" in seen[0]["message"]["id"]
    assert "answers from a second one" in seen[0]["message"]["en"]
    folder = next((tmp_path / "var" / "evidence").iterdir())
    published = next((tmp_path / "public" / CODE).glob("2*-01/findings.json")).read_bytes()
    auditor("rescore", "--config", path, "--out", tmp_path / "again")
    assert (tmp_path / "again" / "findings.json").read_bytes() == published
    record = Evidence(folder).records("run")[0]
    assert "second_vantage" not in record["config"]["network"]  # it may hold a password


def test_a_second_vantage_that_is_none_is_said(tmp_path: Path) -> None:
    path = configured(tmp_path, "http://127.0.0.1:9/")
    path.write_text(path.read_text("utf-8") + 'second_vantage = "socks5://x"\n', encoding="utf-8")
    done = auditor("run", "--config", path, check=False)
    assert done.returncode == 2
    assert "write it like http://proxy" in done.stderr
