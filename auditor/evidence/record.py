"""A Capture <-> the WARC/1.1 records that hold it (ISO 28500:2017): the only place that knows the mapping.

An exchange is three records, in this order: `metadata` (application/warc-fields: how we came here and what we make of
the answer), `request`, `response` (or `revisit` where the same bytes are archived already). The response is last, so
that a process killed in between leaves no answer whose story is missing. What got no answer is one `metadata` record
of its own, with the cause as JSON, because a WARC can only hold answers. Everything else we keep (`visit`, `portal`,
`run`) is a `metadata` record under `urn:auditor:<name>`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from functools import lru_cache
from io import BytesIO
from typing import IO, Any
from urllib.parse import quote, urljoin

from warcio.recordbuilder import RecordBuilder  # type: ignore[import-untyped]
from warcio.recordloader import ArcWarcRecord, ArcWarcRecordLoader  # type: ignore[import-untyped]
from warcio.statusandheaders import StatusAndHeaders  # type: ignore[import-untyped]
from warcio.timeutils import datetime_to_iso_date  # type: ignore[import-untyped]

from auditor.model import Capture

OWN = "urn:auditor:"
VIA_SECOND = "urn:auditor:second-vantage"
"""`Capture.via` of a request that went through the operator's second vantage: no answer that we were given."""

FIELDS_TYPE = "application/warc-fields"
JSON_TYPE = "application/json"

_SECRET = frozenset(("set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"))
_DROPPED = _SECRET | {"transfer-encoding"}
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+")
_PRINTABLE = "".join(map(chr, range(0x21, 0x7F)))
_TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


@dataclass(frozen=True, slots=True)
class Origin:
    """Which link of which site led to a request."""

    site: str
    via: str | None = None
    anchor: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer. `body`: as received, chunking removed, Content-Encoding kept; `digest` and `size` are
    those of the decoded payload. `target`: the URL as it went over the wire. `truncated`: a WARC-Truncated reason.
    `alone`: archived whole also where an earlier night has the same bytes, so that later nights can carry it over."""

    url: str
    origin: Origin
    at: datetime
    cause: str
    status: int
    body: IO[bytes]
    digest: str
    size: int
    elapsed_ms: int
    reason: str = ""
    method: str = "GET"
    target: str = ""
    request_headers: tuple[tuple[str, str], ...] = ()
    response_headers: tuple[tuple[str, str], ...] = ()
    truncated: str = ""
    detail: str = ""
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where an answer's bytes are: the WARC record that holds them."""

    record_id: str
    uri: str
    date: str


class AsReceived(StatusAndHeaders):
    """HTTP headers written byte for byte as they came; warcio would percent-encode what is not ASCII."""

    def compute_headers_buffer(self, header_filter: object = None) -> None:
        lines = [f"{self.protocol} {self.statusline}".rstrip(), *(f"{name}: {value}" for name, value in self.headers)]
        self.headers_buff = "\r\n".join(lines).encode("utf-8", "surrogateescape") + b"\r\n\r\n"


# ---- writing ---------------------------------------------------------------------------------------------------------


def words(text: str) -> str:
    """Text of a page on one line, without control characters: what a warc-field can hold."""
    return " ".join(_CONTROL.sub(" ", text).split())


def kept_headers(headers: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """The headers that are archived: no cookies, no credentials, no chunking; raw UTF-8 read as such."""
    found = (_known_header(*pair) if len(pair[1]) <= _WORTH_KEEPING else _kept_header(*pair) for pair in headers)
    return tuple(pair for pair in found if pair is not None)


def _kept_header(name: str, value: str) -> tuple[str, str] | None:
    return (name, words(as_utf8(value))) if name.lower() not in _DROPPED and _TOKEN.fullmatch(name) else None


_WORTH_KEEPING = 120
_known_header = lru_cache(maxsize=4_096)(_kept_header)
"""Most headers of a server are the same on every answer."""


def as_utf8(value: str) -> str:
    """http.client gives ISO 8859-1; many servers send UTF-8 (file names in Content-Disposition)."""
    try:
        return value.encode("iso-8859-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return value


Told = list[tuple[str, str]]
"""Fields of the metadata beside those that every exchange has."""


def concurrent(
    builder: RecordBuilder,
    exchange: Exchange,
    warcinfo: str,
    answer: Callable[[str, dict[str, str]], tuple[ArcWarcRecord, Told]],
) -> list[ArcWarcRecord]:
    """metadata, request, and what `answer` makes of the URI and the headers that all three share."""
    uri = printable(exchange.target or exchange.url)
    common = {"WARC-Warcinfo-ID": warcinfo, "WARC-Date": warc_date(exchange.at)}
    made, told = answer(uri, {**common, "WARC-Record-ID": builder._make_warc_id()})
    linked = {**common, "WARC-Concurrent-To": made.rec_headers.get_header("WARC-Record-ID")}
    story = fields_record(builder, uri, linked, [*_story(exchange), *told])
    return [story, _request(builder, exchange, uri, linked), made]


def exchange_records(
    builder: RecordBuilder,
    exchange: Exchange,
    warcinfo: str,
    same: Callable[[str], tuple[Place, Told] | None],
) -> tuple[list[ArcWarcRecord], str, Place]:
    """metadata, request, response (or revisit, where `same` knows the bytes of a digest); the digest of the payload as
    stored; where it is."""
    status = f"{exchange.status} {words(exchange.reason)}".strip()
    http = AsReceived(status, list(kept_headers(exchange.response_headers)), protocol="HTTP/1.1")
    exchange.body.seek(0, 2)
    length = exchange.body.tell()
    exchange.body.seek(0)

    def answer(uri: str, common: dict[str, str]) -> tuple[ArcWarcRecord, Told]:
        own = {**common, **_truncated(exchange)}
        made = builder.create_warc_record(
            uri, "response", payload=exchange.body, length=length, warc_headers_dict=own, http_headers=http
        )
        digest = made.rec_headers.get_header("WARC-Payload-Digest")
        there = same(digest) if length else None
        if there is None:
            return made, []
        place, told = there
        own["WARC-Refers-To"] = place.record_id
        return builder.create_revisit_record(uri, digest, place.uri, place.date, http, own), told

    records = concurrent(builder, exchange, warcinfo, answer)
    headers = records[-1].rec_headers.get_header
    digest = headers("WARC-Payload-Digest")
    return records, digest, Place(headers("WARC-Record-ID"), headers("WARC-Target-URI"), headers("WARC-Date"))


def _truncated(exchange: Exchange) -> dict[str, str]:
    return {"WARC-Truncated": exchange.truncated} if exchange.truncated else {}


def _request(builder: RecordBuilder, exchange: Exchange, uri: str, headers: dict[str, str]) -> ArcWarcRecord:
    path = re.sub(r"^[a-z]+://[^/?#]*", "", uri) or "/"
    line = f"{exchange.method} {path if path.startswith('/') else '/' + path} HTTP/1.1"
    http = AsReceived(line.partition(" ")[2], list(kept_headers(exchange.request_headers)), protocol=exchange.method)
    return builder.create_warc_record(uri, "request", warc_headers_dict=headers, http_headers=http)


def _story(exchange: Exchange) -> list[tuple[str, str]]:
    origin = exchange.origin
    return [
        ("via", printable(origin.via or "")),
        ("fetchTimeMs", str(exchange.elapsed_ms)),
        ("site", origin.site),
        ("url", words(exchange.url) if exchange.target not in ("", exchange.url) else ""),
        ("anchor", words(origin.anchor)),
        ("context", words(origin.context)),
        ("cause", exchange.cause),
        ("digest", exchange.digest),
        ("size", str(exchange.size)),
        ("detail", words(exchange.detail)),
    ]


def fields_record(
    builder: RecordBuilder, uri: str, headers: dict[str, str], pairs: list[tuple[str, str]]
) -> ArcWarcRecord:
    """A metadata record of application/warc-fields; what is empty is left out."""
    block = "".join(f"{name}: {value}\r\n" for name, value in pairs if value).encode("utf-8", "replace")
    return builder.create_warc_record(
        uri,
        "metadata",
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=FIELDS_TYPE,
        warc_headers_dict=headers,
    )


def json_record(
    builder: RecordBuilder, uri: str, warcinfo: str, at: datetime, payload: Mapping[str, Any]
) -> ArcWarcRecord:
    """A metadata record with canonical JSON: sorted keys, no spaces, UTF-8."""
    block = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode("utf-8", "replace")
    return builder.create_warc_record(
        printable(uri),
        "metadata",
        payload=BytesIO(block),
        length=len(block),
        warc_content_type=JSON_TYPE,
        warc_headers_dict={"WARC-Warcinfo-ID": warcinfo, "WARC-Date": warc_date(at)},
    )


def failure_payload(capture: Capture) -> dict[str, Any]:
    """What a failure record says; its URL and time are the record's own."""
    story = {f.name: getattr(capture, f.name) for f in fields(Capture) if f.name in _FAILURE_FIELDS}
    return {name: value for name, value in story.items() if value not in (None, "", 0)}


_FAILURE_FIELDS = ("url", "site", "cause", "via", "anchor", "context", "elapsed_ms", "detail")


def warc_date(at: datetime) -> str:
    """UTC, to the microsecond."""
    iso: str = datetime_to_iso_date(at.astimezone(UTC).replace(tzinfo=None), use_micros=True)
    return iso


# ---- reading ---------------------------------------------------------------------------------------------------------


def parse(head: bytes) -> ArcWarcRecord:
    """The record that begins with these bytes. Raises ValueError where they are none."""
    try:
        return ArcWarcRecordLoader(verify_http=False).parse_record_stream(BytesIO(head), known_format="warc")
    except Exception as error:  # warcio raises ArchiveLoadFailed, EOFError, AttributeError and more on garbage
        raise ValueError(f"no WARC record: {error}") from None


def parse_fields(block: bytes) -> dict[str, str]:
    """application/warc-fields as a mapping; every field of ours occurs once."""
    lines = (line.partition(":") for line in block.decode("utf-8", "replace").split("\r\n") if line)
    return {name: value.strip(" ") for name, _, value in lines}


def capture_of_answer(story: Mapping[str, str], answer: ArcWarcRecord, warc: str, offset: int) -> Capture:
    """The capture that the writer gave back when it wrote these records."""
    status = answer.http_headers.get_statuscode() if answer.http_headers else ""
    return told_capture(
        story,
        answer,
        warc,
        offset,
        status=int(status) if status.isdigit() else None,
        headers=tuple(answer.http_headers.headers) if answer.http_headers else (),
        digest=story.get("digest", ""),
        truncated=answer.rec_headers.get_header("WARC-Truncated") is not None,
    )


def told_capture(story: Mapping[str, str], answer: ArcWarcRecord, warc: str, offset: int, **known: Any) -> Capture:
    """A capture by its story; `known`: what stands elsewhere. Raises KeyError and ValueError."""
    return build_capture(
        url=story.get("url") or answer.rec_headers.get_header("WARC-Target-URI"),
        origin=Origin(story["site"], story.get("via"), story.get("anchor", ""), story.get("context", "")),
        at=parse_date(answer.rec_headers.get_header("WARC-Date")),
        cause=story["cause"],
        size=int(story.get("size", "0")),
        elapsed_ms=int(story.get("fetchTimeMs", "0")),
        detail=story.get("detail", ""),
        warc=warc,
        offset=offset,
        **known,
    )


def capture_of_exchange(exchange: Exchange, warc: str, offset: int, **known: Any) -> Capture:
    """The capture of what was just archived there. `known`: status, headers, and what else the answer makes of it."""
    return build_capture(
        url=exchange.url,
        origin=exchange.origin,
        at=exchange.at,
        cause=exchange.cause,
        digest=exchange.digest,
        size=exchange.size,
        elapsed_ms=exchange.elapsed_ms,
        detail=words(exchange.detail),
        warc=warc,
        offset=offset,
        **known,
    )


def build_capture(*, origin: Origin, headers: tuple[tuple[str, str], ...], url: str, **known: Any) -> Capture:
    """A capture with what follows from its headers: media type, and the address a redirect leads to."""
    by_name = {name.lower(): value for name, value in reversed(headers)}
    location = by_name.get("location") if 300 <= (known["status"] or 0) < 400 else None
    return Capture(
        url=url,
        site=origin.site,
        media_type=by_name.get("content-type", "").partition(";")[0].strip().lower(),
        location=resolved(url, location) if location else None,
        headers=headers,
        via=origin.via or None,
        anchor=words(origin.anchor),
        context=words(origin.context),
        **known,
    )


def resolved(base: str, location: str) -> str:
    """A Location against the URL that sent it (RFC 9110, 10.2.2), without fragment, what is not ASCII percent-encoded
    as browsers do. One that is no address stays what it was, but for the brackets that nothing could take apart."""
    try:
        return printable(urljoin(base, location.strip()).partition("#")[0])
    except ValueError:
        return printable(location).replace("[", "%5B").replace("]", "%5D")


def printable(url: str) -> str:
    """The address without spaces, control characters and non-ASCII: what fits into a header line."""
    return quote(url, safe=_PRINTABLE, errors="replace")


def capture_of_failure(record: ArcWarcRecord, block: bytes, warc: str, offset: int) -> Capture:
    """The capture of a failure record. Raises ValueError or KeyError where it is none of ours."""
    story = json.loads(block)
    return Capture(at=parse_date(record.rec_headers.get_header("WARC-Date")), warc=warc, offset=offset, **story)


def parse_date(text: str) -> datetime:
    return datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(UTC)
