"""A made-up country on loopback: `python -m benchmarks.fleet.country --port P --pages N --latency S`.

Every host is a site of N pages that lead to each other; each answer takes the latency. One asyncio process, so that the
server takes little of the processors that are measured.
"""

from __future__ import annotations

import argparse
import asyncio
import re
from functools import lru_cache

TITLES = ("DPA", "RKA", "Laporan Realisasi Anggaran", "Renstra", "LKjIP", "Perjanjian Kinerja", "IKU", "Renja")
PARAGRAPH = "Pemerintah daerah mengumumkan informasi publik tentang anggaran, kinerja dan pelayanan kepada warga. " * 6
LINKS = 40
_REQUEST = re.compile(rb"^(GET|HEAD) (\S+) HTTP/1\.1\r\n")
_HOST = re.compile(rb"\r\n[Hh]ost: ([^:\r\n]+)")


class Country:
    def __init__(self, pages: int, latency: float) -> None:
        self.pages = pages
        self.latency = latency
        self.served = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                writer.write(await self._answer(head))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, head: bytes) -> bytes:
        asked, host = _REQUEST.match(head), _HOST.search(head)
        path = asked[2].decode() if asked else "/"
        if path == "/__served":
            return _reply(200, str(self.served).encode(), "text/plain")
        await asyncio.sleep(self.latency)
        number = 0 if path == "/" else int(path[3:]) if path.startswith("/h/") and path[3:].isdigit() else -1
        if not 0 <= number < self.pages:
            return _reply(404, b"<h1>404</h1>", "text/html")
        self.served += 1
        return _reply(200, _page(host[1].decode() if host else "", number, self.pages), "text/html; charset=utf-8")


@lru_cache(maxsize=64)
def _page(host: str, number: int, pages: int) -> bytes:
    """About 20 kB, as the median page of such a site."""
    menu = "".join(f'<li><a href="/h/{(number * 7 + n + 1) % pages}">Informasi {n}</a></li>' for n in range(LINKS))
    rows = "".join(
        f"<tr><td>{n + 1}</td><td>{TITLES[n % len(TITLES)]} Tahun {2019 + n % 8}</td>"
        f'<td><a href="/h/{(number + n * 31 + 1) % pages}">Lihat</a></td></tr>'
        for n in range(24)
    )
    text = "".join(f"<p>{host} {number}.{n} {PARAGRAPH}</p>" for n in range(18))
    head = f'<!doctype html><html lang="id"><title>Informasi Berkala {number} - {host}</title>'
    body = f"<nav><ul>{menu}</ul></nav><main><h1>Informasi Berkala {number}</h1>{text}<table>{rows}</table></main>"
    return f"{head}<body>{body}</body></html>".encode()


def _reply(status: int, body: bytes, kind: str) -> bytes:
    return f"HTTP/1.1 {status} X\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


async def _main(port: int, pages: int, latency: float) -> None:
    server = await asyncio.start_server(Country(pages, latency).serve, "127.0.0.1", port, backlog=512)
    print("ready", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    given = argparse.ArgumentParser()
    given.add_argument("--port", type=int, required=True)
    given.add_argument("--pages", type=int, required=True)
    given.add_argument("--latency", type=float, required=True)
    chosen = given.parse_args()
    asyncio.run(_main(chosen.port, chosen.pages, chosen.latency))
