"""A score as an interval: of a whole, of a part of it, and under other methods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DRAWS = 2_000
CONCENTRATION = 20.0
"""Sum of the Dirichlet parameters: the mean is the official weight, the spread of a weight of 40 is about 11 points, of
one of 10 about 7. Wide enough for a different expert panel, too narrow to turn the index into another one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """A score on 0 to 100 as an interval; `observed` is None when nothing is known; `coverage` is 0 to 1.

    `judged` is False where nothing applied: such an indicator has no share in the whole."""

    low: float
    observed: float | None
    high: float
    coverage: float
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Alternative:
    """The interval of the whole score, 0 to 100, under one other way of putting the indicators together.

    `method`: `weights` (drawn; `low` is the 5th percentile of the low ends, `high` the 95th of the high ends), `equal`,
    `geometric`, or `without` the indicator that `left_out` names.
    """

    method: Literal["weights", "equal", "geometric", "without"]
    low: float
    high: float
    left_out: str | None = None


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """`low` and `high` span the published score and all `alternatives`. `draws` of weights, from `seed`."""

    low: float
    high: float
    draws: int
    seed: int
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """The score of the findings about one OPD (`unit`) or of the sites of one role (`role`)."""

    kind: Literal["unit", "role"]
    name: str
    bounds: Bounds
    band_low: str
    band_high: str
    band: str | None
    findings: int  # those that weigh in it


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The ranks that a body may have among `of` bodies, 1 the highest score; `drawn_…` also under other weights, None
    where no weights could be drawn."""

    best: int
    worst: int
    of: int
    drawn_best: int | None = None
    drawn_worst: int | None = None
