"""The methodology page: the catalogue in words, with a worked example computed by the formulae that it shows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from auditor.model import CONCENTRATION, DRAWS, Basis, Catalogue, Criterion, TableRules, Text
from auditor.model.measures import MEASURES, MOST, SOURCES
from reports.safe import name
from reports.website import charts

OFFICIAL = Path(__file__).with_name("official.toml")


@dataclass(frozen=True)
class Line:
    """One criterion of the worked example."""

    weight: float
    low: float
    high: float


EXAMPLE = (Line(2, 1, 1), Line(1, 0.4, 0.6), Line(1, 0, 0), Line(1, 0, 1))


@dataclass(frozen=True)
class Worked:
    lines: tuple[Line, ...]
    weight: float
    low: float
    high: float
    coverage: float
    observed: float


def worked(lines: tuple[Line, ...] = EXAMPLE) -> Worked:
    """The bounds of an indicator, 0 to 100, from its criteria."""
    weight = sum(line.weight for line in lines)
    low = sum(line.weight * line.low for line in lines) / weight
    high = sum(line.weight * line.high for line in lines) / weight
    coverage = 1 - (high - low)
    return Worked(lines, weight, 100 * low, 100 * high, coverage, 100 * low / coverage)


@dataclass(frozen=True)
class Due:
    """From when a document is expected: on `due` of any year Y that of `year` must be there."""

    code: str
    name: Text
    due: date | None
    year: str
    covers: bool
    legal: Text
    basis: tuple[Basis, ...]


@lru_cache(maxsize=1)
def official() -> tuple[Mapping[str, Any], ...]:
    """What others awarded, with where it was read: reference points, never part of a score."""
    return tuple(tomllib.loads(OFFICIAL.read_text(encoding="utf-8"))["results"])


def path(version: str) -> str:
    return f"methodology/{name(version)}/index.html"


def versions(public: Path) -> list[str]:
    """The versions of the catalogue that have a page."""
    return sorted(path.parent.name for path in public.glob("methodology/*/index.html"))


def context(
    catalogue: Catalogue, accuracy: Mapping[str, Any] | None, user_agent: str, tables: Sequence[TableRules] = ()
) -> dict[str, Any]:
    """What the page shows. `accuracy`: the content of checks/accuracy.json."""
    by_indicator = [
        (indicator, [c for c in catalogue.criteria if c.indicator == indicator.id and c.level != "unobservable"])
        for indicator in catalogue.indicators
    ]
    return {
        "catalogue": catalogue,
        "by_indicator": by_indicator,
        "shares": _shares(catalogue),
        "unobservable": [c for c in catalogue.criteria if c.level == "unobservable"],
        "bands": charts.bands(catalogue.bands),
        "draws": DRAWS,
        "concentration": CONCENTRATION,
        "calendar": [_due(code, entry) for code, entry in catalogue.calendar.items()],
        "schemes": [(source, [m for m in MEASURES.values() if m.scheme == source.scheme]) for source in SOURCES],
        "most": MOST,
        "tables": tables,
        "user_agent": user_agent,
        "worked": worked(),
        "official": official(),
        "accuracy": [
            {**row, "what": Text(row["what"]["id"], row["what"]["en"])} for row in (accuracy or {}).get("rows", ())
        ],
        "measured": date.fromisoformat(accuracy["measured"]) if accuracy else None,
    }


def _shares(catalogue: Catalogue) -> dict[str, float]:
    """Criterion -> points of the whole score when every criterion applies."""
    totals: dict[str, float] = {}
    for criterion in catalogue.criteria:
        totals[criterion.indicator] = totals.get(criterion.indicator, 0.0) + criterion.weight
    weights = {indicator.id: indicator.weight for indicator in catalogue.indicators}
    return {criterion.id: _share(criterion, totals, weights) for criterion in catalogue.criteria}


def _share(criterion: Criterion, totals: Mapping[str, float], weights: Mapping[str, float]) -> float:
    total = totals[criterion.indicator]
    return weights.get(criterion.indicator, 0.0) * criterion.weight / total if total else 0.0


def _due(code: str, entry: Mapping[str, Any]) -> Due:
    month, day, offset = entry.get("month"), entry.get("day"), int(entry.get("offset", 0))
    return Due(
        code,
        _text(entry.get("name"), code),
        date(2000, month, day) if month and day else None,
        f"Y{offset:+d}".replace("-", "−") if offset else "Y",
        bool(entry.get("covers")),
        _text(entry.get("legal"), ""),
        tuple(Basis(b["article"], b.get("source", ""), bool(b.get("verified"))) for b in entry.get("basis", ())),
    )


def _text(words: Any, otherwise: str) -> Text:
    return Text(words["id"], words["en"]) if isinstance(words, Mapping) else Text(otherwise, otherwise)
