"""How far bodies can be put in an order at all: the rank of each as an interval; pure, numpy only.

A rank is 1 + the bodies that are strictly above. Of a body with the score [low, high] the best possible rank counts
only those whose low end lies above its high end, the worst all whose high end lies above its low end: whatever the
unknowns turn out to be, the rank lies in between (partial identification, as for the score itself). Under other weights
(Dirichlet around the official ones, the same draw for every body; OECD/JRC handbook, step 7) each draw gives such an
interval; shown are the 5th percentile of the best and the 95th of the worst.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from auditor.model import DRAWS, RankInterval
from auditor.sensitivity import TAIL, draws, seed_of

Ends = NDArray[np.float64]
Ranks = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Standing:
    """A body's score, 0 to 100, and that of each indicator in which anything was judged: id -> (low, high)."""

    low: float
    high: float
    indicators: Mapping[str, tuple[float, float]]


def ranks(bodies: Sequence[Standing], weights: Mapping[str, float], seed: str) -> tuple[RankInterval, ...]:
    """In the order given. `weights`: the official ones by indicator; `seed`: any text, the same gives the same."""
    if not bodies:
        return ()
    lows, highs = np.array([b.low for b in bodies]), np.array([b.high for b in bodies])
    best, worst = interval(lows, highs)
    drawn = _drawn(bodies, {name: weight for name, weight in weights.items() if weight > 0}, seed)
    if drawn is None:
        return tuple(RankInterval(int(b), int(w), len(bodies)) for b, w in zip(best, worst, strict=True))
    return tuple(
        RankInterval(int(b), int(w), len(bodies), int(d_b), int(d_w))
        for b, w, d_b, d_w in zip(best, worst, *drawn, strict=True)
    )


def interval(lows: Ends, highs: Ends) -> tuple[Ranks, Ranks]:
    """(best, worst) rank of each body, 1 the highest score."""
    count = len(lows)
    best = 1 + count - np.searchsorted(np.sort(lows), highs, side="right")
    itself = highs > lows  # a body is not above itself
    worst = 1 + count - np.searchsorted(np.sort(highs), lows, side="right") - itself
    return best.astype(np.int64), worst.astype(np.int64)


def _drawn(bodies: Sequence[Standing], weights: Mapping[str, float], seed: str) -> tuple[Ranks, Ranks] | None:
    """(best, worst) over the draws; None where there is nothing to weigh."""
    if len(weights) < 2 or not all(any(name in body.indicators for name in weights) for body in bodies):
        return None
    names = sorted(weights)
    judged = np.array([[name in body.indicators for name in names] for body in bodies], dtype=np.float64)
    lows, highs = (
        np.array([[body.indicators.get(name, (0.0, 0.0))[end] for name in names] for body in bodies]) for end in (0, 1)
    )
    made = draws(np.array([weights[name] for name in names]), seed_of(seed), DRAWS)
    best = np.empty((DRAWS, len(bodies)), dtype=np.int64)
    worst = np.empty_like(best)
    for number, drawn in enumerate(made):
        total = (judged * drawn).sum(axis=1)
        best[number], worst[number] = interval((lows * drawn).sum(axis=1) / total, (highs * drawn).sum(axis=1) / total)
    place = round(TAIL * (DRAWS - 1))
    return np.sort(best, axis=0)[place], np.sort(worst, axis=0)[DRAWS - 1 - place]
