"""Links that leave a site: where they lead by their address, since the crawl does not follow them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from auditor.model import Evidence, SiteFacts
from checks.judges.answer import of_page, of_site
from checks.judges.case import ANSWERED, GONE, Case, collapse
from checks.judges.fronts import host_of
from checks.judges.known import Bound, Known, widen


class Pattern(Protocol):
    """What a link must look like. A host or the words make it one; `specific` addresses lead to the thing itself."""

    @property
    def hosts(self) -> list[str]: ...
    @property
    def specific(self) -> list[str]: ...
    @property
    def texts(self) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Outgoing:
    """`alive`: False where it was asked and is gone, None where it did not answer. `text` as it stands in the page."""

    url: str
    text: str
    via: str
    specific: bool
    alive: Known


def links(
    case: Case, sites: Iterable[SiteFacts], pattern: Pattern, *, own_ok: bool = False, via: frozenset[str] | None = None
) -> tuple[Outgoing, ...]:
    """Links that fit, one per address; those that lead to the thing itself first, then by address.

    `via`: only from these pages. `own_ok`: what another site of the body answered with a page counts as the thing.
    """
    found: dict[str, Outgoing] = {}
    for url, text, page in sorted(_all(case, sites)):
        if via is not None and page not in via:
            continue
        link = _fitting(case, url, text, page, pattern, own_ok=own_ok)
        if link is not None:
            found.setdefault(url, link)
    return tuple(sorted(found.values(), key=lambda link: (not link.specific, link.alive is not True, link.url)))


def value_of(found: Sequence[Outgoing], need: int, *, complete: bool) -> Bound:
    """A link to the thing itself is worth 1, a general one 0.5, a dead one 0; `need` of them are wanted."""
    lows = sorted(((1.0 if k.specific else 0.5) if k.alive is True else 0.0 for k in found), reverse=True)[:need]
    highs = sorted(((1.0 if k.specific else 0.5) if k.alive is not False else 0.0 for k in found), reverse=True)[:need]
    return widen(Bound(min(1.0, sum(lows) / need), min(1.0, sum(highs) / need)), complete)


def hosts_of(found: Sequence[Outgoing]) -> str:
    return ", ".join(sorted({host_of(link.url) for link in found})[:5]) or "–"


def of_link(case: Case, link: Outgoing) -> Evidence:
    """The page in which the link stands, with its words and where they lead."""
    quote = f"{link.text} → {link.url}"
    page = case.page_at.get(link.via)
    if page is not None:
        return of_page(case, page, quote)
    site = next((s for s in case.sites if any(r.url == link.url for r in s.visit.refused)), case.sites[0])
    fronts = of_site(case, site)
    return fronts[0] if fronts else Evidence(link.url, case.facts.at, "", "", quote)


def _all(case: Case, sites: Iterable[SiteFacts]) -> Iterable[tuple[str, str, str]]:
    for site in sites:
        if case.set_aside(site):
            continue
        for page in site.pages:
            if page.nature != "page" or page.news:
                continue
            for link in page.links:
                if link.url.split("#")[0] != page.url.split("#")[0]:
                    yield link.url, collapse(link.text), page.url
        for refusal in site.visit.refused:
            if refusal.rule == "other-host":
                yield refusal.url, collapse(refusal.anchor), refusal.via or ""


def _fitting(case: Case, url: str, text: str, page: str, pattern: Pattern, *, own_ok: bool) -> Outgoing | None:
    host = host_of(url)
    if not host:
        return None
    outside = host != host_of(page) and host not in case.site_of_host
    by_host = _any(pattern.hosts, host)
    if not by_host and not (outside and _any(pattern.texts, text)):
        return None
    # A bare address of a foreign service says that it exists, not that this body is there.
    bare = urlsplit(url).path in ("", "/") and not urlsplit(url).query
    specific = by_host and (_any(pattern.specific, url) if pattern.specific else not bare or host in case.site_of_host)
    state = _alive(case, url)
    if own_ok and host in case.site_of_host:
        specific = specific or (url in case.page_at and case.page_at[url].nature == "page")
    return Outgoing(url, text, page, specific, state)


def _alive(case: Case, url: str) -> Known:
    captures = case.captures_at.get(url, ())
    if not captures:
        return True
    if any(c.cause in ANSWERED and c.cause not in GONE for c in captures):
        return True
    return False if all(c.cause in GONE for c in captures) else None


def _any(patterns: Iterable[str], text: str) -> bool:
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)
