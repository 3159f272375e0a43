"""One archived answer read back from its gzip member, piece by piece, and found whole or refused.

Quicker than a WARC library because it reads only what this project writes: a WARC head, an HTTP head, a payload.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.evidence.encoding import Decoder
from auditor.evidence.errors import EvidenceDamaged
from auditor.evidence.place import Span

_READ = 1 << 18
_PIECE = 1 << 20
_MAX_HEAD = 1 << 18
_NO_LIMIT = 1 << 62


@dataclass(frozen=True, slots=True)
class Stored:
    """`fields`: the WARC headers, names in lower case; `sha256` and `size` are those of the decoded payload."""

    fields: dict[str, str]
    status: str
    headers: tuple[tuple[str, str], ...]
    sha256: str
    size: int


def pieces(descriptor: int, span: Span) -> Iterator[bytes]:
    """The bytes of a member as they are archived. Raises EvidenceDamaged."""
    at, end = span.offset, span.offset + span.length
    while at < end:
        try:
            piece = os.pread(descriptor, min(_READ, end - at), at)
        except OSError as error:
            raise EvidenceDamaged(f"{span.warc} cannot be read at {at}: {error.strerror}") from None
        if not piece:
            raise EvidenceDamaged(f"{span.warc} ends before {end}")
        at += len(piece)
        yield piece


def read_back(descriptor: int, span: Span, encoding: str | None = None, into: list[bytes] | None = None) -> Stored:
    """The answer in that member. `encoding`: the Content-Encoding, where its own headers are not those that count;
    `into`: takes the pieces of the decoded payload.

    Raises EvidenceDamaged, Undecodable, or ValueError and KeyError where the member is no answer of ours.
    """
    data = _inflated(descriptor, span)
    head, rest = _head(data, b"")
    fields = {name.lower(): value for name, value in _pairs(head)}
    length = int(fields["content-length"])
    if fields["warc-type"] == "revisit" and not length:
        return Stored(fields, "", (), "", 0)
    block, rest = _head(data, rest)
    status, headers = block.partition("\r\n")[0].split(" ", 2)[1], tuple(_pairs(block))
    left = length - len(block.encode("utf-8", "surrogateescape")) - 4
    if encoding is None:
        encoding = first_of(headers, "content-encoding")
    digest, size = _payload(data, rest, left, encoding, into)
    return Stored(fields, status, headers, digest, size)


def first_of(headers: tuple[tuple[str, str], ...], name: str) -> str:
    """The first header of that name (in lower case), or an empty string."""
    return next((value for key, value in headers if key.lower() == name), "")


def _inflated(descriptor: int, span: Span) -> Iterator[bytes]:
    """The record in one whole member; its CRC-32 has been checked when the last piece is given."""
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    for piece in pieces(descriptor, span):
        while piece:
            try:
                data = inflate.decompress(piece, _PIECE)
            except zlib.error as error:
                raise EvidenceDamaged(f"{span.warc}: {error}") from None
            if data:
                yield data
            piece = inflate.unconsumed_tail
    if not inflate.eof or inflate.unused_data:
        raise EvidenceDamaged(f"{span.warc}: no whole record at {span.offset}")


def _head(data: Iterator[bytes], rest: bytes) -> tuple[str, bytes]:
    """What stands before the first empty line, and what was read behind it."""
    while (end := rest.find(b"\r\n\r\n")) < 0:
        more = next(data, b"")
        if not more or len(rest) > _MAX_HEAD:
            raise ValueError("no end of the headers")
        rest += more
    return rest[:end].decode("utf-8", "surrogateescape"), rest[end + 4 :]


def _pairs(head: str) -> Iterator[tuple[str, str]]:
    """The lines behind the first one."""
    for line in head.split("\r\n")[1:]:
        name, _, value = line.partition(":")
        yield name, value.strip(" ")


def _payload(data: Iterator[bytes], rest: bytes, left: int, encoding: str, into: list[bytes] | None) -> tuple[str, int]:
    """Digest and size of the decoded payload of `left` bytes; reads on to the end of the record."""
    decoder = Decoder(encoding, _NO_LIMIT)
    sha256 = hashlib.sha256()
    while True:
        for piece in decoder.feed(rest[:left]):
            sha256.update(piece)
            if into is not None:
                into.append(piece)
        left -= min(left, len(rest))
        rest = next(data, b"")
        if not rest:
            break
    if left:
        raise ValueError("the record is shorter than it says")
    return sha256.hexdigest(), decoder.size
