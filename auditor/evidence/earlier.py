"""What earlier nights have archived, for the night that is under way: asked again only where it has changed.

The index of a folder says where an answer may be; nothing is believed that was not read back and found to be the bytes
of then, so a damaged or forged index or archive costs one full request, never a wrong finding. What is used is copied
into tonight's archive, member by member: the folders read here may be removed the next day.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from auditor.evidence.encoding import Undecodable
from auditor.evidence.errors import EvidenceError
from auditor.evidence.index import read
from auditor.evidence.place import Kept, Span
from auditor.evidence.readback import first_of, pieces, read_back
from auditor.evidence.record import Place, parse_date

_SMALL = 1 << 17  # compressed
_IN_MEMORY = 1_000_000


@dataclass(frozen=True, slots=True)
class Carried:
    """A record of an earlier night that goes into tonight's archive as it is."""

    record_id: str
    descriptor: int
    span: Span

    def pieces(self) -> Iterator[bytes]:
        """Its gzip member. Raises EvidenceDamaged."""
        return pieces(self.descriptor, self.span)


@dataclass(frozen=True, slots=True)
class Known:
    """An answer of an earlier night, read back and found whole. `at`: when it came; `sha256` and `size` are those of
    the decoded payload; `digest` and `place` say which bytes are stored where; `head_id` is the record with its
    headers; `records`: what holds all this; `body`: the decoded payload where it is small."""

    at: datetime
    headers: tuple[tuple[str, str], ...]
    sha256: str
    size: int
    digest: str
    place: Place
    head_id: str
    records: tuple[Carried, ...]
    body: bytes | None = None

    @property
    def uri(self) -> str:
        return self.place.uri

    def payload(self) -> bytes:
        """The decoded payload of an answer that is one record. Raises EvidenceError and what `read_back` raises."""
        if self.body is not None:
            return self.body
        kept: list[bytes] = []
        read_back(self.records[0].descriptor, self.records[0].span, None, kept)
        return b"".join(kept)

    def header(self, name: str) -> str:
        """The first header of that name (in lower case), or an empty string."""
        return first_of(self.headers, name)


class Earlier:
    """The answers of earlier runs by the address that would be asked, the newest first. Safe for several threads."""

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._nights = [_Night(folder) for folder in folders]

    def find(self, site: str, uri: str) -> Known | None:
        """The newest whole answer (200) of that address, as it goes over the wire, for that site."""
        for night in self._nights:
            kept = night.answers.get((site, uri))
            if kept is not None and (known := night.known(kept, uri)) is not None:
                return known
        return None

    def same_bytes(self, digest: str) -> Known | None:
        """A response that holds the bytes with this digest (as stored)."""
        for night in self._nights:
            found = night.bodies.get(digest)
            if found is not None and (known := night.known(*found)) is not None and known.digest == digest:
                return known
        return None

    def listing(self, site: str, part: str) -> list[Known]:
        """The answers for that site whose addresses contain `part`, of the newest night that has any; by time, the same
        bytes once. Nothing where one of them cannot be read back: half a listing is none."""
        for night in self._nights:
            found = [(uri, kept) for (one, uri), kept in night.answers.items() if one == site and part in uri]
            if found:
                own = {kept.head for _, kept in found}
                known = [night.known(kept, uri) for uri, kept in found if kept.head == kept.body]
                whole = [one for one in known if one is not None]
                lost = len(whole) < len(known) or any(kept.body not in own for _, kept in found)
                return [] if lost else sorted(whole, key=lambda one: one.at)
        return []

    def close(self) -> None:
        for night in self._nights:
            night.close()


class _Night:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._open: dict[str, int] = {}
        self._lock = threading.Lock()
        self.answers: dict[tuple[str, str], Kept] = {}
        self.bodies: dict[str, tuple[Kept, str]] = {}
        for entry in read(folder):  # sorted by time: the last answer counts
            if entry.kept is not None:
                self.answers[entry.kept.site, entry.url] = entry.kept
                if entry.kind == "response":
                    self.bodies[entry.digest] = entry.kept, entry.url

    def known(self, kept: Kept, uri: str) -> Known | None:
        """What is kept there, read back; None where it is not what the index says."""
        try:
            payload: list[bytes] | None = [] if kept.body.length < _SMALL else None
            alone = kept.body == kept.head
            head = read_back(self._descriptor(kept.head), kept.head, None, payload if alone else None)
            body = head
            records: tuple[Carried, ...] = (self._carried(kept.head, head.fields),)
            if not alone:
                encoding = first_of(head.headers, "content-encoding")
                body = read_back(self._descriptor(kept.body), kept.body, encoding, payload)
                records = (*records, self._carried(kept.body, body.fields))
            is_it = body.sha256 == kept.sha256 and head.fields["warc-target-uri"] == uri and head.status == "200"
            if not is_it or body.fields["warc-type"] != "response" or "warc-truncated" in body.fields:
                return None
            return Known(
                at=parse_date(head.fields["warc-date"]),
                headers=head.headers,
                sha256=body.sha256,
                size=body.size,
                digest=body.fields["warc-payload-digest"],
                place=Place(records[-1].record_id, body.fields["warc-target-uri"], body.fields["warc-date"]),
                head_id=records[0].record_id,
                records=records,
                body=b"".join(payload) if payload is not None and body.size < _IN_MEMORY else None,
            )
        except (OSError, EvidenceError, Undecodable, ValueError, KeyError, IndexError):
            return None

    def _carried(self, span: Span, fields: dict[str, str]) -> Carried:
        return Carried(fields["warc-record-id"], self._descriptor(span), span)

    def _descriptor(self, span: Span) -> int:
        with self._lock:
            if span.warc not in self._open:
                self._open[span.warc] = os.open(self._folder / span.warc, os.O_RDONLY)
            return self._open[span.warc]

    def close(self) -> None:
        with self._lock:
            for descriptor in self._open.values():
                with contextlib.suppress(OSError):
                    os.close(descriptor)
            self._open.clear()
