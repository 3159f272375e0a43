"""A reverse proxy on loopback: the same CKAN under a sub-path, with a robots.txt of its own and, on demand, trouble."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import requests

Trouble = Callable[[str], "tuple[int, str, bytes] | None"]
"""Target -> (status, media type, body) to be given instead of CKAN's answer; None lets it through."""


@contextmanager
def proxied(
    url: str, under: str = "/portal", trouble: Trouble = lambda target: None
) -> Iterator[tuple[str, list[str]]]:
    """Gives (address of the portal, ends with a slash; log of the targets asked below it)."""
    asked: list[str] = []

    class Proxy(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            if self.path == "/robots.txt":
                return self._give(200, "text/plain", b"User-agent: *\nAllow: /\n")
            if not self.path.startswith(under):
                return self._give(404, "text/html", b"<h1>404</h1>")
            target = self.path.removeprefix(under) or "/"
            asked.append(target)
            made_up = trouble(target)
            if made_up is not None:
                return self._give(*made_up)
            answer = requests.get(url + target, timeout=60, allow_redirects=False)
            body = answer.content.replace(url.encode(), here.encode())
            if "html" in answer.headers.get("Content-Type", ""):
                body = body.replace(b'="/', f'="{under}/'.encode())
            return self._give(
                answer.status_code,
                answer.headers.get("Content-Type", ""),
                body,
                answer.headers.get("Location", "").replace(url, here),
            )

        def _give(self, status: int, media_type: str, body: bytes, location: str = "") -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            if location:
                self.send_header("Location", location)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Quiet: the tests read `asked`."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    here = f"http://127.0.0.1:{server.server_address[1]}{under}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield here + "/", asked
    finally:
        server.shutdown()
        server.server_close()
