"""Where the collection writes. One folder a run, WARC/1.1 files of gzip members, an index when it is closed.

A writer opens what is there and goes on behind the last thing that stands by itself: what a killed process wrote half
is cut off, all else stays. Records are packed outside the lock and appended in one piece.
"""

from __future__ import annotations

import errno
import os
import shutil
import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]
from warcio.warcwriter import WARCWriter  # type: ignore[import-untyped]

from auditor import __version__
from auditor.evidence import conversion
from auditor.evidence import record as records
from auditor.evidence.earlier import Carried, Earlier, Known
from auditor.evidence.errors import EvidenceDamaged, EvidenceError
from auditor.evidence.index import write as write_index
from auditor.evidence.members import Packed
from auditor.evidence.place import Kept, Span
from auditor.evidence.record import Exchange, Origin
from auditor.evidence.serial import write_record
from auditor.evidence.source import Contents, carried_entry, contents, entry_of, json_at, read_payload, warc_files
from auditor.evidence.unchanged import carried_story, needs, unchanged_capture, unchanged_records
from auditor.model import Capture

__all__ = ["EvidenceError", "EvidenceWriter", "Exchange", "Origin"]

MAX_FILE = 1 << 30
"""A new file is begun behind 1 GiB (ISO 28500 recommends it)."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class EvidenceWriter:
    """Opens or resumes a folder of evidence; safe to use from several threads. Raises EvidenceError.

    `earlier`: folders of nights before, the newest first; what has not changed since is copied from there.
    """

    def __init__(self, directory: Path, earlier: Sequence[Path] = ()) -> None:
        self._directory = directory
        self.earlier = Earlier(earlier)
        self._lock = threading.Lock()
        self._closed = False
        try:
            directory.mkdir(parents=True, exist_ok=True)
            self._contents: Contents = contents(directory)
            self._cut_torn_tail()
            self._there = tuple(self._contents.captures)
            self._open()
        except OSError as error:
            raise _told(directory, error) from None

    # ---- what the collection calls ----

    def exchange(self, exchange: Exchange) -> Capture:
        """Archives a request and its answer. `exchange.body` is read from its start, and not closed."""
        packed, made = self._pack_exchange(exchange, None if exchange.alone else self.earlier)
        try:
            with self._lock:
                if made.digest in self._contents.places and made.answer.rec_type == "response" and made.answer.length:
                    packed.close()
                    packed, made = self._pack_exchange(exchange, None)
                try:
                    return self._commit_exchange(exchange, packed, made)
                except EvidenceDamaged:  # of the earlier night: the bytes that came are here
                    packed.close()
                    packed, made = self._pack_exchange(exchange, None)
                    return self._commit_exchange(exchange, packed, made)
        finally:
            packed.close()

    def unchanged(self, exchange: Exchange, known: Known) -> Capture:
        """Archives a conditional request whose answer was that `known` is still right (304), and `known` with it.

        Raises EvidenceDamaged where `known` can no longer be read; nothing is written then.
        """
        exchange = replace(exchange, digest=known.sha256, size=known.size)
        packed_records = unchanged_records(self._builder, exchange, self._warcinfo, known)
        made = _Made(packed_records, known.digest, known.place, known)
        packed = _pack(made.records)
        try:
            with self._lock:
                return self._commit_exchange(exchange, packed, made)
        finally:
            packed.close()

    def carry(self, known: Known, origin: Origin, at: datetime) -> Capture:
        """Takes a whole answer of an earlier night into tonight's captures, under its own date; once. Raises
        EvidenceDamaged where it can no longer be read."""
        record, capture = carried_story(self._builder, self._warcinfo, known, origin, at)
        packed = _pack([record])
        try:
            with self._lock:
                there = self._contents.originals.get(known.head_id)
                if there is not None:
                    if any(entry.kept is not None and entry.kept.head == there for entry in self._contents.entries):
                        return replace(capture, warc=there.warc, offset=there.offset)
                    raise EvidenceDamaged(f"{known.uri}: its record is here for another answer; it is asked for again")
                end = packed.spans[-1][1]
                span = Span(
                    self._path.name, self._append(packed, end, known.records) + end, known.records[0].span.length
                )
                self._contents.originals[known.head_id] = span
                self._contents.places.setdefault(known.digest, known.place)
                entry = carried_entry(known.place, known.digest, span)
                kept = Kept(origin.site, known.sha256, span, span)
                self._contents.entries.append(replace(entry, mime=capture.media_type, kept=kept))
                self._next_file_when_full()
                return replace(capture, warc=span.warc, offset=span.offset)
        finally:
            packed.close()

    def failure(
        self, *, url: str, origin: Origin, at: datetime, cause: str, elapsed_ms: int = 0, detail: str = ""
    ) -> Capture:
        """Archives that there was no answer, and why. `cause` is a word of `auditor.collect.causes`."""
        capture = Capture(
            url=url,
            site=origin.site,
            at=at,
            cause=cause,
            via=origin.via or None,
            anchor=records.words(origin.anchor),
            context=records.words(origin.context),
            elapsed_ms=elapsed_ms,
            detail=records.words(detail),
        )
        warc, offset = self._append_json(url, at, records.failure_payload(capture))
        return replace(capture, warc=warc, offset=offset)

    def drawn(self, capture: Capture, document: bytes, at: datetime, detail: str = "") -> Capture:
        """Archives the page of a capture as a browser drew it; the capture of that, which takes the other's place."""
        made = conversion.drawn_capture(capture, document, at, detail)
        place = (capture.warc, capture.offset)
        with self._lock:
            same = (one for one, span in self._contents.originals.items() if (span.warc, span.offset) == place)
            refers_to = next(same, self._contents.referring.get(place, ""))
        packed = _pack(conversion.conversion_records(self._builder, made, document, self._warcinfo, refers_to))
        try:
            with self._lock:
                start = self._append(packed)
                made = replace(made, warc=self._path.name, offset=start + packed.spans[-1][0])
                self._next_file_when_full()
                return made
        finally:
            packed.close()

    def record(self, name: str, payload: Mapping[str, Any]) -> None:
        """Keeps a fact of our own (`visit`, `portal`, `run`) as `urn:auditor:<name>`; what `Evidence.records` gives."""
        where = self._append_json(records.OWN + name, datetime.now(UTC), payload)
        with self._lock:
            self._contents.own.setdefault(name, []).append(where)

    def captures(self) -> tuple[Capture, ...]:
        """What was archived before this writer was opened, each attempt, in the order of the files."""
        return self._there

    def records(self, name: str) -> list[dict[str, Any]]:
        """The records under that name, also those of this writer, in order."""
        with self._lock:
            places = tuple(self._contents.own.get(name, ()))
        return [json_at(self._directory, *place) for place in places]

    def payload(self, capture: Capture) -> bytes:
        """The decoded payload of an archived capture. Raises EvidenceError."""
        return read_payload(self._directory, capture, self._contents.originals)

    def close(self) -> None:
        """Makes it last (fsync) and writes the index. Raises EvidenceError. Calling it again does nothing."""
        self.earlier.close()
        with self._lock:
            if self._closed:
                return
            self._closed = True
            try:
                os.fsync(self._file.fileno())
                self._file.close()
            except OSError as error:
                raise _told(self._path, error) from None
            write_index(self._directory, self._contents.entries)

    # ---- files ----

    def _cut_torn_tail(self) -> None:
        files = warc_files(self._directory)
        if not files:
            return
        last = files[-1]
        end = self._contents.committed.get(last.name, 0)
        if end < last.stat().st_size:
            os.truncate(last, end)
            self._contents = contents(self._directory)  # what was carried over for a torn answer is gone with it

    def _open(self) -> None:
        files = warc_files(self._directory)
        self._path = files[-1] if files else self._directory / _file_name(1)
        self._file = self._path.open("ab", buffering=0)
        self._begin_file()

    def _begin_file(self) -> None:
        self._builder = WARCWriter(None, gzip=False, warc_version="1.1")
        known = self._contents.warcinfo.get(self._path.name)
        if known:
            self._warcinfo: str = known
            return
        info = self._builder.create_warcinfo_record(
            self._path.name,
            {
                "software": f"TransparencyAuditor/{__version__}",
                "format": "WARC File Format 1.1",
                "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            },
        )
        self._warcinfo = info.rec_headers.get_header("WARC-Record-ID")
        packed = _pack([info])
        try:
            self._append(packed)
        finally:
            packed.close()

    def _next_file_when_full(self) -> None:
        if self._file.tell() < MAX_FILE:
            return
        os.fsync(self._file.fileno())
        self._file.close()
        self._path = self._directory / _file_name(len(warc_files(self._directory)) + 1)
        self._file = self._path.open("ab", buffering=0)
        self._begin_file()

    # ---- appending ----

    def _pack_exchange(self, exchange: Exchange, earlier: Earlier | None) -> tuple[Packed, _Made]:
        known: Known | None = None

        def same(digest: str) -> tuple[records.Place, records.Told] | None:
            nonlocal known
            place = self._contents.places.get(digest)
            if place is None and earlier is not None and (known := earlier.same_bytes(digest)) is not None:
                return known.place, [needs(known)]
            return (place, []) if place is not None else None

        made = records.exchange_records(self._builder, exchange, self._warcinfo, same)
        return _pack(made[0]), _Made(*made, known)

    def _commit_exchange(self, exchange: Exchange, packed: Packed, made: _Made) -> Capture:
        there = self._contents.originals
        carried = [one for one in made.known.records if one.record_id not in there] if made.known else []
        span = self._append_answer(packed, carried, made)
        if made.not_modified is not None:
            head = there[made.not_modified.head_id]
            capture = unchanged_capture(exchange, made.not_modified, span)
        else:
            head = span
            capture = records.capture_of_exchange(
                exchange,
                span.warc,
                span.offset,
                status=exchange.status,
                headers=tuple(made.answer.http_headers.headers),
                truncated=bool(exchange.truncated),
            )
        if made.answer.rec_type == "response":
            self._contents.places.setdefault(made.digest, made.place)
            there[made.place.record_id] = span
        refers = made.answer.rec_headers.get_header("WARC-Refers-To")
        if refers:
            self._contents.referring[span.warc, span.offset] = refers
        if capture.via != records.VIA_SECOND:
            self._contents.entries.append(entry_of(made.answer, capture, span, head, there.get(refers, span)))
        self._next_file_when_full()
        return capture

    def _append_answer(self, packed: Packed, carried: Sequence[Carried], made: _Made) -> Span:
        """Story and request, what is carried over for it, the answer last: half of it is none."""
        at, length = packed.spans[-1]
        start = self._append(packed, at, carried)
        spans = []
        begin = start + at
        for one in carried:
            spans.append(Span(self._path.name, begin, one.span.length))
            begin += one.span.length
        for one, span in zip(carried, spans, strict=True):
            self._contents.originals[one.record_id] = span
        if made.known is not None and carried and carried[-1].record_id == made.known.place.record_id:
            self._contents.places.setdefault(made.digest, made.known.place)
            self._contents.entries.append(carried_entry(made.known.place, made.digest, spans[-1]))
        return Span(self._path.name, begin, length)

    def _append_json(self, uri: str, at: datetime, payload: Mapping[str, Any]) -> tuple[str, int]:
        packed = _pack([records.json_record(self._builder, uri, self._warcinfo, at, payload)])
        try:
            with self._lock:
                where = (self._path.name, self._append(packed))
                self._next_file_when_full()
                return where
        finally:
            packed.close()

    def _append(self, packed: Packed, before: int = 0, carried: Sequence[Carried] = ()) -> int:
        """Appends the members in one piece, `carried` in front of the byte `before` of them; a piece that does not fit
        leaves no trace."""
        if self._closed:
            raise EvidenceError(f"{self._path} is closed; nothing was written")
        start = self._file.seek(0, os.SEEK_END)
        packed.file.seek(0)
        whole = _Whole(self._file)
        try:
            if carried:
                whole.write(packed.file.read(before))
            for one in carried:
                for piece in one.pieces():
                    whole.write(piece)
            shutil.copyfileobj(packed.file, whole)
        except OSError as error:
            os.truncate(self._path, start)
            raise _told(self._path, error) from None
        except EvidenceDamaged:
            os.truncate(self._path, start)
            raise
        return start


class _Made:
    """The records of one exchange before they are in the file. `known`: what they need of an earlier night."""

    def __init__(self, made: list[ArcWarcRecord], digest: str, place: records.Place, known: Known | None) -> None:
        self.records = made
        self.answer = made[-1]
        self.digest = digest
        self.place = place
        self.known = known
        self.not_modified = known if made[-1].http_headers is None else None


class _Whole:
    """An unbuffered file may take less than it was given; this one takes all or raises."""

    def __init__(self, file: Any) -> None:
        self._file = file

    def write(self, data: bytes) -> int:
        view = memoryview(data)
        while view:
            view = view[self._file.write(view) :]
        return len(data)


def _pack(made: list[ArcWarcRecord]) -> Packed:
    packed = Packed()
    for one in made:
        if one.raw_stream is not None:
            one.raw_stream.seek(0)
        write_record(packed.write, one)
        packed.flush()
    return packed


def _file_name(number: int) -> str:
    return f"captures-{number:05}.warc.gz"


def _told(path: Path, error: OSError) -> EvidenceError:
    if error.errno in _FULL:
        return EvidenceError(f"disk full while writing {path}; free space and run again, what is archived stays")
    return EvidenceError(f"{path} cannot be written: {error.strerror or error}; mend that and run again")
