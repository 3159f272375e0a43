"""A requests session whose every request goes through the door: what ckanapi is given to talk with."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping
from typing import Any

import requests
from requests.adapters import BaseAdapter

from auditor.collect.reading import Got


class DoorAdapter(BaseAdapter):
    """`ask(url)` is one polite, archived GET with its retries and redirects; `payload` its decoded bytes."""

    def __init__(self, ask: Callable[[str], Got], payload: Callable[[Got], bytes]) -> None:
        super().__init__()
        self._ask = ask
        self._payload = payload

    def send(
        self,
        request: requests.PreparedRequest,
        stream: bool = False,
        timeout: Any = None,
        verify: bool | str = True,
        cert: Any = None,
        proxies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        """Raises requests.ConnectionError where no answer came; the message is the cause."""
        if request.method != "GET":
            raise requests.exceptions.InvalidSchema(f"{request.method} is not asked of anybody's site")
        got = self._ask(request.url or "")
        capture = got.capture
        if capture.status is None or capture.truncated:
            raise requests.ConnectionError(capture.cause, request=request)
        response = requests.Response()
        response.status_code = capture.status
        response.url = capture.url
        response.request = request
        response.encoding = "utf-8"
        response.headers["Content-Type"] = capture.header("content-type")
        response.headers["Date"] = capture.header("date")
        response.raw = io.BytesIO(self._payload(got))
        return response

    def close(self) -> None:
        """Nothing of its own to close."""


def session(ask: Callable[[str], Got], payload: Callable[[Got], bytes]) -> requests.Session:
    made = requests.Session()
    made.trust_env = False
    made.max_redirects = 0
    for prefix in ("http://", "https://"):
        made.mount(prefix, DoorAdapter(ask, payload))
    return made
