"""A night of a made-up city as evidence, without a network: pages that lead to each other, PDF documents with words."""

from __future__ import annotations

import hashlib
import tomllib
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas

from auditor.evidence.store import EvidenceWriter, Exchange, Origin

RUN = "20261102-01"
CODE = "99.71"
START = datetime(2026, 11, 1, 18, tzinfo=UTC)
SITE = "http://ppid.kotacontoh.localhost/"
CONFIG = f"""[body]
code = "{CODE}"
name = "Kota Contoh"
kind = "kota"
units = ["Dinas Kesehatan", "Dinas Pendidikan", "Dinas Sosial"]

[[sites]]
id = "ppid"
role = "ppid"
url = "{SITE}"

[network]
contact = "mailto:uji@kotacontoh.localhost"
"""
TITLES = ("DPA Dinas Kesehatan", "RKA Dinas Pendidikan", "Laporan Realisasi Anggaran", "Renstra Dinas Sosial", "LKjIP")
PARAGRAPH = "Pemerintah kota mengumumkan informasi publik tentang anggaran, kinerja dan pelayanan kepada warga. " * 6


def build(folder: Path, pages: int, documents: int) -> Path:
    """Writes `config.toml` and the evidence of one run below `folder`; returns the configuration."""
    folder.mkdir(parents=True, exist_ok=True)
    config = folder / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")
    writer = EvidenceWriter(folder / "var" / "evidence" / RUN)
    for number in range(pages):
        url = SITE if number == 0 else f"{SITE}halaman/{number}"
        writer.exchange(_answer(url, _page(number, pages, documents), "text/html; charset=utf-8", number))
    for number in range(documents):
        writer.exchange(_answer(f"{SITE}berkas/{number}.pdf", _pdf(number), "application/pdf", pages + number))
    asked = pages + documents
    writer.record("visit", {"site": "ppid", "cause": "ok", "exhausted": True, "pages": asked})
    writer.record("run", _record())
    writer.close()
    return config


def _record() -> dict[str, object]:
    prior = {"run": None, "at": None, "pages": {}, "findings": {}}
    return {
        "run": RUN, "at": "2026-11-02T01:00:00+07:00", "config": tomllib.loads(CONFIG), "only": [], "auditor": "0.1.0",
        "prior": prior, "told": {}, "prior_catalogue": None, "settled": [],
    }  # fmt: skip


def _answer(url: str, payload: bytes, media_type: str, second: int) -> Exchange:
    return Exchange(
        url=url,
        origin=Origin("ppid", SITE, "Unduh", "Informasi Berkala"),
        at=START + timedelta(seconds=second),
        cause="ok",
        status=200,
        reason="OK",
        body=BytesIO(payload),
        digest=hashlib.sha256(payload).hexdigest(),
        size=len(payload),
        elapsed_ms=42,
        request_headers=(("Host", "ppid.kotacontoh.localhost"),),
        response_headers=(("Content-Type", media_type),),
    )


def _page(number: int, pages: int, documents: int) -> bytes:
    menu = "".join(f'<li><a href="/halaman/{(number * 7 + n) % pages}">Informasi {n}</a></li>' for n in range(40))
    files = "".join(
        f'<tr><td>{n + 1}</td><td>{TITLES[n % len(TITLES)]} Tahun {2022 + n % 5}</td>'
        f'<td><a href="/berkas/{n}.pdf">Unduh</a></td></tr>'
        for n in range(number % 50, documents, 50)
    )  # fmt: skip
    body = f"<h1>Informasi Berkala {number}</h1>" + "".join(f"<p>{n} {PARAGRAPH}</p>" for n in range(8))
    head = f'<!doctype html><html lang="id"><title>Informasi Berkala {number} - PPID Kota Contoh</title>'
    return f"{head}<nav><ul>{menu}</ul></nav><main>{body}<table>{files}</table></main></html>".encode()


def _pdf(number: int) -> bytes:
    file = BytesIO()
    canvas = Canvas(file, invariant=1)
    for sheet in range(8):
        lines = canvas.beginText(60, 780)
        lines.textLine(f"{TITLES[number % len(TITLES)]} Tahun Anggaran {2022 + number % 5}, berkas {number}")
        for line in range(40):
            lines.textLine(f"{sheet}.{line} {PARAGRAPH[:90]}")
        canvas.drawText(lines)
        canvas.showPage()
    canvas.save()
    return file.getvalue()
