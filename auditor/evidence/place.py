"""Where a record is, and what a later night has to know of an answer to ask whether it has changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Span(NamedTuple):
    """The gzip member of one record: file name within the folder, bytes."""

    warc: str
    offset: int
    length: int

    def __str__(self) -> str:
        return f"{self.warc}:{self.offset}:{self.length}"

    @classmethod
    def parse(cls, text: str) -> Span:
        """Raises ValueError."""
        warc, offset, length = text.rsplit(":", 2)
        if "/" in warc or not warc.endswith(".warc.gz"):
            raise ValueError(f"{warc!r} is no WARC file of the folder")
        return cls(warc, int(offset), int(length))


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that was whole. `site`: for whom it was asked; `sha256`: of its decoded payload; `head`: the record
    with its HTTP headers; `body`: the one with its bytes, mostly the same."""

    site: str
    sha256: str
    head: Span
    body: Span
