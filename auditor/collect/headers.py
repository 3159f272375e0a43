"""What a header of an answer says. Headers are bytes from outside: nothing here raises."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

HTML = frozenset(("text/html", "application/xhtml+xml"))
"""The media types of pages."""

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def charset(content_type: str) -> str | None:
    """The charset that a Content-Type names."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def moment(value: str) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7) in UTC; None for anything else, and for numbers that no calendar has."""
    try:
        found = parsedate_to_datetime(value)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
