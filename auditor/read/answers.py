"""The answers of one run by address: redirects followed, Drive addresses understood, bytes sniffed once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol
from urllib.parse import parse_qs, urljoin, urlsplit

from w3lib.url import canonicalize_url

from auditor.model import Capture, Site, Visit
from auditor.read.sniff import sniff

MAX_HOPS = 12
UNREAD = "unread"
"""The format of bytes that our own archive did not give back."""

_HOME = re.compile(
    r"^/?(?:index(?:\.\w+)?|home|beranda|default(?:\.\w+)?|public|id|en|depan)?/?(?:index(?:\.\w+)?)?/?$", re.IGNORECASE
)
_LOGIN = re.compile(r"/(?:login|signin|sign-in|masuk|auth|sso|servicelogin|accountchooser)(?:[/.?]|$)", re.IGNORECASE)
_DRIVE_PATH = re.compile(r"/(?:file|document|spreadsheets|presentation)/d/([\w-]{8,})")


class Source(Protocol):
    """What is read: the evidence of a run."""

    def captures(self) -> tuple[Capture, ...]: ...
    def payload(self, capture: Capture) -> bytes: ...
    def visits(self) -> tuple[Visit, ...]: ...
    def records(self, name: str) -> Sequence[Mapping[str, Any]]: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an address led: `capture` is the last of its `hops`."""

    capture: Capture
    hops: tuple[Capture, ...]

    @property
    def ok(self) -> bool:
        return self.capture.cause == "ok"


class Answers:
    """An index over the captures; independent of their order."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.captures = tuple(sorted(source.captures(), key=lambda c: (c.url, c.site, c.at, c.digest)))
        self._by_url: dict[str, dict[str, Capture]] = {}
        self._by_key: dict[str, dict[str, Capture]] = {}
        self._by_drive: dict[str, list[Capture]] = {}
        self._formats: dict[str, str] = {}
        self._hints = {str(key): str(words) for record in source.records("ocr") for key, words in record.items()}
        for capture in self.captures:
            self._by_url.setdefault(capture.url, {})[capture.site] = capture
            drive = drive_id(capture.url)
            if drive:
                self._by_drive.setdefault(drive, []).append(capture)
        for url, by_site in self._by_url.items():
            self._by_key.setdefault(_key(url), {}).update(by_site)

    def payload(self, capture: Capture) -> bytes:
        """The bytes; empty where they cannot be had back from the archive (then `format` is `unread`)."""
        try:
            return self._source.payload(capture)
        except Exception:
            # Whatever the archive raises: that our copy is damaged says nothing about the site.
            self._formats[capture.digest] = UNREAD
            return b""

    def records(self, name: str) -> Sequence[Mapping[str, object]]:
        return self._source.records(name)

    def hint(self, digest: str) -> str:
        """What was recognised on a scan's first pages; empty where nothing was."""
        return self._hints.get(digest, "")

    def format(self, capture: Capture) -> str:
        """What the bytes are, by themselves; looked at once for each digest."""
        if not capture.digest:
            return "empty"
        known = self._formats.get(capture.digest)
        if known is None:
            payload = self.payload(capture)
            known = self._formats.setdefault(capture.digest, sniff(payload))
        return known

    def find(self, url: str, site: str) -> Answer | None:
        """What came of an address, after redirects; None where it was never asked."""
        hops: list[Capture] = []
        seen: set[str] = set()
        capture = self._one(url, site)
        while capture is not None and capture.url not in seen and len(hops) < MAX_HOPS:
            hops.append(capture)
            seen.add(capture.url)
            if capture.cause == "ok" or not capture.location:
                break
            capture = self._one(urljoin(capture.url, capture.location).partition("#")[0], site)
        return Answer(hops[-1], tuple(hops)) if hops else None

    def downloaded(self, url: str, site: str) -> Answer | None:
        """As `find`; for a file on a drive, the answer of its download address, where that was asked too."""
        answer = self.find(url, site)
        drive = drive_id(url)
        if not drive or (answer is not None and answer.ok and self.format(answer.capture) != "html"):
            return answer
        others = [self.find(capture.url, capture.site) for capture in self._by_drive.get(drive, ())]
        for other in others:
            if other is not None and other.ok and self.format(other.capture) not in ("html", "empty"):
                return other
        return answer or next((other for other in others if other is not None), None)

    def _one(self, url: str, site: str) -> Capture | None:
        found = self._by_url.get(url) or self._by_key.get(_key(url))
        if not found:
            return None
        return found.get(site) or found[min(found)]


def drive_id(url: str) -> str:
    """The file that a Drive address is about, whatever the form of the address; empty for other addresses."""
    try:
        parts = urlsplit(url)
        path = _DRIVE_PATH.search(parts.path)
        if path:
            return path[1]
        if parts.path.rstrip("/").endswith(("/uc", "/open", "/download")):
            return parse_qs(parts.query).get("id", [""])[0]
    except ValueError:
        return ""
    return ""


def hosts_of(site: Site) -> frozenset[str]:
    """The hosts that are the site itself; `www.` makes no difference."""
    names = [urlsplit(site.url).hostname or ""] if site.url else []
    return frozenset(name.lower().removeprefix("www.") for name in (*names, *site.hosts) if name)


def is_own(url: str, hosts: Iterable[str]) -> bool:
    try:
        name = (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return False
    return name in hosts


def is_home(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_HOME.match(parts.path))


def is_login(url: str) -> bool:
    parts = urlsplit(url)
    return bool(_LOGIN.search(parts.path + "/")) or (parts.hostname or "") == "accounts.google.com"


def _key(url: str) -> str:
    try:
        return str(canonicalize_url(url)).rstrip("/").replace("http://", "https://", 1)
    except ValueError:
        return url
