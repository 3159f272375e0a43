"""The city served over real HTTP, and a client that reaches its virtual hosts by the Host header."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from auditor.demo.city import build
from auditor.demo.server import Running, serve


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        return self.headers.get("content-type", "").split(";")[0]


Ask = Callable[..., Reply]


@pytest.fixture
def running() -> Iterator[Running]:
    with serve(build(1)) as running:
        yield running


@pytest.fixture
def ask(running: Running) -> Iterator[Ask]:
    """`ask("ppid", "/kontak", method="HEAD", **headers)` over one kept connection."""
    connection = http.client.HTTPConnection("127.0.0.1", running.port, timeout=10)

    def request(host: str, target: str, method: str = "GET", **headers: str) -> Reply:
        name = host if host.endswith(".localhost") else f"{host}.kotacontoh.localhost"
        sent = {"Host": f"{name}:{running.port}", **{key.replace("_", "-"): value for key, value in headers.items()}}
        connection.request(method, target, headers=sent)
        response = connection.getresponse()
        return Reply(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    yield request
    connection.close()
