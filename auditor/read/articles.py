"""Is a page news, and when was it published? News about a document is not the document (trap T5)."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import unquote, urlsplit

from auditor.read.dates import find_dates, parse_date
from auditor.read.outline import Outline, contents, joined

_SECTION = re.compile(
    r"/(?:berita|news|siaran-?pers|press-?release|kabar|warta|info-?terkini|rilis|beritas?|detail-?berita|baca-?berita|"
    r"post-?berita|berita-\w+|kegiatan-?berita)(?:/|\.|-|$)",
    re.IGNORECASE,
)
_WEAK_SECTION = re.compile(r"/(?:artikel|article|blog)(?:/|$)", re.IGNORECASE)
_BYLINE = re.compile(
    r"\b(?:penulis|diposting|dipublikasikan|diterbitkan|posted\s+(?:on|by)|ditulis|oleh\s*:|by\s+admin|author|reporter|"
    r"kontributor|jurnalis|fotografer|dilihat|dibaca)\b",
    re.IGNORECASE,
)
_NEWS_MARKUP = re.compile(
    r"\"@type\"\s*:\s*\[?\s*\"(?:newsarticle|blogposting|reportagenewsarticle)\"|schema\.org/newsarticle"
)
_DATELINE = re.compile(
    r"(?:\b(?:KOTA|KABUPATEN|"
    r"KAB\.?) )?\b[A-Z]{4,20}(?: [A-Z]{3,15})?,?(?: [A-Z]{3,20}(?:\.[A-Z]{2,4}){0,3})?\s*[–—-]+\s+[A-Z][a-z]"
)
_STATED = re.compile(
    r"\b(?:diposting|dipublikasikan|diterbitkan|tanggal(?:\s+publikasi)?|posted\s+on|published)\b\W*(.{6,60})",
    re.IGNORECASE,
)


def is_news(url: str, text: str, source: str) -> bool:
    """By the section in its address, by schema.org's NewsArticle, or by byline, date and dateline (`BOGOR - ...`).

    A byline alone says nothing: some systems put one on every page, and to Open Graph a profile is an `article` too.
    `source`: the page's source in lower case.
    """
    parts = urlsplit(url)
    path = unquote(parts.path + ("/" + parts.query.replace("=", "/").replace("&", "/") if parts.query else ""))
    if _SECTION.search(path):
        return True
    if ("newsarticle" in source or "blogposting" in source) and _NEWS_MARKUP.search(source):
        return True
    opening = text[:900]
    if not _BYLINE.search(opening) or not find_dates(opening, 1):
        return False
    return bool(_WEAK_SECTION.search(path) or _DATELINE.search(opening))


def published_on(page: Outline) -> date | None:
    """The date of publication that the page itself states: metadata first, then words; None when it states none."""
    stated = contents(page.tags("meta"))
    for name in ("article:published_time", "datepublished", "date", "dc.date", "dc.date.issued", "publish_date"):
        found = parse_date(stated.get(name, "")[:30])
        if found:
            return found
    for script in page.tags("script")[:200]:
        if joined(script.get("type")) == "application/ld+json":
            found = _from_json(script.get_text())
            if found:
                return found
    stamps = (joined(tag.get("datetime")) for tag in page.tags("time"))
    found = next((day for stamp in stamps if (day := parse_date(stamp[:30]))), None)
    if found:
        return found
    said = _STATED.search(page.whole[:20_000])
    return next(iter(find_dates(said[1], 1)), None) if said else None


def _from_json(text: str) -> date | None:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    items = (
        value if isinstance(value, list) else [value, *(value.get("@graph") or [])] if isinstance(value, dict) else []
    )
    for item in items[:20]:
        if isinstance(item, dict) and isinstance(item.get("datePublished"), str):
            found = parse_date(item["datePublished"][:30])
            if found:
                return found
    return None
