"""CSV of any delimiter, encoding and byte order mark -> rows. Encoding: BOM, then UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Sequence
from itertools import islice

from auditor.read.blocks import Rest, blocks
from auditor.read.rows import BATCH, HEAD, Body, Heading, RawTable, heading

SAMPLE = 65_536
_OPENING = 1_000_000
"""Bytes in which the heading is looked for."""
_CELL = 10_000_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", ";", "\t", "|")
_RARE = ("~", "^", "#", "\x1f", ":")
"""Taken only where they cut every line, the header too, into the same number of cells, and nothing else does."""


def read_delimited(payload: bytes) -> RawTable | None:
    """The table of a CSV file, or None where there is none. Every row is read, however many there are."""
    payload, encoding, said = _single_bytes(payload)
    opening = payload[:_OPENING].decode(encoding, "replace")
    if not opening.strip() and not payload.strip():
        return None
    dialect = _dialect(opening[:SAMPLE])
    try:
        head = heading(_opening_rows(opening, dialect, cut=len(payload) > _OPENING))
        body = _body(payload, encoding, dialect, head) if head else None
    except csv.Error:
        # A broken quote runs to the end of the file: read on without quoting, so that the rest is seen.
        rows = [line.split(dialect.delimiter) for line in opening.splitlines()[:HEAD]]
        head = heading(rows)
        body = _body(payload, encoding, dialect, head, quoting=False) if head else None
    return body.table(delimiter=dialect.delimiter, encoding=said) if body is not None else None


def _body(payload: bytes, encoding: str, dialect: _Plain, head: Heading, *, quoting: bool = True) -> Body:
    body = Body(head)
    for block in blocks(payload, dialect.delimiter, encoding, quoting=quoting):
        if isinstance(block, Rest):
            _rest(payload[block.start :].decode(encoding, "replace"), dialect, body)
        else:
            body.block(block)
    return body


def _rest(text: str, dialect: _Plain, body: Body) -> None:
    """What is not quoted by the rules, row by row as Python reads it. Raises csv.Error for a quote without end."""
    csv.field_size_limit(_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), dialect)
    while rows := list(islice(reader, BATCH)):
        body.rows(rows)


def _opening_rows(opening: str, dialect: _Plain, *, cut: bool) -> list[list[str]]:
    csv.field_size_limit(_CELL)
    rows = list(islice(csv.reader(io.StringIO(opening, newline=""), dialect), HEAD + 1))
    return rows[:-1] if cut or len(rows) > HEAD else rows


def _single_bytes(payload: bytes) -> tuple[bytes, str, str]:
    """`(bytes, their encoding, the encoding of the file)`: marks of one byte each, lines that end in newlines."""
    said = next((name for bom, name in _BOMS if payload.startswith(bom)), "")
    if said in ("utf-16", "utf-32"):
        payload, encoding = payload.decode(said, "replace").encode(), "utf-8"
    elif said:
        payload, encoding = payload[len(codecs.BOM_UTF8) :], "utf-8"
    else:
        encoding = said = "utf-8" if _is_utf8(payload) else "cp1252"
    if b"\0" in payload:
        payload = payload.replace(b"\0", b"")
    if b"\r" in payload and payload.count(b"\r") != payload.count(b"\r\n"):
        payload = payload.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return payload, encoding, said


def _is_utf8(payload: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(payload), _OPENING):
            decoder.decode(payload[start : start + _OPENING])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def decode_table(payload: bytes) -> tuple[str, str]:
    """`(text, encoding)`; never raises."""
    payload, encoding, said = _single_bytes(payload)
    return payload.decode(encoding, "replace"), said


class _Plain(csv.Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL


def _dialect(sample: str) -> _Plain:
    dialect = _Plain()
    usual = _declared(sample) or _by_counting(sample, _DELIMITERS, 0.9) or _by_clevercsv(sample)
    dialect.delimiter = usual or _by_counting(sample, _RARE, 1.0) or ","
    return dialect


def _declared(sample: str) -> str:
    """Spreadsheets write `sep=;` into the first line."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else ""


def _by_counting(sample: str, marks: Sequence[str], share: float) -> str:
    """The delimiter that cuts this share of the lines into the same number of cells, where only one does."""
    lines = [line for line in sample.splitlines()[:-1] or sample.splitlines() if line.strip()][:200]
    fits = []
    for mark in marks:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count) if widths else 1
        if usual > 1 and widths.count(usual) >= share * len(widths):
            fits.append((usual, mark))
    return fits[0][1] if len(fits) == 1 else ""


def _by_clevercsv(sample: str) -> str:
    import clevercsv

    try:
        found = clevercsv.Sniffer().sniff(sample[:20_000], delimiters=list(_DELIMITERS))
    except (clevercsv.Error, ValueError):
        return ""
    return found.delimiter if found is not None and found.delimiter in _DELIMITERS else ""
