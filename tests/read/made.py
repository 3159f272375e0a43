"""Evidence made in memory, and small real files, for tests of reading."""

from __future__ import annotations

import hashlib
import io
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import xlsxwriter
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from auditor.model import Body, Capture, Facts, Site, Unit, Visit
from auditor.read.facts import read_evidence

REAL = Path(__file__).parents[2].parent / "shared" / "real"
"""Real pages and tables that others collected; they are not part of this repository."""

AT = date(2026, 11, 2)
BODY = Body(
    "99.71",
    "Kota Misal",
    "kota",
    "Asia/Jakarta",
    (Unit("Dinas Kesehatan", ("Dinkes",)), Unit("Dinas Sosial", ("Dinsos",))),
)
HOME = "https://ppid.misal.go.id/"
PPID = Site("ppid", "ppid", HOME, "PPID Kota Misal")


class Memory:
    """A source of evidence without files."""

    def __init__(self) -> None:
        self._captures: list[Capture] = []
        self._payloads: dict[str, bytes] = {}
        self.logged: dict[str, list[dict[str, Any]]] = {}

    def add(
        self,
        url: str,
        payload: bytes | str = b"",
        *,
        site: str = "ppid",
        status: int = 200,
        cause: str = "",
        media_type: str = "text/html",
        location: str | None = None,
        headers: tuple[tuple[str, str], ...] = (),
        truncated: bool = False,
    ) -> Memory:
        data = payload.encode() if isinstance(payload, str) else payload
        digest = hashlib.sha256(data).hexdigest() if data else ""
        self._payloads[digest] = data
        named = {200: "ok", 404: "not-found", 403: "forbidden", 500: "server-error"}
        self._captures.append(
            Capture(
                url=url,
                site=site,
                at=datetime(2026, 11, 1, 18, 0, tzinfo=UTC),
                cause=cause or ("redirect" if location else named.get(status, "ok")),
                status=status,
                media_type=media_type,
                digest=digest,
                size=len(data),
                location=location,
                headers=headers,
                truncated=truncated,
            )
        )
        return self

    def reversed(self) -> Memory:
        """The same evidence in the opposite order."""
        other = Memory()
        other._captures = list(reversed(self._captures))
        other._payloads = self._payloads
        other.logged = self.logged
        return other

    def captures(self) -> tuple[Capture, ...]:
        return tuple(self._captures)

    def payload(self, capture: Capture) -> bytes:
        return self._payloads.get(capture.digest, b"")

    def visits(self) -> tuple[Visit, ...]:
        return tuple(Visit(site, "ok", True) for site in sorted({c.site for c in self._captures}))

    def records(self, name: str) -> list[dict[str, Any]]:
        return self.logged.get(name, [])


def facts_of(source: Memory, *sites: Site) -> Facts:
    moment = datetime(2026, 11, 2, 1, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
    return read_evidence(source, BODY, sites or (PPID,), moment)


def html(body: str, title: str = "PPID Kota Misal", head: str = "") -> str:
    return (
        f"<!doctype html><html lang=id><head><title>{title}</title>{head}</head><body>{MENU}<main>{body}</main>{FOOTER}"
    )


MENU = """<nav class=navbar><ul><li><a href="/">Beranda</a><li><a href="/profil">Profil</a>
<li><a href="/berkala">Berkala</a><li><a href="/dip">DIP</a><li><a href="/kontak">Kontak</a>
<li><a href="/berita">Berita</a></ul></nav>"""
FOOTER = "<footer>Hak cipta 2026 Pemerintah Kota Misal</footer></body></html>"


def pdf(*lines: str, pages: int = 1, password: str = "", last: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    out = io.BytesIO()
    encrypt = StandardEncryption(password, ownerPassword="x", canPrint=1) if password else None
    canvas = Canvas(out, invariant=1, encrypt=encrypt)
    for number in range(pages):
        for row, line in enumerate(lines):
            canvas.drawString(60, 780 - 16 * row, line)
        canvas.drawString(300, 30, "" if not lines else str(number + 1))
        canvas.drawString(60, 60, last if number + 1 == pages else "")
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def scan(pages: int = 1) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1)
    for _ in range(pages):
        canvas.drawInlineImage(Image.new("L", (80, 120), 200), 0, 0, 590, 840)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def picture(kind: str = "JPEG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (200, 10, 10)).save(out, kind)
    return out.getvalue()


def xlsx(*rows: tuple[object, ...], sheet: str = "Data") -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    page = book.add_worksheet(sheet)
    for number, row in enumerate(rows):
        page.write_row(number, 0, row)
    book.close()
    return out.getvalue()


def nik(day: int = 41, serial: int = 1, region: str = "997101") -> str:
    """A NIK of no region, made up: a woman born on the first of January 1990, unless told otherwise."""
    return f"{region}{day:02d}0190{serial:04d}"
