"""The browser's own process: Chromium through Playwright, asking its parent for every byte. It reaches no network.

Started by `auditor.collect.browser` and by nobody else. It speaks over one pipe: `ready`; then for each page it gets
(address, status, headers, body) and answers with any number of `("ask", address, kind)`, each of which the parent
answers with (status, headers, body) or None, and at last `("drawn", html)` or `("failed", words)`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--host-resolver-rules=MAP * ~NOTFOUND",  # what would escape the route finds no address
)
QUIET_MS = 500
POLLS = 40
"""A page that still changes after so many looks is taken as it is."""

_Job = tuple[str, int, dict[str, str], bytes]  # address, status, headers, body
_ASKED = frozenset(("document", "script", "xhr", "fetch", "stylesheet"))
_NO_STYLE = {"content-type": "text/css"}


def serve(descriptor: int, executable: str, agent: str, seconds: float, root: bool) -> None:
    """The loop of the process. `root`: Chromium refuses its sandbox to the superuser."""
    from playwright.sync_api import sync_playwright

    pipe = Connection(descriptor)
    flags = [*FLAGS, *(("--no-sandbox",) if root else ())]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=flags, timeout=seconds * 1000)
        pipe.send("ready")
        while True:
            try:
                job = pipe.recv()
            except (EOFError, OSError):
                return
            pipe.send(_draw(browser, pipe, job, agent, seconds))


def _draw(browser: Any, pipe: Connection, job: _Job, agent: str, seconds: float) -> tuple[str, str]:
    url = job[0]
    context = browser.new_context(
        user_agent=agent, service_workers="block", accept_downloads=False, locale="id-ID", permissions=[]
    )
    try:
        page = context.new_page()
        context.route("**/*", _router(pipe, job))
        context.route_web_socket("**/*", lambda socket: socket.close())
        page.on("dialog", lambda dialog: dialog.dismiss())
        context.on("page", lambda other: other.close() if other is not page else None)
        page.goto(url, wait_until="domcontentloaded", timeout=seconds * 1000)
        _settle(page)
        return "drawn", page.content()
    except Exception as error:
        return "failed", f"{type(error).__name__}: {error}".splitlines()[0][:200]
    finally:
        context.close()


def _settle(page: Any) -> None:
    """Until the page has stayed the same for a moment with nothing under way."""
    before = None
    for _ in range(POLLS):
        page.wait_for_timeout(QUIET_MS)
        now = page.evaluate("document.documentElement.outerHTML.length")
        if now == before:
            return
        before = now


def _router(pipe: Connection, job: _Job) -> Callable[[Any], None]:
    url, status, headers, body = job
    first = [True]

    def answer(route: Any) -> None:
        request = route.request
        if request.is_navigation_request():
            if first[0] and request.url.partition("#")[0] == url.partition("#")[0]:
                first[0] = False
                route.fulfill(status=status, headers=headers, body=body)
            else:
                route.abort()
            return
        if request.method != "GET" or request.resource_type not in _ASKED:
            route.abort()
            return
        if request.resource_type == "stylesheet":
            route.fulfill(status=200, headers=_NO_STYLE, body="")
            return
        pipe.send(("ask", request.url, request.resource_type))
        got = pipe.recv()
        if got is None:
            route.abort()
        else:
            route.fulfill(status=got[0], headers=got[1], body=got[2])

    return answer


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2], sys.argv[3], float(sys.argv[4]), sys.argv[5] == "root")
