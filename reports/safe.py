"""What came from outside passes here before it is shown: what a text, a link and a spreadsheet cell may hold.

Escaping is Jinja's (autoescape); this module does what escaping does not: characters that steer a display, link
schemes that run code, and cells that a spreadsheet would calculate (OWASP, CSV injection).
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

# C0 and C1 controls but tab and newline, Unicode's direction controls (UAX 9), separators that end a line in
# JavaScript, tag characters, and surrogates that stand alone.
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\ud800-\udfff]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_URL_JUNK = re.compile(r"[\s\x00-\x20\x7f\\]")
_UNSAFE = re.compile(r'["<>^`{|}\[\]]')
LINK_LIMIT = 2_000  # longer addresses are shown as text: no server is known to need them, and pages stay small
CELL_LIMIT = 32_000  # a spreadsheet cell holds 32,767 characters


def plain(text: str) -> str:
    """The text without characters that steer a display; each becomes U+FFFD, so that a reader sees it was there."""
    return _STEERING.sub("\ufffd", text)


@lru_cache(maxsize=4_000)
def href(url: str | None) -> str:
    """The URL when it may be a link (http or https, a host, no user name in it), else an empty string.

    What a URL may not hold (RFC 3986) is percent-encoded, as a browser would do when it follows the link.
    """
    if not url or len(url) > LINK_LIMIT or _URL_JUNK.search(url) or _STEERING.search(url):
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https") or not parts.netloc or "@" in parts.netloc:
        return ""
    start = url.index(parts.netloc) + len(parts.netloc)
    return url[:start] + _UNSAFE.sub(lambda found: f"%{ord(found.group()):02X}", url[start:])


@lru_cache(maxsize=8_000)
def clip(text: str, length: int = 200) -> str:
    """At most `length` characters of the text on one line, with an ellipsis where something was cut."""
    line = " ".join(text[: length * 4].split())
    return line if len(line) <= length and len(text) <= length * 4 else line[: length - 1].rstrip() + "…"


def cell(value: str, limit: int = CELL_LIMIT) -> str:
    """A text for CSV: one line, no control characters, and an apostrophe before what a spreadsheet would calculate."""
    guarded = "'" + value if value.startswith(_FORMULA) else value
    return plain(" ".join(guarded.splitlines()))[:limit]


def name(text: str) -> str:
    """The text as one component of a path: letters, digits, dot, hyphen, underscore; never `.` or `..`.

    Raises ValueError where nothing is left.
    """
    kept = re.sub(r"[^A-Za-z0-9._-]+", "-", text).strip(".-")[:80]
    if not kept:
        raise ValueError(f"no file name can be made of {text!r}")
    return kept
