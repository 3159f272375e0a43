"""The published list of addresses that we ask for without having seen a link to them. There are no others.

robots.txt (RFC 9309) and sitemap.xml (sitemaps.org) of every site that is crawled; on sites of the role `portal` the
entry points of the platforms' own public APIs.
"""

from __future__ import annotations

from urllib.parse import urljoin

ROBOTS = "/robots.txt"
SITEMAPS = ("/sitemap.xml",)
PORTAL_APIS = {
    "ckan": "api/action/package_search",
    "jabar": "api-backend/dataset/list",
    "dcat": "data.json",
}
"""Relative to the portal's address: what is asked first. ckanapi makes the address of every action of CKAN in that way;
`status_show` is the second that is asked, where the first answers as an API and gives no listing. At most one guess a
platform: what else a portal has is asked for only where its front page points to it."""


def robots(url: str) -> str:
    """The robots.txt that rules `url`."""
    return urljoin(url, ROBOTS)


def sitemaps(url: str) -> tuple[str, ...]:
    return tuple(urljoin(url, path) for path in SITEMAPS)


def portal_api(platform: str, url: str) -> str:
    return url.rstrip("/") + "/" + PORTAL_APIS[platform]
