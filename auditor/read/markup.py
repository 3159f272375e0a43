"""Bytes of an HTML page -> text that a parser can be given: charset, size and nesting are decided here, once.

Charset: a BOM, then the HTTP header's, then `<meta charset>`, then UTF-8 if the bytes are, else Windows-1252, which is
what browsers do (WHATWG Encoding Standard) and what old government pages are written in.
"""

from __future__ import annotations

import codecs
import re

MAX_BYTES = 5_000_000
MAX_DEPTH = 600

_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-zA-Z0-9_:.-]{2,40})", re.IGNORECASE)
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)")
# Elements without end tag, or whose end tag people leave out: they do not nest.
_FLAT = frozenset(
    (
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
        "dd",
        "dt",
        "td",
        "th",
        "tr",
        "tbody",
        "thead",
        "tfoot",
        "option",
        "optgroup",
        "rp",
        "rt",
        "colgroup",
        "html",
        "body",
        "head",
    )
)
_SUSPICIOUS = 2_000
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Labels that mean Windows-1252 to every browser (WHATWG); strict Latin-1 would turn dashes into control characters.
_LATIN = frozenset(("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "iso8859_1"))


def decode(payload: bytes, charset: str | None = None) -> str:
    """The page as text; never raises. At most `MAX_BYTES` are read, and NUL characters are dropped."""
    payload = payload[:MAX_BYTES]
    for bom, encoding in _BOMS:
        if payload.startswith(bom):
            return payload[len(bom) :].decode(encoding, "replace").replace("\0", "")
    for name in (charset, _declared(payload)):
        labelled = _by_label(payload, name)
        if labelled is not None:
            return labelled.replace("\0", "")
    try:
        text = payload.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a character is still UTF-8.
        whole = error.start >= len(payload) - 4
        text = payload.decode("utf-8", "ignore") if whole else payload.decode("cp1252", "replace")
    return text.replace("\0", "")


def charset_of(content_type: str) -> str | None:
    """The charset that a Content-Type names (RFC 9110, 8.3)."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def tame(text: str) -> str:
    """The text cut off where it nests deeper than any page made by people: parsers are quadratic there."""
    place = _too_deep(text)
    return text if place is None else text[:place]


def nests_too_deep(text: str) -> bool:
    """True where `tame` would cut."""
    return _too_deep(text) is not None


def _too_deep(text: str) -> int | None:
    if text.count("<") - 2 * text.count("</") < _SUSPICIOUS:
        return None
    depth = 0
    for tag in _TAG.finditer(text):
        if tag[2].lower() in _FLAT:
            continue
        depth += -1 if tag[1] else 1
        if depth > MAX_DEPTH:
            return tag.start()
    return None


def _declared(payload: bytes) -> str | None:
    found = _META.search(payload, 0, 4096)
    return found[1].decode("ascii") if found else None


def _by_label(payload: bytes, label: str | None) -> str | None:
    if not label:
        return None
    label = label.strip().strip("\"'").lower()
    if label in _LATIN:
        label = "cp1252"
    try:
        name = codecs.lookup(label).name
        if name == "utf-8":
            return payload.decode("utf-8")
        return payload.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError, AssertionError):
        return None
