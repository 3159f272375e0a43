"""What opening a document gave. Made in the sandbox, so everything here can be pickled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from auditor.model import Personal

WORDS = 4_000
"""Characters kept of the first pages: enough to recognise a document, little enough to keep."""


@dataclass(frozen=True, slots=True)
class Opened:
    """`readable`, `pages` and `flaw` as in `Document`; `words`: the first pages, masked; `reason`: why it is so."""

    format: str
    readable: bool | None = None
    pages: int | None = None
    words: str = ""
    flaw: str = ""
    modified: date | None = None
    personal: tuple[Personal, ...] = ()
    reason: str = ""
