"""Answers of others in a site's place, from recorded examples: each named with its own cause, real pages never.

`tests/captures/<cause>/*.http`: status, headers, an empty line, body. Written by hand from what such answers look like.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.collect.causes import CAUSES
from auditor.model import Body, Capture
from auditor.read.impostors import impostor
from auditor.read.page import read_page
from tests.badsite import BadSite, Reply, html
from tests.collect.nights import anchors, night, one
from tests.whole.conftest import auditor
from tests.whole.test_bad_nights import configured

CAPTURES = Path(__file__).parents[1] / "captures"
REAL = Path(__file__).parents[2].parent / "shared" / "real"
EXAMPLES = sorted(CAPTURES.glob("*/*.http"))
REAL_PAGES = sorted([*REAL.glob("*/*.html"), *REAL.glob("*/*.htm")])
BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")


def recorded(path: Path) -> Reply:
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    status, *headers = head.split("\n")
    pairs = tuple((name, value) for name, _, value in (line.partition(": ") for line in headers))
    return Reply(body.strip("\n").encode(), int(status.split()[0]), pairs)


def nature(reply: Reply) -> str:
    capture = Capture("http://situs.go.id/", "s", datetime(2026, 11, 24, tzinfo=UTC), "ok", 200, "text/html")
    return read_page(capture, reply.body, BODY).nature


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_an_answer_in_the_sites_place_is_named_and_never_taken_for_the_site(path: Path, tmp_path: Path) -> None:
    cause = path.parent.name
    with BadSite({"/": recorded(path), "/robots.txt": Reply(b"", 404)}) as site:
        got = night(tmp_path, [one(site)])
    if cause in ("parked", "empty"):
        # A visitor sees these too: the page is read, as what it is.
        assert (got.visit.cause, nature(recorded(path))) == ("ok", cause)
        return
    assert got.visit.cause == cause
    assert CAUSES[cause].text.en in got.visit.detail
    assert (got.visit.pages, got.visit.exhausted) == (0, False)


@pytest.mark.parametrize("reply", [recorded(path) for path in EXAMPLES if path.parent.name == "blocked"][:3])
def test_a_block_on_one_page_leaves_the_rest_of_the_site(tmp_path: Path, reply: Reply) -> None:
    with BadSite({"/": anchors("/terlindung", "/terbuka"), "/terlindung": reply, "/terbuka": html("isi")}) as site:
        got = night(tmp_path, [one(site)])
    assert (got.causes()["terlindung"], got.causes()["terbuka"], got.visit.cause) == ("blocked", "ok", "ok")


@pytest.mark.parametrize("path", REAL_PAGES or [None], ids=lambda path: path.name if path else "none")
def test_no_real_page_is_taken_for_one(path: Path | None) -> None:
    if path is None:
        return
    payload = path.read_bytes()
    for status in (200, 403, 503):
        assert impostor(status, (("Content-Type", "text/html"),), payload) is None
    if len(payload) > 2_000:
        assert nature(Reply(payload)) not in ("blocked", "parked", "empty")


def test_pages_that_write_about_them_are_none() -> None:
    words = ("Just a moment... challenge-platform", "Internet Positif TrustPositif", "akun telah ditangguhkan hosting")
    menu = "".join(f"<li><a href='/{n}'>Menu {n}</a></li>" for n in range(8))
    for said in words:
        assert impostor(200, (("content-type", "text/html"),), html(menu + f"<p>{said}").body) is None
    assert impostor(200, (("content-type", "application/pdf"),), b"%PDF _incapsula_resource") is None
    assert impostor(302, (("location", "https://ppid.go.id/x?u=mercusuar.uzone.id"),), b"") is None


@pytest.mark.parametrize(("cause", "reason"), [("blocked/f5", "site-blocked"), ("suspended/cpanel", "site-suspended"),
                                               ("captive-portal/wispr", "auditor-intercepted")])  # fmt: skip
def test_what_they_hide_is_unknown_by_their_name(tmp_path: Path, cause: str, reason: str) -> None:
    with BadSite({"/": recorded(CAPTURES / f"{cause}.http"), "/robots.txt": Reply(b"", 404)}) as site:
        path = configured(tmp_path, site.url())
        told = json.loads(auditor("run", "--config", path, "--json", check=False).stdout)
    assert told["sites"] == {"ppid": cause.partition("/")[0]}
    assert told["findings"]["unmet"] == told["findings"]["met"] == 0
    found = json.loads(auditor("findings", "--config", path, "--json").stdout)
    assert reason in {f["reason"] for f in found}
