"""One request under way: sent, read within limits of time and bytes, archived as it came."""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Literal

import requests
import urllib3

from auditor.collect import causes, conditional
from auditor.collect.gate import Clock, Stopped
from auditor.collect.guard import Deadline, Watchdog
from auditor.collect.oddities import detail_of
from auditor.collect.raised import of_exception
from auditor.collect.urls import is_web
from auditor.evidence.earlier import Known
from auditor.evidence.encoding import Decoder, Undecodable
from auditor.evidence.errors import EvidenceError
from auditor.evidence.record import Origin, as_utf8, resolved
from auditor.evidence.store import EvidenceWriter, Exchange
from auditor.model import Capture
from auditor.read.impostors import impostor
from auditor.read.linkformat import moment

MAX_REDIRECTS = 10

PATIENCE = 10
"""A whole answer may take that many times the timeout of its parts."""

MAX_ASIDE = 1_000_000
"""Bytes kept of the body of a redirect or an error."""

OFFERS_COOKIE = "offers a cookie"
"""Said of a redirect that does: who comes without cookies may be sent in circles where a visitor is not."""

IN_MEMORY = 1_000_000
SNIFFED = 65_536
"""So much is read of a body that announces itself as too large: enough to see what it is."""

BOMB_RATIO = 50
_READ = 1 << 16
_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Ask:
    """One request to make. `chain`: the addresses that redirected here, the first first. `cookie`: one of them offered
    a cookie, which we do not take. `alone`: see `Exchange`."""

    url: str
    origin: Origin
    chain: tuple[str, ...] = ()
    method: Literal["GET", "HEAD"] = "GET"
    cookie: bool = False
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Got:
    """What came of it. `body`: the decoded payload where it is small and fresh, else None (see `Door.payload`).
    `wait`: seconds the server asks us to wait (Retry-After); None where it does not."""

    capture: Capture
    body: bytes | None = None
    wait: float | None = None
    from_archive: bool = False

    @property
    def cause(self) -> causes.Cause:
        return causes.CAUSES[self.capture.cause]


class Reading:
    """One request under way: sent, read within limits, then archived. Nothing that a server does makes it raise."""

    def __init__(
        self,
        ask: Ask,
        prepared: requests.PreparedRequest,
        began: float,
        *,
        send: Callable[[requests.PreparedRequest], requests.Response],
        watchdog: Watchdog,
        timeout: float,
        max_bytes: int,
        stop: threading.Event,
        known: Known | None = None,
        note: str = "",
    ) -> None:
        self._ask = ask
        self._known = known  # what the request asks about, if it is conditional
        self.unchanged = False
        self._prepared = prepared
        self._began = began
        self._send = send
        self._watchdog = watchdog
        self._timeout = timeout
        self._max_bytes = max_bytes
        self._stop = stop
        self._response: requests.Response | None = None
        self._body: IO[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  (closed by `archive`)
        self._small: list[bytes] | None = []
        self._sha256 = hashlib.sha256()
        self._size = 0
        self._cause = ""
        self._truncated = ""
        self._detail = note
        self._elapsed_ms = 0

    def run(self) -> None:
        try:
            with self._watchdog.deadline(2 * self._timeout) as limit:
                try:
                    self._response = self._send(self._prepared)
                except Exception as error:
                    self._failed(error, limit)
            if limit.passed and self._response is not None:
                # http.client takes the end of the connection for the end of the headers.
                self._response.close()
                self._response, self._cause, self._detail = None, "read-timeout", "headers without end"
            if self._response is not None:
                self._read(self._response)
        finally:
            self._elapsed_ms = int((time.monotonic() - self._began) * 1000)

    def close(self) -> None:
        if self._response is not None:
            self._response.close()

    def _failed(self, error: Exception, limit: Deadline) -> None:
        self._cause = "read-timeout" if limit.passed else of_exception(error)
        self._detail = _sentence(error)

    # ---- reading the body ----

    def _read(self, response: requests.Response) -> None:
        if response.status_code == _NOT_MODIFIED:
            self._compare(response)
            return
        answer = causes.of_status(response.status_code, bool(response.headers.get("location")))
        limit = self._max_bytes if answer == "ok" else MAX_ASIDE
        problem = ""
        try:
            problem = self._decode(response, limit)
        except Undecodable as error:
            problem, self._truncated, self._detail = "bad-encoding", "unspecified", str(error)
            self._raw_instead()
        except (Stopped, EvidenceError):
            raise
        except Exception as error:
            cause = of_exception(error)
            problem = "deadline" if cause == "read-timeout" else "cut-off"
            self._truncated = "time" if cause == "read-timeout" else "disconnect"
            self._detail = _sentence(error)
        self._cause = problem if answer == "ok" and problem else self._of_redirect(answer, response)
        stranger = impostor(response.status_code, response.headers.items(), b"".join(self._small or ()))
        if stranger is not None:
            self._cause, self._detail = stranger.cause, f"answered by {stranger.who}"

    def _compare(self, response: requests.Response) -> None:
        if self._known is None:
            self._cause, self._detail = "bad-response", conditional.UNASKED
        elif conditional.contradicts(self._known, {name.lower(): value for name, value in response.headers.items()}):
            self._cause, self._detail = "bad-response", conditional.CONTRADICTED
        else:
            self._cause, self.unchanged = "ok", True
        response.raw.drain_conn()  # there is no body; the connection is free for the next request

    @property
    def misunderstood(self) -> bool:
        """The server tripped over the conditions: the same without them may be answered."""
        status = self._response.status_code if self._response is not None else 0
        tripped = status in conditional.REFUSALS or (status == _NOT_MODIFIED and not self.unchanged)
        return self._known is not None and tripped

    def _decode(self, response: requests.Response, limit: int) -> str:
        """Reads on to the end or a limit; the name of what went wrong, or nothing."""
        decoder = Decoder(response.headers.get("content-encoding", ""), limit)
        announced = response.headers.get("content-length", "")
        too_large = announced.isdecimal() and int(announced) > limit
        end = self._began + PATIENCE * self._timeout
        wire = 0
        for data in self._wire(response.raw):
            wire += len(data)
            self._spool(data)
            for piece in decoder.feed(data):
                self._keep(piece)
            if decoder.overflow or wire > limit or (too_large and wire >= SNIFFED):
                self._truncated = "length"
                return "decompression-bomb" if decoder.overflow and self._size > BOMB_RATIO * wire else "too-large"
            if time.monotonic() > end:
                self._truncated = "time"
                return "deadline"
            if self._stop.is_set():
                raise Stopped
        return ""

    def _wire(self, raw: urllib3.HTTPResponse) -> Iterator[bytes]:
        """The bytes as they come. `read1` gives what is there; `read` would wait for a full buffer, however slow."""
        while data := raw.read1(_READ, decode_content=False):
            yield data

    def _spool(self, data: bytes) -> None:
        try:
            self._body.write(data)
        except OSError as error:  # ours, not the site's: the temporary folder is full
            raise EvidenceError(f"no room for {self._ask.url}: {error.strerror}; free space and run again") from None

    def _keep(self, piece: bytes) -> None:
        self._size += len(piece)
        self._sha256.update(piece)
        if self._small is not None:
            self._small.append(piece)
            if self._size > IN_MEMORY:
                self._small = None

    def _raw_instead(self) -> None:
        """What cannot be decoded is kept as the bytes that came."""
        self._body.seek(0)
        data = self._body.read()
        self._sha256, self._size, self._small = hashlib.sha256(), 0, []
        self._keep(data)

    def _of_redirect(self, answer: str, response: requests.Response) -> str:
        """A redirect that leads back or on for ever is named at the hop that shows it."""
        if answer != "redirect":
            return answer
        location = resolved(self._ask.url, as_utf8(response.headers["location"]))
        if not is_web(location):
            return "bad-redirect"
        offered = bool(response.headers.get("set-cookie"))
        if offered:
            self._detail = OFFERS_COOKIE
        looping = location in (*self._ask.chain, self._ask.url)
        if not looping and len(self._ask.chain) < MAX_REDIRECTS:
            return "redirect"
        if offered or self._ask.cookie:
            return "cookie-wall"
        return "redirect-loop" if looping else "too-many-redirects"

    # ---- archiving ----

    def archive(self, writer: EvidenceWriter, clock: Clock) -> Got:
        at = clock.at(self._began)
        with self._body:
            if self._response is None:
                capture = writer.failure(
                    url=self._ask.url,
                    origin=self._ask.origin,
                    at=at,
                    cause=self._cause,
                    elapsed_ms=self._elapsed_ms,
                    detail=self._detail,
                )
                return Got(capture)
            body = b"".join(self._small) if self._small is not None else None
            if self._cause == "ok" and body and not self._detail:
                self._detail = detail_of(self._response.headers.get("content-type", ""), body)
            exchange = self._exchange(self._response, at)
            if self.unchanged and self._known is not None:
                return Got(writer.unchanged(exchange, self._known), self._known.body)
            capture = writer.exchange(exchange)
        return Got(capture, body, _retry_after(self._response.headers.get("retry-after"), at))

    def _exchange(self, response: requests.Response, at: datetime) -> Exchange:
        headers: Any = response.raw.headers
        return Exchange(
            url=self._ask.url,
            origin=self._ask.origin,
            at=at,
            cause=self._cause,
            status=response.status_code,
            reason=response.reason or "",
            body=self._body,
            digest=self._sha256.hexdigest(),
            size=self._size,
            elapsed_ms=self._elapsed_ms,
            method=self._ask.method,
            target=self._prepared.url or self._ask.url,
            request_headers=(("Host", _authority(self._prepared.url or "")), *self._prepared.headers.items()),
            response_headers=tuple(headers.items()),
            truncated=self._truncated,
            detail=self._detail,
            alone=self._ask.alone,
        )


def _retry_after(value: str | None, at: datetime) -> float | None:
    """Seconds (RFC 9110, 10.2.3): a number, or a date."""
    if not value:
        return None
    if value.strip().isdecimal():
        return float(value.strip()[:9])
    until = moment(value)
    return None if until is None else max(0.0, (until - at).total_seconds())


def _authority(url: str) -> str:
    return url.partition("://")[2].partition("/")[0].partition("?")[0].rpartition("@")[2]


def _sentence(error: BaseException) -> str:
    """The innermost words of what was raised, without addresses of objects."""
    inner = error
    while inner.args and isinstance(inner.args[0], BaseException):
        inner = inner.args[0]
    reason = getattr(inner, "reason", None)
    inner = reason if isinstance(reason, BaseException) else inner
    text = str(inner)
    return f"{type(inner).__name__}: {text.rpartition('>: ')[2] or text}"[:300]
