"""A `.warc.gz` as a row of gzip members, one a record: packed, walked, mended. Knows gzip, not what a record says.

Walking survives damage: a member that does not decompress (CRC-32 of RFC 1952) is named, and the walk goes on at the
next one that carries the file's own mark.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import IO

LEVEL = 1
"""zlib level: 9, warcio's own, costs ten times the CPU for a few percent of space on pages."""

IN_MEMORY = 1 << 20
_BLOCK = 1 << 14
_MAGIC = b"\x1f\x8b\x08"
_MARK = re.compile(rb"\r\nWARC-Warcinfo-ID: (<urn:uuid:[0-9a-f-]{36}>)\r\n")
_OWN_ID = re.compile(rb"\r\nWARC-Record-ID: (<urn:uuid:[0-9a-f-]{36}>)\r\n")


@dataclass(frozen=True, slots=True)
class Member:
    """A whole member. `head`: its first decompressed bytes, up to the `keep` of the walk."""

    offset: int
    length: int
    head: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """Bytes of the file that are no member. `last`: nothing readable follows them."""

    offset: int
    length: int
    why: str
    last: bool


class Packed:
    """Members being made, in memory or, from 1 MiB on, in a temporary file: `write` one, then `flush`."""

    def __init__(self) -> None:
        self.file: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by `close`)
        self.spans: list[tuple[int, int]] = []
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        self._start = 0

    def write(self, data: bytes) -> None:
        self.file.write(self._deflate.compress(data))

    def flush(self) -> None:
        """Ends the member; what is written next begins another."""
        self.file.write(self._deflate.flush())
        self._deflate = zlib.compressobj(LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)
        end = self.file.tell()
        self.spans.append((self._start, end - self._start))
        self._start = end

    def close(self) -> None:
        self.file.close()


def walk(path: Path, keep: int = IN_MEMORY) -> Iterator[Member | Damage]:
    """Every member of the file and every stretch between them that is none, in order."""
    mark = b"WARC/1."
    size = path.stat().st_size
    with path.open("rb") as file:
        offset = 0
        while offset < size:
            found = _member(file, offset, keep)
            if isinstance(found, Member):
                mark = _mark(found.head) or mark
                yield found
                offset += found.length
                continue
            following = _next_marked(file, offset + 1, mark)
            end = size if following is None else following
            yield Damage(offset, end - offset, found, last=following is None)
            offset = end


def _member(file: IO[bytes], offset: int, keep: int) -> Member | str:
    file.seek(offset)
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    head = bytearray()
    read = 0
    while not inflate.eof:
        block = file.read(_BLOCK)
        if not block:
            return "cut off"
        read += len(block)
        try:
            data = inflate.decompress(block)
        except zlib.error as error:
            return str(error)
        if len(head) < keep:
            head += data[: keep - len(head)]
    if not head.startswith(b"WARC/1."):
        return "no WARC record"
    return Member(offset, read - len(inflate.unused_data), bytes(head))


def _mark(head: bytes) -> bytes | None:
    """The id of the file's warcinfo record. A payload cannot know it, so it cannot pose as a record of ours when the
    member that holds it is damaged. An answer is not asked: it may be carried over from another night's file."""
    fields = head[:4096].partition(b"\r\n\r\n")[0] + b"\r\n"
    if b"WARC-Type: response" in fields or b"WARC-Type: revisit" in fields:
        return None
    found = _MARK.search(fields) or (_OWN_ID.search(fields) if b"WARC-Type: warcinfo" in fields else None)
    return found[1] if found else None


def _next_marked(file: IO[bytes], start: int, mark: bytes) -> int | None:
    file.seek(start)
    base, window = start, file.read(1 << 20)
    while window:
        at = window.find(_MAGIC)
        while at >= 0:
            if _opens_with(file, base + at, mark):
                return base + at
            at = window.find(_MAGIC, at + 1)
        tail = window[-2:]
        base += len(window) - len(tail)
        file.seek(base + len(tail))
        fresh = file.read(1 << 20)
        window = tail + fresh if fresh else b""
    return None


def _opens_with(file: IO[bytes], offset: int, mark: bytes) -> bool:
    file.seek(offset)
    try:
        head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(file.read(_BLOCK), 4096)
    except zlib.error:
        return False
    return head.startswith(b"WARC/1.") and mark in head


def one_member(path: Path, offset: int) -> bytes | None:
    """The bytes of the member that begins there; None where it cannot be read to its end."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            inflater = zlib.decompressobj(wbits=31)
            taken = bytearray()
            while chunk := file.read(_BLOCK):
                inflater.decompress(chunk)
                taken += chunk
                if inflater.eof:
                    return bytes(taken[: len(taken) - len(inflater.unused_data)])
    except (OSError, zlib.error):
        return None
    return None
