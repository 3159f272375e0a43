"""Geometry of the pictures. Across the page everything is a percentage, so that a picture fits a phone and a desk
without shrinking its words; the templates draw it and put the same figures beside it as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.model import Bounds, RunSummary, Sensitivity
from reports.run import method_changes

WIDTH = 92  # per cent of the picture that the columns take; the rest is for the scale
HISTORY_RUNS = 60  # columns that can still be told apart on a phone


@dataclass(frozen=True)
class Band:
    """A band of the disclosure index on the axis of 0 to 100."""

    label: str
    short: str
    low: float
    high: float

    @property
    def width(self) -> float:
        return self.high - self.low


@dataclass(frozen=True)
class Column:
    """One run in the history: its interval as a line from `low` to `high`, in per cent of the width and pixels down."""

    run: RunSummary
    x: float
    y_low: float
    y_high: float
    y_observed: float | None
    method_changed: bool  # another catalogue judged the column to the left


@dataclass(frozen=True)
class History:
    columns: tuple[Column, ...]
    height: int
    ticks: tuple[tuple[float, int], ...]  # pixels down, score
    borders: tuple[float, ...]  # per cent of the width where the method changed


@dataclass(frozen=True)
class Row:
    """One way of computing the score. `method` as in `Alternative`, or `published`; `y`: pixels down to its middle."""

    method: str
    left_out: str | None
    low: float
    high: float
    y: int


@dataclass(frozen=True)
class Methods:
    rows: tuple[Row, ...]
    height: int
    low: float
    high: float
    draws: int


ROW_HEIGHT = 40
_METHOD_ORDER = ("weights", "equal", "geometric", "without")


def methods(whole: Bounds, found: Sensitivity) -> Methods:
    """The published interval first, then the same city under every other method, one below the other."""
    ordered = sorted(found.alternatives, key=lambda one: _METHOD_ORDER.index(one.method))
    told = [("published", None, whole.low, whole.high), *((a.method, a.left_out, a.low, a.high) for a in ordered)]
    rows = tuple(Row(*row, y=n * ROW_HEIGHT + 28) for n, row in enumerate(told))
    return Methods(rows, len(rows) * ROW_HEIGHT + 24, found.low, found.high, found.draws)


def bands(edges: Sequence[tuple[str, float]]) -> tuple[Band, ...]:
    """The bands from the lowest to the highest. `edges`: label and lower edge, in any order."""
    rising = sorted(edges, key=lambda edge: edge[1])
    uppers = [low for _, low in rising[1:]] + [100.0]
    return tuple(
        Band(label, _short(label, upper - low), low, upper) for (label, low), upper in zip(rising, uppers, strict=True)
    )


def _short(label: str, width: float) -> str:
    first, _, rest = label.partition(" ")
    return first if rest and width < 15 else label


def history(series: Sequence[RunSummary], height: int = 210) -> History:
    """The last runs side by side, 0 at the bottom and 100 at the top."""
    shown = series[-HISTORY_RUNS:]
    top, bottom = 10.0, height - 10.0

    def y(score: float) -> float:
        return round(bottom - (bottom - top) * min(max(score, 0.0), 100.0) / 100, 1)

    changed = method_changes(shown)
    columns = tuple(
        Column(
            run,
            round((n + 0.5) * WIDTH / len(shown), 2),
            y(run.low),
            y(run.high),
            None if run.observed is None else y(run.observed),
            run.run in changed,
        )
        for n, run in enumerate(shown)
    )
    borders = tuple(round(n * WIDTH / len(shown), 2) for n, run in enumerate(shown) if run.run in changed)
    return History(columns, height, tuple((y(score), score) for score in (0, 40, 60, 80, 90, 100)), borders)
