"""A second look from another network: a site that seems gone is asked once more, through the operator's proxy.

One GET of its front page, by the same rules (a turn at the gate, the guard, limits of time and bytes, archived as it
came), and never where robots.txt or a login had turned us away. The answer is kept beside the site's own captures and
not among them: what it shows was not shown to us.
"""

from __future__ import annotations

import contextlib
import socket
from dataclasses import replace
from urllib.parse import urlsplit

import requests

from auditor.collect.causes import NO_ANSWER
from auditor.collect.fetch import Door
from auditor.collect.guard import AddressRefused, Guard, Watchdog
from auditor.collect.reading import Ask, Reading
from auditor.collect.urls import host
from auditor.config import Network
from auditor.evidence.record import VIA_SECOND, Origin
from auditor.evidence.store import EvidenceWriter
from auditor.model import Capture, Site, Visit

SEEMS_GONE = NO_ANSWER | {
    "dns",
    "circuit-open",
    "not-found",
    "gone",
    "forbidden",
    "blocked",
    "suspended",
    "filtered",
    "captive-portal",
    "server-error",
    "tls-failed",
}


class Vantage:
    """Asks nothing unless `network.second_vantage` is set."""

    def __init__(self, network: Network, writer: EvidenceWriter, door: Door, trust: bool | str = True) -> None:
        self._network = network
        self._writer = writer
        self._door = door
        self._trust = trust
        self._guard = Guard(network.allow_private)

    def looked(self, visit: Visit, site: Site) -> Visit:
        """The visit, with what came through the second vantage where the site seems gone."""
        if (
            not self._network.second_vantage
            or site.url is None
            or site.role == "restricted"
            or visit.cause not in SEEMS_GONE
        ):
            return visit
        capture = self._ask(Ask(site.url, Origin(site.id, VIA_SECOND)))
        words = f"through the second vantage: {f'HTTP {capture.status}' if capture.status else capture.cause}"
        return replace(visit, second=capture.cause, detail="; ".join(part for part in (visit.detail, words) if part))

    def _ask(self, ask: Ask) -> Capture:
        refused = self._refused(ask.url)
        if refused:
            return self._door.fail(ask, "private-address", refused).capture
        watchdog = Watchdog()
        adapter = requests.adapters.HTTPAdapter(max_retries=0)
        proxies = {"http": self._network.second_vantage, "https": self._network.second_vantage}
        seconds = self._network.timeout_seconds
        with contextlib.closing(adapter), contextlib.closing(watchdog), self._door.gate.turn(host(ask.url)) as began:
            reading = Reading(
                ask,
                self._door.prepared(ask),
                began,
                send=lambda one: adapter.send(
                    one, stream=True, timeout=(seconds, seconds), verify=self._trust, proxies=proxies
                ),
                watchdog=watchdog,
                timeout=seconds,
                max_bytes=self._network.max_bytes,
                stop=self._door.stop,
            )
            with contextlib.closing(reading):
                reading.run()
        return reading.archive(self._writer, self._door.clock).capture

    def _refused(self, url: str) -> str:
        """Why the guard keeps us out; a name that is not known here may be known there."""
        parts = urlsplit(url)
        try:
            self._guard.addresses(parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
        except AddressRefused as error:
            return str(error)
        except (socket.gaierror, UnicodeError):
            return ""
        return ""
