"""Our one-pass writer of WARC records writes what warcio's writes, byte for byte."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from warcio.recordbuilder import RecordBuilder
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from auditor.evidence import serial
from auditor.evidence.serial import write_record

BUILDER = RecordBuilder(warc_version="1.1")
URL = "http://ppid.localhost/a"
DATE = {"WARC-Date": "2026-11-02T01:00:00Z", "WARC-Record-ID": "<urn:uuid:00000000-0000-0000-0000-000000000001>"}


def response(body: bytes) -> Any:
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html"), ("X-Kota", "Bogor")], protocol="HTTP/1.1")
    return BUILDER.create_warc_record(
        URL, "response", payload=BytesIO(body), length=len(body), http_headers=http, warc_headers_dict=dict(DATE)
    )


def request() -> Any:
    http = StatusAndHeaders("/a HTTP/1.1", [("Host", "ppid.localhost")], protocol="GET")
    return BUILDER.create_warc_record(URL, "request", http_headers=http, warc_headers_dict=dict(DATE))


def metadata(block: bytes) -> Any:
    return BUILDER.create_warc_record(
        URL, "metadata", payload=BytesIO(block), length=len(block), warc_content_type="application/warc-fields",
        warc_headers_dict=dict(DATE),
    )  # fmt: skip


def revisit() -> Any:
    http = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    return BUILDER.create_revisit_record(
        URL, "sha1:AAAA", URL, "2026-11-01T01:00:00Z", http_headers=http, warc_headers_dict=dict(DATE)
    )


MADE = {
    "response": lambda: response(b"<p>isi</p>" * 100),
    "empty": lambda: response(b""),
    "large": lambda: response(bytes(range(256)) * 20_000),
    "request": request,
    "metadata": lambda: metadata(b"via: http://ppid.localhost/\r\n"),
    "revisit": revisit,
}


@pytest.mark.parametrize("kind", MADE)
def test_the_bytes_are_those_of_warcio(kind: str) -> None:
    theirs, ours = BytesIO(), BytesIO()
    WARCWriter(theirs, gzip=False, warc_version="1.1").write_record(MADE[kind]())
    write_record(ours.write, MADE[kind]())
    assert ours.getvalue() == theirs.getvalue()
    assert (len(ours.getvalue()) > serial.PIECE) is (kind == "large")
