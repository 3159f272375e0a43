"""The same site under a second root: www and without, http and https, another host, or one more folder in front.

Recognised by what was fetched: where the same path under two roots gave the same bytes several times and never
different ones, the second root is a mirror. From then on its addresses are not asked; the same path under the first
root is. Pure but for `payload`, which is asked for only where two roots meet.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

AGREEING = 5
"""So many different pages must be the same under both roots; one alone may be a standard text or an error page."""

SMALLEST = 200
"""Bytes under which the same answer says nothing: an empty list is the same everywhere."""

MAX_REMEMBERED = 3_000
"""Pages of one site that are compared: a mirror shows early, and memory stays flat."""

MAX_COMPARED = 1_000_000

_CHANGING = re.compile(rb"[A-Za-z0-9+/=_-]{20,}|\d{9,}")

Payload = Callable[[], bytes]


@dataclass(slots=True)
class Mirrors:
    """What one site has shown; not shared between threads without a lock."""

    _seen: dict[str, tuple[str, str, Payload]] = field(default_factory=dict)  # path and query -> address, digest, bytes
    _by_digest: dict[str, str] = field(default_factory=dict)  # digest -> the first address that gave it
    _origins: dict[str, int] = field(default_factory=dict)  # in the order of their appearance: the front page's first
    _same: dict[tuple[str, str], set[str]] = field(default_factory=dict)  # (original, mirror) -> digests of both
    _different: set[tuple[str, str]] = field(default_factory=set)
    _roots: dict[str, str] = field(default_factory=dict)  # mirror -> original
    _apart: set[str] = field(default_factory=set)

    def saw(self, url: str, digest: str, size: int, payload: Payload) -> None:
        """`url` answered with these bytes; `payload` must not hold them."""
        if size < SMALLEST or not digest or len(self._seen) >= MAX_REMEMBERED:
            return
        self._origins.setdefault(_origin(url), len(self._origins))
        first = self._seen.setdefault(_place(url), (url, digest, payload))
        if _origin(first[0]) != _origin(url):
            one, other = sorted((_origin(first[0]), _origin(url)), key=self._origins.__getitem__)
            self._compared((one, other), digest, first[1] == digest or _alike(first[0], first[2], url, payload))
        known = self._by_digest.setdefault(digest, url)
        pair = _folder_in_front(known, url)
        if pair is not None:
            self._compared(pair, digest, True)
        for pair in [pair for pair in self._same if url.startswith(pair[1] + "/")]:
            twin = self._seen.get(_place(pair[0] + url[len(pair[1]) :]))
            if twin is not None and twin[0] != url and twin[0].startswith(pair[0]) and twin[1] != digest:
                self._compared(pair, digest, _alike(twin[0], twin[2], url, payload))

    def _compared(self, pair: tuple[str, str], digest: str, same: bool) -> None:
        original, mirror = pair
        if not same:
            self._different.add(pair)
            self._roots.pop(mirror, None)
            return
        agreeing = self._same.setdefault(pair, set())
        agreeing.add(digest)
        if len(agreeing) >= AGREEING and pair not in self._different:
            self._roots.setdefault(mirror, original)

    def original(self, url: str) -> str | None:
        """The address under the first root; None where the address belongs to no mirror."""
        if not self._roots or url in self._apart:
            return None
        for mirror, original in self._roots.items():
            if url == mirror or url.startswith(mirror + "/"):
                return original + url[len(mirror) :]
        return None

    def keep_apart(self, url: str) -> None:
        """The original does not have this page: it is asked for where it was found."""
        self._apart.add(url)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _place(url: str) -> str:
    return url[len(_origin(url)) :] or "/"


def _folder_in_front(one: str, other: str) -> tuple[str, str] | None:
    """(root of the shorter, root of the longer) where one address is the other with folders put in front and the
    common part names a page."""
    long, short = (one, other) if len(one) > len(other) else (other, one)
    if long == short or _origin(long) != _origin(short):
        return None
    rest = _place(short)
    if rest == "/" or not _place(long).endswith(rest):
        return None
    return _origin(short), long[: -len(rest)]


def _alike(first: str, first_payload: Payload, url: str, payload: Payload) -> bool:
    """The same but for the names of the two hosts and for tokens that are new in every answer."""
    one, other = _plain(first_payload(), first, url), _plain(payload(), first, url)
    return len(one) <= MAX_COMPARED and one == other


def _plain(payload: bytes, *urls: str) -> bytes:
    for name in sorted({urlsplit(url).netloc for url in urls}, key=len, reverse=True):
        payload = payload.replace(b"https://" + name.encode(), b"").replace(b"http://" + name.encode(), b"")
        payload = payload.replace(name.encode(), b"")
    return without_tokens(payload)


def without_tokens(payload: bytes) -> bytes:
    """A page without what is new in each answer: tokens of forms and sessions, moments in milliseconds."""
    return _CHANGING.sub(b"", payload)
