"""Any portal with a DCAT catalogue of its own: `data.json`, or RDF as JSON-LD, Turtle or RDF/XML."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from auditor.collect import wellknown
from auditor.collect.portals import Client
from auditor.collect.portals.pages import Steps, walk
from auditor.model import Site
from auditor.read.dcat import read

PLATFORM = "dcat"
MAX_ADDRESSES = 4
_CATALOGUE = re.compile(
    r"/(?:data\.json|(?:catalog(?:ue)?|katalog|dcat)[\w.-]*\.(?:jsonld|ttl|rdf|xml|json))$", re.IGNORECASE
)


def harvest(site: Site, client: Client) -> Steps:
    """First what the front page links or declares on its own host, then the one guess."""
    guess = wellknown.portal_api(PLATFORM, site.url or "")
    own = urlsplit(site.url or "").netloc
    hinted = [
        url
        for url in client.hints.addresses
        if urlsplit(url).netloc == own and _CATALOGUE.search(urlsplit(url).path) and url != guess
    ]
    addresses = [*hinted[:MAX_ADDRESSES], guess]
    return walk(PLATFORM, addresses, client, read, "a DCAT catalogue answers")
