"""Pages that draw themselves with JavaScript, drawn by a real Chromium that has no network of its own.

The browser lives in a process of its own (`rendering`). Whatever a page wants goes through `fetch` here, and so through
the one door: robots.txt, guard, the host's turn, limits of bytes, the archive. The page itself comes from the archive,
nothing is fetched twice a night, only GET exists, pictures and fonts are not asked for. What was drawn is archived, so
that reading and judging need no browser. A page that takes too long, or takes the browser with it, stays undrawn.
"""

from __future__ import annotations

import contextlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from multiprocessing.connection import Connection
from typing import Any

from auditor.evidence.store import EvidenceWriter
from auditor.model import Capture

RENDERED = "rendered by Chromium"
"""`Capture.detail` of a page as it was drawn."""

MAX_REQUESTS = 60
"""So much may one page ask for; with the delay of its host that is a minute."""

MAX_DOCUMENT = 5_000_000
SECONDS = 120.0
_STARTING = 60.0
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")

Fetch = Callable[[str], tuple[Capture, bytes] | None]


class BrowserMissing(Exception):
    """`[network] browser = true` without a browser; one line that says what to do."""


def chromium() -> str:
    """The system's Chromium. Raises BrowserMissing where it, or the library that drives it, is not there."""
    if importlib.util.find_spec("playwright") is None:
        raise BrowserMissing(
            "[network] browser = true needs Playwright: pip install 'transparency-auditor[browser]', or set it to false"
        )
    found = next((path for name in _NAMES if (path := shutil.which(name))), None)
    if found is None:
        raise BrowserMissing(
            "[network] browser = true needs Chromium: apt-get install chromium, or set browser to false"
        )
    return found


class Browser:
    """One Chromium, started when it is first needed; safe to use from several threads, one page at a time."""

    def __init__(self, writer: EvidenceWriter, agent: str, now: Callable[[], Any], *, seconds: float = SECONDS) -> None:
        """Raises BrowserMissing."""
        self._executable = chromium()
        self._writer = writer
        self._agent = agent
        self._now = now
        self._seconds = seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None

    def draw(self, capture: Capture, payload: bytes, fetch: Fetch) -> tuple[Capture, bytes] | str:
        """The drawn page with its capture, archived; or why it could not be drawn. `fetch` gives what the page asks
        for, or None where it may not; whatever it raises is passed on, and the browser is ended."""
        with self._lock:
            try:
                kind, words = self._drawn(capture, payload, fetch)
            except (EOFError, OSError, TimeoutError) as error:
                self._stop()
                return f"not rendered: {error or type(error).__name__}"
            except BaseException:
                self._stop()
                raise
        document = words.encode("utf-8", "replace")
        if kind != "drawn" or len(document) > MAX_DOCUMENT:
            return f"not rendered: {words if kind != 'drawn' else 'the page grew too large'}"[:300]
        return self._writer.drawn(capture, document, self._now(), RENDERED), document

    def close(self) -> None:
        with self._lock:
            self._stop()

    def _drawn(self, capture: Capture, payload: bytes, fetch: Fetch) -> tuple[str, str]:
        pipe = self._ready()
        end = time.monotonic() + self._seconds
        pipe.send((capture.url, capture.status or 200, _headers(capture.headers), payload))
        asked = 0
        while True:
            if not pipe.poll(max(0.0, end - time.monotonic())):
                raise TimeoutError(f"longer than {self._seconds:g} s")
            said = pipe.recv()
            if said[0] != "ask":
                return str(said[0]), str(said[1])
            asked += 1
            got = fetch(said[1]) if asked <= MAX_REQUESTS and time.monotonic() < end else None
            pipe.send(None if got is None else (got[0].status or 200, _headers(got[0].headers), got[1]))

    def _ready(self) -> Connection:
        if self._pipe is not None and self._process is not None and self._process.poll() is None:
            return self._pipe
        self._stop()
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-m", "auditor.collect.rendering", str(theirs.fileno()), self._executable,
                       self._agent, str(self._seconds), "root" if os.geteuid() == 0 else "user"]  # fmt: skip
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter, no shell, nothing from outside)
                command, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL, env=environment, start_new_session=True,
            )  # fmt: skip
        self._pipe = Connection(ours.detach())
        if not self._pipe.poll(_STARTING) or self._pipe.recv() != "ready":
            raise TimeoutError("Chromium did not start")
        return self._pipe

    def _stop(self) -> None:
        """Ends the whole family: the process, the driver and Chromium are one session."""
        process, pipe, self._process, self._pipe = self._process, self._pipe, None, None
        if pipe is not None:
            pipe.close()
        if process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1.0)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _headers(headers: tuple[tuple[str, str], ...]) -> Mapping[str, str]:
    """Without those that belong to the bytes as they came over the wire, and without what would start a new request."""
    gone = ("content-encoding", "content-length", "transfer-encoding", "link", "refresh", "content-security-policy")
    return {name.lower(): value for name, value in headers if name.lower() not in gone}
