"""The index of the captures -> whether any host ever saw two requests at once, or one before its delay was over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from urllib.parse import urlsplit

from auditor.model import Capture, Manners

CLOCK = 0.001
"""Seconds by which archived times may differ from the true ones: durations are kept in whole milliseconds."""


def manners(attempts: Iterable[Capture], delays: Mapping[str, float], delay: float) -> Manners:
    """`attempts`: every request, also those tried again. `delays`: host -> seconds from the start of one request to
    the start of the next, where it is not `delay`. What never left this machine (refused by robots.txt, an address
    that is none) is no request."""
    by_host: dict[str, list[tuple[float, float]]] = {}
    for capture in attempts:
        if capture.status is not None or capture.elapsed_ms:
            begun = capture.at.timestamp()
            by_host.setdefault(_host(capture.url), []).append((begun, capture.elapsed_ms / 1000))
    together = too_soon = 0
    gaps = []
    for host, times in by_host.items():
        for (start, length), (following, _) in pairwise(sorted(times)):
            gap = following - start
            gaps.append(gap)
            together += gap < length - CLOCK
            too_soon += gap < delays.get(host, delay) - CLOCK
    return Manners(sum(map(len, by_host.values())), len(by_host), together, too_soon, min(gaps, default=None))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")
