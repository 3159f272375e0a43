"""A loopback HTTP server that misbehaves on command: raw sockets, so that it can do what no HTTP library would.

    with BadSite({"/": html("<a href='/a'>A</a>")}) as site:
        site.url("/")            # http://site.localhost:PORT/
        site.log                 # every request as it arrived

A route is bytes (sent as they are, then the connection is closed), a `Reply`, or a function of the `Request` that gives
one, or that talks to the socket itself and gives None. Routes are per host where the key is `(host, path)`.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit


@dataclass(frozen=True)
class Request:
    method: str
    target: str
    headers: Mapping[str, str]
    sock: socket.socket = field(repr=False)
    number: int = 0  # how many requests for this host and path came before

    @property
    def host(self) -> str:
        return self.headers.get("host", "").rpartition(":")[0]

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return {name: values[0] for name, values in parse_qs(urlsplit(self.target).query).items()}


@dataclass(frozen=True)
class Reply:
    """A well-behaved answer, kept alive. `after`: seconds before it is sent."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "text/html; charset=utf-8"),)
    after: float = 0.0

    def bytes(self) -> bytes:
        lines = [f"HTTP/1.1 {self.status} Status", f"Content-Length: {len(self.body)}"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


@dataclass
class Seen:
    """One request in the log; times are monotonic seconds, `ended` is 0 until it was answered."""

    began: float
    host: str
    target: str
    method: str
    headers: Mapping[str, str]
    ended: float = 0.0


Route = bytes | Reply | Callable[[Request], "bytes | Reply | None"]
Routes = Mapping[str | tuple[str, str], Route]
NOT_FOUND = Reply(b"<h1>404</h1>", 404)


def html(body: str, title: str = "Situs") -> Reply:
    return Reply(f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>".encode())


def text(body: str | bytes, media_type: str = "text/plain", status: int = 200) -> Reply:
    data = body.encode() if isinstance(body, str) else body
    return Reply(data, status, (("Content-Type", media_type),))


def redirect(location: str, status: int = 302) -> Reply:
    return Reply(b"", status, (("Location", location),))


class BadSite:
    """Serves until the end of the `with`. `tls`: (certificate file, key file)."""

    def __init__(self, routes: Routes, *, host: str = "site.localhost", tls: tuple[str, str] | None = None) -> None:
        self.routes = dict(routes)
        self.host = host
        self._scheme = "https" if tls else "http"
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if tls else None
        if self._tls is not None and tls is not None:
            self._tls.load_cert_chain(*tls)
        self._log: list[Seen] = []
        self._counts: dict[tuple[str, str], int] = {}
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []
        self.closing = threading.Event()

    def __enter__(self) -> BadSite:
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port = self._listener.getsockname()[1]
        self._spawn(self._accept)
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for sock in self._open:
                with contextlib.suppress(OSError):
                    sock.shutdown(socket.SHUT_RDWR)
        for thread in list(self._threads):
            thread.join(5)

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{self._scheme}://{host or self.host}:{self.port}{path}"

    @property
    def log(self) -> list[Seen]:
        with self._lock:
            return sorted(self._log, key=lambda seen: seen.began)

    def asked(self, host: str | None = None) -> list[str]:
        """The targets in the order they were asked for."""
        return [seen.target for seen in self.log if host is None or seen.host == host]

    def _spawn(self, target: Callable[..., None], *args: object) -> None:
        thread = threading.Thread(target=target, args=args, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self) -> None:
        while not self.closing.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                return
            self._spawn(self._serve, sock)

    def _serve(self, sock: socket.socket) -> None:
        with contextlib.suppress(OSError), contextlib.ExitStack() as stack:
            stack.callback(sock.close)
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._tls is not None:
                sock = self._tls.wrap_socket(sock, server_side=True)
                stack.callback(sock.close)
            with self._lock:
                self._open.add(sock)
            stack.callback(self._forget, sock)
            stream = sock.makefile("rb")
            stack.callback(stream.close)
            while not self.closing.is_set() and self._answer(sock, stream.readline):
                pass

    def _forget(self, sock: socket.socket) -> None:
        with self._lock:
            self._open.discard(sock)

    def _answer(self, sock: socket.socket, readline: Callable[[], bytes]) -> bool:
        line = readline().decode("latin-1").split()
        if len(line) < 2:
            return False
        began = time.monotonic()
        headers = {}
        while (raw := readline().strip()) != b"":
            name, _, value = raw.decode("latin-1").partition(":")
            headers[name.lower()] = value.strip()
        name = headers.get("host", "").rpartition(":")[0]
        key = (name, urlsplit(line[1]).path)
        with self._lock:
            number = self._counts.get(key, 0)
            self._counts[key] = number + 1
            seen = Seen(began, name, line[1], line[0], headers)
            self._log.append(seen)
        request = Request(line[0], line[1], headers, sock, number)
        try:
            return self._send(sock, request, self._route(request))
        finally:
            seen.ended = time.monotonic()

    def _route(self, request: Request) -> bytes | Reply | None:
        for key in ((request.host, request.target), request.target, (request.host, request.path), request.path, "*"):
            if key in self.routes:
                route = self.routes[key]
                return route(request) if callable(route) else route
        return NOT_FOUND

    def _send(self, sock: socket.socket, request: Request, answer: bytes | Reply | None) -> bool:
        if answer is None:
            return False
        if isinstance(answer, bytes):
            sock.sendall(answer)
            return False
        if answer.after:
            self.closing.wait(answer.after)
        data = answer.bytes()
        sock.sendall(data[: -len(answer.body)] if request.method == "HEAD" and answer.body else data)
        return True


# ---- misbehaviour ----------------------------------------------------------------------------------------------------


def drip(head: bytes, piece: bytes, every: float) -> Callable[[Request], None]:
    """`head` at once, then `piece` every so often, for ever."""

    def talk(request: Request) -> None:
        request.sock.sendall(head)
        with contextlib.suppress(OSError):
            while True:
                request.sock.sendall(piece)
                time.sleep(every)

    return talk


def silence(request: Request) -> None:
    """Says nothing until the client goes away."""
    with contextlib.suppress(OSError):
        request.sock.recv(1)


def hang_up(request: Request) -> None:
    """Ends the connection without a word."""


@contextlib.contextmanager
def silent_port() -> object:
    """A port that accepts and says nothing, not even TLS."""
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        yield listener.getsockname()[1]
    finally:
        listener.close()


def refused_port() -> int:
    """A port on which nothing listens."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])
