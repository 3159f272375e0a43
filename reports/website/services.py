"""Covid-19 and the services: each such site with what was found about it, in one room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auditor.model import Finding, SiteFacts, Status, Text, headline
from reports.run import Run
from reports.website.paging import paged, weigh

GROUPS = ("covid", "service", "app", "restricted")
SITES, FINDINGS = 40, 60  # sites on a page, findings of one site on it
_ORDER = (Status.UNMET, Status.PARTLY, Status.UNKNOWN, Status.MET, Status.NOT_APPLICABLE)


@dataclass(frozen=True)
class Place:
    """One site with its findings, those that ask for something first. `cause`: why it could not be seen, in words."""

    facts: SiteFacts
    cause: Text | None
    findings: tuple[Finding, ...]


def places(run: Run, causes: Mapping[str, Text]) -> list[Place]:
    """The sites of Covid-19, then services, applications and internal systems, each by name."""
    about: dict[str, list[Finding]] = {}
    for finding in run.findings:
        if finding.verdict.site:
            about.setdefault(finding.verdict.site, []).append(finding)
    sites = [facts for facts in run.sites if facts.site.role in GROUPS]
    return [
        Place(
            facts,
            causes.get(facts.visit.cause),
            tuple(sorted(about.get(facts.site.id, ()), key=lambda f: (_ORDER.index(f.status), -f.gain, f.id))),
        )
        for facts in sorted(sites, key=lambda facts: (GROUPS.index(facts.site.role), facts.site.name))
    ]


def pages(run: Run, causes: Mapping[str, Text]) -> tuple[list[list[Place]], dict[str, Any]]:
    """The places cut into pages, and what else the page knows."""
    return paged(places(run, causes), SITES, _weight), {"shown": FINDINGS}


def _weight(place: Place) -> int:
    texts = [headline(finding).id[:140] + finding.message.id[:260] for finding in place.findings[:FINDINGS]]
    return 1_200 + 420 * len(texts) + weigh(*texts)
