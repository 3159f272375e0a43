"""What only an officer's answer led to, kept apart from what the sites themselves show; pure.

A claim alone changes nothing: an address that fails, is refused or turns out false is no hole in a search, no dead
link and no page of the site. What answers as itself is evidence like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from auditor.model import VIA_ANSWER, Capture, Page, Visit


def asked_for(captures: Sequence[Capture]) -> tuple[Capture, ...]:
    """The captures of the addresses that answers give."""
    return tuple(capture for capture in captures if capture.via == VIA_ANSWER)


def claims_apart(
    visit: Visit, captures: tuple[Capture, ...], pages: tuple[Page, ...]
) -> tuple[Visit, tuple[Capture, ...], tuple[Page, ...]]:
    """The same without what no page of the site links to and no answer bore out."""
    if not asked_for(captures) and not any(refusal.via == VIA_ANSWER for refusal in visit.refused):
        return visit, captures, pages
    linked = {link.url for page in pages for link in page.links}
    trail = _trail(captures)
    false = {page.url for page in pages if page.url in trail and page.nature != "page"}
    claims = {c.url for c in captures if c.url in trail and (c.cause not in ("ok", "redirect") or c.url in false)}
    claims -= linked
    refused = tuple(r for r in visit.refused if r.via != VIA_ANSWER or r.url in linked)
    return (
        replace(visit, refused=refused),
        tuple(capture for capture in captures if capture.url not in claims),
        tuple(page for page in pages if page.url not in claims),
    )


def _trail(captures: Sequence[Capture]) -> frozenset[str]:
    """The addresses that answers give, and those that they redirect to where nothing else leads there."""
    found = {capture.url for capture in asked_for(captures)}
    hops = [capture for capture in captures if capture.location]
    for _ in range(len(hops)):
        more = {c.url for h in hops if h.url in found for c in captures if c.url == h.location and c.via == h.url}
        if more <= found:
            break
        found |= more
    return frozenset(found)
