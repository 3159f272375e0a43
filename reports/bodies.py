"""Each body by what its last whole run leaves beside its pages, so that many bodies can share one site."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.canonical import dump, maybe, number
from reports.run import Run

SUMMARY = "body.json"


@dataclass(frozen=True)
class NationalBody:
    """Scores are 0 to 100, coverage 0 to 1. `indicators`: id -> (weight, low, high), where anything was judged."""

    code: str
    name: str
    kind: str
    at: datetime
    run: str
    low: float
    observed: float | None
    high: float
    coverage: float | None
    band: str | None
    catalogue: str
    indicators: Mapping[str, tuple[float, float, float]]

    @property
    def province(self) -> str:
        """Its code."""
        return self.code.partition(".")[0]


def summary(run: Run) -> bytes:
    """The file that `read` reads."""
    last = run.series[-1]
    return dump(
        {
            "code": run.body.code,
            "name": run.body.name,
            "kind": run.body.kind,
            "run": last.run,
            "at": last.at.isoformat(),
            "low": number(last.low),
            "observed": maybe(last.observed),
            "high": number(last.high),
            "coverage": number(last.coverage),
            "band": last.band,
            "catalogue": last.catalogue,
            "indicators": [
                {"id": key, "weight": weight, "low": number(bounds.low), "high": number(bounds.high)}
                for key, weight, bounds in run.judgement.score.indicators
                if bounds.judged
            ],
        }
    )


def read(public: Path) -> tuple[NationalBody, ...]:
    """By province, the province itself first, then by name. What another program left there is passed over."""
    found = [body for path in public.glob(f"*/{SUMMARY}") if (body := _body(path)) is not None]
    return tuple(sorted(found, key=lambda body: (body.province, body.code != body.province, body.name, body.code)))


def _body(path: Path) -> NationalBody | None:
    try:
        kept = json.loads(path.read_bytes())
        return NationalBody(
            code=path.parent.name,
            name=str(kept["name"]),
            kind=str(kept.get("kind", "")),
            at=datetime.fromisoformat(kept["at"]),
            run=str(kept.get("run", "")),
            low=float(kept["low"]),
            observed=_number(kept["observed"]),
            high=float(kept["high"]),
            coverage=_number(kept.get("coverage")),
            band=kept.get("band"),
            catalogue=str(kept.get("catalogue", "")),
            indicators={one["id"]: _indicator(one) for one in kept.get("indicators", ())},
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _indicator(kept: Mapping[str, Any]) -> tuple[float, float, float]:
    return float(kept["weight"]), float(kept["low"]), float(kept["high"])
