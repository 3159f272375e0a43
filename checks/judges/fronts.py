"""The front of a site: whether it was collected and answered, and the page that its address leads to. Pure."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from auditor.model import Page, SiteFacts

INTERCEPTED = frozenset({"filtered", "captive-portal"})
"""Causes by which our own network answered in the site's place."""


def collected(site: SiteFacts) -> bool:
    """Whether a site was part of this run: one of `--only` leaves the others without a single exchange."""
    if site.visit.cause == "not-collected":
        return False
    return site.visit.cause != "not-answered" or bool(site.captures)


def answered(site: SiteFacts) -> bool:
    """Something at all came from its server."""
    return site.visit.cause == "ok" or any(c.status is not None and c.cause not in INTERCEPTED for c in site.captures)


def front_page(site: SiteFacts) -> Page | None:
    """The page that the site's address leads to, through its redirects."""
    if site.site.url is None:
        return None
    at: dict[str, Page] = {}
    for page in sorted(site.pages, key=lambda p: (p.url, p.digest)):
        at.setdefault(_bare(page.url), page)
    target = {_bare(c.url): urljoin(c.url, c.location) for c in sorted(site.captures, key=lambda c: c.at) if c.location}
    url = site.site.url
    for _ in range(10):
        if _bare(url) in at:
            return at[_bare(url)]
        if _bare(url) not in target:
            return None
        url = target[_bare(url)]
    return None


def host_of(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def _bare(url: str) -> str:
    return url.split("#", 1)[0].rstrip("/")
