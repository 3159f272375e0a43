"""How far the machine and people agree: F1 and Cohen's kappa with bootstrap intervals; pure.

Kappa after Cohen (1960), *A coefficient of agreement for nominal scales*; intervals are percentile bootstrap (Efron
1979) over the coded subjects, from a fixed seed, so that a figure can be repeated. What either side left open
(`unknown`, or an empty status) is no disagreement: it is counted apart as abstained.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from auditor.model import Status

ROUNDS = 2000
SEED = 20140014
DECIDED = tuple(status.value for status in Status if status is not Status.UNKNOWN)

Key = tuple[str, str]  # criterion, subject


class CodedError(Exception):
    """The coding sheet cannot be used; one line with the row and what to do."""


@dataclass(frozen=True, slots=True)
class Coded:
    criterion: str
    subject: str
    status: str
    coder: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Agreement:
    """`a` against `b` over one criterion, or over all when `criterion` is None. `f1` is the mean over the statuses that
    occur. None where nothing was decided by both; kappa also None where both gave one and the same status only."""

    a: str
    b: str
    criterion: str | None
    pairs: int
    abstained: int
    agree: float | None
    f1: Interval | None
    kappa: Interval | None


def read_coded(path: Path) -> tuple[Coded, ...]:
    """Rows of `criterion,subject,status[,coder]`; rows without a status are left out. Raises CodedError."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = {"criterion", "subject", "status"} - set(reader.fieldnames or ())
            if missing:
                raise CodedError(f"{path}: column {sorted(missing)[0]!r} is missing; the first line names the columns")
            return tuple(row for number, line in enumerate(reader, 2) if (row := _row(path, number, line)))
    except (OSError, UnicodeDecodeError) as error:
        raise CodedError(f"{path}: cannot be read ({error}); save it as CSV in UTF-8") from None


def _row(path: Path, number: int, line: Mapping[str, str | None]) -> Coded | None:
    cell = {name: (value or "").strip() for name, value in line.items() if isinstance(name, str)}
    if not cell["status"]:
        return None
    if cell["status"] not in {status.value for status in Status}:
        raise CodedError(
            f"{path}:{number}: {cell['status']!r} is no status; write met, partly, unmet, unknown or not-applicable"
        )
    return Coded(cell["criterion"], cell["subject"], cell["status"], cell.get("coder") or "coder", cell.get("why", ""))


def agreements(machine: Mapping[Key, str], coded: Iterable[Coded]) -> list[Agreement]:
    """Machine against each coder and the coders against each other: overall first, then each criterion."""
    coders: dict[str, dict[Key, str]] = defaultdict(dict)
    for row in coded:
        coders[row.coder][row.criterion, row.subject] = row.status
    pairs: list[tuple[str, Mapping[Key, str], str, Mapping[Key, str]]] = [
        ("machine", machine, name, coders[name]) for name in sorted(coders)
    ]
    pairs += [(a, coders[a], b, coders[b]) for a, b in combinations(sorted(coders), 2)]
    return [found for a, left, b, right in pairs for found in _compare(a, left, b, right)]


def _compare(a: str, left: Mapping[Key, str], b: str, right: Mapping[Key, str]) -> list[Agreement]:
    shared = sorted(left.keys() & right.keys())
    criteria = sorted({criterion for criterion, _ in shared})
    groups = [(None, shared)] + [(c, [key for key in shared if key[0] == c]) for c in criteria]
    return [_agreement(a, b, name, [(left[k], right[k]) for k in keys]) for name, keys in groups]


def _agreement(a: str, b: str, criterion: str | None, both: Sequence[tuple[str, str]]) -> Agreement:
    decided = [(x, y) for x, y in both if x in DECIDED and y in DECIDED]
    table = np.array([[DECIDED.index(x), DECIDED.index(y)] for x, y in decided], dtype=np.int64).reshape(-1, 2)
    same = float((table[:, 0] == table[:, 1]).mean()) if len(table) else None
    return Agreement(
        a, b, criterion, len(decided), len(both) - len(decided), same,
        _bootstrap(table, _macro_f1), _bootstrap(table, _kappa),
    )  # fmt: skip


def _matrix(table: np.ndarray) -> np.ndarray:
    size = len(DECIDED)
    return np.bincount(table[:, 0] * size + table[:, 1], minlength=size * size).reshape(size, size).astype(float)


def _kappa(counts: np.ndarray) -> float | None:
    total = counts.sum()
    expected = float((counts.sum(axis=0) * counts.sum(axis=1)).sum() / total**2)
    return None if expected >= 1 else (float(np.trace(counts)) / total - expected) / (1 - expected)


def _macro_f1(counts: np.ndarray) -> float | None:
    said, true = counts.sum(axis=1), counts.sum(axis=0)
    occurs = said + true > 0
    return float((2 * np.diag(counts)[occurs] / (said + true)[occurs]).mean())


def _bootstrap(table: np.ndarray, measure: Any) -> Interval | None:
    if not len(table):
        return None
    value = measure(_matrix(table))
    if value is None:
        return None
    random = np.random.default_rng(SEED)
    drawn = (measure(_matrix(table[random.integers(0, len(table), len(table))])) for _ in range(ROUNDS))
    values = [v for v in drawn if v is not None]
    low, high = np.percentile(values, [2.5, 97.5]) if values else (value, value)
    return Interval(float(value), float(low), float(high))


def as_rows(found: Iterable[Agreement]) -> list[dict[str, Any]]:
    """Flat rows for JSON and tables, numbers to four decimals."""
    return [{key: _short(value) for key, value in asdict(one).items()} for one in found]


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: round(number, 4) for key, number in value.items()}
    return round(value, 4) if isinstance(value, float) else value


def spread(rows: Sequence[Mapping[str, Any]], n: int, seed: int) -> list[Mapping[str, Any]]:
    """`n` findings drawn evenly over status and indicator, the same for the same seed.

    A person who codes blind should meet every kind of answer, not forty easy ones.
    """
    random = np.random.default_rng(seed)
    strata: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: (r["criterion"], r["subject"])):
        strata[row["status"], row["indicator"]].append(row)
    queues = [[some[i] for i in random.permutation(len(some))] for _, some in sorted(strata.items())]
    drawn: list[Mapping[str, Any]] = []
    taken: Counter[int] = Counter()
    while len(drawn) < n and any(taken[q] < len(queue) for q, queue in enumerate(queues)):
        for q, queue in enumerate(queues):
            if taken[q] < len(queue) and len(drawn) < n:
                drawn.append(queue[taken[q]])
                taken[q] += 1
    return sorted(drawn, key=lambda r: (r["criterion"], r["subject"]))
