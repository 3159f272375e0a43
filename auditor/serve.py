"""The published site on this machine, for looking at it; a web server for the internet is another program's job."""

from __future__ import annotations

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def serve_folder(folder: Path, port: int) -> None:
    """Serve until interrupted. Raises FileNotFoundError when nothing is published, OSError when the port is taken."""
    if not (folder / "index.html").exists():
        raise FileNotFoundError(2, "nothing is published there yet; `auditor run` or `auditor demo` does", str(folder))
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
        print(f"http://127.0.0.1:{server.server_port}/  (Ctrl-C ends it)", flush=True)  # noqa: T201
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            return
