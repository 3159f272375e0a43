"""A capture as a page: what the site sent, as text and never live."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from auditor.model import Capture

SHOWN = 200_000  # bytes of a capture that its page shows
ESCAPED = 600_000  # characters that they may become
_TEXT = re.compile(
    r"^(text/|application/(json|xml|xhtml\+xml|javascript|ld\+json|rss\+xml|atom\+xml|csv))|\+xml|\+json"
)
_CHARSET = re.compile(r"charset=[\"']?([\w.:-]+)", re.I)
_HIDDEN = frozenset({"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"})


def is_text(capture: Capture, payload: bytes) -> bool:
    """Whether the bytes are text: by their media type, and never when they hold a NUL."""
    kind = capture.media_type or capture.header("content-type")
    return b"\0" not in payload[:SHOWN] and bool(_TEXT.search(kind.lower()))


def source(capture: Capture, payload: bytes) -> tuple[Markup, bool]:
    """The first part of the text, escaped, and whether something was cut."""
    named = _CHARSET.search(capture.header("content-type") or capture.media_type)
    text = _decode(payload[:SHOWN], named.group(1) if named else "utf-8")
    whole, shown = len(text), escape(text)
    while len(shown) > ESCAPED:
        text = text[: len(text) * 3 // 4]
        shown = escape(text)
    return shown, len(payload) > SHOWN or len(text) < whole


def headers(capture: Capture) -> tuple[tuple[str, str], ...]:
    """The headers of the answer but those that carry a session."""
    return tuple((name, value) for name, value in capture.headers if name.lower() not in _HIDDEN)


def _decode(payload: bytes, charset: str) -> str:
    try:
        return payload.decode(charset, "replace")
    except (LookupError, ValueError):  # a charset that is none, or a codec that refuses to replace
        return payload.decode("utf-8", "replace")
