"""The front page of everything that was published: each body by what its last run left beside its pages."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from reports.canonical import dump, maybe, number
from reports.run import Run

SUMMARY = "body.json"


@dataclass(frozen=True)
class BodyLine:
    """One body on the front page."""

    code: str
    name: str
    at: datetime
    low: float
    observed: float | None
    high: float


def summary(run: Run) -> bytes:
    """What the front page needs of a body, kept beside its pages so that many bodies can share one site."""
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


def context(public: Path) -> dict[str, Any]:
    """Bodies by name, never by score; versions of the method."""
    lines = [line for path in public.glob(f"*/{SUMMARY}") if (line := _line(path)) is not None]
    methods = sorted(path.parent.name for path in public.glob("methodology/*/index.html"))
    return {"bodies": sorted(lines, key=lambda line: (line.name, line.code)), "methods": methods}


def _line(path: Path) -> BodyLine | None:
    """The line of one body; None where another program left something else there."""
    try:
        read = json.loads(path.read_bytes())
        return BodyLine(
            path.parent.name,
            str(read["name"]),
            datetime.fromisoformat(read["at"]),
            float(read["low"]),
            None if read["observed"] is None else float(read["observed"]),
            float(read["high"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
