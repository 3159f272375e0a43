"""All that a judge may look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from auditor.model.body import Body, Site
from auditor.model.collected import Capture, Visit
from auditor.model.document import Dataset, Document, Portal
from auditor.model.page import Page
from auditor.model.witnessed import Certificate, Exposure, Memento, Wildcard


@dataclass(frozen=True, slots=True)
class SiteFacts:
    site: Site
    visit: Visit
    captures: tuple[Capture, ...] = ()
    pages: tuple[Page, ...] = ()
    documents: tuple[Document, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    portal: Portal | None = None
    certificates: tuple[Certificate, ...] = ()  # of its hosts, the last that each showed
    mementos: tuple[Memento, ...] = ()
    wildcard: Wildcard | None = None
    exposure: Exposure | None = None  # of a restricted site, where its front page answered
    landing: Page | None = None  # the page elsewhere that the site's address leads to


@dataclass(frozen=True, slots=True)
class PriorFinding:
    """What the nights before said of one finding. `missing`: nights that the thing was not there since it was last
    seen; nights without sight of it do not count. `seen`: the last status that was not unknown, empty if none was."""

    status: str
    since: date
    missing: int = 0
    changes: int = 0  # changes of status in the last seven nights
    seen: str = ""


@dataclass(frozen=True, slots=True)
class PriorFront:
    """What the front page of a site was like on the last night before on which it named the body. `language`: as
    `auditor.read.language` tells it, empty where it could not."""

    at: date
    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Prior:
    """What the judgement needs of earlier nights; kept in the evidence, so that a rescore needs no database."""

    run: str | None = None
    at: date | None = None
    findings: Mapping[str, PriorFinding] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)  # site -> usual number of pages
    fronts: Mapping[str, PriorFront] = field(default_factory=dict)  # site -> as it last named the body


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a judge may look at: one body, one night. `at` is aware, in the body's time zone."""

    body: Body
    at: datetime
    sites: tuple[SiteFacts, ...]
    prior: Prior = field(default_factory=Prior)
    answers: tuple[Mapping[str, str], ...] = ()

    def site(self, site_id: str) -> SiteFacts:
        return next(s for s in self.sites if s.site.id == site_id)
