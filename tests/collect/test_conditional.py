"""The second night asks whether anything has changed, and believes the answer only where it may."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from auditor.collect.conditional import BELIEVED, CONTRADICTED, SPREAD_DAYS, UNASKED, conditions
from auditor.collect.crawl import collect
from auditor.collect.fetch import Door
from auditor.evidence.earlier import Known
from auditor.evidence.record import Place
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.facts_cache import FactsCache
from auditor.model import Body, Capture
from auditor.read.facts import read_evidence
from tests.badsite import BadSite, Reply, Request, html
from tests.collect.conftest import ask, network
from tests.collect.nights import one
from tests.evidence.made import START

BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta", ())
ETAG = {"ETag": '"v1"'}
PAGE = b"<p>Daftar Informasi Publik</p>" * 50


def page(headers: Mapping[str, str], body: bytes = PAGE, status: int = 200) -> Reply:
    return Reply(body, status, (("Content-Type", "text/html"), *headers.items()))


def unchanged(headers: Mapping[str, str] = ETAG) -> Reply:
    return page(headers, b"", 304)


@dataclass
class Nights:
    """One address, asked on some nights; each knows those before."""

    folder: Path
    site: BadSite
    number: int = 0
    asked: list[Mapping[str, str]] = field(default_factory=list)

    def ask(self, route: Callable[[Request], Reply] | Reply) -> Capture:
        """The capture of the next night, read back after all folders before it are gone."""
        self.site.routes["/"] = route
        before = self.folder / str(self.number)
        self.number += 1
        tonight = self.folder / str(self.number)
        writer = EvidenceWriter(tonight, [before] if before.is_dir() else [])
        door = Door(network(), writer)
        seen = len(self.site.log)
        got = door.once(ask(self.site.url("/"))).capture
        door.close()
        writer.close()
        self.asked = [entry.headers for entry in self.site.log[seen:]]
        evidence = Evidence(tonight)
        assert evidence.damaged == ()
        assert evidence.captures()[-1] == got
        if got.cause == "ok":
            shutil.move(before, self.folder / "away") if before.is_dir() else None
            assert evidence.payload(got) == PAGE
            shutil.move(self.folder / "away", before) if (self.folder / "away").is_dir() else None
        return got


@pytest.fixture
def nights(tmp_path: Path):  # type: ignore[no-untyped-def]
    with BadSite({}) as site:
        yield Nights(tmp_path, site)


def test_what_has_not_changed_is_not_sent_again(nights: Nights) -> None:
    first = nights.ask(page({**ETAG, "Last-Modified": "Mon, 02 Nov 2026 10:00:00 GMT"}))
    assert [("if-none-match" in h, "if-modified-since" in h) for h in nights.asked] == [(False, False)]
    second = nights.ask(unchanged({**ETAG, "X-New": "1"}))
    (sent,) = nights.asked
    assert (sent["if-none-match"], sent["if-modified-since"]) == ('"v1"', "Mon, 02 Nov 2026 10:00:00 GMT")
    assert (second.cause, second.status, second.digest) == ("ok", 200, first.digest)
    assert second.unchanged_since == first.at
    assert second.at > first.at
    assert (second.header("x-new"), second.header("content-type")) == ("1", "text/html")
    third = nights.ask(unchanged())
    assert third.unchanged_since == first.at


def test_what_has_changed_comes_whole_and_is_asked_about_the_next_night(nights: Nights) -> None:
    nights.ask(page({"ETag": '"v0"'}, PAGE))
    second = nights.ask(page(ETAG))  # another tag on the same bytes
    assert (second.unchanged_since, nights.asked[0]["if-none-match"]) == (None, '"v0"')
    warc = (nights.folder / "2" / second.warc).read_bytes()
    assert b"identical-payload-digest" in gzip.decompress(warc)
    nights.ask(unchanged())
    assert nights.asked[0]["if-none-match"] == '"v1"'


def test_304_to_a_plain_request_is_named_and_never_ok(nights: Nights) -> None:
    got = nights.ask(unchanged())
    assert (got.cause, got.status, got.detail) == ("bad-response", 304, UNASKED)
    assert len(nights.asked) == 1


@pytest.mark.parametrize(
    "lie",
    [unchanged({"ETag": '"another"'}), page(ETAG, b"", 412), page({}, b"bad", 400), page({}, b"?", 501)],
    ids=["304 for another version", "412", "400", "501"],
)
def test_a_server_that_trips_over_the_condition_is_asked_without(nights: Nights, lie: Reply) -> None:
    nights.ask(page(ETAG))
    got = nights.ask(lambda request: lie if "if-none-match" in request.headers else page(ETAG))
    assert ["if-none-match" in headers for headers in nights.asked] == [True, False]
    assert (got.cause, got.unchanged_since) == ("ok", None)
    first, second = Evidence(nights.folder / "2").attempts()
    assert (first.status, second.status) == (lie.status, 200)
    assert first.detail == (CONTRADICTED if lie.status == 304 else "")


def test_a_weak_tag_means_the_same_page(nights: Nights) -> None:
    nights.ask(page({"ETag": 'W/"v1"'}))
    got = nights.ask(unchanged({"ETag": '"v1"'}))
    assert nights.asked[0]["if-none-match"] == 'W/"v1"'
    assert got.unchanged_since is not None


@pytest.mark.parametrize("lost", ["the archive is damaged", "the archive is gone", "the index is gone"])
def test_without_the_bytes_of_then_the_whole_is_asked_for(nights: Nights, lost: str) -> None:
    first = nights.ask(page(ETAG))
    warc, index = nights.folder / "1" / first.warc, nights.folder / "1" / "index.cdxj"
    if lost == "the archive is damaged":
        data = bytearray(warc.read_bytes())
        data[first.offset + 60] ^= 0xFF
        warc.write_bytes(data)
    else:
        (warc if "archive" in lost else index).unlink()
    got = nights.ask(lambda request: unchanged() if "if-none-match" in request.headers else page(ETAG))
    assert ["if-none-match" in headers for headers in nights.asked] == [False]
    assert got.cause == "ok"


NOON = START.replace(microsecond=0)


def known(days: float = 1, **headers: str) -> Known:
    pairs = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Known(START - timedelta(days=days), pairs, "", 1, "", Place("", "", ""), "", ())


def http(days: float) -> str:
    return format_datetime(NOON - timedelta(days=days), usegmt=True)


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        ({}, []),
        ({"etag": '"a"'}, ["If-None-Match"]),
        ({"etag": 'W/"a"', "last_modified": http(9)}, ["If-Modified-Since", "If-None-Match"]),
        ({"etag": "unquoted"}, []),
        ({"etag": '"a\x01"'}, []),
        ({"last_modified": http(9)}, ["If-Modified-Since"]),
        ({"last_modified": http(-9)}, []),  # of the future
        ({"last_modified": http(1), "date": http(1)}, []),  # in the second of the answer: it may have changed after
        ({"last_modified": "kemarin"}, []),
        ({"last_modified": "Mon, 02 Nov 99999999999999999999 10:00:00 GMT"}, []),
        ({"last_modified": http(9), "date": "Fri, 31 Dec 9999 23:59:59 -2300"}, ["If-Modified-Since"]),
        ({"etag": '"a"', "last_modified": f"{http(9)[:-3]}+99999999999999999"}, ["If-None-Match"]),
        ({"etag": '"a"', "vary": "*"}, []),
        ({"etag": '"a"', "vary": "Cookie"}, ["If-None-Match"]),
        ({"last_modified": http(9), "vary": "User-Agent"}, []),
        ({"last_modified": http(9), "vary": "Accept-Encoding"}, ["If-Modified-Since"]),
    ],
)
def test_what_is_asked_with(headers: dict[str, str], asked: list[str]) -> None:
    assert sorted(conditions(known(**headers), "http://a.go.id/", START)) == asked


def test_nobody_is_believed_for_ever_and_not_all_run_out_in_one_night() -> None:
    urls = [f"http://a.go.id/{n}" for n in range(200)]

    def asked(days: float) -> int:
        return sum(bool(conditions(known(days, etag='"a"'), url, START)) for url in urls)

    assert asked(BELIEVED.days - 1) == 200
    assert asked(BELIEVED.days + SPREAD_DAYS) == 0
    nights = [asked(BELIEVED.days + n + 0.5) for n in range(SPREAD_DAYS)]
    assert max(before - after for before, after in zip([200, *nights], nights, strict=False)) < 40


def test_a_second_night_over_a_whole_site_parses_nothing_that_is_unchanged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from auditor.collect import page_links

    changed = {"/3"}
    night = 1

    def answer(request: Request) -> Reply:
        version = night if request.path in changed else 1
        links = "".join(f"<a href='/{n}'>Halaman {n} v{version}</a>" for n in range(6))
        tag = f'"{request.path}-{version}"'
        if request.headers.get("if-none-match") == tag:
            return unchanged({"ETag": tag})
        return page({"ETag": tag}, html(links, request.path).body)

    parsed: list[str] = []
    links = page_links.links
    monkeypatch.setattr(page_links, "links", lambda body, url, *more: parsed.append(url) or links(body, url, *more))

    def collected(folder: Path, before: list[Path]) -> list[Capture]:
        parsed.clear()
        writer = EvidenceWriter(folder, before)
        memory = FactsCache(tmp_path / "cache")
        collect([one(site)], network(), writer, interest=lambda link: 0.0, memory=memory)
        writer.close()
        evidence = Evidence(folder)
        read_evidence(evidence, BODY, [one(site)], START, memory=memory)  # keeps the links with the facts
        return list(evidence.captures())

    with BadSite({"*": answer, "/robots.txt": Reply(b"", 404), "/sitemap.xml": Reply(b"", 404)}) as site:
        first = collected(tmp_path / "1", [])
        assert len(parsed) == 7
        night = 2
        second = collected(tmp_path / "2", [tmp_path / "1"])
        assert [url.rpartition("/")[2] for url in parsed] == ["3"]
        anew = collected(tmp_path / "3", [])
        for entry in (tmp_path / "cache").rglob("*"):  # kept readings that rot cost time, nothing else
            if entry.is_file():
                entry.write_bytes(b"\x00" + entry.read_bytes())
        again = collected(tmp_path / "4", [tmp_path / "2"])
    assert [c.url for c in first] == [c.url for c in second] == [c.url for c in again]
    assert [(c.url, c.digest, c.cause, c.status) for c in second] == [
        (c.url, c.digest, c.cause, c.status) for c in anew
    ]
    assert sum(capture.unchanged_since is not None for capture in second) == 6
