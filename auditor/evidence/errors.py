"""What can go wrong with the evidence itself; the message is one line that says what to do."""

from __future__ import annotations


class EvidenceError(Exception):
    """The evidence cannot be written or read back."""


class EvidenceDamaged(EvidenceError, ValueError):
    """Archived bytes are not those that were fetched, or cannot be reached any more."""
