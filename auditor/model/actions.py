"""Findings as things to do: what one remedy mends is one thing, for every reader the same (terminal, page, letter)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model.finding import Finding
from auditor.model.text import Text
from auditor.model.verdict import Status

_ASKING = frozenset({Status.UNMET, Status.PARTLY, Status.UNKNOWN})


@dataclass(frozen=True)
class Action:
    """One thing to do: the findings that the same remedy mends, most gain first, and whom they are asked of."""

    owners: tuple[str, ...]
    remedy: Text
    findings: tuple[Finding, ...]

    @property
    def gain(self) -> float:
        """Points of the score's low."""
        return sum(finding.gain for finding in self.findings)

    @property
    def opens(self) -> bool:
        """Whether it lets some of them be seen only: then its gain is what it may add at most."""
        return any(finding.status is Status.UNKNOWN for finding in self.findings)


def can_act(finding: Finding) -> bool:
    """Whether the city can do anything: what our own run could not see is not asked of it."""
    return finding.status is not Status.UNKNOWN or not finding.verdict.reason.startswith("auditor-")


def asked(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """What somebody in the city can do something about: what is critical, then the most gain, first."""
    some = (finding for finding in findings if finding.status in _ASKING and can_act(finding))
    return tuple(sorted(some, key=lambda f: (not f.critical, -f.gain, f.criterion.id, f.verdict.subject, f.id)))


def actions(wanted: Iterable[tuple[Finding, str]]) -> tuple[Action, ...]:
    """Findings (with whom they are asked of) by remedy, what is critical and the most gain first: a site that is down
    is one thing, not forty."""
    alike: dict[str, list[tuple[Finding, str]]] = {}
    for finding, owner in wanted:
        alike.setdefault(finding.remedy.id, []).append((finding, owner))
    made = [
        Action(tuple(dict.fromkeys(owner for _, owner in some)), some[0][0].remedy, tuple(f for f, _ in some))
        for some in alike.values()
    ]
    return tuple(
        sorted(made, key=lambda action: (not action.findings[0].critical, -action.gain, action.findings[0].id))
    )
