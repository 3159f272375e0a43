"""The last archived copy of what is gone, from a web archive that speaks Memento (RFC 7089); off unless configured.

A site whose front page is gone or did not answer, and documents that answer 404 or 410, are asked for at the archive's
TimeGate (which gives its newest copy to whoever names no date) or TimeMap (which lists all). The archive is a host like
any other: its robots.txt, its turn, the guard and the evidence are the same. What was found is a `memento` record.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from datetime import datetime

from auditor.collect import wellknown
from auditor.collect.fetch import Door
from auditor.collect.gate import Stopped
from auditor.collect.reading import Ask, Got
from auditor.collect.robots import Book
from auditor.collect.urls import looks_like_document
from auditor.config import Memento as Settings
from auditor.config import Network
from auditor.evidence.store import EvidenceWriter, Origin
from auditor.model import Capture, Memento, Site, Visit
from auditor.read.linkformat import mementos, moment, versions

ORIGIN = "memento"
"""The captures of the archive belong to no site: they are another's pages of another time."""

TRIES = 3
"""So many copies are opened, newest first, before an address counts as not kept: the newest may be of its 404."""

_GONE = frozenset(("not-found", "gone"))
_THERE = frozenset(("ok", "redirect", "login-required", "forbidden", "robots", "robots-unreachable", "rate-limited"))
"""Causes of a front page that is not gone, or of which we have no right to say so."""


def look_up(
    sites: Sequence[Site],
    visits: Sequence[Visit],
    captures: Iterable[Capture],
    settings: Settings,
    network: Network,
    writer: EvidenceWriter,
    *,
    stop: threading.Event | None = None,
    trust: bool | str = True,
) -> tuple[Memento, ...]:
    """Asks for each thing that is gone, at most `most_per_site` of a site, and writes what came of it.

    What a killed run had recorded is not asked again. A restricted site is never looked up. Raises EvidenceError.
    """
    if not (settings.timegate or settings.timemap):
        return ()
    door = Door(network, writer, stop=stop, trust=trust)
    archive = _Archive(door, settings)
    known = {(record["site"], record["url"]) for record in writer.records("memento")}
    found = []
    try:
        for site, url, front in gone(sites, visits, captures, settings.most_per_site):
            if (site, url) in known:
                continue
            one = archive.last_copy(site, url, front)
            writer.record("memento", asdict(one))
            found.append(one)
    except Stopped:
        pass
    finally:
        door.close()
    return tuple(found)


def gone(
    sites: Sequence[Site], visits: Sequence[Visit], captures: Iterable[Capture], most: int
) -> Iterator[tuple[str, str, bool]]:
    """(site, address, whether it is the site's front page) of what is gone, the front page first."""
    causes = {visit.site: visit.cause for visit in visits}
    dead: dict[str, list[str]] = {}
    for capture in sorted(captures, key=lambda c: c.url):
        ours = (wellknown.robots(capture.url), *wellknown.sitemaps(capture.url))  # nobody offered these
        if capture.cause in _GONE and capture.url not in ours and looks_like_document(capture.url):
            dead.setdefault(capture.site, []).append(capture.url)
    for site in sites:
        if site.url is None or site.role in ("restricted", "app"):
            continue
        fronts = [site.url] if causes.get(site.id, "ok") not in _THERE else []
        others = [url for url in dict.fromkeys(dead.get(site.id, ())) if url not in fronts]
        for url in [*fronts, *others][:most]:
            yield site.id, url, url in fronts


class _Archive:
    def __init__(self, door: Door, settings: Settings) -> None:
        self._door = door
        self._settings = settings
        self._book = Book(door.rules)

    def last_copy(self, site: str, url: str, front: bool) -> Memento:
        """The newest copy that opens; without one, the cause of the last attempt."""
        asked, cause = "", "not-found"
        listed = ""
        if self._settings.timegate:
            asked = _at(self._settings.timegate, url)
            got = self._get(asked)
            if _is_copy(got):
                return _found(site, url, asked, got, front)
            cause, listed = got.capture.cause, _linked(got, "timemap")
            # A TimeGate may show its copy in a frame of its own, and say in a header where the copy itself is.
            got = self._get(there) if cause == "ok" and (there := _linked(got, "memento")) else got
            if _is_copy(got):
                return _found(site, url, asked, got, front)
        listed = _at(self._settings.timemap, url) if self._settings.timemap else listed
        if not listed:
            return Memento(site, url, asked, cause if cause != "ok" else "not-found", front=front)
        answer = self._get(listed)
        copies = mementos(self._text(answer), answer.capture.url) if answer.capture.cause == "ok" else []
        cause = answer.capture.cause if answer.capture.cause != "ok" else "not-found"
        for copy in copies[:TRIES]:
            got = self._get(copy.url)
            if _is_copy(got):
                return _found(site, url, listed, got, front)
            cause = got.capture.cause
        return Memento(site, url, listed, cause, front=front)

    def _get(self, url: str) -> Got:
        return self._door.fetch(Ask(url, Origin(ORIGIN)), allowed=lambda one: self._book.rules(one, ORIGIN).allows(one))

    def _text(self, got: Got) -> str:
        return self._door.payload(got).decode("utf-8", "replace")


def _at(archive: str, url: str) -> str:
    return archive.replace("{url}", url) if "{url}" in archive else archive + url


def _is_copy(got: Got) -> bool:
    """RFC 7089, 2.1.1: a memento says of when it is. One that keeps an error is no copy of the thing."""
    return got.capture.cause == "ok" and moment(got.capture.header("memento-datetime")) is not None


def _linked(got: Got, relation: str) -> str:
    """The address that the `Link` header gives under that relation; the last of several, which is the newest."""
    links = [one.url for one in versions(got.capture.header("link"), got.capture.url) if relation in one.relations]
    return links[-1] if links else ""


def _found(site: str, url: str, asked: str, got: Got, front: bool) -> Memento:
    capture = got.capture
    at = moment(capture.header("memento-datetime"))
    assert isinstance(at, datetime)  # `_is_copy` said so
    return Memento(
        site=site,
        url=url,
        asked=asked,
        cause="ok",
        memento=capture.url,
        at=at.isoformat(),
        fetched_at=capture.at.isoformat(),
        digest=capture.digest,
        warc=capture.warc,
        front=front,
    )
