"""What a run ends in: findings, a score as an interval, and how nights compare."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from auditor.model.answer import Heard
from auditor.model.bounds import Bounds, Part, Sensitivity
from auditor.model.criterion import Criterion
from auditor.model.facts import Facts
from auditor.model.text import Text
from auditor.model.verdict import Status, Verdict

State = Literal["new", "persisting", "resolved", "flickering"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its identity over the runs, its words and what it would gain."""

    id: str
    criterion: Criterion
    verdict: Verdict
    message: Text
    remedy: Text
    gain: float
    since: date
    state: State | None
    answer: Heard | None = None  # an officer's, with what was seen at its address

    @property
    def status(self) -> Status:
        return self.verdict.status

    @property
    def critical(self) -> bool:
        """To be mended today, whatever it weighs in the score: people's data lie open."""
        return self.verdict.reason == "lies-open"


def headline(finding: Finding) -> Text:
    """Its title: what is so when it is met or unmet, else the question that is still open."""
    if finding.status is Status.MET:
        return finding.criterion.met
    return finding.criterion.unmet if finding.status is Status.UNMET else finding.criterion.question


@dataclass(frozen=True, slots=True)
class Score:
    whole: Bounds
    indicators: tuple[tuple[str, float, Bounds], ...]  # id, weight, bounds
    band_low: str
    band_high: str
    band: str | None  # claimed only when the whole interval lies in it


@dataclass(frozen=True, slots=True)
class Judgement:
    """The end of a run: everything that reports are made from."""

    run: str
    facts: Facts
    catalogue: str
    auditor: str
    findings: tuple[Finding, ...]
    score: Score
    evidence_digest: str
    captures: int
    partial: tuple[str, ...] = ()  # roles of a run with --only; empty for a whole run
    sensitivity: Sensitivity | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One row of the series: a whole run that was finished."""

    run: str
    at: datetime
    low: float
    observed: float | None
    high: float
    coverage: float
    band: str | None
    catalogue: str
    auditor: str
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """A finding whose status differs from the run before. `whose`: `city` (it changed), `sight` (what we could see
    changed) or `method` (another catalogue)."""

    finding: Finding
    before: Status | None
    whose: Literal["city", "sight", "method"]
