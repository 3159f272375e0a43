"""The one door against servers that misbehave, on real sockets."""

from __future__ import annotations

import gzip
import random
import socket
import threading
import time
import zlib
from collections.abc import Callable
from dataclasses import replace
from email.utils import format_datetime

import pytest

from auditor.collect.causes import CAUSES
from auditor.collect.fetch import CIRCUIT, Door
from tests.badsite import (
    BadSite,
    Reply,
    Request,
    drip,
    hang_up,
    html,
    redirect,
    refused_port,
    silence,
    silent_port,
    text,
)
from tests.collect import certificates
from tests.collect.conftest import ask

MakeDoor = Callable[..., Door]

OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def endless(request: Request) -> None:
    try:
        request.sock.sendall(OK + b"\r\n")
        while True:
            request.sock.sendall(b"x" * 65536)
    except OSError:
        return


def chunked(body: bytes) -> bytes:
    return OK + b"Transfer-Encoding: chunked\r\n\r\n" + body


MISBEHAVIOUR = {
    "too-large": endless,
    "deadline": drip(OK + b"\r\n", b"x", 0.02),
    "read-timeout": drip(b"HTTP/1.1 200 OK\r\n", b"X-Drip: y\r\n", 0.05),
    "cut-off": OK + b"Content-Length: 1000\r\n\r\nonly this",
    "bad-response": b"220 mail.example ESMTP ready\r\n",
    "reset": hang_up,
    "bad-encoding": OK + b"Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nnot a zip",
    "decompression-bomb": Reply(
        gzip.compress(bytes(60_000_000), mtime=0), headers=(("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    ),
}


@pytest.mark.parametrize("cause", MISBEHAVIOUR)
def test_a_misbehaving_server_is_named_and_archived(cause: str, door: MakeDoor) -> None:
    with BadSite({"/": MISBEHAVIOUR[cause]}) as site:
        one = door(timeout_seconds=0.2, max_bytes=1_000_000)
        began = time.monotonic()
        got = one.once(ask(site.url()))
        assert got.capture.cause == cause
        assert time.monotonic() - began < 30
        assert len(one.payload(got)) == got.capture.size <= 1_000_000


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n", "bad-response"),
        (OK + b"X-Long: " + b"y" * 100_000 + b"\r\n\r\n", "bad-response"),
        (chunked(b"ZZZ\r\nnot a length\r\n0\r\n\r\n"), "cut-off"),
        (chunked(b"ff\r\nshort"), "cut-off"),
        (chunked(b"4\r\nisi!\r\n0\r\n\r\n"), "ok"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 50 + OK + b"Content-Length: 1\r\n\r\nx", "ok"),
        (b"HTTP/1.0 200\r\n\r\nold", "ok"),
        (b"HTTP/1.1 999 Nope\r\nContent-Length: 0\r\n\r\n", "bad-response"),
        (b"", "reset"),
        (b"\0" * 5000, "bad-response"),
        (OK + b"Content-Encoding: br\r\nContent-Length: 3\r\n\r\nabc", "bad-encoding"),
        (OK + b"Content-Length: -5\r\n\r\nabc", "ok"),
        (OK + b"Content-Length: 3, 3\r\n\r\nabc", "ok"),
        (OK + "X-Nama: laporan é\x01.pdf\r\nContent-Length: 3\r\n\r\nabc".encode(), "ok"),
    ],
)
def test_answers_that_are_hardly_http(answer: bytes, cause: str, door: MakeDoor) -> None:
    with BadSite({"/": answer}) as site:
        one = door()
        got = one.once(ask(site.url()))
        assert got.capture.cause == cause
        one.payload(got)


@pytest.mark.parametrize(
    ("status", "cause"),
    [
        (204, "ok"),
        (401, "login-required"),
        (403, "forbidden"),
        (404, "not-found"),
        (410, "gone"),
        (418, "not-allowed"),
        (429, "rate-limited"),
        (451, "forbidden"),
        (500, "server-error"),
        (503, "server-error"),
        (302, "bad-redirect"),
    ],
)
def test_each_status_has_its_cause(status: int, cause: str, door: MakeDoor) -> None:
    with BadSite({"/": Reply(b"", status)}) as site:
        assert door().once(ask(site.url())).capture.cause == cause


def test_content_encodings_are_removed_from_what_is_read_and_kept_in_what_is_stored(door: MakeDoor) -> None:
    page = b"<p>isi</p>" * 1000
    raw = zlib.compressobj(wbits=-15)
    bodies = {
        "/gzip": ("gzip", gzip.compress(page, mtime=0)),
        "/two": ("gzip", gzip.compress(page[:5000], mtime=0) + gzip.compress(page[5000:], mtime=0)),
        "/tail": ("gzip", gzip.compress(page, mtime=0) + b"\0\0garbage"),
        "/zlib": ("deflate", zlib.compress(page)),
        "/raw": ("deflate", raw.compress(page) + raw.flush()),
        "/twice": ("gzip, gzip", gzip.compress(gzip.compress(page), mtime=0)),
    }
    routes = {
        path: Reply(body, headers=(("Content-Type", "text/html"), ("Content-Encoding", name)))
        for path, (name, body) in bodies.items()
    }
    with BadSite(routes) as site:
        one = door()
        for path in bodies:
            got = one.once(ask(site.url(path)))
            assert (got.capture.cause, one.payload(got)) == ("ok", page)
            assert one.payload(replace(got, body=None)) == page
            assert got.capture.header("content-encoding") == bodies[path][0]


@pytest.mark.parametrize("status", [200, 404])
def test_an_encoding_that_breaks_in_the_middle_is_kept_as_it_came(status: int, door: MakeDoor) -> None:
    body = bytearray(gzip.compress(b"<p>isi</p>" * 50_000 + random.Random(1).randbytes(3000), mtime=0))
    body[-2000:-1000] = b"\xff" * 1000
    headers = (("Content-Type", "text/html"), ("Content-Encoding", "gzip"))
    with BadSite({"/": Reply(bytes(body), status, headers)}) as site:
        one = door()
        got = one.once(ask(site.url()))
        assert got.capture.cause == ("bad-encoding" if status == 200 else "not-found")
        assert one.payload(replace(got, body=None)) == bytes(body) == one.payload(got)


def test_no_answer_from_the_port(door: MakeDoor) -> None:
    one = door(timeout_seconds=0.2)
    refused = one.once(ask(f"http://site.localhost:{refused_port()}/")).capture
    assert (refused.cause, refused.status, refused.digest) == ("refused", None, "")
    with silent_port() as port:
        assert one.once(ask(f"http://site.localhost:{port}/")).capture.cause == "read-timeout"
        assert one.once(ask(f"https://site.localhost:{port}/")).capture.cause == "read-timeout"


def test_a_port_that_does_not_accept_in_time(door: MakeDoor) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        fillers = []
        for _ in range(4):
            filler = socket.socket()
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
            fillers.append(filler)
        got = door(timeout_seconds=0.2).once(ask(f"http://site.localhost:{port}/"))
        assert got.capture.cause == "connect-timeout"
        for filler in fillers:
            filler.close()


def test_addresses_that_are_none(door: MakeDoor) -> None:
    one = door()
    for url in ("http://", "ftp://a.localhost/", "http://a b/", "file:///etc/passwd", "http://[::1"):
        assert one.once(ask(url)).capture.cause in ("bad-address", "dns"), url


def test_a_tls_handshake_that_drips_is_ended(door: MakeDoor) -> None:
    with silent_port() as port:
        began = time.monotonic()
        door(timeout_seconds=0.2).once(ask(f"https://site.localhost:{port}/"))
        assert time.monotonic() - began < 20


def test_tls_is_checked_and_the_fault_is_named(door: MakeDoor, tmp_path_factory: pytest.TempPathFactory) -> None:
    key, valid, expired = certificates.written(tmp_path_factory.mktemp("tls"))
    with BadSite({"/": html("isi")}, tls=(valid, key), host="tls.localhost") as site:
        assert door().once(ask(site.url())).capture.cause == "tls-self-signed"
        assert door(trust=valid).once(ask(site.url())).capture.cause == "ok"
        assert door(trust=valid).once(ask(site.url(host="other.localhost"))).capture.cause == "tls-wrong-host"
        assert site.asked() == ["/"]
    with BadSite({"/": html("isi")}, tls=(expired, key), host="tls.localhost") as site:
        assert door(trust=expired).once(ask(site.url())).capture.cause == "tls-expired"
    with socket.create_server(("127.0.0.1", 0)) as plain:

        def speak() -> None:
            with plain.accept()[0] as sock:
                sock.sendall(b"HTTP/1.1 400 Bad\r\n\r\n")

        speaker = threading.Thread(target=speak)
        speaker.start()
        url = f"https://tls.localhost:{plain.getsockname()[1]}/"
        assert door().once(ask(url)).capture.cause in ("tls-failed", "reset")
        speaker.join()


# ---- redirects -------------------------------------------------------------------------------------------------------


def test_each_hop_is_a_capture_of_its_own(door: MakeDoor) -> None:
    with BadSite({"/": redirect("/satu#x", 301), "/satu": redirect("/dua"), "/dua": html("isi")}) as site:
        one = door()
        got = one.fetch(ask(site.url()))
        assert (got.capture.url, got.capture.cause, got.capture.via) == (site.url("/dua"), "ok", site.url("/satu"))
        assert site.asked() == ["/", "/satu", "/dua"]


def test_a_redirect_to_a_name_with_spaces_and_accents(door: MakeDoor) -> None:
    location = "/laporan keuangan é.pdf".encode().decode("latin-1")
    with BadSite({"/": redirect(location), "/laporan%20keuangan%20%C3%A9.pdf": html("isi")}) as site:
        got = door().fetch(ask(site.url()))
        assert (got.capture.cause, got.capture.url) == ("ok", site.url("/laporan%20keuangan%20%C3%A9.pdf"))


def test_a_circle_that_offers_a_cookie_is_a_wall_for_us_not_a_dead_end(door: MakeDoor) -> None:
    answers = {
        "/in": Reply(status=302, headers=(("Location", "/check"), ("Set-Cookie", "seen=1"))),
        "/check": redirect("/in"),
    }
    with BadSite(answers) as site:
        got = door().fetch(ask(site.url("/in")))
        assert got.capture.cause == "cookie-wall"
        assert not any(name.lower() == "set-cookie" for name, _ in got.capture.headers)


def test_redirects_in_a_circle_and_without_end(door: MakeDoor) -> None:
    def on(request: Request) -> Reply:
        return redirect(f"/on?n={int(request.query.get('n', 0)) + 1}")

    with BadSite({"/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self"), "/on": on}) as site:
        one = door()
        assert one.fetch(ask(site.url("/a"))).capture.cause == "redirect-loop"
        assert one.fetch(ask(site.url("/self"))).capture.cause == "redirect-loop"
        assert one.fetch(ask(site.url("/on"))).capture.cause == "too-many-redirects"
        assert len([target for target in site.asked() if target.startswith("/on")]) == 11


@pytest.mark.parametrize(
    ("location", "cause"),
    [
        ("http://169.254.169.254/latest/meta-data/", "private-address"),
        ("http://10.1.2.3/", "private-address"),
        ("http://[::1]:80/", "private-address"),
        ("http://[::ffff:10.0.0.1]/", "private-address"),
        ("http://[64:ff9b::a00:1]/", "private-address"),
        ("http://[2002:a00:1::]/", "private-address"),
        ("http://0xa9fea9fe/", "private-address"),
        ("file:///etc/passwd", "bad-redirect"),
        ("gopher://127.0.0.1:70/", "bad-redirect"),
        ("http://:80/", "bad-redirect"),
    ],
)
def test_a_redirect_leads_nowhere_private(location: str, cause: str, door: MakeDoor) -> None:
    with BadSite({"/": redirect(location)}) as site:
        assert door().fetch(ask(site.url())).capture.cause == cause


# ---- asking again ----------------------------------------------------------------------------------------------------


def test_what_may_pass_is_asked_again_and_what_will_not_is_not(door: MakeDoor) -> None:
    def second(request: Request) -> Reply:
        return html("isi") if request.number else Reply(b"", 503)

    with BadSite({"/sakit": second, "/hilang": Reply(b"", 404)}) as site:
        one = door(retries=2)
        assert one.fetch(ask(site.url("/sakit"))).capture.cause == "ok"
        assert one.fetch(ask(site.url("/hilang"))).capture.cause == "not-found"
        assert site.asked() == ["/sakit", "/sakit", "/hilang"]


def test_retry_after_is_waited_for_when_it_is_short(door: MakeDoor) -> None:
    def busy(request: Request) -> Reply:
        return html("isi") if request.number else Reply(b"", 429, (("Retry-After", "1"),))

    with BadSite({"/": busy}) as site:
        assert door(retries=1).fetch(ask(site.url())).capture.cause == "ok"
        first, second = site.log
        assert 0.9 <= second.began - first.began < 30


def test_retry_after_is_not_waited_for_when_it_is_long(door: MakeDoor) -> None:
    one = door(retries=2)
    tomorrow = format_datetime(one.clock.now().replace(year=2999))
    for value in ("86400", tomorrow):
        with BadSite({"/": Reply(b"", 503, (("Retry-After", value),))}) as site:
            began = time.monotonic()
            got = one.fetch(ask(site.url()))
            assert (got.capture.cause, got.cause.lasting) == ("server-error", "transient")
            assert time.monotonic() - began < 20
            assert site.asked() == ["/"]


@pytest.mark.parametrize("value", ["\u00b2", "Mon, 02 Nov 99999999999999999999 10:00:00 GMT", "besok"])
def test_retry_after_that_no_calendar_has_is_none(door: MakeDoor, value: str) -> None:
    with BadSite({"/": Reply(b"", 503, (("Retry-After", value),))}) as site:
        got = door().once(ask(site.url()))
    assert (got.capture.cause, got.wait) == ("server-error", None)


def test_a_host_that_does_not_answer_is_left_alone(door: MakeDoor) -> None:
    with BadSite({"*": silence, "/hidup": html("isi")}) as site:
        one = door(timeout_seconds=0.05)
        causes = [one.once(ask(site.url(f"/{n}"))).capture.cause for n in range(CIRCUIT + 2)]
        assert causes == ["read-timeout"] * CIRCUIT + ["circuit-open"] * 2
        assert len(site.asked()) == CIRCUIT


def test_an_answer_closes_the_circuit_again(door: MakeDoor) -> None:
    with BadSite({"*": silence, "/hidup": Reply(b"", 500)}) as site:
        one = door(timeout_seconds=0.05)
        for n in range(CIRCUIT - 1):
            one.once(ask(site.url(f"/{n}")))
        one.once(ask(site.url("/hidup")))
        assert one.once(ask(site.url("/lagi"))).capture.cause == "read-timeout"


# ---- manners ---------------------------------------------------------------------------------------------------------


def test_what_we_send(door: MakeDoor) -> None:
    def cookies(request: Request) -> Reply:
        return Reply(b"x", headers=(("Set-Cookie", "a=1; Path=/"), ("Content-Type", "text/html")))

    with BadSite({"*": cookies}) as site:
        one = door(contact="mailto:ppid@contoh.go.id")
        one.once(ask(site.url("/1")))
        one.once(ask(site.url("/2"), method="HEAD"))
        first, second = site.log
        assert first.headers["user-agent"].startswith("TransparencyAuditor/")
        assert first.headers["user-agent"].endswith(" (+mailto:ppid@contoh.go.id)")
        assert first.headers["accept-encoding"] == "gzip, deflate"
        assert "cookie" not in second.headers
        assert (first.method, second.method) == ("GET", "HEAD")


def test_a_body_that_announces_too_much_is_not_downloaded(door: MakeDoor) -> None:
    body = random.Random(1).randbytes(8_000_000)
    with BadSite({"/": text(body, "application/pdf")}) as site:
        got = door(max_bytes=1_000_000).once(ask(site.url()))
        assert (got.capture.cause, got.capture.truncated) == ("too-large", True)
        assert 65_536 <= got.capture.size < 200_000


def test_the_table_of_causes_is_whole() -> None:
    for code, cause in CAUSES.items():
        assert cause.code == code
        assert cause.text.id.endswith(".")
        assert cause.text.en.endswith(".")
