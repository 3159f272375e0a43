"""Whether a domain answers for every host name (a wildcard record): then a name that answers proves nothing by itself.

One name that nobody can have given out is looked up once a domain and night. Only the name servers are asked; nothing
is sent to whatever host the answer names. A staff system's domain is left alone.
"""

from __future__ import annotations

import secrets
import threading
from dataclasses import asdict

from auditor.collect import guard
from auditor.collect.urls import host
from auditor.evidence.store import EvidenceWriter
from auditor.model import Site, Wildcard
from auditor.read.domains import domain_of

_LOCAL = (".localhost", ".local", ".internal")


class Names:
    """Looks each domain up once and records the sites of those that answer for every name. Safe for threads."""

    def __init__(self, writer: EvidenceWriter) -> None:
        self._writer = writer
        self._lock = threading.Lock()
        self._answers: dict[str, tuple[str, frozenset[str]]] = {}
        self._told = {record["site"] for record in writer.records("wildcard")}

    def look(self, site: Site) -> None:
        name = host(site.url or "")
        domain = domain_of(name)
        if site.role == "restricted" or site.id in self._told or not _worth_asking(name, domain):
            return
        with self._lock:
            if domain not in self._answers:
                probe = f"auditor-{secrets.token_hex(8)}.{domain}"
                self._answers[domain] = (probe, _addresses(probe))
            probe, found = self._answers[domain]
        if found:
            same = bool(found & _addresses(name))
            self._writer.record("wildcard", asdict(Wildcard(site.id, domain, probe, same)))


def _worth_asking(name: str, domain: str) -> bool:
    """A host name with a domain above it; those of this machine answer for everything by definition (RFC 6761)."""
    numeric = not domain.strip("[]").replace(".", "").replace(":", "").strip("0123456789abcdef")
    return "." in domain and not numeric and not name.endswith(_LOCAL)


def _addresses(name: str) -> frozenset[str]:
    try:
        return frozenset(str(place[0]) for _, _, _, _, place in guard._lookup(name, 80))
    except (OSError, UnicodeError):
        return frozenset()
