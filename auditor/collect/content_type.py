"""What a Content-Type says (RFC 9110, 8.3)."""

from __future__ import annotations

import re

HTML = frozenset(("text/html", "application/xhtml+xml"))
"""The media types of pages."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def charset(content_type: str) -> str | None:
    """The charset that a Content-Type names."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None
