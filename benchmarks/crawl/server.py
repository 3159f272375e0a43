"""Serves a city on loopback from a process of its own and keeps a log of what was asked, and when."""

from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote

from benchmarks.crawl.city import HOSTS, HTML, Answer, City, address, given, made

_CALENDAR = re.compile(r"/kalender/(\d+)/(\d+)/(?:\d+/)?$")
_SESSION = re.compile(r"[?&]PHPSESSID=[0-9a-f]+")
_REASONS = {200: "OK", 301: "Moved", 302: "Found", 403: "Forbidden", 404: "Not Found", 410: "Gone", 500: "Error"}
_NOT_FOUND = Answer(404, HTML, b"<h1>404</h1><p>Halaman tidak ditemukan.</p>")

Entry = tuple[float, int, str, int, int]
"""Monotonic seconds, number of the host, path, status, how many requests to the host were under way."""


class _Served(asyncio.Protocol):
    """One connection. `latency` seconds pass before each answer."""

    def __init__(self, city: City, log: list[Entry], busy: list[int], latency: float) -> None:
        self._city, self._log, self._busy, self._latency = city, log, busy, latency
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._host = int(transport.get_extra_info("sockname")[0].rpartition(".")[2]) - 10

    def data_received(self, data: bytes) -> None:
        self._rest += data
        while (end := self._rest.find(b"\r\n\r\n")) >= 0:
            head, self._rest = self._rest[:end], self._rest[end + 4 :]
            self._busy[self._host] += 1
            place = len(self._log)
            path = head.split(b" ", 2)[1].decode("latin-1")
            self._log.append((time.monotonic(), self._host, path, 0, self._busy[self._host]))
            if self._latency:
                asyncio.get_running_loop().call_later(self._latency, self._answer, head, path, place)
            else:
                self._answer(head, path, place)

    def _answer(self, head: bytes, path: str, place: int) -> None:
        answer = _found(self._city, self._host, path)
        began, host, _, _, together = self._log[place]
        self._log[place] = (began, host, path, answer.status, together)
        self._busy[self._host] -= 1
        where = f"Location: {answer.location}\r\n" if answer.location else ""
        lines = f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, 'Status')}\r\nContent-Type: {answer.media_type}"
        # LinkChecker asks a server that does not send its name ten times a second at most.
        lines += f"\r\nLinkChecker: 1\r\nContent-Length: {len(answer.body)}\r\n{where}\r\n"
        self._transport.write(lines.encode("latin-1") + (b"" if head.startswith(b"HEAD") else answer.body))
        if b"connection: close" in head.lower() or b" HTTP/1.0" in head:
            self._transport.close()


def _found(city: City, host: int, path: str) -> Answer:
    answer = city.answers.get((host, path)) or city.answers.get((host, unquote(path)))
    if answer is not None:
        return answer
    if "PHPSESSID" in path:
        return _found(city, host, _SESSION.sub("", path))
    month = _CALENDAR.match(path)
    if month and 1900 <= int(month[1]) <= 2100:
        days = "".join(f"<a href='/kalender/{month[1]}/{month[2]}/{day}/'>{day}</a> " for day in range(1, 29))
        turn = f"<a href='/kalender/{int(month[1]) + 1}/{month[2]}/'>&raquo;</a>"
        return Answer(200, HTML, f"<h1>Kalender</h1><p>Tidak ada kegiatan.</p>{turn} {days}".encode())
    return _NOT_FOUND


async def _serve(city: City, log: list[Entry], latency: float) -> None:
    loop = asyncio.get_running_loop()
    busy = [0] * HOSTS
    for host in range(HOSTS):
        await loop.create_server(
            lambda: _Served(city, log, busy, latency), address(host), city.port, reuse_address=True, backlog=512
        )
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.readline)


@contextmanager
def serving(source: str, latency: float = 0.0) -> Iterator[Path]:
    """Serves until the end of the `with`; gives the file that then holds the log. `source`: a folder of a given city,
    or `pages,port[,even]` of a made one."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log.json"
        command = [sys.executable, "-m", "benchmarks.crawl.server", source, str(log), str(latency)]
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert server.stdin is not None
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        kept = Path(tempfile.mkstemp(suffix=".json")[1])
        try:
            yield kept
        finally:
            server.stdin.write("\n")
            server.stdin.close()
            server.wait()
            kept.write_bytes(log.read_bytes())


def city_of(source: str) -> City:
    if "," not in source:
        return given(Path(source))
    pages, port, *more = source.split(",")
    return made(int(pages), int(port), even=more == ["even"])


if __name__ == "__main__":
    entries: list[Entry] = []
    asyncio.run(_serve(city_of(sys.argv[1]), entries, float(sys.argv[3])))
    Path(sys.argv[2]).write_text(json.dumps(entries))
