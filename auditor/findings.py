"""Verdicts -> findings: their identity over the nights, their words, and what mending them would gain; pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

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
_NARROW = 1e-6

Whose = Literal["city", "sight", "method"]
Told = tuple[str, float, float]  # status, low, high of an earlier night


def findings(
    judged: Sequence[tuple[Criterion, Verdict]],
    catalogue: Catalogue,
    prior: Prior,
    today: date,
    *,
    same_method: bool = True,
) -> tuple[Finding, ...]:
    """All findings of a run in the catalogue's order, subjects by name. `today`: the audit's date in its own zone.

    `same_method`: the prior night was judged by this catalogue; under another one nothing is called resolved or
    flickering, since the city did not make the difference.
    """
    order = {criterion.id: place for place, criterion in enumerate(catalogue.criteria)}
    pairs = sorted(judged, key=lambda pair: (order[pair[0].id], pair[1].subject))
    return tuple(
        _finding(criterion, verdict, gain, catalogue, prior, today, same_method)
        for (criterion, verdict), gain in zip(pairs, gains(pairs, catalogue), strict=True)
    )


def _finding(
    criterion: Criterion,
    verdict: Verdict,
    gain: float,
    catalogue: Catalogue,
    prior: Prior,
    today: date,
    same_method: bool,
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
        state=_state(verdict.status, before, same_method),
    )


def _remedy(criterion: Criterion, verdict: Verdict) -> Text:
    if verdict.status not in ASKING:
        return _NOTHING
    remedy = criterion.remedies.get(verdict.reason) or criterion.remedies["default"]
    return remedy.fill(**verdict.slots)


def _state(status: Status, before: PriorFinding | None, same_method: bool) -> State | None:
    if same_method and before is not None and before.changes + (before.status != status) >= FLICKER:
        return "flickering"
    if status not in ASKING:
        if not same_method:
            return None
        return "resolved" if status is Status.MET and before is not None and _was_failing(before) else None
    if before is None or before.status not in ASKING:
        return "new"
    return "persisting"


def _was_failing(before: PriorFinding) -> bool:
    """Whether it was last seen to fail. What was unknown and is met now we only came to see: nobody mended it."""
    last = before.status if before.status != Status.UNKNOWN else before.seen
    return last in (Status.UNMET, Status.PARTLY)


def changes(
    now: Sequence[Finding], before: Mapping[str, Told], catalogue: str, catalogue_before: str | None
) -> tuple[Change, ...]:
    """What differs from the run before. `before`: finding id -> (status, low, high). A first run has no changes.

    A change is the city's only where both nights saw the thing whole; else it is one of our sight. Under another
    catalogue it is the method's.
    """
    if not before:
        return ()
    found = []
    for finding in now:
        told = before.get(finding.id)
        status = Status(told[0]) if told is not None else None
        if status is finding.status:
            continue
        tonight = (finding.status, finding.verdict.low, finding.verdict.high)
        found.append(Change(finding, status, whose(told, tonight, same_method=catalogue_before == catalogue)))
    return tuple(found)


def whose(before: Told | None, now: Told | None, *, same_method: bool) -> Whose:
    """Whose a change is. None: that night had no such finding."""
    if not same_method:
        return "method"
    seen_whole = all(told is not None and told[2] - told[1] < _NARROW for told in (before, now))
    return "city" if seen_whole else "sight"
