"""Where we do not go: a name is resolved once, every address it has is checked, and the checked one is connected to.

So nothing that a page, a redirect or a name server says leads into a private network (server-side request forgery),
also not by answering differently the second time (DNS rebinding). TLS still names and checks the host.
urllib3 has no public hook for this: `_new_conn` is overridden, which is why `urllib3<3` is pinned and tested.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any

import requests.adapters
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

from auditor.collect.certificates import Witness, shown_by

_Address = IPv4Address | IPv6Address

# Global by the registry, yet they carry any IPv4 address: NAT64 (RFC 6052) and 6to4 (RFC 3056).
_TRANSLATED = (ip_network("64:ff9b::/96"), ip_network("2002::/16"))


class AddressRefused(Exception):
    """The host has an address that we do not connect to. No OSError, so that urllib3 passes it on as it is."""


class NoContact(AddressRefused):
    """A public address, while the operator has given no contact of their own."""


class ConnectTookTooLong(ConnectTimeoutError):
    """No connection in time. A class of its own: urllib3's NewConnectionError, a refusal, is a ConnectTimeoutError."""


class Guard:
    """`allow_private`: networks that are allowed all the same, e.g. `127.0.0.0/8` for the demo city. `nameless`: only
    those are allowed, because nobody could be written to about our visits."""

    def __init__(self, allow_private: Sequence[str] = (), *, nameless: bool = False) -> None:
        self._nameless = nameless
        self._allowed = tuple(ip_network(network) for network in allow_private)

    def addresses(self, host: str, port: int) -> list[tuple[int, tuple[Any, ...]]]:
        """(family, socket address) of each address of the host. Raises AddressRefused if one of them is not allowed,
        and socket.gaierror where there is none."""
        found = [(family, place) for family, _, _, _, place in _lookup(host, port)]
        for _, place in found:
            if not self.allows(str(place[0])):
                raise AddressRefused(f"{host} is {place[0]}, which is no public address")
            if self._nameless and not self._listed(str(place[0])):
                raise NoContact(f"{host} is {place[0]}, and [network] contact is still the example's")
        return found

    def allows(self, address: str) -> bool:
        if self._listed(address):
            return True
        ip = _ip(address)
        hidden = any(ip.version == network.version and ip in network for network in _TRANSLATED)
        return ip.is_global and not ip.is_multicast and not hidden

    def _listed(self, address: str) -> bool:
        ip = _ip(address)
        return any(ip.version == network.version and ip in network for network in self._allowed)


def _ip(address: str) -> _Address:
    ip: _Address = ip_address(address.partition("%")[0])
    return ip.ipv4_mapped if isinstance(ip, IPv6Address) and ip.ipv4_mapped else ip


def _lookup(host: str, port: int) -> list[Any]:
    if host == "localhost" or host.rstrip(".").endswith(".localhost"):
        host = "127.0.0.1"  # RFC 6761, 6.3
    return socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)


# ---- a deadline that reaches into a blocked read ---------------------------------------------------------------------

_current = threading.local()


class Deadline:
    """The end of one thread's request, wherever it is blocked. `passed` says that it struck."""

    def __init__(self, moment: float) -> None:
        self.moment = moment
        self.passed = False
        self._held: list[socket.socket] = []

    def hold(self, sock: socket.socket) -> None:
        self._held.append(sock)

    def strike(self) -> None:
        self.passed = True
        for sock in tuple(self._held):
            with contextlib.suppress(OSError):
                sock.shutdown(socket.SHUT_RDWR)


class Watchdog:
    """A timeout of sockets counts from byte to byte, so a server that drips its headers would hold us for days. One
    thread looks after all requests and shuts the connection of one that is over its time."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._watched: set[Deadline] = set()
        self._thread: threading.Thread | None = None

    @contextlib.contextmanager
    def deadline(self, seconds: float) -> Iterator[Deadline]:
        """Whatever this thread asks for inside is over after `seconds`."""
        one = Deadline(time.monotonic() + seconds)
        with self._changed:
            self._watched.add(one)
            if self._thread is None:
                self._thread = threading.Thread(target=self._watch, name="watchdog", daemon=True)
                self._thread.start()
        _current.deadline = one
        try:
            yield one
        finally:
            _current.deadline = None
            with self._changed:
                self._watched.discard(one)

    def _watch(self) -> None:
        with self._changed:
            while self._thread is not None:
                now = time.monotonic()
                for one in [w for w in self._watched if w.moment <= now]:
                    one.strike()
                    self._watched.discard(one)
                self._changed.wait(0.1)

    def close(self) -> None:
        with self._changed:
            thread, self._thread = self._thread, None
            self._changed.notify_all()
        if thread is not None:
            thread.join()


# ---- the connections -------------------------------------------------------------------------------------------------


class _Guarded:
    """Mixed into urllib3's connections; `guard` is set by the pool that makes them."""

    guard: Guard
    _dns_host: str
    host: str
    port: int
    timeout: Any
    _twin: socket.socket | None = None

    def _new_conn(self) -> socket.socket:
        try:
            places = self.guard.addresses(self._dns_host, self.port)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error  # type: ignore[arg-type]
        except UnicodeError as error:
            raise NewConnectionError(self, f"no host name: {error}") from error  # type: ignore[arg-type]
        sock = self._connect(places)
        # The twin shares the connection and outlives TLS wrapping, so a deadline can shut it down in a handshake too.
        self._twin = sock.dup()
        self._announce()
        return sock

    def _connect(self, places: list[tuple[int, tuple[Any, ...]]]) -> socket.socket:
        last: OSError | None = None
        for family, place in places:
            sock = socket.socket(family, socket.SOCK_STREAM)
            try:
                sock.settimeout(self.timeout)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                sock.connect(place)
                return sock
            except OSError as error:
                sock.close()
                last = error
        if isinstance(last, TimeoutError):
            raise ConnectTookTooLong(self, f"no connection to {self.host} within {self.timeout} s") from last
        raise NewConnectionError(self, f"no connection: {last}") from last  # type: ignore[arg-type]

    def _announce(self) -> None:
        current: Deadline | None = getattr(_current, "deadline", None)
        if current is not None and self._twin is not None:
            current.hold(self._twin)

    def request(self, *args: Any, **kwargs: Any) -> None:
        self._announce()
        super().request(*args, **kwargs)  # type: ignore[misc]

    def close(self) -> None:
        super().close()  # type: ignore[misc]
        if self._twin is not None:
            self._twin.close()
            self._twin = None


class _GuardedHTTP(_Guarded, HTTPConnection):
    pass


class _GuardedHTTPS(_Guarded, HTTPSConnection):
    """`witness` is told of the certificate that the server showed, also of one that failed its check."""

    witness: Witness | None = None

    def connect(self) -> None:
        try:
            super().connect()
        except ssl.SSLCertVerificationError:
            with contextlib.suppress(Exception):
                self._tell(self._described(), verified=False)
            raise
        if isinstance(self.sock, ssl.SSLSocket):
            self._tell(self.sock.getpeercert(binary_form=True) or b"", verified=bool(self.is_verified))

    def _described(self) -> bytes:
        self.close()
        return shown_by(self._new_conn(), self.host)

    def _tell(self, der: bytes, *, verified: bool) -> None:
        witness = type(self).witness
        if witness is not None:
            witness(self.host, self.port, der, verified)


def _pools(guard: Guard, witness: Witness | None) -> dict[str, type]:
    plain = type("_Plain", (_GuardedHTTP,), {"guard": guard})
    told = None if witness is None else staticmethod(witness)
    secure = type("_Secure", (_GuardedHTTPS,), {"guard": guard, "witness": told})
    return {
        "http": type("_PlainPool", (HTTPConnectionPool,), {"ConnectionCls": plain}),
        "https": type("_SecurePool", (HTTPSConnectionPool,), {"ConnectionCls": secure}),
    }


class GuardedAdapter(requests.adapters.HTTPAdapter):
    """requests' adapter over guarded connections. It never uses a proxy, so none can go round the guard."""

    def __init__(self, guard: Guard, hosts: int = 256, witness: Witness | None = None) -> None:
        self._guard = guard
        self._witness = witness
        super().__init__(pool_connections=hosts, pool_maxsize=2, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = _pools(self._guard, self._witness)
