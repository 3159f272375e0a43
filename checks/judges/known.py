"""Three-valued facts and the intervals they make.

A fact is True, False or None (not known): Kleene's strong logic of three values. A value is bounded by taking every
unknown as failed (low) and as met (high): partial identification (Manski, *Partial Identification of Probability
Distributions*, 2003). Every function here is monotone: a fact that becomes unknown never raises low nor lowers high.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Known = bool | None


@dataclass(frozen=True, slots=True)
class Bound:
    """0 <= low <= high <= 1."""

    low: float
    high: float

    @property
    def whole(self) -> bool:
        """Nothing is unknown."""
        return self.low == self.high


UNKNOWN = Bound(0.0, 1.0)
FULL = Bound(1.0, 1.0)
NONE = Bound(0.0, 0.0)


def exists(states: Iterable[Known]) -> Known:
    """True if any is, else None if any is not known, else False."""
    seen = set(states)
    return True if True in seen else None if None in seen else False


def every(states: Iterable[Known]) -> Known:
    """False if any is, else None if any is not known, else True."""
    seen = set(states)
    return False if False in seen else None if None in seen else True


def unless_unseen(state: Known, complete: bool) -> Known:
    """An absence counts only where everything was seen."""
    return None if state is False and not complete else state


def weigh(facts: Sequence[tuple[float, Known]]) -> Bound:
    """Weighted share of what is met; exactly 1 or 0 at the ends. Weights are above 0 and need not sum to 1."""
    total = math.fsum(weight for weight, _ in facts)
    met = math.fsum(weight for weight, state in facts if state is True)
    not_known = math.fsum(weight for weight, state in facts if state is None)
    if all(state is not False for _, state in facts):
        return Bound(met / total, 1.0)
    return Bound(met / total, min(1.0, (met + not_known) / total) if met + not_known else 0.0)


def best(bounds: Iterable[Bound]) -> Bound:
    """Any one of several ways suffices."""
    some = tuple(bounds)
    return Bound(max(b.low for b in some), max(b.high for b in some))


def best_share(bounds: Sequence[Bound], need: int) -> Bound:
    """The mean of the `need` best: how much of what is needed is there."""
    lows = sorted((b.low for b in bounds), reverse=True)[:need]
    highs = sorted((b.high for b in bounds), reverse=True)[:need]
    return Bound(min(1.0, math.fsum(lows) / need), min(1.0, math.fsum(highs) / need))


def widen(bound: Bound, complete: bool) -> Bound:
    """More may be there than was seen."""
    return bound if complete else Bound(bound.low, 1.0)


def step(value: float, met_at: float, partly_at: float) -> float:
    """1 from `met_at` on, 0.5 from `partly_at` on, else 0."""
    tolerance = 1e-9
    return 1.0 if value >= met_at - tolerance else 0.5 if value >= partly_at - tolerance else 0.0


def stepped(bound: Bound, met_at: float, partly_at: float) -> Bound:
    return Bound(step(bound.low, met_at, partly_at), step(bound.high, met_at, partly_at))


def share(good: int, not_known: int, bad: int) -> Bound | None:
    """Share of the good ones, each unknown taken both ways; None where there is nothing to take a share of."""
    total = good + not_known + bad
    return Bound(good / total, (good + not_known) / total) if total else None
