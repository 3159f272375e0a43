"""What was asked conditionally and is unchanged (304) <-> WARC/1.1 records (ISO 28500:2017, 6.7.3).

The record is a `revisit` of the profile `server-not-modified` without a block: whoever replays it takes the headers and
bytes of the record that it refers to, which lies in the same folder, carried over from the night that fetched it. What
the server said this time (304 and its headers) stands in the `metadata` record beside it. Such a capture is dated
tonight, and says since when its bytes are ours.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from warcio.recordbuilder import RecordBuilder  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

from auditor.evidence import record as records
from auditor.evidence.place import Span
from auditor.evidence.record import Exchange, Origin
from auditor.model import Capture

if TYPE_CHECKING:
    from auditor.evidence.earlier import Known

Headers = tuple[tuple[str, str], ...]

CARRIED = "of an earlier night"

PROFILE = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_NOT_FRESHENED = frozenset(
    ("content-encoding", "content-type", "content-range", "content-length", "connection", "keep-alive", "upgrade")
)


def freshened(stored: Headers, told: Headers) -> Headers:
    """The stored headers with those of a 304 in their place (RFC 9111, 3.2): what a full answer would have said."""
    fresh = [(name, value) for name, value in told if name.lower() not in _NOT_FRESHENED]
    names = {name.lower() for name, _ in fresh}
    return (*(pair for pair in stored if pair[0].lower() not in names), *fresh)


def unchanged_records(builder: RecordBuilder, exchange: Exchange, warcinfo: str, known: Known) -> list[ArcWarcRecord]:
    """metadata, request, revisit."""
    said = {
        "status": f"{exchange.status} {records.words(exchange.reason)}".strip(),
        "headers": records.kept_headers(exchange.response_headers),
    }
    story = [
        ("since", known.at.isoformat()),
        ("refreshes", known.head_id),
        ("notModified", json.dumps(said, ensure_ascii=False)),
    ]
    place = known.place

    def answer(uri: str, common: dict[str, str]) -> tuple[ArcWarcRecord, records.Told]:
        headers = {
            **common,
            "WARC-Refers-To": place.record_id,
            "WARC-Profile": PROFILE,
            "WARC-Refers-To-Target-URI": place.uri,
            "WARC-Refers-To-Date": place.date,
        }
        return builder.create_warc_record(uri, "revisit", warc_headers_dict=headers), [*story, needs(known)]

    return records.concurrent(builder, exchange, warcinfo, answer)


def needs(known: Known) -> tuple[str, str]:
    """The field that names the records which are carried over for this one."""
    return "needs", " ".join(one.record_id for one in known.records)


def carried_story(
    builder: RecordBuilder, warcinfo: str, known: Known, origin: Origin, at: datetime
) -> tuple[ArcWarcRecord, Capture]:
    """The metadata with which a whole answer of an earlier night stands among tonight's captures, under its own date:
    nobody asked for it tonight, and another answer says that it is still right."""
    record = records.fields_record(
        builder,
        known.uri,
        {
            "WARC-Warcinfo-ID": warcinfo,
            "WARC-Date": records.warc_date(at),
            "WARC-Concurrent-To": known.head_id,
        },
        [
            ("via", records.printable(origin.via or "")),
            ("site", origin.site),
            ("cause", "ok"),
            ("digest", known.sha256),
            ("size", str(known.size)),
            ("detail", CARRIED),
        ],
    )
    capture = records.build_capture(
        url=known.uri,
        origin=origin,
        at=known.at,
        cause="ok",
        status=200,
        headers=known.headers,
        digest=known.sha256,
        size=known.size,
        detail=CARRIED,
    )
    return record, capture


def unchanged_capture(exchange: Exchange, known: Known, span: Span) -> Capture:
    """The capture of what was just archived there."""
    return records.capture_of_exchange(
        exchange,
        span.warc,
        span.offset,
        status=200,
        headers=freshened(known.headers, records.kept_headers(exchange.response_headers)),
        unchanged_since=known.at,
    )


def capture_of_unchanged(
    story: Mapping[str, str], answer: ArcWarcRecord, stored: Mapping[str, Headers], warc: str, offset: int
) -> Capture:
    """The same, read back. `stored`: record id -> headers. Raises KeyError where those it refreshes are not there."""
    said = json.loads(story["notModified"])
    return records.told_capture(
        story,
        answer,
        warc,
        offset,
        status=200,
        headers=freshened(stored[story["refreshes"]], _told(said["headers"])),
        digest=story["digest"],
        unchanged_since=records.parse_date(story["since"]),
    )


def _told(pairs: Iterable[Iterable[str]]) -> Headers:
    return tuple((name, value) for name, value in pairs)
