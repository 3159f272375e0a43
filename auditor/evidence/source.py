"""The evidence of one run, read only: everything after collecting starts here and nowhere else.

What was read is checked: gzip members by their CRC, payloads by their sha-256. Damage is named in `damaged`; an answer
whose bytes are gone becomes a capture with the cause `evidence-damaged`, so that nobody takes it for absence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from warcio.archiveiterator import ArchiveIterator  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

from auditor.evidence import record as records
from auditor.evidence.conversion import capture_of_conversion
from auditor.evidence.encoding import decoded
from auditor.evidence.errors import EvidenceDamaged
from auditor.evidence.index import Entry
from auditor.evidence.index import read as read_index
from auditor.evidence.members import Damage, Member, one_member, walk
from auditor.evidence.place import Kept, Span
from auditor.evidence.unchanged import Headers, capture_of_unchanged
from auditor.model import Capture, Refusal, Visit

DAMAGED = "evidence-damaged"


@dataclass(slots=True)
class Contents:
    """What the WARC files of a folder hold, without payloads."""

    captures: list[Capture] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    places: dict[str, records.Place] = field(default_factory=dict)  # payload digest as stored -> where
    originals: dict[str, Span] = field(default_factory=dict)  # id of a record that others refer to -> where
    carried: dict[str, Headers] = field(default_factory=dict)  # id of a record of an earlier night -> its HTTP headers
    needed: set[str] = field(default_factory=set)  # ids of records of earlier nights that are to be found here
    referring: dict[tuple[str, int], str] = field(default_factory=dict)  # file, offset of a revisit -> id it refers to
    own: dict[str, list[tuple[str, int]]] = field(default_factory=dict)  # record name -> file, offset
    drawn: set[tuple[str, int]] = field(default_factory=set)  # file, offset of a page as a browser drew it
    damaged: list[str] = field(default_factory=list)
    warcinfo: dict[str, str] = field(default_factory=dict)  # file -> id of its warcinfo record
    committed: dict[str, int] = field(default_factory=dict)  # file -> end of the last thing that stands by itself


class Evidence:
    """Opens `<data>/evidence/<run>`. Holds the captures, never the payloads; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._contents = contents(directory)
        own = sorted((c for c in self._contents.captures if c.via != records.VIA_SECOND), key=lambda c: (c.url, c.at))
        self._attempts = tuple(c for c in own if (c.warc, c.offset) not in self._contents.drawn)
        last: dict[tuple[str, str], Capture] = {(c.site, c.url): c for c in own}
        self._captures = tuple(sorted(last.values(), key=lambda c: (c.url, c.at)))

    @property
    def damaged(self) -> tuple[str, ...]:
        """One line for each stretch of a file that could not be read: file, bytes, why."""
        return tuple(self._contents.damaged)

    def captures(self) -> tuple[Capture, ...]:
        """By URL and time; of an address that was asked several times for one site, the last answer counts."""
        return self._captures

    def attempts(self) -> tuple[Capture, ...]:
        """Every single request, also those that were tried again: what proves how polite we were."""
        return self._attempts

    def second_looks(self) -> tuple[Capture, ...]:
        """What came through the second vantage, by URL; never among `captures`."""
        found = (c for c in self._contents.captures if c.via == records.VIA_SECOND)
        return tuple(sorted(found, key=lambda c: (c.url, c.at)))

    def payload(self, capture: Capture) -> bytes:
        """The decoded payload; empty where nothing came. Raises EvidenceDamaged where it is not what it was."""
        return read_payload(self._directory, capture, self._contents.originals)

    def member(self, capture: Capture) -> bytes | None:
        """The gzip member of the record that holds the capture's bytes, as in the WARC; None where it is lost."""
        place = (capture.warc, capture.offset)
        referred = self._contents.referring.get(place)
        if referred is not None:
            place = self._contents.originals.get(referred, Span("", -1, 0))[:2]
        warc, offset = place
        return one_member(self._directory / warc, offset) if offset >= 0 else None

    def visits(self) -> tuple[Visit, ...]:
        """How each site went, by site id; of several for one site the last."""
        found = {visit["site"]: visit for visit in self.records("visit")}
        return tuple(visit_of(found[site]) for site in sorted(found))

    def records(self, name: str) -> list[dict[str, Any]]:
        """The records that were written under that name, in order."""
        return [json_at(self._directory, *where) for where in self._contents.own.get(name, ())]

    def digest(self) -> str:
        """sha-256 over the sorted (url, cause, status, digest) of the captures: what a judgement was made from."""
        rows = sorted([c.url, c.cause, c.status or 0, c.digest] for c in self._captures)
        return hashlib.sha256(json.dumps(rows, separators=(",", ":")).encode()).hexdigest()


def visit_of(payload: Mapping[str, Any]) -> Visit:
    """A `visit` record as a Visit."""
    return Visit(**{**payload, "refused": tuple(Refusal(**refusal) for refusal in payload.get("refused", ()))})


def warc_files(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.warc.gz"))


def contents(directory: Path) -> Contents:
    """Walks every WARC file of the folder once. A folder that is not there holds nothing."""
    found = Contents()
    for path in warc_files(directory):
        _read_file(path, found)
    _name_missing(directory, found)
    return _without_lost_originals(found)


def _name_missing(directory: Path, found: Contents) -> None:
    """A WARC file that the index knows and that is gone: each of its answers is lost, none of them absent."""
    known = {path.name for path in warc_files(directory)}
    lost = [entry for entry in read_index(directory) if entry.filename not in known]
    for filename in sorted({entry.filename for entry in lost}):
        found.damaged.append(f"{filename}: the file is missing; restore it from a copy")
    site_of = {urlsplit(capture.url).netloc: capture.site for capture in found.captures}
    found.captures += [
        Capture(entry.url, site_of[host], records.parse_date(entry.date), DAMAGED, warc=entry.filename)
        for entry in lost
        if (host := urlsplit(entry.url).netloc) in site_of
    ]


def _read_file(path: Path, found: Contents) -> None:
    warc = path.name
    stories: dict[str, tuple[Mapping[str, str], ArcWarcRecord]] = {}
    damage_seen = False
    for piece in walk(path):
        if isinstance(piece, Damage):
            damage_seen = damage_seen or not piece.last
            end = piece.offset + piece.length
            found.damaged.append(f"{warc}: bytes {piece.offset} to {end} cannot be read: {piece.why}")
            continue
        try:
            record = records.parse(piece.head)
            whole = _keep(record, piece, warc, found, stories)
        except (ValueError, KeyError, TypeError) as error:
            found.damaged.append(f"{warc}: record at {piece.offset} is not one of ours: {error}")
            continue
        if whole:
            found.committed[warc] = piece.offset + piece.length
    if damage_seen:
        found.captures += [_lost(story, record, warc) for story, record in stories.values()]


def _keep(
    record: ArcWarcRecord,
    member: Member,
    warc: str,
    found: Contents,
    stories: dict[str, tuple[Mapping[str, str], ArcWarcRecord]],
) -> bool:
    """Files the record away; True where what was written stands by itself up to here."""
    headers, kind = record.rec_headers, record.rec_type
    record_id = headers.get_header("WARC-Record-ID")
    if kind == "warcinfo":
        found.warcinfo[warc] = record_id
        return True
    if kind == "metadata" and headers.get_header("Content-Type") == records.FIELDS_TYPE:
        told = records.parse_fields(record.raw_stream.read())
        stories[headers.get_header("WARC-Concurrent-To")] = (told, record)
        found.needed.update(told.get("needs", "").split())
        return False
    if kind in ("response", "revisit"):
        span = Span(warc, member.offset, member.length)
        if record_id in found.needed:
            _keep_carried(record, span, found)
            return False
        story, _ = stories.pop(record_id)
        if story.get("refreshes", record_id) in (record_id, *found.carried):
            _keep_answer(record, span, found, story)
        else:
            found.captures.append(_lost(story, record, warc))
        return True
    if kind == "conversion":
        story, _ = stories.pop(record_id)
        drawn = capture_of_conversion(story, record, warc, member.offset)
        found.captures.append(drawn)
        found.drawn.add((warc, member.offset))
        return True
    if kind == "metadata":
        _keep_own(record, member, warc, found)
        return True
    return False


def _keep_answer(record: ArcWarcRecord, span: Span, found: Contents, story: Mapping[str, str]) -> None:
    refers = record.rec_headers.get_header("WARC-Refers-To")
    if "notModified" in story:
        head = found.originals[story["refreshes"]]
        capture = capture_of_unchanged(story, record, found.carried, span.warc, span.offset)
    else:
        head = span
        capture = records.capture_of_answer(story, record, span.warc, span.offset)
    found.captures.append(capture)
    body = span
    if record.rec_type == "response":
        _keep_original(record, span, found)
    else:
        found.referring[span.warc, span.offset] = refers
        body = found.originals.get(refers, span)
    if capture.via != records.VIA_SECOND:
        found.entries.append(entry_of(record, capture, span, head, body))


def _keep_original(record: ArcWarcRecord, span: Span, found: Contents) -> None:
    record_id, uri, date = map(record.rec_headers.get_header, ("WARC-Record-ID", "WARC-Target-URI", "WARC-Date"))
    found.originals[record_id] = span
    found.places[record.rec_headers.get_header("WARC-Payload-Digest")] = records.Place(record_id, uri, date)


def _keep_carried(record: ArcWarcRecord, span: Span, found: Contents) -> None:
    """A record of an earlier night: no answer of tonight, but one of tonight's needs it."""
    record_id = record.rec_headers.get_header("WARC-Record-ID")
    found.carried[record_id] = tuple(record.http_headers.headers) if record.http_headers else ()
    if record.rec_type == "response":
        _keep_original(record, span, found)
        place = found.places[record.rec_headers.get_header("WARC-Payload-Digest")]
        found.entries.append(carried_entry(place, record.rec_headers.get_header("WARC-Payload-Digest"), span))
    else:
        found.originals[record_id] = span


def _keep_own(record: ArcWarcRecord, member: Member, warc: str, found: Contents) -> None:
    uri = record.rec_headers.get_header("WARC-Target-URI")
    if uri.startswith(records.OWN):
        found.own.setdefault(uri.removeprefix(records.OWN), []).append((warc, member.offset))
    else:
        block = record.raw_stream.read()
        found.captures.append(records.capture_of_failure(record, block, warc, member.offset))


def entry_of(record: ArcWarcRecord, capture: Capture, span: Span, head: Span, body: Span) -> Entry:
    """The line of the index for an answer. `head`, `body`: the records with its headers and its bytes."""
    headers = record.rec_headers
    whole = capture.cause == "ok" and capture.status == 200 and capture.size and not capture.truncated
    return Entry(
        url=headers.get_header("WARC-Target-URI"),
        date=headers.get_header("WARC-Date"),
        kind=record.rec_type,
        mime=capture.media_type,
        status=str(capture.status or ""),
        digest=headers.get_header("WARC-Payload-Digest") or "-",
        length=span.length,
        offset=span.offset,
        filename=span.warc,
        kept=Kept(capture.site, capture.digest, head, body) if whole else None,
    )


def carried_entry(place: records.Place, digest: str, span: Span) -> Entry:
    """The line for a response of an earlier night: tonight's revisit leads a replay to it by address and date."""
    return Entry(place.uri, place.date, "response", "", "200", digest, span.length, span.offset, span.warc)


def _lost(story: Mapping[str, str], record: ArcWarcRecord, warc: str) -> Capture:
    """The capture of an exchange whose answer is unreadable though its story is not."""
    return Capture(
        url=story.get("url") or record.rec_headers.get_header("WARC-Target-URI"),
        site=story["site"],
        at=records.parse_date(record.rec_headers.get_header("WARC-Date")),
        cause=DAMAGED,
        via=story.get("via"),
        anchor=story.get("anchor", ""),
        context=story.get("context", ""),
        elapsed_ms=int(story.get("fetchTimeMs", "0")),
        warc=warc,
    )


def _without_lost_originals(found: Contents) -> Contents:
    """A revisit whose original cannot be read has no bytes either."""
    for index, capture in enumerate(found.captures):
        original = found.referring.get((capture.warc, capture.offset))
        if original is not None and original not in found.originals:
            found.captures[index] = replace(capture, cause=DAMAGED, digest="", size=0)
    return found


# ---- reading back ----------------------------------------------------------------------------------------------------


def read_payload(directory: Path, capture: Capture, originals: Mapping[str, Span]) -> bytes:
    """See Evidence.payload."""
    if not capture.digest or capture.offset < 0:
        return b""
    record, stored = _record_at(directory, capture.warc, capture.offset)
    if record.rec_type == "revisit":
        original = originals.get(record.rec_headers.get_header("WARC-Refers-To"))
        if original is None:
            raise EvidenceDamaged(f"{capture.warc}: the bytes of {capture.url} were in a record that cannot be read")
        _, stored = _record_at(directory, *original[:2])
    # Bytes that are not in the encoding they name were digested, and are given back, as they came.
    for payload in (decoded(stored, capture.header("content-encoding"), capture.size), stored):
        if hashlib.sha256(payload).hexdigest() == capture.digest:
            return payload
    raise EvidenceDamaged(
        f"{directory / capture.warc}: the archived bytes of {capture.url} are not those that were fetched "
        "(sha-256 differs); restore this file from a copy"
    )


def _record_at(directory: Path, warc: str, offset: int) -> tuple[ArcWarcRecord, bytes]:
    try:
        with (directory / warc).open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)))
            return record, record.raw_stream.read()
    except (OSError, StopIteration) as error:
        raise EvidenceDamaged(
            f"{directory / warc} cannot be read at {offset}: {error}; restore it from a copy"
        ) from None


def json_at(directory: Path, warc: str, offset: int) -> dict[str, Any]:
    _, block = _record_at(directory, warc, offset)
    loaded: dict[str, Any] = json.loads(block)
    return loaded
