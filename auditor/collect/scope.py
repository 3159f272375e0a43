"""Whose an address is: which site may follow it, and what is done with one that leads elsewhere. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from auditor.collect.urls import host, looks_like_document, path
from auditor.model import Site

Way = Literal["follow", "fetch", "refuse"]


class Scope:
    """The hosts and paths of all sites of the body. Where two sites share a host, the longer path wins."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._by_host: dict[str, list[tuple[str, Site]]] = {}
        for site in sites:
            if site.url is None:
                continue
            for name in hosts_of(site):
                self._by_host.setdefault(name, []).append((_folder(site.url), site))

    def owner(self, url: str) -> str | None:
        """The id of the site that the address belongs to; None where it belongs to none of ours."""
        here = self._by_host.get(twin(host(url)), ())
        if len(here) == 1:
            return here[0][1].id
        place = path(url)
        within = [(folder, site) for folder, site in here if place.startswith(folder) or place + "/" == folder]
        best = max(within, key=lambda pair: len(pair[0]), default=None) or min(
            here, key=lambda pair: len(pair[0]), default=None
        )
        return best[1].id if best else None

    def sealed(self, url: str) -> bool:
        """On the host of a restricted site: nothing but its own front page is ever asked there."""
        return any(site.role == "restricted" for _, site in self._by_host.get(twin(host(url)), ()))

    def way(self, site: Site, url: str) -> Way:
        """`follow` the site's own address, `fetch` a document that it keeps elsewhere, `refuse` the rest."""
        owner = self.owner(url)
        if owner == site.id:
            return "follow"
        if self.sealed(url):
            return "refuse"
        return "fetch" if looks_like_document(url) else "refuse"


def hosts_of(site: Site) -> set[str]:
    """The names of its hosts, without `www.`."""
    return {twin(name) for name in (host(site.url or ""), *site.hosts) if name}


def twin(name: str) -> str:
    """`www.` or not makes no other site."""
    return name.lower().removeprefix("www.")


def _folder(url: str) -> str:
    """`/peta-v2` and `/peta-v2/index.html` -> `/peta-v2/`; the folder that a site lives in."""
    place = path(url)
    last = place.rpartition("/")[2]
    return place.removesuffix(last) if "." in last or not last else place + "/"
