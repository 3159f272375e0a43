"""What a Content-Type says (RFC 9110, 8.3)."""

from __future__ import annotations

HTML = frozenset(("text/html", "application/xhtml+xml"))
"""The media types of pages."""
