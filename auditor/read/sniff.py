"""What bytes truly are, whatever their name or the server says. Pure: own signatures, no system library."""

from __future__ import annotations

import io
import json
import re
import zipfile

FORMATS = frozenset(
    (
        *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "ppt", "zip", "rar", "7z", "gz", "html"),
        *("json", "geojson", "csv", "xml", "jpg", "png", "gif", "webp", "text", "empty", "binary"),
    )
)
"""Every answer that `sniff` gives."""

_HEAD = 4096
_BLANK = b"\0 \t\r\n"
_MAGIC = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"\xff\xd8\xff", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"{\\rtf", "doc"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|script|table|p|h1|center|a\s)[\s>/]", re.IGNORECASE
)
_XML_HTML = re.compile(rb"<html[\s>]", re.IGNORECASE)
_MEMBERS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_OPENDOCUMENT = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def sniff(payload: bytes) -> str:
    """One of `FORMATS`. Never raises; a truncated ZIP is still `zip`."""
    if not payload[:_HEAD].strip(_BLANK) and not payload.strip(_BLANK):
        return "empty"
    if b"%PDF-" in payload[:1024]:
        # A page about PDFs is still a page.
        return "html" if _HTML.search(payload[: payload.index(b"%PDF-")]) else "pdf"
    for magic, name in _MAGIC:
        if payload.startswith(magic):
            return name
    if payload[:4] == b"RIFF" and payload[8:12] == b"WEBP":
        return "webp"
    if payload[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zip(payload)
    if payload.startswith(_OLE):
        return _ole(payload)
    return _textual(payload)


def _zip(payload: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            names = archive.namelist()[:2000]
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, RuntimeError):
        names = [
            name.decode("latin-1")
            for name in re.findall(rb"PK\x03\x04.{26}([ -~]{3,60})", payload[:200_000], re.DOTALL)
        ]
    if "mimetype" in names:
        for mark, name in _OPENDOCUMENT.items():
            if mark in payload[:200]:
                return name
    if "[Content_Types].xml" in names or any(n.startswith("_rels/") for n in names):
        for prefix, name in _MEMBERS:
            if any(member.startswith(prefix) for member in names):
                return name
    return "zip"


def _ole(payload: bytes) -> str:
    for mark, name in (("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc"), ("PowerPoint Document", "ppt")):
        if mark.encode("utf-16-le") in payload:
            return name
    return "doc"


def _textual(payload: bytes) -> str:
    head = payload[:_HEAD]
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        head = head.decode("utf-32", "ignore").encode()
    elif head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "ignore").encode()
    if head.startswith(b"\xef\xbb\xbf"):
        head = head[3:]
    if len(head.translate(None, _CONTROL)) < 0.98 * len(head):
        return "html" if _HTML.search(head) and b"\0" not in head[:200] else "binary"
    start = head.lstrip()
    if start[:1] in (b"{", b"["):
        return _json(payload)
    if start.startswith(b"<"):
        if start.startswith(b"<?xml"):
            return "html" if _XML_HTML.search(start) else "xml"
        if _HTML.search(start):
            return "html"
        return "xml" if re.match(rb"<[A-Za-z_][\w:.-]*[\s>/]", start) else "text"
    if _HTML.search(head) and head.count(b"<") > 3:
        return "html"
    return "csv" if _delimited(head) else "text"


def _json(payload: bytes) -> str:
    if len(payload) > 50_000_000:
        return "json"
    try:
        value = json.loads(payload)
    except (ValueError, RecursionError):
        return "text"
    if isinstance(value, dict) and value.get("type") in ("FeatureCollection", "Feature", "Topology"):
        return "geojson"
    return "json"


def _delimited(head: bytes) -> bool:
    lines = head.splitlines()
    # The last line of a longer text is cut off.
    lines = [line for line in (lines[:-1] if len(head) >= _HEAD // 2 else lines) if line.strip()][:12]
    for mark in (b";", b"\t", b",", b"|"):
        counts = [line.count(mark) for line in lines]
        if len(lines) >= 2 and counts and max(counts) >= 1:
            common = max(set(counts), key=counts.count)
            prose = mark == b"," and _reads_as_prose(lines)
            if common >= 1 and counts.count(common) >= 0.6 * len(lines) and not prose:
                return True
    return False


def _reads_as_prose(lines: list[bytes]) -> bool:
    """Commas of a sentence stand before a space."""
    text = b"\n".join(lines)
    words = sum(line.count(b" ") for line in lines)
    return text.count(b", ") >= 0.8 * text.count(b",") and words > 3 * len(lines)
