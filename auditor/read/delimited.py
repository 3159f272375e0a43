"""CSV of any delimiter, encoding and byte order mark -> rows. Encoding: BOM, then UTF-8, then Windows-1252."""

from __future__ import annotations

import codecs
import csv
import io

from auditor.read.rows import RawTable, shape

MAX_ROWS = 1_200_000
SAMPLE = 65_536
_KEPT = 100_000

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS = (",", ";", "\t", "|")


def read_delimited(payload: bytes) -> RawTable | None:
    """The table of a CSV file, or None where there is none."""
    text, encoding = decode_table(payload)
    if not text.strip():
        return None
    dialect = _dialect(text[:SAMPLE])
    rows: list[list[str]] = []
    known: dict[str, str] = {}
    csv.field_size_limit(10_000_000)
    reader = csv.reader(io.StringIO(text, newline=""), dialect)
    try:
        for row in reader:
            # A cell that was met before is kept once: a million rows hold few different ones.
            rows.append([known.setdefault(cell, cell) for cell in row])
            if len(known) > _KEPT:
                known.clear()
            if len(rows) >= MAX_ROWS:
                break
    except csv.Error:
        # A broken quote runs to the end of the file: read on without quoting, so that the rest is seen.
        rows = [line.split(dialect.delimiter) for line in text.splitlines()[:MAX_ROWS]]
    return shape(rows, delimiter=dialect.delimiter, encoding=encoding)


def decode_table(payload: bytes) -> tuple[str, str]:
    """`(text, encoding)`; never raises."""
    for bom, name in _BOMS:
        if payload.startswith(bom):
            return payload.decode(name, "replace").replace("\0", ""), name
    try:
        return payload.decode("utf-8").replace("\0", ""), "utf-8"
    except UnicodeDecodeError:
        return payload.decode("cp1252", "replace").replace("\0", ""), "cp1252"


class _Plain(csv.Dialect):
    delimiter = ","
    quotechar = '"'
    doublequote = True
    skipinitialspace = False
    lineterminator = "\n"
    quoting = csv.QUOTE_MINIMAL


def _dialect(sample: str) -> _Plain:
    dialect = _Plain()
    dialect.delimiter = _declared(sample) or _by_counting(sample) or _by_clevercsv(sample) or ","
    return dialect


def _declared(sample: str) -> str:
    """Spreadsheets write `sep=;` into the first line."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    return first[4] if len(first) == 5 and first.lower().startswith("sep=") else ""


def _by_counting(sample: str) -> str:
    """The delimiter that cuts nearly every line into the same number of cells, where only one does."""
    lines = [line for line in sample.splitlines()[:-1] or sample.splitlines() if line.strip()][:200]
    fits = []
    for mark in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=mark)]
        except csv.Error:
            continue
        usual = max(set(widths), key=widths.count) if widths else 1
        if usual > 1 and widths.count(usual) >= 0.9 * len(widths):
            fits.append((usual, mark))
    return fits[0][1] if len(fits) == 1 else ""


def _by_clevercsv(sample: str) -> str:
    import clevercsv

    try:
        found = clevercsv.Sniffer().sniff(sample[:20_000], delimiters=list(_DELIMITERS))
    except (clevercsv.Error, ValueError):
        return ""
    return found.delimiter if found is not None and found.delimiter in _DELIMITERS else ""
