"""Feeds (RSS 2.0 and 1.0, Atom RFC 4287) -> the entries in them, and where a page announces its own. Pure.

A feed names with title and address what a site has published of late, also what stands on page forty of its news.
"""

from __future__ import annotations

import re

from lxml import etree  # type: ignore[import-untyped]

from auditor.collect.urls import host, path
from auditor.model import Link
from auditor.read.addresses import absolute

MAX_ENTRIES = 1_000
MAX_BYTES = 10_000_000
MAX_FEEDS = 5
"""So many feeds of one site are read: content systems announce one more on every page."""

LOOKED_AT = 30
"""So many pages of a site, the first ones, are looked through for feeds: they are announced on all, or on these."""

_HEAD = 200_000
_LINK = re.compile(rb"<link\b[^>]{1,1500}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""\b(rel|type|href|title)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_TYPES = frozenset(("application/rss+xml", "application/atom+xml"))
_OF_COMMENTS = re.compile(r"comment|komentar|tanggapan", re.IGNORECASE)


def announced(payload: bytes, base_url: str) -> tuple[str, ...]:
    """The feeds that a page names for machines (`link rel=alternate`), without those of its comments."""
    found: dict[str, None] = {}
    for tag in _LINK.findall(payload[:_HEAD]):
        told = {name.lower(): (a or b or c).decode("utf-8", "replace") for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if "alternate" not in told.get(b"rel", "").lower().split() or told.get(b"type", "").lower() not in _TYPES:
            continue
        href = told.get(b"href", "").replace("&amp;", "&")
        url = absolute(href, base_url)
        if url and not _OF_COMMENTS.search(f"{path(url)} {told.get(b'title', '')}"):
            found[url] = None
    return tuple(url for url in found if not _of_this_article(url, base_url))


def _of_this_article(url: str, base_url: str) -> bool:
    """WordPress gives every article a feed of its own comments: `<article>/feed/`."""
    here = path(base_url).rstrip("/")
    return bool(here) and host(url) == host(base_url) and path(url).rstrip("/") == here + "/feed"


def parse(payload: bytes, url: str) -> tuple[Link, ...]:
    """The addresses of the entries and of what they enclose, with the titles; none for what is no feed."""
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(payload[:MAX_BYTES].lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        return ()
    if root is None or _name(root) not in ("rss", "rdf", "feed"):
        return ()
    found: dict[Link, None] = {}
    entries = [node for node in root.iter() if _name(node) in ("item", "entry")][:MAX_ENTRIES]
    for entry in entries:
        title = next((" ".join("".join(c.itertext()).split()) for c in entry if _name(c) == "title"), "")[:500]
        for href in _addresses(entry):
            address = absolute(href, url)
            if address is not None:
                found[Link(address, title)] = None
    return tuple(found)


def _addresses(entry: etree._Element) -> list[str]:
    addresses = []
    for child in entry:
        kind = _name(child)
        if kind == "link" and child.get("rel", "alternate") in ("alternate", "enclosure"):
            addresses.append(child.get("href") or child.text or "")
        elif kind == "enclosure":
            addresses.append(child.get("url") or "")
    return [address.strip() for address in addresses if address.strip()]


def _name(node: etree._Element) -> str:
    return etree.QName(node).localname.lower() if isinstance(node.tag, str) else ""
