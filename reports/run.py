"""One run as every room reads it: the findings in reading order, whose they are, what changed. No language in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from auditor.model import (
    Body,
    Catalogue,
    Change,
    Document,
    Finding,
    Judgement,
    Manners,
    RunSummary,
    Site,
    SiteFacts,
    Status,
    Text,
)
from auditor.read.actors import owner_of


class Cell(Protocol):
    """One field of the matrix of OPD, document and year."""

    @property
    def unit(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def year(self) -> int: ...
    @property
    def status(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def reason(self) -> str: ...


@dataclass(frozen=True)
class Action:
    """One thing to do: the findings that the same remedy mends, most gain first, and whom they are asked of."""

    owners: tuple[str, ...]
    remedy: Text
    findings: tuple[Finding, ...]

    @property
    def gain(self) -> float:
        return sum(finding.gain for finding in self.findings)

    @property
    def opens(self) -> bool:
        """Whether it lets some of them be seen only: then its gain is what it may add at most."""
        return any(finding.status is Status.UNKNOWN for finding in self.findings)


@dataclass(frozen=True)
class Tasks:
    """What is asked of one owner (an OPD, or whoever answers for a site), most gain first."""

    owner: str
    findings: tuple[Finding, ...]

    @property
    def gain(self) -> float:
        return sum(finding.gain for finding in self.findings)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The findings put together by what mends them."""
        return _actions((finding, self.owner) for finding in self.findings)


@dataclass(frozen=True)
class Run:
    """A judgement with what stands around it. `series` ends with this run unless it is partial or not the latest."""

    judgement: Judgement
    catalogue: Catalogue
    series: tuple[RunSummary, ...]
    changes: tuple[Change, ...]
    matrix: tuple[Cell, ...]
    generated_for: date
    draft_until: date | None = None  # the day on which the window of objection closes, while it is open
    manners: Manners | None = None  # what the archive proves of our own

    @property
    def id(self) -> str:
        return self.judgement.run

    @property
    def place(self) -> str:
        """Its folder below that of the body: a draft has one of its own, which is kept."""
        return f"draf/{self.id}" if self.draft_until else self.id

    @property
    def body(self) -> Body:
        return self.judgement.facts.body

    @property
    def partial(self) -> bool:
        return bool(self.judgement.partial)

    @property
    def sites(self) -> tuple[SiteFacts, ...]:
        return self.judgement.facts.sites

    @cached_property
    def until(self) -> tuple[RunSummary, ...]:
        """The series up to this run, oldest first: what stands in the folder of a run does not change later."""
        return tuple(summary for summary in self.series if summary.at <= self.judgement.facts.at)

    @property
    def latest(self) -> bool:
        """Whether this run is the newest of the whole runs."""
        return not self.partial and not self.draft_until and len(self.until) == len(self.series)

    @cached_property
    def before(self) -> RunSummary | None:
        """The whole run before this one."""
        earlier = [summary for summary in self.until if summary.run != self.id]
        return earlier[-1] if earlier else None

    @property
    def same_method(self) -> bool:
        """Whether the run before was judged by this run's catalogue, so that their figures compare."""
        return self.before is not None and self.before.catalogue == self.judgement.catalogue

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """By indicator and criterion as the catalogue has them, then by subject."""
        indicators = {indicator.id: n for n, indicator in enumerate(self.catalogue.indicators)}
        criteria = {criterion.id: n for n, criterion in enumerate(self.catalogue.criteria)}

        def place(finding: Finding) -> tuple[int, int, str, str]:
            criterion = finding.criterion
            return (
                indicators.get(criterion.indicator, len(indicators)),
                criteria.get(criterion.id, len(criteria)),
                finding.verdict.subject,
                finding.id,
            )

        return tuple(sorted(self.judgement.findings, key=place))

    @cached_property
    def site_by_id(self) -> dict[str, Site]:
        return {facts.site.id: facts.site for facts in self.sites}

    @cached_property
    def _owners(self) -> dict[str, str]:
        sites = tuple(self.site_by_id.values())
        return {finding.id: owner_of(finding, self.body, sites) for finding in self.judgement.findings}

    def owner(self, finding: Finding) -> str:
        """Who is asked for one of this run's findings."""
        return self._owners[finding.id]

    @cached_property
    def asked(self) -> tuple[Finding, ...]:
        """What somebody in the city can do something about: what is critical, then the most gain, first."""
        asked = (f for f in self.findings if f.status in (Status.UNMET, Status.PARTLY, Status.UNKNOWN) and can_act(f))
        return tuple(sorted(asked, key=lambda f: (not f.critical, -f.gain, f.criterion.id, f.verdict.subject, f.id)))

    @cached_property
    def tasks(self) -> tuple[Tasks, ...]:
        """What is asked, by owner; the owner with the most to gain first."""
        owned: dict[str, list[Finding]] = {}
        for finding in self.asked:
            owned.setdefault(self.owner(finding), []).append(finding)
        groups = [Tasks(owner, tuple(findings)) for owner, findings in owned.items()]
        return tuple(sorted(groups, key=lambda group: (not group.findings[0].critical, -group.gain, group.owner)))

    @cached_property
    def today(self) -> tuple[Action, ...]:
        """The three things to do today: the most gain, no criterion in front twice while others are left."""
        actions = _actions((finding, self.owner(finding)) for finding in self.asked)
        first: dict[str, Action] = {}
        for action in actions:
            first.setdefault(action.findings[0].criterion.id, action)
        rest = [action for action in actions if first[action.findings[0].criterion.id] is not action]
        return tuple([*first.values(), *rest][:3])

    @cached_property
    def counts(self) -> dict[str, int]:
        """Findings by status, all statuses in their order."""
        return {status: sum(f.status is status for f in self.findings) for status in Status}

    def changed(self, whose: str) -> tuple[tuple[Change, ...], ...]:
        """The changes of that kind; the same step of one criterion for several subjects is one entry."""
        alike: dict[tuple[str, Status | None, Status], list[Change]] = {}
        for change in self.changes:
            if change.whose == whose:
                step = (change.finding.criterion.id, change.before, change.finding.status)
                alike.setdefault(step, []).append(change)
        return tuple(tuple(changes) for changes in alike.values())

    def changed_findings(self, whose: str) -> int:
        return sum(change.whose == whose for change in self.changes)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """What links said and what they led to, one a file: the same bytes linked twice stand once."""
        return tuple(_once(document for facts in self.sites for document in facts.documents if not document.flaw))


def _actions(asked: Iterable[tuple[Finding, str]]) -> tuple[Action, ...]:
    """Findings by remedy, what is critical and the most gain first: a site that is down is one thing, not forty."""
    alike: dict[str, list[tuple[Finding, str]]] = {}
    for finding, owner in asked:
        alike.setdefault(finding.remedy.id, []).append((finding, owner))
    made = [
        Action(tuple(dict.fromkeys(owner for _, owner in some)), some[0][0].remedy, tuple(f for f, _ in some))
        for some in alike.values()
    ]
    return tuple(
        sorted(made, key=lambda action: (not action.findings[0].critical, -action.gain, action.findings[0].id))
    )


def can_act(finding: Finding) -> bool:
    """Whether the city can do anything: what our own run could not see is not asked of it."""
    return finding.status is not Status.UNKNOWN or not finding.verdict.reason.startswith("auditor-")


def _once(documents: Iterable[Document]) -> Iterable[Document]:
    seen: set[str] = set()
    for document in sorted(documents, key=lambda d: (d.site, d.facts.kind or "~", d.title, d.url)):
        key = document.digest or document.url
        if key not in seen:
            seen.add(key)
            yield document


def method_changes(series: Sequence[RunSummary]) -> frozenset[str]:
    """Runs of a series (oldest first) that another catalogue judged than the run before: figures on the two sides of
    them answer different questions."""
    return frozenset(now.run for before, now in pairwise(series) if before.catalogue != now.catalogue)


def with_this(series: Sequence[RunSummary], judgement: Judgement) -> tuple[RunSummary, ...]:
    """The series in order of time and in the body's time zone, with this run in it when it is whole."""
    zone = judgement.facts.at.tzinfo
    known = {summary.run: replace(summary, at=summary.at.astimezone(zone)) for summary in series}
    if not judgement.partial and judgement.run not in known:
        whole = judgement.score.whole
        known[judgement.run] = RunSummary(
            judgement.run,
            judgement.facts.at,
            whole.low,
            whole.observed,
            whole.high,
            whole.coverage,
            judgement.score.band,
            judgement.catalogue,
            judgement.auditor,
            judgement.evidence_digest,
        )
    return tuple(sorted(known.values(), key=lambda summary: (summary.at, summary.run)))
