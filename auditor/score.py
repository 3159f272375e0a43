"""Findings -> score as an interval; pure.

A criterion's value is bounded by the mean of its verdicts' `low` and `high`; an indicator by the weighted mean of its
criteria; the whole by the weighted mean of the indicators. Low takes every unknown as failed, high as met (partial
identification: Manski, *Partial Identification of Probability Distributions*, 2003). The observed point is what is
known to be met over what is known: low / coverage, with coverage = 1 - (high - low). What does not apply leaves both.
docs/scoring.md works an example by hand; tests/score repeats it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model import Bounds, Catalogue, Criterion, Score, Verdict

Judged = Iterable[tuple[Criterion, Verdict]]

NOT_JUDGED = Bounds(0.0, None, 100.0, 0.0, judged=False)
"""What an indicator shows in which nothing applies."""


@dataclass(frozen=True, slots=True)
class _Span:
    """Bounds on 0 to 1 before they become points."""

    low: float
    high: float

    def points(self) -> Bounds:
        coverage = _clamp(1 - (self.high - self.low))
        observed = 100 * _clamp(self.low / coverage) if coverage > 0 else None
        return Bounds(100 * self.low, observed, 100 * self.high, coverage)


def score(judged: Judged, catalogue: Catalogue) -> Score:
    """The score of a run. A catalogue without applicable criteria gives 0 to 100 with coverage 0."""
    return _score(dict(criterion_spans(judged)), catalogue)


def criterion_spans(judged: Judged) -> Mapping[str, _Span]:
    """Criterion id -> bounds, over its applicable verdicts; a criterion without any is absent."""
    verdicts: dict[str, list[Verdict]] = defaultdict(list)
    for criterion, verdict in judged:
        if verdict.applicable:
            verdicts[criterion.id].append(verdict)
    return {
        key: _Span(sum(v.low for v in some) / len(some), sum(v.high for v in some) / len(some))
        for key, some in verdicts.items()
    }


def gains(judged: Judged, catalogue: Catalogue) -> tuple[float, ...]:
    """Points of the score's `low` that each verdict would add if it became met, in the order given."""
    pairs = tuple(judged)
    counts: dict[str, int] = defaultdict(int)
    for criterion, verdict in pairs:
        counts[criterion.id] += verdict.applicable
    shares = _shares({key for key, count in counts.items() if count}, catalogue)
    return tuple(
        100 * shares.get(criterion.id, 0.0) / counts[criterion.id] * (1 - verdict.low) if verdict.applicable else 0.0
        for criterion, verdict in pairs
    )


def _score(spans: Mapping[str, _Span], catalogue: Catalogue) -> Score:
    indicators = []
    for indicator in catalogue.indicators:
        known = [(c.weight, spans[c.id]) for c in catalogue.criteria if c.indicator == indicator.id and c.id in spans]
        indicators.append((indicator.id, indicator.weight, _mean(known)))
    whole = (_mean([(weight, span) for _, weight, span in indicators if span]) or _Span(0, 1)).points()
    low, high = catalogue.band_of(whole.low), catalogue.band_of(whole.high)
    return Score(
        whole=whole,
        indicators=tuple((key, weight, span.points() if span else NOT_JUDGED) for key, weight, span in indicators),
        band_low=low,
        band_high=high,
        band=low if low == high else None,
    )


def _mean(weighted: Iterable[tuple[float, _Span]]) -> _Span | None:
    some = [(weight, span) for weight, span in weighted if weight > 0]
    total = sum(weight for weight, _ in some)
    if not total:
        return None
    return _Span(
        _clamp(sum(weight * span.low for weight, span in some) / total),
        _clamp(sum(weight * span.high for weight, span in some) / total),
    )


def _shares(applicable: set[str], catalogue: Catalogue) -> dict[str, float]:
    """Criterion id -> its share of the whole score, 0 to 1."""
    weights = {c.id: c.weight for c in catalogue.criteria if c.id in applicable and c.weight > 0}
    of_indicator: dict[str, float] = defaultdict(float)
    for criterion in catalogue.criteria:
        of_indicator[criterion.indicator] += weights.get(criterion.id, 0.0)
    total = sum(i.weight for i in catalogue.indicators if of_indicator[i.id] > 0)
    indicator_weight = {i.id: i.weight for i in catalogue.indicators}
    return {
        c.id: indicator_weight[c.indicator] / total * weights[c.id] / of_indicator[c.indicator]
        for c in catalogue.criteria
        if c.id in weights
    }


def _clamp(value: float) -> float:
    return min(1.0, max(0.0, value))
