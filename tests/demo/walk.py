"""Follows every link of a city from its front pages, as a reader with a browser would."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

from auditor.demo.answer import Answer, City

PORT = 8799
_NOWHERE = ("#", "javascript:", "mailto:", "tel:")
_DRIVES = ("drive", "berbagi")


@dataclass(frozen=True)
class Seen:
    answer: Answer
    links: tuple[tuple[str, str], ...]  # address, text


def visit(city: City) -> dict[str, Seen]:
    """Address -> what was there. Months of the calendar are read, but not followed further."""
    queue = deque(f"http://{host}:{PORT}/" for host in city.hosts if host.split(".")[0] not in _DRIVES)
    seen: dict[str, Seen] = {}
    while queue:
        url = queue.popleft()
        parts = urlsplit(url)
        if url in seen or not (parts.hostname or "").endswith("kotacontoh.localhost"):
            continue
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        answer = city.answer(parts.hostname or "", target)
        seen[url] = Seen(answer, links(answer, url))
        if "bulan=" not in target:
            queue.extend(address for address, _ in seen[url].links)
    return seen


def links(answer: Answer, url: str) -> tuple[tuple[str, str], ...]:
    """Where a page or a redirect leads."""
    location = dict(answer.headers).get("Location")
    if location:
        return ((urljoin(url, location.replace("{port}", str(PORT))), ""),)
    if answer.media_type != "text/html":
        return ()
    tree = LexborHTMLParser(answer.body.decode().replace("{port}", str(PORT)))
    found = [(node.attributes.get("href") or "", node.text(strip=True)) for node in tree.css("a[href]")]
    return tuple((urljoin(url, href), text) for href, text in found if href and not href.startswith(_NOWHERE))
