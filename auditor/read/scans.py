"""A scan's first pages as pictures, for recognition of characters. Made in the sandbox: a scan is foreign bytes too."""

from __future__ import annotations

import io

import pypdfium2  # type: ignore[import-untyped]

from auditor.read.pdf import open_pdf
from auditor.read.sniff import sniff

PAGES = 2
"""A document says on its first pages what it is."""

_DPI = 150
_POINTS = 72
_MAX_PIXELS = 20_000_000


def pictures(payload: bytes) -> list[bytes]:
    """The first pages as grey PNG, when these bytes are a PDF without a text layer; else nothing. Never raises."""
    if sniff(payload) != "pdf" or open_pdf(payload).readable is not False:
        return []
    try:
        document = pypdfium2.PdfDocument(payload[max(0, payload.find(b"%PDF-", 0, 1024)) :])
    except (pypdfium2.PdfiumError, ValueError):
        return []
    try:
        return [_picture(document[number]) for number in range(min(PAGES, len(document)))]
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return []
    finally:
        document.close()


def _picture(page: pypdfium2.PdfPage) -> bytes:
    width, height = page.get_size()
    scale = _DPI / _POINTS
    scale *= min(1.0, (_MAX_PIXELS / max(1.0, width * height * scale * scale)) ** 0.5)
    file = io.BytesIO()
    page.render(scale=scale, grayscale=True).to_pil().save(file, "PNG")
    return file.getvalue()
