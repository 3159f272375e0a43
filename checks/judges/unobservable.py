"""What no machine can see from outside: listed all the same, so that coverage is honest."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, Verdict
from checks.judges.answer import unknown
from checks.judges.case import Case


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    """`event = true`: it depends on whether something took place (a recruitment, a change of the budget)."""
    event = criterion.params.get("event")
    yield unknown(case, "human-event-dependent" if event else "human-not-observable")
