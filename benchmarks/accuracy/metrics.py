"""Precision, recall and F1 with their uncertainty: Wilson (1927) for shares, a percentile bootstrap for macro F1."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Any

import numpy as np

from benchmarks.accuracy.data import Row

NONE = "-"


@dataclass(frozen=True, slots=True)
class Answer:
    kind: str
    years: tuple[int, ...] = ()


Approach = Callable[[Sequence[Row]], list[Answer]]


def gold_of(row: Row, answer: Answer) -> str:
    """The label that the answer is held against: itself where the coders accept it, else their first."""
    return answer.kind if answer.kind in row.kinds else row.kinds[0]


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % interval of a share."""
    if n == 0:
        return 0.0, 1.0
    z = 1.959964
    centre, spread = hits + z * z / 2, z * sqrt(hits * (n - hits) / n + z * z / 4)
    return round(max(0.0, (centre - spread) / (n + z * z)), 4), round(min(1.0, (centre + spread) / (n + z * z)), 4)


def measure(rows: Sequence[Row], answers: Sequence[Answer]) -> dict[str, Any]:
    """All figures of one approach on these rows. `years` counts rows whose kind was right and is a document."""
    pairs = [(gold_of(row, answer), answer.kind) for row, answer in zip(rows, answers, strict=True)]
    said = [(gold, kind) for gold, kind in pairs if kind != NONE]
    false = sum(gold != kind for gold, kind in said)
    dated = [
        set(row.years) == set(answer.years)
        for row, answer, (gold, kind) in zip(rows, answers, pairs, strict=True)
        if gold == kind != NONE
    ]
    kinds = {kind: _of_kind(pairs, kind) for kind in sorted({kind for pair in pairs for kind in pair} - {NONE})}
    hits = sum(gold == kind for gold, kind in said)
    wanted = sum(gold != NONE for gold, _ in pairs)
    return {
        "n": len(rows),
        "documents": wanted,
        "macro_f1": round(macro_f1(pairs), 4),
        "macro_f1_interval": _bootstrap(pairs),
        "micro_f1": round(2 * hits / (len(said) + wanted), 4) if said or wanted else 1.0,
        "said": len(said),
        "false": false,
        "false_rate": round(false / len(said), 4) if said else 0.0,
        "false_interval": wilson(false, len(said)),
        "missed": wanted - hits,
        "years_n": len(dated),
        "years_right": round(sum(dated) / len(dated), 4) if dated else 1.0,
        "years_interval": wilson(sum(dated), len(dated)),
        "kinds": kinds,
        "confusion": [[*pair, n] for pair, n in Counter(p for p in pairs if p[0] != p[1]).most_common()],
    }


def macro_f1(pairs: Sequence[tuple[str, str]]) -> float:
    """The mean F1 over every kind that was labelled or said."""
    kinds = {kind for pair in pairs for kind in pair} - {NONE}
    return sum(_of_kind(pairs, kind)["f1"] for kind in kinds) / len(kinds) if kinds else 1.0


def _of_kind(pairs: Sequence[tuple[str, str]], kind: str) -> dict[str, Any]:
    hits = sum(gold == said == kind for gold, said in pairs)
    n, said = sum(gold == kind for gold, _ in pairs), sum(answer == kind for _, answer in pairs)
    return {
        "n": n,
        "precision": round(hits / said, 4) if said else 0.0,
        "precision_interval": wilson(hits, said),
        "recall": round(hits / n, 4) if n else 0.0,
        "recall_interval": wilson(hits, n),
        "f1": round(2 * hits / (said + n), 4),
    }


def _bootstrap(pairs: Sequence[tuple[str, str]], times: int = 300, seed: int = 1) -> tuple[float, float]:
    if not pairs:
        return 0.0, 1.0
    kinds = sorted({kind for pair in pairs for kind in pair} - {NONE})
    place = {kind: index for index, kind in enumerate([NONE, *kinds])}
    gold = np.array([place[pair[0]] for pair in pairs])
    said = np.array([place[pair[1]] for pair in pairs])
    generator, scores = np.random.default_rng(seed), []
    for _ in range(times):
        drawn = generator.integers(0, len(pairs), len(pairs))
        g, s = gold[drawn], said[drawn]
        hits = np.bincount(g[g == s], minlength=len(place))[1:]
        both = np.bincount(g, minlength=len(place))[1:] + np.bincount(s, minlength=len(place))[1:]
        present = both > 0
        scores.append(float(np.mean(2 * hits[present] / both[present])) if present.any() else 1.0)
    low, high = np.quantile(scores, [0.025, 0.975])
    return round(float(low), 4), round(float(high), 4)
