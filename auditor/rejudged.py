"""One night under two catalogues: what differs, criterion by criterion. Pure.

The evidence is the same, so all that differs is the method's: none of it is a change of the city.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from auditor.model import Catalogue, Finding, Judgement

_DIGITS = 4


def differences(before: Judgement, old: Catalogue, after: Judgement, new: Catalogue) -> dict[str, Any]:
    """`criteria`: in the order of the new catalogue, then what it no longer asks; each with its `changes`, a list of
    `added`, `removed`, `weight`, `judged`, and under `findings` what was judged otherwise."""
    was, now = _by_criterion(before.findings), _by_criterion(after.findings)
    weights = {c.id: c.weight for c in old.criteria}, {c.id: c.weight for c in new.criteria}
    order = [*weights[1], *(key for key in weights[0] if key not in weights[1])]
    found = (_criterion(key, weights[0].get(key), weights[1].get(key), was[key], now[key]) for key in order)
    return {
        "run": after.run,
        "before": _whole(before),
        "after": _whole(after),
        "indicators": _indicators(old, new),
        "criteria": [one for one in found if one["changes"]],
    }


def lines(told: Mapping[str, Any]) -> list[str]:
    """The same for a person: a line for each criterion that differs."""
    before, after = told["before"], told["after"]
    if before["catalogue"] == after["catalogue"]:
        return [f"catalogue {after['catalogue']}: the same as the one that ships, nothing differs"]
    said = [
        f"same evidence, catalogue {before['catalogue']} -> {after['catalogue']}: "
        f"{before['low']:.1f} to {before['high']:.1f} -> {after['low']:.1f} to {after['high']:.1f}; "
        "the method changed, not the city"
    ]
    said += [f"  indicator {i['id']}: weight {i['before']} -> {i['after']}" for i in told["indicators"]]
    for one in told["criteria"]:
        words = [_word(change, one) for change in one["changes"]]
        said.append(f"  {one['criterion']}: {'; '.join(words)}")
    if not told["criteria"]:
        said.append("  no criterion is asked or judged otherwise")
    return said


def _word(change: str, one: Mapping[str, Any]) -> str:
    if change == "weight":
        return f"weight {one['weight']['before']:g} -> {one['weight']['after']:g}"
    if change != "judged":
        return change
    steps = [f"{f['subject']} {f['before']['status']} -> {f['after']['status']}" for f in one["findings"][:3]]
    more = len(one["findings"]) - len(steps)
    return f"judged otherwise: {', '.join(steps)}{f' and {more} more' if more else ''}"


def _criterion(
    key: str, old: float | None, new: float | None, was: Mapping[str, Finding], now: Mapping[str, Finding]
) -> dict[str, Any]:
    changes = ["added"] if old is None else ["removed"] if new is None else ["weight"] if old != new else []
    judged = [] if old is None or new is None else _judged(was, now)
    if judged:
        changes.append("judged")
    return {"criterion": key, "changes": changes, "weight": {"before": old, "after": new}, "findings": judged}


def _judged(was: Mapping[str, Finding], now: Mapping[str, Finding]) -> list[dict[str, Any]]:
    pairs = ((key, was.get(key), now.get(key)) for key in sorted({*was, *now}))
    return [
        {
            "id": key,
            "subject": (b or a).verdict.subject,  # type: ignore[union-attr]
            "before": _told(a),
            "after": _told(b),
        }
        for key, a, b in pairs
        if _told(a) != _told(b)
    ]


def _told(finding: Finding | None) -> dict[str, Any]:
    if finding is None:
        return {"status": None, "low": None, "high": None}
    verdict = finding.verdict
    return {"status": finding.status, "low": round(verdict.low, _DIGITS), "high": round(verdict.high, _DIGITS)}


def _by_criterion(findings: Sequence[Finding]) -> Mapping[str, dict[str, Finding]]:
    found: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in findings:
        found[finding.criterion.id][finding.id] = finding
    return found


def _indicators(old: Catalogue, new: Catalogue) -> list[dict[str, Any]]:
    was, now = ({i.id: i.weight for i in catalogue.indicators} for catalogue in (old, new))
    return [
        {"id": key, "before": was.get(key), "after": now.get(key)}
        for key in sorted({*was, *now})
        if was.get(key) != now.get(key)
    ]


def _whole(judgement: Judgement) -> dict[str, Any]:
    whole = judgement.score.whole
    observed = None if whole.observed is None else round(whole.observed, _DIGITS)
    return {
        "catalogue": judgement.catalogue,
        "low": round(whole.low, _DIGITS),
        "observed": observed,
        "high": round(whole.high, _DIGITS),
    }
