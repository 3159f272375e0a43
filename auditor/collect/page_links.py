"""The links of a page, from its bytes or from what was read of the same bytes on an earlier night.

They are a pure function of the bytes, the address and the charset of the header, so a page that has not changed need
not be parsed, nor even unpacked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from auditor.collect.reading import Got
from auditor.model import Link
from auditor.read.known_links import known_links
from auditor.read.links import Known, links
from auditor.read.markup import charset_of
from auditor.read.memory import Memory, remembered_of
from auditor.read.structured import described_in

Row = tuple[str, str, str, str]


class PageLinks:
    """`payload`: the decoded bytes of an answer."""

    def __init__(self, memory: Memory, payload: Callable[[Got], bytes]) -> None:
        self._memory = memory
        self._payload = payload

    def of(self, got: Got, met: Known) -> tuple[Link, ...]:
        """The links to addresses not met before: as they were read on an earlier night, or else from the bytes."""
        capture = got.capture
        known = known_links(self._memory, self._digest(got), capture, met.unmet)
        if known is not None:
            return known
        return links(self._payload(got), capture.url, charset_of(capture.header("content-type")), met)

    def described(self, got: Got) -> tuple[Link, ...]:
        """The files of datasets that the page describes for machines."""
        capture = got.capture
        rows = self._remembered(
            got,
            ("described", capture.url, capture.media_type, capture.header("content-type")),
            lambda page: [
                (file.url, file.name, one.title, "main") for one in described_in(page, capture) for file in one.files
            ],
        )
        return tuple(Link(*row) for row in rows)  # type: ignore[arg-type]  # region is one of its words

    def _remembered(self, got: Got, inputs: tuple[object, ...], read: Callable[[bytes], list[Row]]) -> list[Row]:
        rows = remembered_of(self._memory, list, self._digest(got), inputs, lambda: read(self._payload(got)))
        assert isinstance(rows, list)  # reading links never breaks
        return rows

    def _digest(self, got: Got) -> str:
        """An answer of this very run's archive is not believed by the digest that stands beside it."""
        return hashlib.sha256(self._payload(got)).hexdigest() if got.from_archive else got.capture.digest
