"""One collection of some sites on loopback, and what it left."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.collect.crawl import collect
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.model import Link, Site, Visit
from tests.badsite import BadSite, Reply, html
from tests.collect.conftest import network


@dataclass(frozen=True)
class Night:
    visits: tuple[Visit, ...]
    evidence: Evidence

    @property
    def visit(self) -> Visit:
        return self.visits[0]

    def refused(self, site: str | None = None) -> dict[str, str]:
        found = [r for v in self.visits if site in (None, v.site) for r in v.refused]
        return {r.url.partition(".localhost")[2].partition("/")[2]: r.rule for r in found}

    def causes(self) -> dict[str, str]:
        return {c.url.partition(".localhost")[2].partition("/")[2]: c.cause for c in self.evidence.captures()}


def night(
    tmp_path: Path,
    sites: Sequence[Site],
    *,
    interest: Callable[[Link], float] = lambda link: 0.0,
    stop: threading.Event | None = None,
    progress: Callable[[str, dict[str, Any]], None] | None = None,
    **more: Any,
) -> Night:
    writer = EvidenceWriter(tmp_path)
    try:
        visits = collect(sites, network(**more), writer, interest=interest, progress=progress, stop=stop)
    finally:
        writer.close()
    return Night(visits, Evidence(tmp_path))


def one(site: BadSite, **more: Any) -> Site:
    return Site(**{"id": "situs", "role": "website", "url": site.url(), "name": "Situs", **more})


def anchors(*hrefs: str) -> Reply:
    return html("".join(f"<p><a href='{href}'>Tautan {n}</a></p>" for n, href in enumerate(hrefs)))
