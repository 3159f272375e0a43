"""A WARC record -> its bytes, as warcio's writer makes them, in one pass and one piece.

warcio reads the block of each record three times over a buffered stream; on a night of thousands of pages that is a
quarter of the archiving. The test compares both, byte for byte.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable

from warcio.recordloader import ArcWarcRecord  # type: ignore[import-untyped]

PIECE = 1 << 20


def write_record(write: Callable[[bytes], object], record: ArcWarcRecord) -> None:
    """Calls `write` with the bytes of the record; the stream of its block stands at its start, and is read to its end.

    The payload digest is in the record's headers already, where it has one; the block digest is added here."""
    head = b""
    if record.http_headers:
        record.http_headers.compute_headers_buffer(None)
        head = record.http_headers.headers_buff
    only_head = record.rec_type == "revisit"
    stream = None if only_head or record.raw_stream is None else record.raw_stream
    length = 0 if only_head else record.payload_length or 0
    whole = stream.read() if stream is not None and length <= PIECE else b""
    headers = record.rec_headers
    if not headers.get_header("WARC-Block-Digest"):
        digest = hashlib.sha1(head + whole if whole else head, usedforsecurity=False)
        if stream is not None and length > PIECE:
            while piece := stream.read(PIECE):
                digest.update(piece)
            stream.seek(0)
        headers.add_header("WARC-Block-Digest", "sha1:" + base64.b32encode(digest.digest()).decode())
    headers.replace_header("Content-Type", record.content_type)
    headers.replace_header("Content-Length", str(len(head) + length))
    opening = headers.to_bytes(encoding="utf-8") + head
    if stream is not None and length > PIECE:
        write(opening)
        while piece := stream.read(PIECE):
            write(piece)
        write(b"\r\n\r\n")
    else:
        write(opening + whole + b"\r\n\r\n")
