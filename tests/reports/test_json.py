"""score.json and findings.json: the keys of the contract, and bytes that depend on the judgement alone."""

from __future__ import annotations

import json
import locale
import random
from dataclasses import replace

import pytest

from auditor.model import Bounds, Judgement, Score, Status
from reports.findings_json import findings_json
from reports.score_json import score_json
from tests.reports.builders import (
    CODE,
    PARTS,
    RUN,
    SENSITIVITY,
    Stage,
    catalogue,
    finding,
    hostile_stage,
    judgement,
    ordinary,
)


def test_score_has_the_keys_of_the_contract_in_order() -> None:
    read = json.loads(score_json(judgement(ordinary()), catalogue()))
    assert list(read) == [
        "run",
        "body",
        "at",
        "low",
        "observed",
        "high",
        "coverage",
        "band",
        "indicators",
        "units",
        "roles",
        "sensitivity",
        "catalogue",
        "auditor",
        "evidence",
    ]
    assert read["body"] == {"code": CODE, "name": "Kota Contoh"}
    assert (read["run"], read["at"]) == (RUN, "2026-11-03T01:00:00+07:00")
    assert (read["low"], read["observed"], read["high"], read["coverage"]) == (41.2346, 54.9877, 66.2346, 0.75)
    assert read["band"] == {"low": "Kurang Informatif", "high": "Cukup Informatif", "label": None}
    assert read["sensitivity"] == {}
    assert read["evidence"]["captures"] == 321
    assert [list(entry) for entry in read["indicators"]] == [
        ["id", "weight", "low", "observed", "high", "coverage", "band"]
    ] * 6


def test_nothing_known_is_null_and_no_negative_zero() -> None:
    nothing = replace(
        judgement([]),
        score=Score(Bounds(-0.0, None, 100.0, 0.0), (), "Tidak Informatif", "Informatif", None),
    )
    content = score_json(nothing, catalogue())
    assert b'"observed": null' in content
    assert b"-0.0" not in content
    assert content.endswith(b"}\n")


def test_indicators_stand_in_the_order_of_the_catalogue_whatever_the_judge_did() -> None:
    whole = judgement([])
    turned = replace(whole, score=replace(whole.score, indicators=tuple(reversed(whole.score.indicators))))
    assert score_json(whole, catalogue()) == score_json(turned, catalogue())


def test_sensitivity_and_parts_are_written_with_their_figures() -> None:
    read = json.loads(score_json(judgement([], sensitivity=SENSITIVITY, parts=PARTS), catalogue()))
    assert read["sensitivity"] == {
        "low": 35.0,
        "high": 70.5,
        "weights": {"low": 38.0, "high": 68.25, "draws": 2000, "seed": 7},
        "equal": {"low": 40.0, "high": 65.0},
        "geometric": {"low": 35.0, "high": 64.0},
        "without": [{"indicator": "digitalisasi", "low": 42.0, "high": 70.5}],
    }
    (unit,), (role,) = read["units"], read["roles"]
    assert unit["unit"] == "Dinas Kesehatan"
    assert unit["band"] == {"low": "Kurang Informatif", "high": "Kurang Informatif", "label": "Kurang Informatif"}
    assert (role["role"], role["observed"], role["findings"]) == ("ppid", None, 3)
    assert list(role) == ["role", "low", "observed", "high", "coverage", "band", "findings"]


def test_findings_have_the_keys_of_the_contract() -> None:
    read = {entry["reason"]: entry for entry in json.loads(findings_json(judgement(ordinary())))}
    keys = {
        "id",
        "criterion",
        "indicator",
        "dimension",
        "subject",
        "site",
        "unit",
        "status",
        "reason",
        "low",
        "high",
        "message",
        "basis",
        "remedy",
        "gain",
        "evidence",
        "since",
        "state",
    }
    assert set(read["found-current"]) == keys
    assert set(read["stale"]) == keys | {"items"}
    assert set(read["not-found"]) == keys | {"searched"}
    assert read["not-found"]["searched"][0]["refused"] == [
        {"rule": "robots", "count": 1},
        {"rule": "trap", "count": 12},
    ]
    assert read["stale"]["items"][0] == {"item": "available", "status": "met", "reason": "found"}
    proof = read["found-current"]["evidence"][0]
    assert list(proof) == ["url", "fetched_at", "digest", "warc", "quote"]
    assert proof["fetched_at"] == "2026-11-02T18:05:00Z"
    assert read["found-current"]["state"] is None
    assert {entry["status"] for entry in read.values()} == {str(status) for status in Status}


def test_an_unmet_without_places_still_says_so() -> None:
    bare = finding(catalogue().criteria[0], Status.UNMET)
    bare = replace(bare, verdict=replace(bare.verdict, searched=()))
    assert json.loads(findings_json(judgement([bare])))[0]["searched"] == []


@pytest.mark.parametrize("stage", [Stage(judgement(ordinary())), hostile_stage()], ids=["ordinary", "hostile"])
def test_order_and_locale_change_no_byte(stage: Stage) -> None:
    first = findings_json(stage.judgement)
    shuffled = list(stage.judgement.findings)
    random.Random(7).shuffle(shuffled)
    before = locale.setlocale(locale.LC_ALL)
    locale.setlocale(locale.LC_ALL, "C")
    try:
        assert findings_json(_with(stage.judgement, shuffled)) == first
    finally:
        locale.setlocale(locale.LC_ALL, before)
    assert len(json.loads(first)) == len(shuffled)
    assert first.endswith(b"]\n")


def _with(whole: Judgement, findings: list) -> Judgement:  # type: ignore[type-arg]
    return replace(whole, findings=tuple(findings))
