"""An href as it stands in a page -> the absolute address a browser would go to, or None where there is none."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote, urljoin, urlsplit

MAX_LENGTH = 4_000
_WORTH_KEEPING = 300
"""Longer ones are rarely on two pages, and a hostile page could fill the memory with them."""

_INSIDE = re.compile(r"[\t\r\n]+")
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]{0,30}):")
_UNSAFE = re.compile(r"[^!-~]|[\"<>`{}|]")
_ORIGIN_OF = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*://[^/?#\\]*).*$", re.DOTALL)
_WHOLE = re.compile(r"https?://[^/?#\\\s]")
_ROOTED = re.compile(r"/(?![/\\\t\r\n])")
# Nothing that can be fetched; another unknown scheme (`hhttp:`) is kept, so that it is seen as broken.
_NOWHERE = frozenset(
    ("javascript", "mailto", "tel", "data", "sms", "callto", "whatsapp", "viber", "geo", "about", "blob", "vbscript")
)


def absolute(href: str | None, base: str) -> str | None:
    """Resolves `href` as WHATWG URL does where it matters here: whitespace, backslashes, fragments, spaces.

    None for same-page anchors, script pseudo-addresses and things that are no address at all.
    """
    if not href:
        return None
    if len(href) > _WORTH_KEEPING:
        return _resolve(href, base)
    return _remembered(href, _what_matters_of(base, href))


def is_the_same_everywhere(href: str) -> bool:
    """True where all pages of an origin resolve it alike, as they do what stands in menus."""
    return len(href) <= _WORTH_KEEPING and (_WHOLE.match(href) is not None or _ROOTED.match(href) is not None)


def root_of(base: str) -> str:
    """The part of the base that such an href depends on."""
    return _ORIGIN_OF.sub(r"\1/", base, count=1)


def _what_matters_of(base: str, href: str) -> str:
    if _WHOLE.match(href):
        return "http://x/"
    return root_of(base) if _ROOTED.match(href) else base


def _resolve(href: str, base: str) -> str | None:
    href = _INSIDE.sub("", href.strip(" \t\r\n\f\0\u00a0\u200b"))
    if not href or href[0] == "#" or len(href) > MAX_LENGTH:
        return None
    scheme = _SCHEME.match(href)
    if scheme and scheme[1].lower() in _NOWHERE:
        return None
    if not scheme or scheme[1].lower() in ("http", "https"):
        head, mark, query = href.partition("?")
        href = head.replace("\\", "/") + mark + query
    href = href.partition("#")[0]
    try:
        url = urljoin(base, href)
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and not parts.hostname:
            return None
    except ValueError:
        return None
    if _UNSAFE.search(url):
        url = quote(url, safe="!#$%&'()*+,/:;=?@[]~", errors="replace")
    return url


_remembered = lru_cache(maxsize=16_384)(_resolve)
