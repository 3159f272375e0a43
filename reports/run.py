"""One run as every room reads it: the findings in reading order, whose they are, what changed. No language in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from auditor.model import (
    Action,
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
    actions,
    asked,
)
from auditor.model.follow_up import FollowUp
from auditor.read.actors import asked_of, owner_of


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
class Waiting:
    """Findings of one owner that wait until another one mends a site."""

    owner: str
    on: str
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Tasks:
    """What is asked of one owner (an OPD, or whoever answers for a site), most gain first. What only waits for a site
    is asked of whoever keeps that site."""

    owner: str
    findings: tuple[Finding, ...]

    @property
    def gain(self) -> float:
        return sum(finding.gain for finding in self.findings)

    @property
    def opens(self) -> bool:
        """Whether the gain is what it may be at most, as of an action."""
        return any(action.opens and action.gain > 0 for action in self.actions)

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """The findings put together by what mends them."""
        return actions((finding, self.owner) for finding in self.findings)


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
    follow_up: Mapping[str, FollowUp] = field(default_factory=dict)  # what officers wrote beside findings, by their id
    unread: tuple[Text, ...] = ()  # of lists that came back: what could not be read, and what to do

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

    @cached_property
    def _askers(self) -> dict[str, str]:
        sites = tuple(self.site_by_id.values())
        return {finding.id: asked_of(finding, self.body, sites) for finding in self.judgement.findings}

    def owner(self, finding: Finding) -> str:
        """Whose one of this run's findings is."""
        return self._owners[finding.id]

    def asked_of(self, finding: Finding) -> str:
        """Who can mend it: its owner, or whoever keeps the site that stands in the way."""
        return self._askers[finding.id]

    def waits(self, finding: Finding) -> bool:
        """Whether its owner can only wait for somebody else."""
        return self.asked_of(finding) != self.owner(finding)

    def shown(self, findings: Sequence[Finding]) -> list[Finding]:
        """In their order, but first those that an officer has sent something back about."""
        return sorted(findings, key=lambda finding: finding.id not in self.follow_up)

    @cached_property
    def asked(self) -> tuple[Finding, ...]:
        """What somebody in the city can do something about: what is critical, then the most gain, first."""
        return asked(self.findings)

    @cached_property
    def tasks(self) -> tuple[Tasks, ...]:
        """What is asked, by owner; the owner with the most to gain first."""
        owned: dict[str, list[Finding]] = {}
        for finding in self.asked:
            owned.setdefault(self.asked_of(finding), []).append(finding)
        groups = [Tasks(owner, tuple(findings)) for owner, findings in owned.items()]
        return tuple(sorted(groups, key=lambda group: (not group.findings[0].critical, -group.gain, group.owner)))

    @cached_property
    def waiting(self) -> dict[str, tuple[Waiting, ...]]:
        """What owners wait for, by owner: those who are asked for something else first, in the order of `tasks`."""
        found: dict[tuple[str, str], list[Finding]] = {}
        for finding in self.asked:
            if self.waits(finding):
                found.setdefault((self.owner(finding), self.asked_of(finding)), []).append(finding)
        waits = [Waiting(owner, on, tuple(some)) for (owner, on), some in sorted(found.items())]
        order = [tasks.owner for tasks in self.tasks] + sorted(wait.owner for wait in waits)
        return {owner: mine for owner in dict.fromkeys(order) if (mine := tuple(w for w in waits if w.owner == owner))}

    @cached_property
    def only_waiting(self) -> tuple[Waiting, ...]:
        """Of owners of whom nothing else is asked."""
        busy = {tasks.owner for tasks in self.tasks}
        return tuple(wait for owner, waits in self.waiting.items() if owner not in busy for wait in waits)

    @cached_property
    def today(self) -> tuple[Action, ...]:
        """The three things to do today: the most gain, no criterion in front twice while others are left."""
        wanted = actions((finding, self.asked_of(finding)) for finding in self.asked)
        first: dict[str, Action] = {}
        for action in wanted:
            first.setdefault(action.findings[0].criterion.id, action)
        rest = [action for action in wanted if first[action.findings[0].criterion.id] is not action]
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
