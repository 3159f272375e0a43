"""How far the score depends on the choice of weights and of aggregation; pure, numpy only.

After the OECD/JRC *Handbook on Constructing Composite Indicators* (2008), step 7, uncertainty and sensitivity: other
weights, equal weights, one indicator left out at a time, and a geometric mean, which does not let a strong
indicator make up for a weak one. The bounds of the indicators stay as they were judged: this is about the method, not
about the city.

The same bytes everywhere: weights come from the Mersenne Twister of `numpy.random.RandomState`, the one generator of
numpy whose stream is frozen (NEP 19); its seed is a digest of the run's id, percentiles are order statistics (nothing
is interpolated), sums run over six numbers in a fixed order, and what is published is rounded to four decimals.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from auditor.model import CONCENTRATION, DRAWS, Alternative, Score, Sensitivity

TAIL = 0.05
FLOOR = 1.0
"""A geometric mean needs positive figures: indicators enter it with at least one point of a hundred."""

Array = NDArray[np.float64]


def sensitivity(score: Score, run: str) -> Sensitivity | None:
    """The score under other methods. None where fewer than two indicators have anything to judge."""
    known = [(key, weight, bounds) for key, weight, bounds in score.indicators if weight > 0 and bounds.judged]
    if len(known) < 2:
        return None
    names = [key for key, _, _ in known]
    weights = np.array([weight for _, weight, _ in known], dtype=np.float64)
    ends = np.array([[bounds.low, bounds.high] for _, _, bounds in known], dtype=np.float64)
    seed = seed_of(run)
    drawn = means(draws(weights, seed), ends)
    alternatives = [
        Alternative("weights", _percentile(drawn[:, 0], TAIL), _percentile(drawn[:, 1], 1 - TAIL)),
        Alternative("equal", *_pair(means(np.ones((1, len(names))), ends)[0])),
        Alternative("geometric", *_geometric(weights, ends)),
    ]
    for place, name in enumerate(names):
        rest = weights.copy()
        rest[place] = 0.0
        alternatives.append(Alternative("without", *_pair(means(rest[None, :], ends)[0]), left_out=name))
    return Sensitivity(
        low=min(score.whole.low, *(one.low for one in alternatives)),
        high=max(score.whole.high, *(one.high for one in alternatives)),
        draws=DRAWS,
        seed=seed,
        alternatives=tuple(alternatives),
    )


def seed_of(run: str) -> int:
    """32 bits of the sha-256 of the run's id."""
    return int.from_bytes(hashlib.sha256(run.encode()).digest()[:4], "big")


def draws(weights: Array, seed: int, count: int = DRAWS) -> Array:
    """(count, n) weights that sum to 1 a row, Dirichlet around `weights`."""
    shape = CONCENTRATION * weights / weights.sum()
    gammas = np.random.RandomState(seed).standard_gamma(shape, size=(count, len(weights)))
    made: Array = gammas / gammas.sum(axis=1, keepdims=True)
    return made


def means(weights: Array, ends: Array) -> Array:
    """(m, 2) weighted means of `ends` (n, 2: low and high of each indicator) for m rows of weights."""
    total = np.zeros((len(weights), ends.shape[1]))
    for place in range(len(ends)):
        total = total + weights[:, place, None] * ends[place]
    found: Array = np.clip(total / weights.sum(axis=1, keepdims=True), 0.0, 100.0)
    return found


def _geometric(weights: Array, ends: Array) -> tuple[float, float]:
    logs = means(weights[None, :], np.log(np.maximum(ends, FLOOR)))[0]
    arithmetic = means(weights[None, :], ends)[0]
    return _pair(np.minimum(np.exp(logs), arithmetic))


def _percentile(values: Array, share: float) -> float:
    return float(np.sort(values)[round(share * (len(values) - 1))])


def _pair(ends: Sequence[float] | Array) -> tuple[float, float]:
    return float(ends[0]), float(ends[1])
