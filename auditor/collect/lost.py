"""Not-found pages with a 200, known while the crawl goes on, so that their links do not lead it on for ever.

Told by what the page calls itself, or by being the site's own honest not-found page, or its front page, at another
address. The first few of a site are followed like any page, for they may lead a lost visitor back; then no more.
What a page finally is, is judged when everything is read; here only following is decided.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from auditor.collect.mirrors import without_tokens
from auditor.read.answers import is_home
from auditor.read.natures import calls_itself_not_found

FOLLOWED = 3
"""So many not-found pages of one site are still followed."""

MAX_TELLING = 300_000
"""Longer pages are content, whatever their title."""

_TITLE = re.compile(rb"<title[^>]*>(.{0,300}?)</title", re.IGNORECASE | re.DOTALL)


@dataclass(slots=True)
class Lost:
    """What one site has shown; not shared between threads without a lock."""

    _honest: dict[bytes, str] = field(default_factory=dict)  # title -> signature of an answer with 404 or 410
    _front: tuple[bytes, str] | None = None
    count: int = 0

    @property
    def suspicious(self) -> bool:
        """Whether anything was seen that was not there."""
        return bool(self._honest) or self.count > 0

    def saw_honest(self, payload: bytes) -> None:
        """The body of a 404 or 410."""
        if len(self._honest) < 20 and len(payload) <= MAX_TELLING:
            self._honest.setdefault(_title(payload), _signature(payload))

    def saw_front(self, payload: bytes) -> None:
        if len(payload) <= MAX_TELLING:
            self._front = (_title(payload), _signature(payload))

    def leads_nowhere(self, url: str, payload: bytes) -> bool:
        """True where the page is one of not-found pages of which the site has shown enough."""
        if not self._is_lost(url, payload):
            return False
        self.count += 1
        return self.count > FOLLOWED

    def _is_lost(self, url: str, payload: bytes) -> bool:
        if (is_home(url) and not urlsplit(url).query) or len(payload) > MAX_TELLING:
            return False
        title = _title(payload)
        if calls_itself_not_found(title.decode("utf-8", "replace")):
            return True
        # The signature costs a pass over the page: only where the titles are the same already.
        same_title = [known for name, known in self._honest.items() if name == title]
        if self._front is not None and self._front[0] == title and not urlsplit(url).query:
            same_title.append(self._front[1])
        return bool(same_title) and _signature(payload) in same_title


def _title(payload: bytes) -> bytes:
    found = _TITLE.search(payload, 0, 20_000)
    return b" ".join(found[1].split()) if found else b""


def _signature(payload: bytes) -> str:
    """Of words and links alike: pages with the same words and other links are lists of different things."""
    return hashlib.sha256(without_tokens(payload)).hexdigest()
