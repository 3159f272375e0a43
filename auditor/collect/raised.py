"""What requests, urllib3, http.client, ssl or the guard raised -> a word of the closed list in `causes`."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
from collections.abc import Callable, Iterator

import requests
import urllib3

from auditor.collect.guard import AddressRefused, ConnectTookTooLong, NoContact


def of_exception(error: BaseException) -> str:
    """The cause of whatever requests, urllib3, http.client, ssl or the guard raised; the innermost one decides."""
    chain = list(_chain(error))
    for kind, cause in _EXCEPTIONS:
        found = next((e for e in chain if isinstance(e, kind)), None)
        if found is not None:
            return cause if isinstance(cause, str) else cause(found)
    return "bad-response"


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error and everything wrapped in it: by `raise from`, by context, as argument, as urllib3's `reason`."""
    seen: set[int] = set()
    waiting: list[object] = [error]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [*one.args, one.__context__, one.__cause__, getattr(one, "reason", None)]


# X509_V_ERR_* in OpenSSL's x509_vfy.h.
_CERTIFICATE = {
    10: "tls-expired",
    18: "tls-self-signed",
    19: "tls-self-signed",
    62: "tls-wrong-host",
    64: "tls-wrong-host",
}


def _of_certificate(error: BaseException) -> str:
    code = getattr(error, "verify_code", 0)
    return _CERTIFICATE.get(code, "tls-untrusted")


def _of_lookup(error: BaseException) -> str:
    code = getattr(error, "errno", None)
    return "dns" if code in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5)) else "dns-unanswered"


def _of_os_error(error: BaseException) -> str:
    code = getattr(error, "errno", None)
    if code in (errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ENOBUFS):
        return "not-answered"  # our machine's want, never the site's fault
    if code in (errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EHOSTDOWN, errno.EADDRNOTAVAIL):
        return "unreachable"
    return "connect-timeout" if code == errno.ETIMEDOUT else "reset"


_Kinds = type[BaseException] | tuple[type[BaseException], ...]
_EXCEPTIONS: tuple[tuple[_Kinds, str | Callable[[BaseException], str]], ...] = (
    (NoContact, "no-contact"),
    (AddressRefused, "private-address"),
    (ssl.SSLCertVerificationError, _of_certificate),
    (ssl.SSLError, "tls-failed"),
    (socket.gaierror, _of_lookup),
    (ConnectTookTooLong, "connect-timeout"),
    ((TimeoutError, urllib3.exceptions.ReadTimeoutError), "read-timeout"),
    (ConnectionRefusedError, "refused"),
    ((http.client.IncompleteRead, urllib3.exceptions.IncompleteRead), "cut-off"),
    ((http.client.RemoteDisconnected, ConnectionResetError, ConnectionAbortedError, BrokenPipeError), "reset"),
    ((http.client.HTTPException, urllib3.exceptions.InvalidChunkLength), "bad-response"),
    ((requests.exceptions.InvalidURL, urllib3.exceptions.LocationParseError, UnicodeError), "bad-address"),
    (OSError, _of_os_error),
)
