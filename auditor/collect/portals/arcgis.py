"""ArcGIS Hub (Esri), through the DCAT-US feed that each of its sites has: https://doc.arcgis.com/en/hub/"""

from __future__ import annotations

from urllib.parse import urljoin

from auditor.collect.portals import Client
from auditor.collect.portals.pages import Steps, walk
from auditor.model import Site
from auditor.read.dcat import read

PLATFORM = "arcgis"
FEED = "/api/feed/dcat-us/1.1.json"


def harvest(site: Site, client: Client) -> Steps:
    """Asked only where the front page loads from ArcGIS Hub, or links the feed."""
    hints = client.hints
    signs = ("hubcdn.arcgis.com", "hub.arcgis.com", "opendata.arcgis.com", FEED)
    addresses = [urljoin(site.url or "", FEED)] if any(hints.first(sign) for sign in signs) else []
    return walk(PLATFORM, addresses, client, read, "the front page names ArcGIS Hub and its DCAT feed answers")
