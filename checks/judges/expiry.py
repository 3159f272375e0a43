"""When the certificate of a site ends: soon enough to warn of, at the date of the audit. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from auditor.model import Certificate


def ending_soon(certificate: Certificate, at: datetime, warn_days: int) -> bool:
    """Valid now and over within `warn_days`; one that never lives long warns in its last third."""
    if not certificate.verified:
        return False
    left = certificate.ends - at.astimezone(UTC)
    life = certificate.ends - certificate.begins
    return timedelta(0) < left < min(timedelta(days=warn_days), life / 3)


def expiry_slots(certificate: Certificate, at: datetime) -> dict[str, object]:
    """What a sentence about the end of a certificate says: whose, by whom issued, until when, how many days to go."""
    ends = certificate.ends.astimezone(at.tzinfo)
    return {
        "found": ends.date().isoformat(),
        "n": max(0, (ends.date() - at.date()).days),
        "title": certificate.host,
        "issuer": certificate.issuer or "–",
    }
