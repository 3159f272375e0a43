"""Which platform a portal runs: asked in a fixed order until one answers as itself, and then listed to its end."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from auditor.collect.portals import Client, Outcome, Platform, Tried, arcgis, ckan, dcat, dkan, jabar, socrata
from auditor.model import Link, Site

PLATFORMS: Sequence[Platform] = (ckan, jabar, dkan, arcgis, socrata, dcat)
"""The most particular first: most of them also give a `data.json`, which says less."""

Found = tuple[str, tuple[Link, ...]]
"""The address whose answer shows the links, and the links."""


def detect(site: Site, client: Client) -> Generator[Found, None, Outcome]:
    """One request a step, at most. The outcome names what was asked, what came of it, and why the one was taken."""
    tried: list[Tried] = []
    first_error = Outcome("", site.url or "")
    for platform in PLATFORMS:
        steps = platform.harvest(site, client)
        while True:
            try:
                links = next(steps)
            except StopIteration as ended:
                outcome: Outcome = ended.value
                break
            yield client.asked, links
        tried += outcome.tried
        if outcome.platform:
            tried.append(Tried(outcome.platform, outcome.shown_by, outcome.because or "answers as itself"))
            return replace(outcome, tried=tuple(tried))
        if outcome.shown_by:  # else nothing was asked
            tried += () if outcome.tried else (Tried(platform.PLATFORM, outcome.shown_by, outcome.error),)
            first_error = first_error if first_error.error else outcome
        yield client.asked, ()
    return replace(first_error, tried=tuple(tried))
