"""The certificate that a server shows: whose names it carries and until when, read and recorded, never trusted.

A certificate that failed its check is fetched once more in a handshake of its own, which ends before a byte of HTTP is
sent: `getpeercert()` tells nothing of a peer that was not verified, so its DER is parsed here.
"""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable
from dataclasses import asdict

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID

from auditor.evidence.store import EvidenceWriter
from auditor.model import Certificate

Witness = Callable[[str, int, bytes, bool], None]
"""(host, port, DER, whether it was verified)."""

MAX_NAMES = 100


def shown_by(sock: socket.socket, host: str) -> bytes:
    """The DER of the certificate that the server at the other end shows, unverified. Closes the socket.

    Raises OSError (ssl.SSLError is one) where no handshake comes about.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # only to describe it: nothing is sent or read over this connection
    with contextlib.closing(sock), context.wrap_socket(sock, server_hostname=host) as secure:
        return secure.getpeercert(binary_form=True) or b""


class Register:
    """Keeps the certificate of each host once a night, as a `certificate` record of the evidence."""

    def __init__(self, writer: EvidenceWriter) -> None:
        self._writer = writer
        self._lock = threading.Lock()
        self._known: set[tuple[str, int, bytes]] = set()

    def saw(self, host: str, port: int, der: bytes, verified: bool) -> None:
        """Never raises for what a server shows; EvidenceError where it cannot be written."""
        with self._lock:
            if not der or (host, port, der) in self._known:
                return
            self._known.add((host, port, der))
        certificate = described(der, host, port, verified)
        if certificate is not None:
            self._writer.record("certificate", asdict(certificate))


def described(der: bytes, host: str, port: int, verified: bool) -> Certificate | None:
    """What stands in it; None where it cannot be parsed. Dates are ISO 8601 in UTC."""
    try:
        parsed = x509.load_der_x509_certificate(der)
        return Certificate(
            host=host.lower().strip("[]"),
            port=port,
            names=_names(parsed)[:MAX_NAMES],
            issuer=_issuer(parsed),
            not_before=parsed.not_valid_before_utc.isoformat(),
            not_after=parsed.not_valid_after_utc.isoformat(),
            sha256=parsed.fingerprint(hashes.SHA256()).hex(),
            verified=verified,
        )
    except Exception:  # rule 5: a certificate is bytes from outside, and its parser raises what it likes
        return None


def _names(parsed: x509.Certificate) -> tuple[str, ...]:
    """The host names that it is for (RFC 6125: those of the extension; of an old one the common name)."""
    try:
        extension = parsed.extensions.get_extension_for_class(x509.SubjectAlternativeName)
        return tuple(name.lower()[:253] for name in extension.value.get_values_for_type(x509.DNSName))
    except x509.ExtensionNotFound:
        return tuple(
            str(name.value).lower()[:253] for name in parsed.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        )


def _issuer(parsed: x509.Certificate) -> str:
    for wanted in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        for name in parsed.issuer.get_attributes_for_oid(wanted):
            return str(name.value)[:200]
    return ""
