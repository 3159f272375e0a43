"""Is a page news, and when was it published? News about a document is not the document (trap T5)."""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup, Tag

from auditor.read.dates import find_dates, parse_date

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
    r"\"@type\"\s*:\s*\[?\s*\"(?:NewsArticle|BlogPosting|ReportageNewsArticle)\"|schema\.org/NewsArticle"
)
_DATELINE = re.compile(
    r"(?:\b(?:KOTA|KABUPATEN|KAB\.?) )?\b[A-Z]{4,20}(?: [A-Z]{3,15})?,?(?: [A-Z]{3,20}(?:\.[A-Z]{2,4}){0,3})?\s*[–—-]+\s+[A-Z][a-z]"
)
_STATED = re.compile(
    r"\b(?:diposting|dipublikasikan|diterbitkan|tanggal(?:\s+publikasi)?|posted\s+on|published)\b\W*(.{6,60})",
    re.IGNORECASE,
)


def is_news(url: str, text: str, source: str) -> bool:
    """By the section in its address, by schema.org's NewsArticle, or by a byline and date with a dateline (`BOGOR - ...`).

    A byline alone says nothing: some systems put one on every page, and to Open Graph a profile is an `article` too.
    """
    parts = urlsplit(url)
    path = unquote(parts.path + ("/" + parts.query.replace("=", "/").replace("&", "/") if parts.query else ""))
    if _SECTION.search(path):
        return True
    if _NEWS_MARKUP.search(source):
        return True
    opening = text[:900]
    if not _BYLINE.search(opening) or not find_dates(opening, 1):
        return False
    return bool(_WEAK_SECTION.search(path) or _DATELINE.search(opening))


def published_on(soup: BeautifulSoup) -> date | None:
    """The date of publication that the page itself states: metadata first, then words; None when it states none."""
    for name in ("article:published_time", "datePublished", "date", "dc.date", "DC.date.issued", "publish_date"):
        tag = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
        if isinstance(tag, Tag):
            found = parse_date(str(tag.get("content") or "")[:30])
            if found:
                return found
    for script in soup.find_all("script", attrs={"type": "application/ld+json"}, limit=5):
        found = _from_json(script.get_text())
        if found:
            return found
    stamp = soup.find("time", attrs={"datetime": True})
    if isinstance(stamp, Tag):
        found = parse_date(str(stamp.get("datetime"))[:30])
        if found:
            return found
    said = _STATED.search(soup.get_text(" ")[:20_000])
    dates = find_dates(said[1], 1) if said else ()
    return dates[0] if dates else None


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
