"""PDF: pages, text layer, locks. pypdfium2 for text (fast), pypdf for metadata and locks (clear errors)."""

from __future__ import annotations

import io
import re
from datetime import date

import pypdfium2  # type: ignore[import-untyped]
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from auditor.read.opened import Opened

TEXT_PAGES = 3
SCAN_BELOW = 50
"""Characters a page below which there is no text layer worth the name (criteria.md, T7)."""

_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})(\d{2})")


def open_pdf(payload: bytes) -> Opened:
    """Pages, text of the first three, and whether there is text to search. Never raises for bad input."""
    start = payload.find(b"%PDF-", 0, 1024)
    payload = payload[max(0, start) :]
    locked, modified = _metadata(payload)
    if locked:
        return Opened("pdf", flaw="login", modified=modified, reason="terkunci kata sandi")
    try:
        document = pypdfium2.PdfDocument(payload)
    except (pypdfium2.PdfiumError, ValueError) as error:
        if "password" in str(error).lower():
            return Opened("pdf", flaw="login", modified=modified, reason="terkunci kata sandi")
        return Opened("pdf", flaw="not-a-document", reason="PDF rusak")
    try:
        return _read(document, modified)
    finally:
        document.close()


def _read(document: pypdfium2.PdfDocument, modified: date | None) -> Opened:
    pages = len(document)
    if not pages:
        return Opened("pdf", pages=0, flaw="empty", modified=modified, reason="tanpa halaman")
    texts, drawn = [], 0
    for number in _sample(pages):
        try:
            page = document[number]
            words = page.get_textpage().get_text_bounded()
            drawn += sum(1 for _ in page.get_objects(max_depth=2))
        except pypdfium2.PdfiumError:
            continue
        texts.append(re.sub(r"\s+", " ", words.replace("\0", " ").replace("\ufffe", "-")).strip())
    words = " ".join(texts[:TEXT_PAGES])
    mean = sum(len(text) for text in texts) / max(1, len(texts))
    if not any(texts) and not drawn:
        return Opened("pdf", None, pages, flaw="empty", modified=modified, reason="halaman kosong")
    reason = "tanpa lapisan teks" if mean < SCAN_BELOW else ""
    return Opened("pdf", mean >= SCAN_BELOW, pages, words, modified=modified, reason=reason)


def _sample(pages: int) -> list[int]:
    """The first pages, and two from the middle: a typed cover may stand before a scan."""
    first = list(range(min(TEXT_PAGES, pages)))
    return first + [n for n in (pages // 2, pages - 1) if n >= TEXT_PAGES]


def _metadata(payload: bytes) -> tuple[bool, date | None]:
    try:
        reader = PdfReader(io.BytesIO(payload), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            return True, None
        info = reader.metadata
        stamp = _PDF_DATE.search(str(info.get("/ModDate") or info.get("/CreationDate") or "")) if info else None
        return False, date(int(stamp[1]), int(stamp[2]), int(stamp[3])) if stamp else None
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError):
        return False, None
    except NotImplementedError:
        return False, None
