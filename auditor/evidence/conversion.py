"""A page as a browser drew it, as WARC/1.1 records (ISO 28500:2017, `conversion`): made from an archived answer, to
which it refers, with our story in a `metadata` record before it. It takes the answer's place when evidence is read.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO

from warcio.recordbuilder import RecordBuilder  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

from auditor.evidence import record as records
from auditor.model import Capture

MEDIA_TYPE = "text/html; charset=utf-8"
_LOST = frozenset(("content-type", "content-encoding", "content-length"))


def drawn_capture(capture: Capture, document: bytes, at: datetime, detail: str) -> Capture:
    """The capture of the drawn page; where it lies is not known yet."""
    kept = tuple((name, value) for name, value in capture.headers if name.lower() not in _LOST)
    return records.build_capture(
        url=capture.url,
        origin=records.Origin(capture.site, capture.via, capture.anchor, capture.context),
        at=at,
        cause=capture.cause,
        status=capture.status,
        headers=(("Content-Type", MEDIA_TYPE), *kept),
        digest=hashlib.sha256(document).hexdigest(),
        size=len(document),
        elapsed_ms=capture.elapsed_ms,
        detail=records.words(detail),
    )


def conversion_records(
    builder: RecordBuilder, drawn: Capture, document: bytes, warcinfo: str, refers_to: str
) -> list[ArcWarcRecord]:
    """`metadata`, then `conversion`: the last record is the one whose loss leaves the story without an end."""
    uri, own_id = records.printable(drawn.url), builder._make_warc_id()
    common = {"WARC-Warcinfo-ID": warcinfo, "WARC-Date": records.warc_date(drawn.at)}
    story = [
        ("via", records.printable(drawn.via or "")),
        ("fetchTimeMs", str(drawn.elapsed_ms)),
        ("site", drawn.site),
        ("url", records.words(drawn.url)),
        ("anchor", drawn.anchor),
        ("context", drawn.context),
        ("cause", drawn.cause),
        ("status", str(drawn.status or "")),
        ("headers", json.dumps(drawn.headers, ensure_ascii=True)),
        ("digest", drawn.digest),
        ("size", str(drawn.size)),
        ("detail", drawn.detail),
    ]
    conversion = builder.create_warc_record(
        uri,
        "conversion",
        payload=BytesIO(document),
        length=len(document),
        warc_content_type=MEDIA_TYPE,
        warc_headers_dict={**common, "WARC-Record-ID": own_id, **({"WARC-Refers-To": refers_to} if refers_to else {})},
    )
    return [records.fields_record(builder, uri, {**common, "WARC-Concurrent-To": own_id}, story), conversion]


def capture_of_conversion(story: Mapping[str, str], record: ArcWarcRecord, warc: str, offset: int) -> Capture:
    """The capture that the writer gave back when it wrote these records. Raises ValueError, KeyError or TypeError."""
    return records.told_capture(
        story,
        record,
        warc,
        offset,
        status=int(story["status"]) if story.get("status", "").isdigit() else None,
        headers=tuple((str(name), str(value)) for name, value in json.loads(story.get("headers", "[]"))),
        digest=story["digest"],
    )
