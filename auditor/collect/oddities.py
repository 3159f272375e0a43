"""Answers that came whole and are not what they say: named in the capture's detail, so that evidence and report can.

They are read all the same, as far as they go: a browser shows them too. Pure; looks at each answer once, cheaply.
"""

from __future__ import annotations

from auditor.model import Text
from auditor.read.markup import charset_of, decode, nests_too_deep
from auditor.read.sniff import sniff

MARK = "odd: "

ODDITIES = {
    "nul-bytes": Text("Halaman berisi bita NUL.", "The page holds NUL bytes."),
    "charset-lie": Text(
        "Halaman tidak tertulis dalam pengodean yang disebut server.",
        "The page is not written in the charset that the server names.",
    ),
    "type-lie": Text(
        "Isi bukan jenis berkas yang disebut server (Content-Type).",
        "The content is not of the type that the server names (Content-Type).",
    ),
    "nested-too-deep": Text(
        "Unsur HTML bersarang terlalu dalam; yang lebih dalam tidak dibaca.",
        "HTML elements nest too deep; what lies deeper is not read.",
    ),
}

_BINARY = frozenset(
    ("pdf", "zip", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "rar", "7z", "jpg", "png")
)
_PROMISED = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "application/zip": "zip",
}


def oddities(content_type: str, payload: bytes) -> tuple[str, ...]:
    """The names of what is odd about an answer, those of `ODDITIES`; for text also by its charset."""
    media = content_type.partition(";")[0].strip().lower()
    found = []
    if _is_text(media) and b"\0" in payload and not payload.startswith((b"\xff\xfe", b"\xfe\xff")):
        found.append("nul-bytes")
    if _is_text(media) and _lies_about_charset(content_type, payload):
        found.append("charset-lie")
    if _lies_about_type(media, payload):
        found.append("type-lie")
    if media == "text/html" and payload.count(b"<") - 2 * payload.count(b"</") > 0 and nests_too_deep(decode(payload)):
        found.append("nested-too-deep")
    return tuple(found)


def detail_of(content_type: str, payload: bytes) -> str:
    """What a capture's detail says of it, or nothing."""
    found = oddities(content_type, payload)
    return MARK + ", ".join(found) if found else ""


def _is_text(media: str) -> bool:
    return media.startswith("text/") or media in ("application/xhtml+xml", "application/xml")


def _lies_about_charset(content_type: str, payload: bytes) -> bool:
    said = charset_of(content_type)
    if said is None or payload.isascii():
        return False
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError as error:
        is_utf8 = error.start >= len(payload) - 4
    else:
        is_utf8 = True
    name = said.lower()
    if name in ("utf-8", "utf8"):
        return not is_utf8
    try:
        payload.decode(name)
    except (LookupError, UnicodeError):
        return True
    return is_utf8


def _lies_about_type(media: str, payload: bytes) -> bool:
    promised = _PROMISED.get(media)
    if promised is None and media != "text/html":
        return False
    if media == "text/html" and payload[:1] in (b"<", b"\n", b" ", b"\r", b"\t", b"\xef"):
        return False
    kind = sniff(payload)
    return kind != promised if promised else kind in _BINARY
