"""Content-Encoding removed piece by piece, within a limit: the fetch counts with it, the reader believes it.

RFC 9110, 8.4.1: `gzip`, `deflate` (zlib, and the raw deflate that old servers send under that name), in layers.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

PIECE = 1 << 16
MAX_LAYERS = 3

_WINDOW = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
_IDENTITY = ("", "identity", "none", "utf-8")  # the last two are seen in the wild and mean nothing


class Undecodable(Exception):
    """The bytes are not in the Content-Encoding that the server named, or in one we do not know."""


class Decoder:
    """`feed` wire bytes, get decoded pieces; `overflow` turns true, and nothing more comes, once `limit` is passed."""

    def __init__(self, content_encoding: str, limit: int) -> None:
        names = [name.strip().lower() for name in content_encoding.split(",")]
        layers = [name for name in names if name not in _IDENTITY]
        unknown = [name for name in layers if name not in _WINDOW]
        if unknown or len(layers) > MAX_LAYERS:
            raise Undecodable(f"Content-Encoding {content_encoding[:80]!r}")
        self._layers = [_Layer(name) for name in reversed(layers)]
        self._limit = limit
        self.size = 0
        self.overflow = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Decoded pieces of at most 64 KiB. Raises Undecodable."""
        for piece in self._through(data, 0):
            room = self._limit - self.size
            if len(piece) > room:
                self.overflow = True
                piece = piece[:room]
            self.size += len(piece)
            if piece:
                yield piece
            if self.overflow:
                return

    def _through(self, data: bytes, layer: int) -> Iterator[bytes]:
        if layer == len(self._layers):
            yield data
            return
        for piece in self._layers[layer].feed(data):
            yield from self._through(piece, layer + 1)


class _Layer:
    def __init__(self, name: str) -> None:
        self._name = name
        self._inflate = zlib.decompressobj(_WINDOW[name])
        self._fresh = True
        self._ended = False

    def feed(self, data: bytes) -> Iterator[bytes]:
        while data and not self._ended:
            try:
                piece = self._inflate.decompress(data, PIECE)
            except zlib.error as error:
                if not (self._fresh and self._name == "deflate"):
                    raise Undecodable(f"{self._name}: {error}") from None
                self._inflate, self._fresh = zlib.decompressobj(-zlib.MAX_WBITS), False
                continue
            self._fresh = False
            data = self._inflate.unconsumed_tail
            if self._inflate.eof:
                data = self._next_member(self._inflate.unused_data)
            if piece:
                yield piece

    def _next_member(self, rest: bytes) -> bytes:
        """A gzip body may be several members; whatever else follows the end is ignored, as browsers do."""
        if self._name != "deflate" and rest[:2] == b"\x1f\x8b":
            self._inflate = zlib.decompressobj(_WINDOW[self._name])
            return rest
        self._ended = True
        return b""


def decoded(data: bytes, content_encoding: str, limit: int) -> bytes:
    """The first `limit` decoded bytes; `data` itself where it is not in that encoding."""
    pieces: list[bytes] = []
    try:
        decoder = Decoder(content_encoding, limit)
        for start in range(0, len(data), PIECE):
            pieces.extend(decoder.feed(data[start : start + PIECE]))
            if decoder.overflow:
                break
    except Undecodable:
        return data
    return b"".join(pieces)
