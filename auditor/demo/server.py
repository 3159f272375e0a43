"""Kota Contoh over real HTTP on 127.0.0.1: virtual hosts by the Host header, keep-alive, a log of what was asked."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from auditor.demo.answer import Answer, City, text
from auditor.demo.city import build

PORT_MARK = b"{port}"
_FILLED = ("text/html", "text/plain", "application/json", "application/xml")


@dataclass(frozen=True, slots=True)
class Access:
    """One request as it arrived. `in_flight` counts the requests of that host then being answered, itself included."""

    at: float  # seconds, monotonic
    host: str
    path: str
    status: int
    method: str
    in_flight: int


class Running:
    """The served city. `set_night` changes what is answered from the next request on."""

    def __init__(self, city: City, rebuild: Callable[[int], City]) -> None:
        self._city = city
        self._rebuild = rebuild
        self._log: list[Access] = []
        self._busy: dict[str, int] = {}
        self._lock = threading.Lock()
        self.port = 0

    @property
    def city(self) -> City:
        return self._city

    @property
    def log(self) -> tuple[Access, ...]:
        """Every request so far, in the order of arrival."""
        with self._lock:
            return tuple(sorted(self._log, key=lambda access: access.at))

    def url(self, host: str) -> str:
        """The front page of a host; `ppid` is short for `ppid.kotacontoh.localhost`."""
        name = host if "." in host else f"{host}.kotacontoh.localhost"
        return f"http://{name}:{self.port}/"

    def set_night(self, night: int) -> None:
        """Serve the city as it is on that night (1, 2, ...)."""
        self._city = self._rebuild(night)

    def reply(self, method: str, host: str, path: str) -> Answer:
        """The answer with its port filled in, and a line in the log."""
        at = time.monotonic()
        with self._lock:
            self._busy[host] = self._busy.get(host, 0) + 1
            busy = self._busy[host]
        answer = _no_posts() if method == "POST" else self._fill(self._city.answer(host, path))
        with self._lock:
            self._log.append(Access(at, host, path, answer.status, method, busy))
        return answer

    def done(self, host: str) -> None:
        """The answer has left: the host is idle again."""
        with self._lock:
            self._busy[host] -= 1

    def _fill(self, answer: Answer) -> Answer:
        port = str(self.port)
        headers = tuple((name, value.replace("{port}", port)) for name, value in answer.headers)
        filled = answer.media_type in _FILLED
        body = answer.body.replace(PORT_MARK, port.encode()) if filled else answer.body
        if any(name == "Last-Modified" for name, _ in headers):
            headers += (("ETag", f'"{hashlib.sha256(body).hexdigest()[:20]}"'),)
        return Answer(answer.status, headers, body)


def _no_posts() -> Answer:
    """The demo's forms are there to be read; nobody may send one, an auditor least of all."""
    return text("Formulir contoh, tidak menerima kiriman\n", status=405)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "KotaContoh"
    sys_version = ""
    disable_nagle_algorithm = True  # headers and body are two writes; with Nagle each answer waits 40 ms
    timeout = 60
    running: Running  # set on the subclass that `serve` makes

    def do_GET(self) -> None:
        self._answer("GET", with_body=True)

    def do_HEAD(self) -> None:
        self._answer("HEAD", with_body=False)

    def do_POST(self) -> None:
        self.close_connection = True
        self._answer("POST", with_body=True)

    def log_message(self, *_: object) -> None:
        """The log is kept in `Running.log`; nothing is printed."""

    def _answer(self, method: str, with_body: bool) -> None:
        host = self.headers.get("Host", "").rsplit(":", 1)[0].lower()
        answer = self.running.reply(method, host, self.path)
        try:
            self._send(answer, with_body)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        finally:
            self.running.done(host)

    def _send(self, answer: Answer, with_body: bool) -> None:
        if _unchanged(answer, self.headers.get("If-None-Match", ""), self.headers.get("If-Modified-Since", "")):
            answer = Answer(HTTPStatus.NOT_MODIFIED, answer.headers, b"")
        self.send_response(answer.status)
        for name, value in answer.headers:
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)


def _unchanged(answer: Answer, if_none_match: str, if_modified_since: str) -> bool:
    """Conditional GET (RFC 9110, 13.1): the ETag decides, the date only where no ETag was sent."""
    known = dict(answer.headers)
    if answer.status != HTTPStatus.OK or "ETag" not in known:
        return False
    if if_none_match:
        return known["ETag"] in [tag.strip() for tag in if_none_match.split(",")]
    return if_modified_since == known["Last-Modified"]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64


@contextmanager
def serve(city: City, port: int = 0, rebuild: Callable[[int], City] = build) -> Iterator[Running]:
    """Serve `city` on 127.0.0.1 until the block ends. `port` 0 takes a free one; `rebuild` makes the other nights.

    Raises OSError when the port is taken.
    """
    running = Running(city, rebuild)
    server = _Server(("127.0.0.1", port), type("Handler", (_Handler,), {"running": running}))
    running.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name="kota-contoh")
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
