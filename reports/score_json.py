"""score.json: what a script reads of one run. Pure: `auditor rescore --json` prints these very bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auditor.model import Bounds, Catalogue, Judgement
from reports.canonical import dump, maybe, number


def score_json(judgement: Judgement, catalogue: Catalogue, sensitivity: Mapping[str, Any] | None = None) -> bytes:
    """The score of a run: scores 0 to 100, coverage 0 to 1, all rounded to four decimals.

    Indicators stand in the catalogue's order. `observed` is null where nothing is known; `band.label` is null unless
    the whole interval lies in one band. `sensitivity` is copied as given; its numbers must be finite.
    """
    score, body = judgement.score, judgement.facts.body
    place = {indicator.id: n for n, indicator in enumerate(catalogue.indicators)}
    indicators = sorted(score.indicators, key=lambda entry: (place.get(entry[0], len(place)), entry[0]))
    return dump(
        {
            "run": judgement.run,
            "body": {"code": body.code, "name": body.name},
            "at": judgement.facts.at.isoformat(),
            **_bounds(score.whole),
            "band": {"low": score.band_low, "high": score.band_high, "label": score.band},
            "indicators": [{"id": id_, "weight": number(weight), **_bounds(b)} for id_, weight, b in indicators],
            "sensitivity": dict(sensitivity or {}),
            "catalogue": judgement.catalogue,
            "auditor": judgement.auditor,
            "evidence": {"digest": judgement.evidence_digest, "captures": judgement.captures},
        }
    )


def _bounds(bounds: Bounds) -> dict[str, float | None]:
    return {
        "low": number(bounds.low),
        "observed": maybe(bounds.observed),
        "high": number(bounds.high),
        "coverage": number(bounds.coverage),
    }
