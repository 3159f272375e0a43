"""Real pages that nobody here wrote, served as the sites they came from; read where they are, never copied."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

PAGES = Path(__file__).parents[3] / "shared" / "real" / "a_html"
FRONTS = {"sumut1": "beranda", "sumut2": "site__beranda", "pktj": "index", "puslitbang": "main-info"}
SETS = tuple(name for name in FRONTS if any(PAGES.glob(f"{name}_*.html")))


def page_of(name: str, target: str) -> Path | None:
    """The stored page of an address: `/kontak`, `/kontak.html` and `/` as the set's front page."""
    path = unquote(urlsplit(target).path).strip("/").removesuffix(".html").replace("/", "__") or FRONTS[name]
    for stem in (path, f"site__{path}", f"{path}__index"):
        file = PAGES / f"{name}_{stem}.html"
        if file.is_file():
            return file
    return None


@contextmanager
def served(name: str) -> Iterator[str]:
    """The front page of the set, on loopback. What is not stored answers 404, as it must."""

    class Pages(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            file = page_of(name, self.path)
            body = file.read_bytes() if file else b"<title>404</title><h1>Halaman tidak ditemukan</h1>"
            self.send_response(200 if file else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
