"""DKAN 2, through its metastore."""

from __future__ import annotations

from urllib.parse import urljoin

from auditor.collect.portals import Client
from auditor.collect.portals.pages import Steps, walk
from auditor.model import Site
from auditor.read.dkan import read

PLATFORM = "dkan"
ITEMS = "api/1/metastore/schemas/dataset/items"


def harvest(site: Site, client: Client) -> Steps:
    """Asked only where the front page names DKAN, or links its API."""
    base = (site.url or "").rstrip("/") + "/"
    named = "dkan" in client.hints.generator or client.hints.first("/api/1/metastore") or client.hints.first("/dkan")
    addresses = [urljoin(base, ITEMS)] if named else []
    return walk(PLATFORM, addresses, client, read, "the front page names DKAN and its metastore answers")
