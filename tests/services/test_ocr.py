"""Recognition of characters on scans, by a real tesseract: a hint of kind and year, kept in the evidence."""

from __future__ import annotations

import io
import json
import os
import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

from auditor.evidence.source import Evidence
from tests.whole.conftest import auditor
from tests.whole.test_bad_nights import configured

pytestmark = pytest.mark.services

LINES = ("DOKUMEN PELAKSANAAN ANGGARAN", "DINAS KESEHATAN", "TAHUN ANGGARAN 2026", "NIK 9971014508900001")


def scan() -> bytes:
    sheet = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(sheet)
    for number, line in enumerate(LINES):
        pen.text((120, 200 + 120 * number), line, fill=0, font=ImageFont.load_default(size=48))
    file = io.BytesIO()
    sheet.save(file, "PDF", resolution=150)
    return file.getvalue()


FRONT = f"""<title>PPID</title><h1>Unduhan</h1><p>{"isi " * 100}</p>
<ul><li><a href="/berkas/scan0001.pdf">Unduh</a></li></ul>"""
PAGES = {"/": (FRONT.encode(), "text/html"), "/berkas/scan0001.pdf": (scan(), "application/pdf")}


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body, kind = PAGES.get(self.path, (b"tidak ada", "text/plain"))
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        return


@pytest.mark.parametrize("ocr", [False, True])
def test_a_scan_named_by_nothing_is_named_by_its_first_page(tmp_path: Path, ocr: bool) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    path = configured(tmp_path, f"http://127.0.0.1:{server.server_port}/")
    path.write_text(path.read_text("utf-8") + f"\n[read]\nocr = {str(ocr).lower()}\n", encoding="utf-8")
    auditor("run", "--config", path, "--at", "2026-11-02")
    server.shutdown()
    server.server_close()
    (document,) = json.loads(auditor("documents", "--config", path, "--json").stdout)
    assert document["readable"] is False  # a hint is no text layer
    assert (document["kind"], document["years"]) == (("dpa", "2026") if ocr else ("", ""))
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    kept = Evidence(folder).records("ocr")
    assert bool(kept) is ocr
    assert "9971014508900001" not in json.dumps(kept)
    here = shutil.which("tesseract")
    assert here is not None
    without = os.pathsep.join(p for p in os.environ["PATH"].split(os.pathsep) if not (Path(p) / "tesseract").exists())
    score = next((tmp_path / "public" / "99.71").glob("*/score.json")).read_text("utf-8")
    assert auditor("rescore", "--config", path, "--json", PATH=without).stdout == score


def test_without_the_program_the_night_does_not_begin(tmp_path: Path) -> None:
    path = configured(tmp_path, "http://127.0.0.1:9/")
    path.write_text(path.read_text("utf-8") + "\n[read]\nocr = true\n", encoding="utf-8")
    done = auditor("run", "--config", path, check=False, PATH="/nonexistent")
    assert done.returncode == 2
    assert "apt-get install tesseract-ocr tesseract-ocr-ind" in done.stderr
    assert not (tmp_path / "var" / "evidence").exists()
