"""Word processors, spreadsheets, presentations and archives: their first words, and what they are not."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date

import python_calamine
from lxml import etree  # type: ignore[import-untyped]

from auditor.read.opened import WORDS, Opened

MAX_UNPACKED = 300_000_000
MAX_RATIO = 100
_SMALL = 5_000_000
"""A member that unpacks to less may shrink as well as it likes: a table of zeroes does."""

_PARTS = {
    "docx": ("word/document.xml",),
    "odt": ("content.xml",),
    "odp": ("content.xml",),
    "pptx": ("ppt/slides/slide1.xml", "ppt/slides/slide2.xml", "ppt/slides/slide3.xml"),
}
_MAX_PART = 60_000_000
_SHEET_ROWS = 60


class Bomb(ValueError):
    """An archive that must not be unpacked."""


def guard(payload: bytes) -> list[str]:
    """The names in a ZIP, from its directory alone. Raises Bomb for one that unpacks to too much or climbs out of its
    folder, zipfile.BadZipFile for one that is damaged."""
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        members = archive.infolist()
    total = sum(member.file_size for member in members)
    if total > MAX_UNPACKED:
        raise Bomb(f"unpacks to {total:,} bytes")
    for member in members:
        if member.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", member.filename):
            raise Bomb("a member climbs out of its folder")
        if member.file_size > _SMALL and member.file_size > MAX_RATIO * max(1, member.compress_size):
            raise Bomb(f"a member unpacks {member.file_size // max(1, member.compress_size)} times over")
    return [member.filename for member in members]


def open_office(payload: bytes, kind: str) -> Opened:
    """DOCX, ODT, PPTX, ODP: the first words. Raises what zipfile and lxml raise for damaged ones."""
    guard(payload)
    words, modified = [], None
    with zipfile.ZipFile(io.BytesIO(payload)) as archive:
        names = set(archive.namelist())
        for part in _PARTS[kind]:
            if part in names and archive.getinfo(part).file_size <= _MAX_PART:
                words.append(_words(archive.read(part)))
        if "docProps/core.xml" in names:
            modified = _modified(archive.read("docProps/core.xml"))
    text = " ".join(words)[:WORDS]
    if not text.strip():
        pictures = [n for n in names if re.search(r"\.(?:png|jpe?g|emf|wmf|gif|bmp|tiff?)$", n, re.IGNORECASE)]
        if pictures:
            return Opened(kind, False, modified=modified, reason="hanya gambar")
        return Opened(kind, flaw="empty", modified=modified, reason="tanpa isi")
    return Opened(kind, True, words=text, modified=modified)


def open_sheet(payload: bytes, kind: str) -> Opened:
    """XLSX, XLS, ODS: the words of the first rows of each sheet. Raises python_calamine's errors."""
    if kind != "xls":
        guard(payload)
    book = python_calamine.load_workbook(io.BytesIO(payload))
    words: list[str] = []
    for name in book.sheet_names[:5]:
        sheet = book.get_sheet_by_name(name)
        words.append(name)
        for row in sheet.iter_rows():
            words += [str(cell).strip() for cell in row[:50] if cell not in ("", None)]
            if len(words) > 40 * _SHEET_ROWS:
                break
    text = re.sub(r"\s+", " ", " ".join(words))[:WORDS]
    if len(words) <= len(book.sheet_names[:5]):
        return Opened(kind, flaw="empty", reason="tanpa isi")
    return Opened(kind, True, pages=len(book.sheet_names), words=text)


def open_archive(payload: bytes) -> Opened:
    """A ZIP of files: their names stand for its words; whether they can be searched is not looked into."""
    names = guard(payload)
    files = [name for name in names if not name.endswith("/")]
    if not files:
        return Opened("zip", flaw="empty", reason="arsip kosong")
    return Opened("zip", None, pages=len(files), words="; ".join(files)[:WORDS], reason="arsip")


def open_rtf(payload: bytes) -> Opened:
    text = re.sub(rb"\\[a-z]+-?\d* ?|[{}]|\\'[0-9a-f]{2}", b" ", payload[:400_000])
    words = re.sub(r"\s+", " ", text.decode("latin-1")).strip()[:WORDS]
    return Opened("doc", True if words else None, words=words, flaw="" if words else "empty")


def _words(xml: bytes) -> str:
    found: list[str] = []
    size = 0
    for text in texts(xml):
        found.append(text)
        size += len(text)
        if size > WORDS * 2:
            break
    return re.sub(r"\s+", " ", "".join(found)).strip()


def texts(xml: bytes) -> Iterator[str]:
    """The words of one part, with a blank where a paragraph ends."""
    parser = etree.iterparse(io.BytesIO(xml), events=("end",), resolve_entities=False, huge_tree=False, recover=True)
    for _, element in parser:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if name in ("t", "span", "p", "h", "a") and element.text:
            yield element.text
        if name in ("p", "h", "tab", "br"):
            yield " "
        if element.tail and element.tail.strip():
            yield element.tail
        element.clear()


def _modified(xml: bytes) -> date | None:
    found = re.search(rb"<dcterms:modified[^>]*>(\d{4})-(\d{2})-(\d{2})", xml)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None
