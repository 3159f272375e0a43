"""An officer's answer (*sanggah*) to a finding, and what was seen at the address that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.model.text import Text

VIA_ANSWER = "urn:auditor:tanggapan"
"""What led to an address that no page shows, only an officer's answer: `Capture.via` of such a request."""

Outcome = Literal["held", "partly", "not-held", "unseen"]


@dataclass(frozen=True, slots=True)
class Objection:
    """One answer as written. `asked`: the address that is looked at, where a viewer's address leads to its bytes."""

    finding: str
    url: str
    asked: str
    reason: str
    who: str
    date: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer with its outcome: `held` (the finding is met by what was seen there), `partly`, `not-held` (something
    was seen and it does not bear the answer out), `unseen` (nothing was seen: no failure). `seen`: what was seen."""

    objection: Objection
    outcome: Outcome
    seen: Text
