"""Addresses: which are the same, whose they are, which look like a document. Pure.

`key` decides only whether two addresses are one; what is fetched is always the address as it was found.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from w3lib.url import canonicalize_url, url_query_cleaner

MAX_LENGTH = 2000
"""Longer addresses are not followed: no document of a government needs one, and crawler traps make them."""

# They say who follows a link, or who is visiting, never what is shown.
_FOR_THE_KEY_NOTHING = [
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "fbclid",
    "gclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "PHPSESSID",
    "phpsessid",
    "jsessionid",
    "JSESSIONID",
    "sid",
    "SID",
    "sessionid",
    "session_id",
    "ASPSESSIONID",
    "osCsid",
    "zenid",
    "CFID",
    "CFTOKEN",
]
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_BREAKING = re.compile(r"[\x00-\x20\x7f]")
_IS_ITS_KEY = re.compile(r"(?!.*/\.)https?://[a-z0-9.-]+(?::(?!80/|443/)\d+)?/[A-Za-z0-9._~/-]*")
_DEFAULT_PORT = {"http": ":80", "https": ":443"}

DOCUMENT_SUFFIXES = frozenset(
    [
        "pdf",
        "doc",
        "docx",
        "xls",
        "xlsx",
        "xlsb",
        "xlsm",
        "ods",
        "odt",
        "odp",
        "ppt",
        "pptx",
        "csv",
        "tsv",
        "json",
        "geojson",
        "xml",
        "kml",
        "kmz",
        "rdf",
        "ttl",
        "txt",
        "rtf",
        "zip",
        "rar",
        "7z",
        "gz",
    ]
)
_DOCUMENT_HOSTS = frozenset(
    [
        "drive.google.com",
        "docs.google.com",
        "drive.usercontent.google.com",
        "sheets.google.com",
        "bit.ly",
        "s.id",
        "tinyurl.com",
        "cutt.ly",
        "goo.gl",
        "dropbox.com",
        "dl.dropboxusercontent.com",
        "onedrive.live.com",
        "1drv.ms",
        "mediafire.com",
        "mega.nz",
        "scribd.com",
        "issuu.com",
        "fliphtml5.com",
        "online.fliphtml5.com",
        "anyflip.com",
        "online.anyflip.com",
        "heyzine.com",
        "pubhtml5.com",
        "view.officeapps.live.com",
    ]
)
_DOCUMENT_HOST_ENDS = (".sharepoint.com",)


def is_web(url: str) -> bool:
    """http or https with a host, and nothing in it that would end a line."""
    if _BREAKING.search(url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def host(url: str) -> str:
    """Host name in lower case, without port; empty where there is none."""
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin(url: str) -> str:
    """Scheme, host and port: what one robots.txt rules."""
    parts = urlsplit(key(url))
    return f"{parts.scheme}://{parts.netloc}"


def path(url: str) -> str:
    return urlsplit(url).path or "/"


def key(url: str) -> str:
    """Two addresses with the same key are one: order of the query, default port, session ids and marks of campaigns
    make no difference. What is no address is its own key."""
    if _IS_ITS_KEY.fullmatch(url):
        return url
    return _remembered_key(url) if len(url) <= _WORTH_KEEPING else _key(url)


def _key(url: str) -> str:
    try:
        return _canonical(url)
    except ValueError:
        return url


def _canonical(url: str) -> str:
    parts = urlsplit(url)
    port = _DEFAULT_PORT.get(parts.scheme, "")
    if port and parts.netloc.endswith(port):
        url = parts._replace(netloc=parts.netloc.removesuffix(port)).geturl()
    if parts.query:
        url = url_query_cleaner(url, _FOR_THE_KEY_NOTHING, remove=True, unique=False, keep_fragments=False)
    url = _PATH_SESSION.sub("", url)
    canonical: str = canonicalize_url(url)
    return canonical


_WORTH_KEEPING = 300
_remembered_key = lru_cache(maxsize=16_384)(_key)
"""The menu of a site is on all of its pages. Longer addresses are not kept: a hostile page could fill the memory."""


def looks_like_document(url: str) -> bool:
    """By its ending, or because its host does nothing but show documents or lead to them."""
    name = host(url).removeprefix("www.")
    if name in _DOCUMENT_HOSTS or name.endswith(_DOCUMENT_HOST_ENDS):
        return True
    return _suffix(url) in DOCUMENT_SUFFIXES


def _suffix(url: str) -> str:
    parts = urlsplit(url)
    last = unquote(parts.path).rpartition("/")[2].lower()
    return last.rpartition(".")[2] if "." in last else ""
