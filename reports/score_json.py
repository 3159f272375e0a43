"""score.json: what a script reads of one run. Pure: `auditor rescore --json` prints these very bytes."""

from __future__ import annotations

from typing import Any

from auditor.model import Bounds, Catalogue, Judgement, Part, Sensitivity
from reports.canonical import dump, maybe, number


def score_json(judgement: Judgement, catalogue: Catalogue) -> bytes:
    """The score of a run: scores 0 to 100, coverage 0 to 1, all rounded to four decimals.

    Indicators stand in the catalogue's order. `observed` is null where nothing is known; `band.label` is null unless
    the whole interval lies in one band. `sensitivity` is {} where there is nothing to vary; `units` and `roles` hold
    the same figures for each OPD and each role of site.
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
            "band": _band(score.band_low, score.band_high, score.band),
            "indicators": [_indicator(id_, weight, b, catalogue) for id_, weight, b in indicators],
            "units": [_part(part) for part in judgement.parts if part.kind == "unit"],
            "roles": [_part(part) for part in judgement.parts if part.kind == "role"],
            "sensitivity": _sensitivity(judgement.sensitivity),
            "catalogue": judgement.catalogue,
            "auditor": judgement.auditor,
            "evidence": {"digest": judgement.evidence_digest, "captures": judgement.captures},
        }
    )


def _indicator(id_: str, weight: float, bounds: Bounds, catalogue: Catalogue) -> dict[str, Any]:
    low, high = catalogue.band_of(bounds.low), catalogue.band_of(bounds.high)
    return {
        "id": id_,
        "weight": number(weight),
        **_bounds(bounds),
        "band": _band(low, high, low if low == high else None),
    }


def _band(low: str, high: str, label: str | None) -> dict[str, str | None]:
    return {"low": low, "high": high, "label": label}


def _part(part: Part) -> dict[str, Any]:
    return {
        part.kind: part.name,
        **_bounds(part.bounds),
        "band": _band(part.band_low, part.band_high, part.band),
        "findings": part.findings,
    }


def _sensitivity(found: Sensitivity | None) -> dict[str, Any]:
    if found is None:
        return {}
    one = {a.method: {"low": number(a.low), "high": number(a.high)} for a in found.alternatives if a.left_out is None}
    return {
        "low": number(found.low),
        "high": number(found.high),
        "weights": {**one["weights"], "draws": found.draws, "seed": found.seed},
        "equal": one["equal"],
        "geometric": one["geometric"],
        "without": [
            {"indicator": a.left_out, "low": number(a.low), "high": number(a.high)}
            for a in found.alternatives
            if a.left_out is not None
        ],
    }


def _bounds(bounds: Bounds) -> dict[str, float | None]:
    return {
        "low": number(bounds.low),
        "observed": maybe(bounds.observed),
        "high": number(bounds.high),
        "coverage": number(bounds.coverage),
    }
