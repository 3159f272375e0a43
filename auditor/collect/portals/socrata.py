"""Socrata (Tyler Data & Insights), through its discovery API on the portal's own domain."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from auditor.collect.portals import Client
from auditor.collect.portals.pages import Steps, walk
from auditor.model import Site
from auditor.read.socrata import read

PLATFORM = "socrata"
ROWS = 100


def harvest(site: Site, client: Client) -> Steps:
    """Asked only where the front page says `socrata`, or links the catalogue's API."""
    base = site.url or ""
    addresses = []
    if client.hints.first("socrata") or "socrata" in client.hints.generator or client.hints.first("/api/catalog/v1"):
        domain = urlsplit(base).hostname or ""
        addresses = [urljoin(base, f"/api/catalog/v1?domains={domain}&only=dataset&limit={ROWS}&offset=0")]
    return walk(PLATFORM, addresses, client, read, "the front page names Socrata and its catalogue answers")
