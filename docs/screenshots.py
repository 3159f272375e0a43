"""The pictures of README.md and BACA.md: `make screenshots` audits Kota Contoh and looks at its report in Chromium."""

from __future__ import annotations

import io
import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parent / "pictures"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
BODY = "99.71"
# name, page below the published site, width, height, where the picture begins
SHOTS = (
    ("overview-en", f"en/{BODY}/index.html", 1100, 1000, 0),
    ("ringkasan", f"{BODY}/index.html", 420, 1150, 0),
    ("tugas", "{run}/todo.html", 1100, 900, 0),
    ("matrix-en", "en/{run}/matrix.html", 1100, 700, 0),
)
COLOURS = 96  # of a palette: flat pages lose nothing by it and weigh a third


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Nothing to say."""


def main(public: Path) -> int:
    """Takes all pictures of a demo's published site; 1 where there is none."""
    runs = sorted(path.parent for path in (public / BODY).glob("*/score.json"))
    if not runs:
        sys.stderr.write(f"no run of {BODY} below {public}: run `make demo`\n")
        return 1
    run = f"{BODY}/{runs[-1].name}"
    PICTURES.mkdir(exist_ok=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(public)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, path, width, height, top in SHOTS:
            page = browser.new_page(viewport={"width": width, "height": height})
            page.goto(f"http://127.0.0.1:{server.server_port}/{path.format(run=run)}")
            _keep(name, page.screenshot(clip={"x": 0, "y": top, "width": width, "height": height}))
            page.close()
        browser.close()
    server.shutdown()
    letter = pypdfium2.PdfDocument(public / run / "letters" / "ppid-utama.pdf")[0].render(scale=1.2).to_pil()
    stream = io.BytesIO()
    letter.save(stream, "PNG")
    _keep("surat", stream.getvalue())
    return 0


def _keep(name: str, png: bytes) -> None:
    picture = Image.open(io.BytesIO(png)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
