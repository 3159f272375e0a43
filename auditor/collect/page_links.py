"""The links of a page, from its bytes or from what was read of the same bytes on an earlier night.

They are a pure function of the bytes, the address and the charset of the header, so a page that has not changed need
not be parsed, nor even unpacked. What is remembered is kept as plain strings: they are loaded faster than parsed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from auditor.collect.reading import Got
from auditor.model import Link
from auditor.read.links import links
from auditor.read.memory import Memory, remembered_of
from auditor.read.structured import described_in

Row = tuple[str, str, str, str]


class PageLinks:
    """`payload`: the decoded bytes of an answer."""

    def __init__(self, memory: Memory, payload: Callable[[Got], bytes]) -> None:
        self._memory = memory
        self._payload = payload

    def of(self, got: Got, charset: str | None) -> tuple[Link, ...]:
        """Every link of the page, in its order."""
        url = got.capture.url
        rows = self._remembered(
            got,
            ("links", url, charset),
            lambda page: [(link.url, link.text, link.context, link.region) for link in links(page, url, charset)],
        )
        return tuple(Link(*row) for row in rows)  # type: ignore[arg-type]  # region is one of its words

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
        # An answer of this very run's archive is not believed by the digest that stands beside it.
        digest = hashlib.sha256(self._payload(got)).hexdigest() if got.from_archive else got.capture.digest
        rows = remembered_of(self._memory, list, digest, inputs, lambda: read(self._payload(got)))
        assert isinstance(rows, list)  # reading links never breaks
        return rows
