"""sitemap.xml (sitemaps.org 0.9) -> the addresses in it. Pure; the file is fetched by the one door like any page."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

MAX_URLS = 50_000
"""What the protocol allows in one file."""

MAX_BYTES = 50_000_000
MAX_FILES = 50
MAX_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Sitemap:
    """`pages` as they stand in a urlset; `maps` as they stand in a sitemapindex."""

    pages: tuple[str, ...] = ()
    maps: tuple[str, ...] = ()


def parse(payload: bytes) -> Sitemap:
    """Reads XML (also gzipped, also broken behind the part that can be read) and plain lists; empty for all else."""
    data = _unpacked(payload)
    if data.lstrip()[:1] != b"<":
        lines = [line.strip() for line in data.decode("utf-8", "replace").splitlines()]
        return Sitemap(pages=tuple(line for line in lines if line.startswith(("http://", "https://")))[:MAX_URLS])
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return Sitemap()
    if root is None:
        return Sitemap()
    kind = etree.QName(root).localname.lower() if isinstance(root.tag, str) else ""
    found = tuple(
        text.strip()
        for entry in root
        for child in entry
        if isinstance(child.tag, str) and etree.QName(child).localname.lower() == "loc" and (text := child.text)
    )[:MAX_URLS]
    if kind == "sitemapindex":
        return Sitemap(maps=found)
    return Sitemap(pages=found) if kind == "urlset" else Sitemap()


def _unpacked(payload: bytes) -> bytes:
    if payload[:2] != b"\x1f\x8b":
        return payload[:MAX_BYTES]
    try:
        return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(payload, MAX_BYTES)
    except zlib.error:
        return b""
