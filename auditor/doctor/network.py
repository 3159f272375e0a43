"""Does this machine reach the sites: names, connections, certificates. No request is made: that is for the night."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import urlsplit

from requests.utils import DEFAULT_CA_BUNDLE_PATH

from auditor.collect.guard import AddressRefused, Guard, NoContact
from auditor.config import Config
from auditor.contact import nobody
from auditor.doctor.line import Line, bad, good, note

TRIED = 3
"""Hosts that are connected to: enough to tell a machine without network from a site that is down."""

SECONDS = 5.0
_NOT_YET_VALID = 9  # X509_V_ERR_CERT_NOT_YET_VALID
_EXPIRED = 10  # X509_V_ERR_CERT_HAS_EXPIRED


@dataclass(frozen=True, slots=True)
class Place:
    """A configured host as this machine sees it. `found`: None no name, else its addresses; `refused` says why not."""

    host: str
    port: int
    secure: bool
    found: tuple[tuple[int, tuple[object, ...]], ...] | None
    refused: str = ""
    nameless: bool = False


def examine_network(config: Config, authorities: str | None = None) -> Iterator[Line]:
    """`authorities`: file of the certificate authorities that are believed; by default that of requests."""
    bundle = authorities or DEFAULT_CA_BUNDLE_PATH
    believed = _authorities(bundle)
    yield believed
    places = _places(config)
    if not places:
        return
    yield _names(places)
    yield from _refused(places)
    reachable = [place for place in places if place.found]
    if reachable:
        yield from _connections(reachable[:TRIED], bundle if believed.good else None)


def _places(config: Config) -> list[Place]:
    wanted: dict[tuple[str, int, bool], None] = {}
    for site in config.sites:
        parts = urlsplit(site.url or "")
        if parts.hostname:
            secure = parts.scheme == "https"
            wanted[parts.hostname, parts.port or (443 if secure else 80), secure] = None
    guard = Guard(config.network.allow_private, nameless=nobody(config.network.contact))
    with ThreadPoolExecutor(max_workers=16) as pool:
        return list(pool.map(lambda one: _place(guard, *one), sorted(wanted)))


def _place(guard: Guard, host: str, port: int, secure: bool) -> Place:
    try:
        return Place(host, port, secure, tuple(guard.addresses(host, port)))
    except AddressRefused as error:
        return Place(host, port, secure, (), str(error), isinstance(error, NoContact))
    except (OSError, UnicodeError):
        return Place(host, port, secure, None)


def _names(places: list[Place]) -> Line:
    hosts = {place.host for place in places}
    silent = sorted({place.host for place in places if place.found is None})
    if len(silent) == len(hosts):
        return bad("names", "no host name resolves; is this machine on the internet? check its DNS (/etc/resolv.conf)")
    if silent:
        return note("names", f"do not resolve: {', '.join(silent)}; those sites will be unknown")
    return good("names", f"all {len(hosts)} host names resolve")


def _refused(places: list[Place]) -> Iterator[Line]:
    private = sorted({place.host for place in places if place.refused and not place.nameless})
    if private:
        yield note(
            "addresses",
            f"not public: {', '.join(private)}; they are not visited. If they are meant, put their network into "
            "[network] allow_private",
        )


def _connections(places: list[Place], bundle: str | None) -> Iterator[Line]:
    with ThreadPoolExecutor(max_workers=TRIED) as pool:
        tried = list(pool.map(lambda place: _connect(place, bundle), places))
    answers = list(zip(places, tried, strict=True))
    open_ = [place.host for place, error in answers if error is None or _tls(error)]
    if not open_:
        yield bad("network", f"no connection to {', '.join(place.host for place in places)}: {tried[0]}; check the "
                  "network, its firewall, and whether it wants a proxy (none is used)")  # fmt: skip
        return
    yield good("network", f"connected to {', '.join(open_)}")
    wrong = [(place.host, error) for place, error in answers if error is not None and _tls(error)]
    for host, error in wrong:
        yield _certificate(host, error)
    if not wrong and any(place.secure for place in places if place.host in open_):
        yield good("certificates", "those of these hosts are valid")


def _connect(place: Place, bundle: str | None) -> OSError | None:
    last: OSError | None = None
    for family, address in place.found or ():
        try:
            with socket.socket(family, socket.SOCK_STREAM) as plain:
                plain.settimeout(SECONDS)
                plain.connect(address)
                if place.secure and bundle is not None:
                    with ssl.create_default_context(cafile=bundle).wrap_socket(plain, server_hostname=place.host):
                        return None
                return None
        except OSError as error:
            last = error
            if _tls(error):
                return error
    return last


def _tls(error: OSError) -> bool:
    return isinstance(error, ssl.SSLError)


def _certificate(host: str, error: OSError) -> Line:
    code = getattr(error, "verify_code", None)
    if code == _NOT_YET_VALID:
        return bad("certificates", f"{host}: not yet valid by this machine's clock; set the clock")
    if code == _EXPIRED:
        return note(
            "certificates", f"{host}: expired by this machine's clock; if other hosts say so too, set the clock"
        )
    return note(
        "certificates", f"{host}: {getattr(error, 'verify_message', '') or error}; the night records it as it is"
    )


def _authorities(bundle: str) -> Line:
    try:
        count = len(ssl.create_default_context(cafile=bundle).get_ca_certs())
    except OSError as error:
        return bad(
            "authorities", f"{bundle}: {error.strerror or error}; install it again (package certifi), or no https site "
            "can be read"
        )  # fmt: skip
    return good("authorities", f"{count} certificate authorities in {bundle}")
