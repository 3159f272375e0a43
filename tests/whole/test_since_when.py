"""Nights on which a site stops answering: since when, how many nights, when it was last seen, in both languages."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from auditor import audit
from auditor.config import load
from tests.badsite import BadSite, Reply, Request, Route, html
from tests.whole.conftest import CODE, auditor
from tests.whole.test_bad_nights import configured

SITE = {
    "/": html("<h1>PPID</h1><a href='/informasi-berkala'>Informasi Berkala</a><a href='/dpa.pdf'>DPA 2026</a>"),
    "/robots.txt": Reply(b"", 404),
    "/sitemap.xml": Reply(b"", 404),
    "/informasi-berkala": html("<h1>Informasi Berkala</h1><p>Daftar dokumen."),
}


def night(path: Path, day: int) -> list[dict[str, Any]]:
    at = datetime(2026, 11, day, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    audit.run(load(path), started=datetime.now(UTC), at=at)
    number = len(list((path.parent / "public" / CODE).glob(f"202611{day:02d}-*")))
    return json.loads((path.parent / "public" / CODE / f"202611{day:02d}-{number:02d}" / "findings.json").read_text())


def words(findings: list[dict[str, Any]], language: str, part: str) -> set[str]:
    return {f["message"][language] for f in findings if part in f["message"][language]}


def test_a_site_that_does_not_answer_says_since_when(tmp_path: Path) -> None:
    with BadSite(SITE) as site:
        path = configured(tmp_path, site.url("/"))
        seen = night(path, 2)
        assert not words(seen, "en", "since 2")
        good, site.routes = site.routes, {"*": lambda request: None}
        for day in (3, 4, 5):
            found = night(path, day)
        again = night(path, 5)  # the same night once more is no further night
        site.routes = good
        back = night(path, 6)
    url = site.url("/")
    for told in (found, again):
        assert words(
            told, "id", f"{url} tidak menjawab sejak 3 November 2026 (3 malam); terakhir terlihat 2 November 2026."
        )
        assert words(told, "en", f"{url}: not answering since 3 November 2026, 3 nights; last seen 2 November 2026.")
    assert not words(back, "en", "since 3 November")

    published = (tmp_path / "public" / CODE / "20261105-01" / "findings.json").read_bytes()
    auditor("rescore", "--config", path, "--run", "20261105-01", "--out", tmp_path / "again")
    assert (tmp_path / "again" / "findings.json").read_bytes() == published
    (tmp_path / "var" / "auditor.sqlite").unlink()  # the words are in the evidence, not in the history
    auditor("rescore", "--config", path, "--run", "20261105-01", "--out", tmp_path / "bare")
    assert (tmp_path / "bare" / "findings.json").read_bytes() == published


def test_a_page_that_fails_where_the_site_answers_says_so_too(tmp_path: Path) -> None:
    def shaky(request: Request) -> Reply | None:
        return None

    routes: dict[str | tuple[str, str], Route] = {**SITE, "/informasi-berkala": shaky, "/dpa.pdf": Reply(b"", 404)}
    with BadSite(routes) as site:
        path = configured(tmp_path, site.url("/"))
        night(path, 1)
        found = night(path, 2)
    page = site.url("/informasi-berkala")
    assert words(found, "en", f"{page}: not answering since 1 November 2026, 2 nights; never seen.")
    dead = site.url("/dpa.pdf")
    assert words(found, "id", f"{dead} tidak dapat dibuka sejak 1 November 2026 (2 malam); belum pernah terlihat.")


def test_a_run_that_saw_far_less_than_before_says_so(tmp_path: Path) -> None:
    many = "".join(f"<a href='/berkala-{n}'>Informasi Berkala {n}</a>" for n in range(30))
    full: dict[str | tuple[str, str], Route] = {
        **SITE,
        "/": html(f"<h1>PPID</h1>{many}"),
        "*": SITE["/informasi-berkala"],
    }
    full["*"] = lambda request: html(f"<h1>Informasi Berkala {request.path}</h1><p>Daftar {request.path} dokumen.")
    with BadSite(full) as site:
        path = configured(tmp_path, site.url("/"))
        before = night(path, 1)
        site.routes |= {"/": html("<h1>PPID</h1><p>Selamat datang.")}
        done = auditor("run", "--config", path, "--at", "2026-11-02T01:00:00+07:00", "--json")
    told = json.loads(done.stdout)
    found = json.loads(auditor("findings", "--config", path, "--json").stdout)
    unmet = {f["id"] for f in before if f["status"] == "unmet" and f["reason"] == "not-found"}
    assert unmet
    after = {f["id"]: f for f in found}
    assert {after[one]["reason"] for one in unmet} == {"auditor-less-than-usual"}
    assert told["less_than_usual"] == {"ppid": [1, 31]}
    assert "saw 1 pages of ppid instead of about 31" in done.stderr
