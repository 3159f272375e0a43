"""The links of a page as they were read with its facts, for the crawl of the next night: it need not parse it again.

Kept under the digest of the bytes and what else decides on them, as plain strings, which are loaded faster than parsed.
"""

from __future__ import annotations

from collections.abc import Callable

from auditor.model import Capture, Link
from auditor.read.memory import Memory, key_of


def keep_links(memory: Memory, digest: str, capture: Capture, links: tuple[Link, ...]) -> None:
    """Keeps what was read of the page. `digest`: of the bytes in hand."""
    memory.put(_key(digest, capture), [(link.url, link.text, link.context, link.region) for link in links])


def known_links(
    memory: Memory, digest: str, capture: Capture, wanted: Callable[[str], bool]
) -> tuple[Link, ...] | None:
    """The links of the page to addresses that are wanted; None where nobody has read it. `digest`: of the bytes, as the
    caller made sure."""
    rows = memory.get(_key(digest, capture), list)
    return None if rows is None else tuple(Link(*row) for row in rows if wanted(row[0]))


def _key(digest: str, capture: Capture) -> str:
    return key_of(list, digest, ("links", capture.url, capture.header("content-type")))
