"""Verdicts -> findings: their identity over the nights, their words, and what mending them would gain; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from auditor.model import (
    Catalogue,
    Change,
    Criterion,
    Finding,
    Prior,
    PriorFinding,
    State,
    Status,
    Text,
    Verdict,
    finding_id,
)
from auditor.score import gains

ASKING = frozenset({Status.PARTLY, Status.UNMET, Status.UNKNOWN})
"""Statuses that ask something of somebody: the site's people, ours, or a person who must decide."""

FLICKER = 3
"""Changes of status within the last seven nights from which a finding is called flickering."""

_NOTHING = Text("", "")


def findings(
    judged: Sequence[tuple[Criterion, Verdict]], catalogue: Catalogue, prior: Prior, today: date
) -> tuple[Finding, ...]:
    """All findings of a run in the catalogue's order, subjects by name. `today`: the audit's date in its own zone."""
    order = {criterion.id: place for place, criterion in enumerate(catalogue.criteria)}
    pairs = sorted(judged, key=lambda pair: (order[pair[0].id], pair[1].subject))
    return tuple(
        _finding(criterion, verdict, gain, catalogue, prior, today)
        for (criterion, verdict), gain in zip(pairs, gains(pairs, catalogue), strict=True)
    )


def _finding(
    criterion: Criterion, verdict: Verdict, gain: float, catalogue: Catalogue, prior: Prior, today: date
) -> Finding:
    key = finding_id(criterion.id, verdict.subject)
    before = prior.findings.get(key)
    same = before is not None and before.status == verdict.status
    return Finding(
        id=key,
        criterion=criterion,
        verdict=verdict,
        message=catalogue.reasons[verdict.reason].fill(**verdict.slots),
        remedy=_remedy(criterion, verdict),
        gain=gain,
        since=before.since if before is not None and same else today,
        state=_state(verdict.status, before),
    )


def _remedy(criterion: Criterion, verdict: Verdict) -> Text:
    if verdict.status not in ASKING:
        return _NOTHING
    remedy = criterion.remedies.get(verdict.reason) or criterion.remedies["default"]
    return remedy.fill(**verdict.slots)


def _state(status: Status, before: PriorFinding | None) -> State | None:
    if before is not None and before.changes + (before.status != status) >= FLICKER:
        return "flickering"
    if status not in ASKING:
        return "resolved" if before is not None and before.status in ASKING and status is Status.MET else None
    if before is None or before.status not in ASKING:
        return "new"
    return "persisting"


def changes(
    now: Sequence[Finding], before: Mapping[str, str], catalogue: str, catalogue_before: str | None
) -> tuple[Change, ...]:
    """What differs from the run before. `before`: finding id -> status. A first run has no changes.

    A change into or out of `unknown` is one of our sight, never of the city; under another catalogue, the method's.
    """
    if not before:
        return ()
    found = []
    for finding in now:
        old = before.get(finding.id)
        if old == finding.status:
            continue
        status = Status(old) if old is not None else None
        if catalogue_before != catalogue:
            found.append(Change(finding, status, "method"))
        elif status is None or Status.UNKNOWN in (status, finding.status):
            found.append(Change(finding, status, "sight"))
        else:
            found.append(Change(finding, status, "city"))
    return tuple(found)
