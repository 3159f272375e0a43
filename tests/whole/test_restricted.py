"""Staff systems over real HTTP: robots.txt and one GET, by the server's own log; what lies open is critical."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from auditor.model import Site, Status
from auditor.sealing import sealed
from tests.badsite import BadSite, Reply, Route, hang_up, html, redirect, refused_port, silence, text
from tests.whole.conftest import auditor, config_toml
from tests.whole.judged_sites import Judged, judged

CLOSED = "sistem-pegawai-tertutup"
LOGIN = html("<h1>Masuk</h1><form method=post action=/masuk><input name=u><input type=password name=p></form>", "Login")
PEOPLE = "".join(
    f"<tr><td>{n}</td><td>Orang Misal {n}</td><td>99710{n}0101900001</td><td>Jalan Umpama {n}</td></tr>"
    for n in range(9)
)
TABLE = html(f"<table><tr><th>No</th><th>Nama</th><th>NIK</th><th>Alamat</th></tr>{PEOPLE}</table>", "Data Kontak Erat")
PANEL = html(
    "<h1>Dashboard Admin</h1><nav><a href=/pasien/tambah>Tambah Pasien</a><a href=/pasien>Kelola Pasien</a>"
    "<a href=/keluar>Logout</a></nav><a href=/pasien/hapus/1>Hapus</a>",
    "Dashboard Admin Covid",
)
INDEX = html("<h1>Index of /</h1><pre><a href=?C=N;O=D>Name</a> <a href=backup.sql>backup.sql</a></pre>", "Index of /")
LARAVEL = Reply(b"<html><title>SQLSTATE[HY000] [2002] Connection refused</title><body>Whoops! There was an error."
                b"<script src=/laravel-ignition.js></script></body></html>", 500)  # fmt: skip
DJANGO = Reply(b"<title>Page not found at /</title><p>You're seeing this error because you have "
               b"<code>DEBUG = True</code> in your Django settings file.</p>", 404)  # fmt: skip
PHP = html("<b>Fatal error</b>: Uncaught mysqli_sql_exception in /var/www/html/index.php:12\nStack trace:\n#0 {main} "
           "thrown in <b>/var/www/html/index.php</b> on line <b>12</b>", "")  # fmt: skip
INFO = html("<h1 class=p>PHP Version 8.1.2</h1><h2>Configuration</h2>", "PHP 8.1.2 - phpinfo()")
RECORDS = text(
    "["
    + ",".join(f'{{"nama":"Orang Misal {n}","nik":"9971010101900001","alamat":"Jalan {n}"}}' for n in range(5))
    + "]",
    "application/json",
)
NOT_PEOPLE = text('[{"kelurahan":"Misal","kasus":3},{"kelurahan":"Umpama","kasus":4}]', "application/json")


def look(folder: Path, route: Route, **more: object) -> tuple[Judged, list[str]]:
    """One night at the system: what was judged, and what its server was asked."""
    routes = {("dalam.localhost", "/"): route, ("www.localhost", "/"): html("Kota Contoh")}
    with BadSite(routes, host="dalam.localhost") as site:
        sites = [
            Site("dalam", "restricted", site.url(), "Detektif", audience="staff", lifecycle="archived"),
            Site("www", "website", site.url(host="www.localhost"), "Situs kota"),
        ]
        got = judged(folder, sites, CLOSED, "identitas-situs", retries=2, timeout_seconds=0.3, **more)
        return got, site.asked("dalam.localhost")


@pytest.mark.parametrize(
    ("route", "words"),
    [
        (TABLE, "Nama, NIK, Alamat"),
        (PANEL, "Dashboard Admin"),
        (INDEX, "Index of /"),
        (LARAVEL, "SQLSTATE"),
        (DJANGO, "DEBUG"),
        (PHP, "Fatal error"),
        (INFO, "phpinfo()"),
        (RECORDS, "nama, nik, alamat"),
    ],
    ids=["people", "panel", "index", "laravel", "django", "php", "phpinfo", "json"],
)
def test_what_lies_open_is_critical(route: Route, words: str, tmp_path: Path) -> None:
    got, asked = look(tmp_path, route)
    verdict = got.verdicts[CLOSED, "dalam"]
    assert (verdict.status, verdict.reason) == (Status.UNMET, "lies-open")
    assert got.message(CLOSED, "dalam").startswith("KRITIS: Detektif")
    assert got.message(CLOSED, "dalam", "en").startswith("CRITICAL: Detektif")
    assert words.lower() in got.message(CLOSED, "dalam").lower()
    assert words.lower() in verdict.evidence[0].quote.lower()
    assert "Orang Misal" not in str(verdict)
    assert "99710" not in str(verdict)
    assert verdict.evidence[0].digest in sealed(SimpleNamespace(facts=got.facts, findings=()), got.evidence)
    assert asked == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    "route",
    [LOGIN, redirect("/login"), Reply(b"", 401, (("WWW-Authenticate", "Basic"),)), Reply(b"<h1>404</h1>", 404)],
    ids=["login", "redirect", "401", "404"],
)
def test_a_closed_door_is_right(route: Route, tmp_path: Path) -> None:
    got, asked = look(tmp_path, route)
    assert got.verdicts[CLOSED, "dalam"].status is Status.MET
    assert asked == ["/robots.txt", "/"]


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        (hang_up, "site-unreachable"),
        (silence, "site-unreachable"),
        (Reply(b"", 503), "site-unreachable"),
        (Reply(b"<h1>Forbidden</h1>", 403), "site-blocked"),
        (html("<p>Selamat datang</p>"), "human-not-observable"),
        (NOT_PEOPLE, "human-not-observable"),
        (html("<div id=app></div><script src=/a.js></script>"), "site-script-only"),
        (redirect("/beranda"), "human-not-observable"),
    ],
    ids=["hang-up", "silence", "503", "403", "welcome", "figures", "script", "redirect"],
)
def test_what_did_not_show_itself_is_unknown_and_never_met(route: Route, reason: str, tmp_path: Path) -> None:
    got, asked = look(tmp_path, route)
    verdict = got.verdicts[CLOSED, "dalam"]
    assert (verdict.status, verdict.low, verdict.high) == (Status.UNKNOWN, 0.0, 1.0)
    assert verdict.reason == reason
    assert asked == ["/robots.txt", "/"]


def test_robots_and_a_closed_port_leave_it_unknown(tmp_path: Path) -> None:
    routes = {"/robots.txt": text("User-agent: *\nDisallow: /\n"), "/": TABLE}
    with BadSite(routes, host="dalam.localhost") as site:
        sites = [Site("dalam", "restricted", site.url(), "Detektif", audience="staff")]
        sites.append(Site("mati", "restricted", f"http://mati.localhost:{refused_port()}/", "Mati", audience="staff"))
        sites.append(Site("tanpa", "restricted", None, "Web admin", audience="staff"))
        got = judged(tmp_path, sites, CLOSED)
        assert site.asked() == ["/robots.txt"]
    assert {name: v.reason for (_, name), v in got.verdicts.items()} == {
        "dalam": "site-robots",
        "mati": "site-unreachable",
        "tanpa": "human-address-not-known",
    }


def test_what_lies_open_stands_first_and_is_not_published_further(tmp_path: Path) -> None:
    with BadSite({("dalam.localhost", "/"): TABLE, ("www.localhost", "/"): html("Kota Contoh")}) as site:
        config = tmp_path / "config.toml"
        inside = {"id": "dalam", "role": "restricted", "url": site.url(host="dalam.localhost")}
        www = {"id": "www", "role": "website", "url": site.url(host="www.localhost")}
        config.write_text(config_toml({**inside, "name": "Detektif", "audience": "staff"}, www, timeout_seconds=2))
        auditor("run", "--config", config)
    (published,) = (tmp_path / "public" / "99.71").glob("*/findings.json")
    found = {(one["criterion"], one["subject"]): one for one in json.loads(published.read_text("utf-8"))}
    assert found[CLOSED, "dalam"]["severity"] == "critical"
    assert [key for key, one in found.items() if "severity" in one] == [(CLOSED, "dalam")]
    front = (published.parent / "index.html").read_text("utf-8")
    remedy = found[CLOSED, "dalam"]["remedy"]["id"]
    others = [said for one in found.values() if (said := one["remedy"]["id"]) and said in front]
    assert min(others, key=front.index) == remedy
    for path in (tmp_path / "public").rglob("*"):
        if path.is_file() and path.suffix in (".html", ".json", ".csv", ".xml"):
            assert "Orang Misal" not in path.read_text("utf-8"), path
    assert not list((tmp_path / "public").rglob(f"{found[CLOSED, 'dalam']['evidence'][0]['digest']}.warc.gz"))
