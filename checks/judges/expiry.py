"""When the certificate of a site ends: soon enough to warn of, at the date of the audit. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from auditor.model import Certificate

WARN_DAYS = 14
"""Of days to go from which on an officer has to act; authorities renew a month before."""


def ending_soon(certificate: Certificate, at: datetime) -> bool:
    """Valid now and over within `WARN_DAYS`; one that never lives long warns in its last third."""
    if not certificate.verified:
        return False
    left = certificate.ends - at.astimezone(UTC)
    life = certificate.ends - certificate.begins
    return timedelta(0) < left < min(timedelta(days=WARN_DAYS), life / 3)


def expiry_slots(certificate: Certificate, at: datetime) -> dict[str, object]:
    ends = certificate.ends.astimezone(at.tzinfo)
    return {"found": ends.date().isoformat(), "n": max(0, (ends.date() - at.date()).days), "title": certificate.host}
