"""The JSON API of the West Java family of portals; what is known of it, and from where: `auditor.read.jabar`."""

from __future__ import annotations

from auditor.collect import wellknown
from auditor.collect.portals import Client
from auditor.collect.portals.pages import Steps, walk
from auditor.model import Site
from auditor.read.jabar import read

PLATFORM = "jabar"
ROWS = 100


def harvest(site: Site, client: Client) -> Steps:
    """Recognised by `api-backend/dataset/list`; paged by `limit` and `skip` until a page is empty."""
    base = wellknown.portal_api(PLATFORM, site.url or "")
    return walk(PLATFORM, [f"{base}?limit={ROWS}&skip=0"], client, read, "api-backend/dataset/list lists datasets")
