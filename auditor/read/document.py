"""Bytes -> what a document is, whatever its name says. `open_document` is what runs in the sandbox."""

from __future__ import annotations

import re
import zipfile

from auditor.model import TitleFacts
from auditor.read.markup import decode
from auditor.read.opened import WORDS, Opened
from auditor.read.personal import find_in_text, mask
from auditor.read.sniff import sniff

SHEETS = ("xlsx", "xls", "ods")
TABLES = (*SHEETS, "csv", "json", "geojson")
PICTURES = ("jpg", "png", "gif", "webp")
SHORT = 300

_PLACEHOLDER = re.compile(r"\blorem\s+ipsum\b|\bdolor\s+sit\s+amet\b", re.IGNORECASE)
_DUMMY = re.compile(
    r"\b(?:contoh\s+(?:dokumen|file|berkas|isi)|dokumen\s+contoh|dummy|placeholder|sample\s+(?:pdf|document|file)|"
    r"file\s+(?:contoh|percobaan)|testing|tes(?:t)?\s+(?:upload|unggah|file|dokumen)|"
    r"this\s+is\s+a\s+(?:test|sample))\b",
    re.IGNORECASE,
)
_YEAR_SAID = re.compile(r"\b(?:tahun(?:\s+anggaran)?|t\.?\s?a\.?)\s*:?\s*(20[0-4]\d)\b", re.IGNORECASE)
# Kinds whose first page names them without doubt, and that are never bound together in one file.
_APART = frozenset(
    ("rka", "dpa", "lkjip", "renja", "renstra", "rkpd", "rpjmd", "lkpj", "rup", "maklumat", "perjanjian-kinerja")
)
_OPENING = 260
_SENTENCE = re.compile(r"(?<=\w{4})\.\s")


def open_document(payload: bytes, region: str = "") -> Opened:
    """Opens a document of any kind. `region`: the body's code in digits, for personal data. Never raises for bad input
    that Python can catch; what it cannot catch is why this runs in a sandbox."""
    kind = sniff(payload)
    try:
        opened = _open(payload, kind)
    except (zipfile.BadZipFile, EOFError, KeyError):
        return Opened(kind, flaw="not-a-document", reason="berkas rusak")
    except ValueError as error:
        bomb = error.__class__.__name__ == "Bomb"
        return Opened(kind, flaw="too-large" if bomb else "not-a-document", reason=str(error)[:200])
    except Exception as error:
        # Reading libraries raise what they like; the file is named as one that could not be opened.
        return Opened(kind, reason=f"{error.__class__.__name__}: {error}"[:200])
    return _finished(opened, region)


def _open(payload: bytes, kind: str) -> Opened:
    if kind == "empty":
        return Opened("empty", flaw="empty", reason="berkas kosong (0 bita)")
    if kind == "pdf":
        from auditor.read.pdf import open_pdf

        return open_pdf(payload)
    from auditor.read import office

    if payload.startswith(b"{\\rtf"):
        return office.open_rtf(payload)
    if kind in ("docx", "odt", "pptx", "odp"):
        return office.open_office(payload, kind)
    if kind in SHEETS:
        return office.open_sheet(payload, kind)
    if kind == "zip":
        return office.open_archive(payload)
    if kind in PICTURES:
        return Opened(kind, False, reason="gambar")
    if kind in ("csv", "json", "geojson", "text", "xml"):
        return Opened(kind, True, words=re.sub(r"\s+", " ", decode(payload[: WORDS * 4]))[:WORDS])
    if kind == "html":
        return Opened(kind, flaw="not-a-document", reason="halaman, bukan berkas")
    return Opened(kind, None, reason="tidak dapat dibuka")


def _finished(opened: Opened, region: str) -> Opened:
    words = mask(opened.words)[:WORDS]
    flaw = opened.flaw or _placeholder(words, opened)
    return Opened(
        format=opened.format,
        readable=opened.readable,
        pages=opened.pages,
        words=words,
        flaw=flaw,
        modified=opened.modified,
        personal=find_in_text(opened.words, region),
        reason=opened.reason,
    )


def _placeholder(words: str, opened: Opened) -> str:
    if _PLACEHOLDER.search(words):
        return "placeholder"
    few = opened.pages is None or opened.pages <= 2
    return "placeholder" if opened.format in ("pdf", "docx", "odt") and few and _says_dummy(words) else ""


def _says_dummy(words: str) -> bool:
    return 0 < len(words) < SHORT and _DUMMY.search(words) is not None


def contradiction(title: TitleFacts, content: TitleFacts, words: str) -> str:
    """The words that show that an opened document is another kind or another year than its link says; else empty.

    `content`: what the opening words name by themselves. Said only where there is no doubt: both kinds name
    themselves on a first page, or a year is stated while the year of the link stands nowhere.
    """
    if title.kind is None:
        return ""
    opening = words[:_OPENING]
    if content.kind in _APART and title.kind in _APART and content.kind != title.kind and content.confidence >= 0.8:
        return opening
    said = {int(year) for year in _YEAR_SAID.findall(opening)}
    if len(title.years) == 1 and said and title.years[0] not in _years(words):
        return opening
    return ""


def _years(words: str) -> set[int]:
    return {int(year) for year in re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", words)}


def opening_of(words: str) -> str:
    """The first words of a document: its title page, to the end of the first sentence."""
    return _SENTENCE.split(words[:_OPENING], maxsplit=1)[0]
