"""The law of the judges, over random cities: what may never happen, whatever is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from auditor.model import Facts, Status, Verdict
from auditor.score import score
from checks.judging import Crash, judge
from tests.judges.builders import catalogue
from tests.judges.worlds import QUESTIONS, cities, good_documents, less, with_document

CATALOGUE = catalogue(*QUESTIONS)
TOLERANCE = 1e-9
EXAMPLES = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

Judged = Mapping[tuple[str, str], Verdict]


def judged(city: Facts) -> Judged:
    found = judge(city, CATALOGUE, _raise)
    return {(criterion.id, verdict.subject): verdict for criterion, verdict in found}


def _raise(crash: Crash) -> None:
    raise crash.error


def whole(city: Facts):
    return score(judge(city, CATALOGUE), CATALOGUE).whole


@given(st.data())
@EXAMPLES
def test_a_good_document_never_lowers_anything(data: st.DataObject) -> None:
    city = data.draw(cities())
    key, one = data.draw(good_documents(city))
    before, after = judged(city), judged(with_document(city, key, one))
    assert before.keys() == after.keys()
    for name in before:
        assert after[name].low >= before[name].low - TOLERANCE, name
        assert after[name].high >= before[name].high - TOLERANCE, name
    old, new = whole(city), whole(with_document(city, key, one))
    assert new.low >= old.low - TOLERANCE
    assert new.high >= old.high - TOLERANCE
    assert new.observed is not None
    assert old.observed is None or new.observed >= old.observed - TOLERANCE


@given(st.data())
@EXAMPLES
def test_seeing_less_never_raises_low_nor_lowers_high(data: st.DataObject) -> None:
    city = data.draw(cities())
    way = data.draw(less(city))
    before, after = judged(city), judged(way.of(city))
    assert before.keys() == after.keys()
    for name in before:
        assert after[name].low <= before[name].low + TOLERANCE, name
        assert after[name].high >= before[name].high - TOLERANCE, name
    old, new = whole(city), whole(way.of(city))
    assert new.low <= old.low + TOLERANCE
    assert new.high >= old.high - TOLERANCE


@given(st.data())
@EXAMPLES
def test_order_changes_nothing(data: st.DataObject) -> None:
    city = data.draw(cities())
    mixed = tuple(
        replace(
            s,
            captures=tuple(data.draw(st.permutations(s.captures))),
            pages=tuple(data.draw(st.permutations(s.pages))),
            documents=tuple(data.draw(st.permutations(s.documents))),
            datasets=tuple(data.draw(st.permutations(s.datasets))),
        )
        for s in data.draw(st.permutations(city.sites))
    )
    assert judged(replace(city, sites=mixed)) == judged(city)


@given(cities())
@EXAMPLES
def test_every_verdict_is_sound(city: Facts) -> None:
    for (name, _), verdict in judged(city).items():
        assert 0 <= verdict.low <= verdict.high <= 1, name
        assert len(verdict.evidence) <= 5, name
        if verdict.status is Status.UNMET:
            assert verdict.searched, name
        if verdict.status is Status.UNKNOWN:
            assert verdict.reason.split("-")[0] in ("site", "auditor", "human"), name
            assert (verdict.low, verdict.high) == (0.0, 1.0), name
        else:
            assert verdict.evidence, name
            assert not verdict.reason.startswith(("site-incomplete", "auditor-", "human-")), name
        if verdict.items:
            weights = CATALOGUE.items
            total = sum(weights[i.item] for i in verdict.items)
            met = sum(weights[i.item] for i in verdict.items if i.status is Status.MET)
            unsure = sum(weights[i.item] for i in verdict.items if i.status is Status.UNKNOWN)
            assert abs(verdict.low - met / total) < TOLERANCE, name
            assert abs(verdict.high - (met + unsure) / total) < TOLERANCE, name
