"""Draws the page of all bodies in both languages and puts its figures beside it as CSV."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from auditor.model import RankInterval
from reports import standing
from reports.bodies import NationalBody
from reports.canonical import maybe, number
from reports.output import write
from reports.publish import presses_of
from reports.researcher.tables import BODIES, csv_of
from reports.website import method

CSV = "bodies.csv"


@dataclass(frozen=True)
class Row:
    """One body with its rank; `rank` is None where another catalogue judged it, so that it does not compare.

    `left` and `width` are per cent of the picture: the best rank is at the left end.
    """

    body: NationalBody
    rank: RankInterval | None

    @property
    def left(self) -> float:
        return 0.0 if self.rank is None else 100 * (self.rank.best - 1) / self.rank.of

    @property
    def width(self) -> float:
        return 0.0 if self.rank is None else 100 * (self.rank.worst - self.rank.best + 1) / self.rank.of


@dataclass(frozen=True)
class Province:
    """`name` is None where the province itself is not among the bodies: its code stands for it."""

    code: str
    name: str | None
    rows: tuple[Row, ...]


def publish_national(public: Path, bodies: Sequence[NationalBody], ranks: Mapping[str, RankInterval]) -> Path:
    """Writes `index.html` in both languages and `bodies.csv`. `bodies` in reading order, `ranks` by code."""
    rows = [Row(body, ranks.get(body.code)) for body in bodies]
    newest = max(body.at for body in bodies)
    context = {
        "provinces": _provinces(rows),
        "count": len(rows),
        "ranked": len(ranks),
        "kinds": sorted({body.kind for body in bodies if body.kind}),
        "newest": newest,
        "methods": method.versions(public),
        "csv": CSV,
    }
    write(public / CSV, bodies_csv(rows))
    standing.place(public, bodies[0].code)
    for press in presses_of(public, newest):
        write(public / (press.language.prefix + "index.html"), press.page("index.html", "national.html", context))
    return public / "index.html"


def bodies_csv(rows: Sequence[Row]) -> bytes:
    return csv_of(BODIES, (_cells(row) for row in rows))


def _cells(row: Row) -> list[object]:
    body, rank = row.body, row.rank
    given = (rank.best, rank.worst, rank.drawn_best, rank.drawn_worst, rank.of) if rank else (None,) * 5
    return [
        body.code, body.province, body.name, body.kind, body.run, body.at.date().isoformat(), number(body.low),
        maybe(body.observed), number(body.high), maybe(body.coverage), body.band, *given, body.catalogue,
    ]  # fmt: skip


def _provinces(rows: Sequence[Row]) -> tuple[Province, ...]:
    made = []
    for code, some in groupby(rows, key=lambda row: row.body.province):
        own = tuple(some)
        name = next((row.body.name for row in own if row.body.code == code), None)
        made.append(Province(code, name, own))
    return tuple(made)
