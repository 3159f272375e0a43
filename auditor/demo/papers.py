"""PDF files (with a text layer, as a scan, empty) and pictures. Always the same bytes."""

from __future__ import annotations

import io
from functools import cache

from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.lib.utils import ImageReader, simpleSplit  # type: ignore[import-untyped]  # reportlab ships no types
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]  # reportlab ships no types

_LEFT, _TOP, _BOTTOM, _WIDTH = 70.0, 770.0, 70.0, 460.0
_SCAN_SIZE = (826, 1169)  # A4 at 100 dpi: enough to see that it is a scan, small enough for a demo


@cache
def pdf(title: str, paragraphs: tuple[str, ...], rows: tuple[tuple[str, ...], ...] = ()) -> bytes:
    """A searchable PDF: title, paragraphs, then a table of `rows` (the first its header), over as many pages."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setAuthor("Pemerintah Kota Contoh")
    sheet = _Sheet(canvas)
    sheet.write("PEMERINTAH KOTA CONTOH", bold=True)
    sheet.write(title.upper(), bold=True)
    sheet.skip()
    for paragraph in paragraphs:
        sheet.write(paragraph)
        sheet.skip()
    for number, row in enumerate(rows):
        sheet.row(row, bold=number == 0)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


class _Sheet:
    """A pen that goes down the page and turns it."""

    def __init__(self, canvas: Canvas) -> None:
        self._canvas = canvas
        self._y = _TOP

    def write(self, words: str, bold: bool = False) -> None:
        font = "Times-Bold" if bold else "Times-Roman"
        for line in simpleSplit(words, font, 11, _WIDTH):
            self._line(((_LEFT, line),), font)

    def row(self, cells: tuple[str, ...], bold: bool = False) -> None:
        first, rest = 0.46 * _WIDTH, 0.54 * _WIDTH
        step = rest / max(1, len(cells) - 1)
        places = [_LEFT, *(_LEFT + first + step * n for n in range(len(cells) - 1))]
        self._line(tuple(zip(places, cells, strict=True)), "Times-Bold" if bold else "Times-Roman")

    def skip(self) -> None:
        self._y -= 8

    def _line(self, words: tuple[tuple[float, str], ...], font: str) -> None:
        if self._y < _BOTTOM:
            self._canvas.showPage()
            self._y = _TOP
        self._canvas.setFont(font, 11)
        for x, word in words:
            self._canvas.drawString(x, self._y, word)
        self._y -= 15


@cache
def scan(title: str, paragraphs: tuple[str, ...], pages: int = 1) -> bytes:
    """A PDF as an office scanner makes it: nothing but a picture, slightly askew, with a stamp."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for number in range(pages):
        picture = _photographed(title, paragraphs, number + 1)
        canvas.drawImage(ImageReader(picture), 0, 0, width=A4[0], height=A4[1])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def _photographed(title: str, paragraphs: tuple[str, ...], number: int) -> Image.Image:
    sheet = Image.new("L", _SCAN_SIZE, 244)
    pen = ImageDraw.Draw(sheet)
    y = 90
    for words, size in ((("PEMERINTAH KOTA CONTOH"), 24), (title, 19), *((p, 16) for p in paragraphs)):
        font = ImageFont.load_default(size)
        for line in _wrapped(words, 620 // (size // 2)):
            pen.text((90, y), line, fill=30, font=font)
            y += int(size * 1.5)
        y += 14
    pen.text((400, 1090), f"- {number} -", fill=60, font=ImageFont.load_default(14))
    pen.ellipse((520, 880, 680, 1040), outline=110, width=4)
    return sheet.rotate(0.7, fillcolor=232).convert("1", dither=Image.Dither.NONE)


def _wrapped(words: str, width: int) -> list[str]:
    lines, line = [], ""
    for word in words.split():
        if len(line) + len(word) + 1 > width and line:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


@cache
def blank_pdf() -> bytes:
    """A PDF with one page and nothing on it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


@cache
def picture(words: tuple[str, ...], colour: tuple[int, int, int], size: tuple[int, int] = (900, 420)) -> bytes:
    """A banner as PNG: words that only eyes can read."""
    image = Image.new("RGB", size, colour)
    pen = ImageDraw.Draw(image)
    for number, line in enumerate(words):
        pen.text((40, 40 + 46 * number), line, fill=(255, 255, 255), font=ImageFont.load_default(26))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
