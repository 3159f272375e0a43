"""What a header of an answer says. Headers are bytes from outside: nothing here raises."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def moment(value: str) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7) in UTC; None for anything else, and for numbers that no calendar has."""
    try:
        found = parsedate_to_datetime(value)
        return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
