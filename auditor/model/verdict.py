"""What a judge answers for one subject."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Status(StrEnum):
    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the five items that a document criterion is judged by (PNTP): available current series open searchable."""

    item: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    url: str
    fetched_at: datetime
    digest: str
    warc: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A place that was looked through before absence was said."""

    site: str
    section: str
    pages: int
    refused: tuple[tuple[str, int], ...]  # rule, count
    complete: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge answers for one subject. `low` and `high` (0 to 1) bound the value: the status follows from them.

    `slots` fill the reason's message and the remedy. `applicable` false makes it `not-applicable`.
    """

    subject: str
    low: float
    high: float
    reason: str
    site: str | None = None
    unit: str | None = None
    slots: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    items: tuple[Item, ...] = ()
    searched: tuple[Searched, ...] = ()
    applicable: bool = True

    @property
    def status(self) -> Status:
        if not self.applicable:
            return Status.NOT_APPLICABLE
        if self.low >= 1:
            return Status.MET
        if self.high <= 0:
            return Status.UNMET
        if self.low <= 0 and self.high >= 1:
            return Status.UNKNOWN
        return Status.PARTLY


def finding_id(criterion_id: str, subject: str) -> str:
    """The same in every run: 16 hex digits of the sha-256 of criterion and subject."""
    return hashlib.sha256(f"{criterion_id}\n{subject}".encode()).hexdigest()[:16]
