"""Other weights, other means: worked by hand, and its laws for any bounds at all."""

from __future__ import annotations

from dataclasses import replace
from time import process_time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Bounds, Score, Site
from auditor.parts import parts
from auditor.score import NOT_JUDGED
from auditor.sensitivity import draws, seed_of, sensitivity
from tests.test_score import CATALOGUE, DIP, DPA, RKA, TLS, verdict

SEED = 1486372249
FIRST = [0.297373, 0.427724, 0.108916, 0.042622, 0.068564, 0.0548]


def scored(*indicators: tuple[float, float, float]) -> Score:
    total = sum(weight for weight, _, _ in indicators)
    low = sum(weight * low for weight, low, _ in indicators) / total
    high = sum(weight * high for weight, _, high in indicators) / total
    named = tuple((f"i{n}", weight, Bounds(lo, lo, hi, 1.0)) for n, (weight, lo, hi) in enumerate(indicators))
    return Score(Bounds(low, low, high, 1.0), named, "", "", None)


def test_worked_by_hand() -> None:
    """Weights 3 and 1 on [16, 81] and [1, 1]: equal (16+1)/2 = 8.5 to 41; geometric 16^(3/4) = 8 to 81^(3/4) = 27;
    without the first 1 to 1, without the second 16 to 81."""
    found = sensitivity(scored((3, 16, 81), (1, 1, 1)), "20261102-01")
    assert found is not None
    told = {(one.method, one.left_out): (one.low, one.high) for one in found.alternatives}
    assert told["equal", None] == pytest.approx((8.5, 41))
    assert told["geometric", None] == pytest.approx((8, 27))
    assert told["without", "i0"] == pytest.approx((1, 1))
    assert told["without", "i1"] == pytest.approx((16, 81))
    low, high = told["weights", None]
    assert low < 12.25 < 61 < high
    assert (found.low, found.high) == pytest.approx((1, 81))


def test_the_draws_are_those_of_every_machine() -> None:
    """The frozen stream of numpy's RandomState (NEP 19): other figures here would be other figures in every score."""
    assert seed_of("20261102-01") == SEED
    assert draws(np.array([40.0, 20, 10, 10, 10, 10]), SEED, 2)[0].round(6).tolist() == FIRST


def test_what_has_nothing_to_vary_has_no_sensitivity() -> None:
    one = scored((3, 16, 81))
    assert sensitivity(one, "r") is None
    empty = Score(one.whole, (*one.indicators, ("i1", 1.0, NOT_JUDGED)), "", "", None)
    assert sensitivity(empty, "r") is None


spans = st.tuples(st.integers(1, 50), st.floats(0, 100), st.floats(0, 100)).map(lambda t: (t[0], *sorted(t[1:])))


@given(st.lists(spans, min_size=2, max_size=6))
def test_every_alternative_is_an_interval_within_what_the_indicators_show(
    rows: list[tuple[float, float, float]],
) -> None:
    score = scored(*rows)
    found = sensitivity(score, "r")
    assert found is not None
    assert found == sensitivity(score, "r")
    for one in found.alternatives:
        assert 0 <= one.low <= one.high + 1e-9 <= 100 + 1e-6
        assert found.low <= one.low
        assert one.high <= found.high
        if one.method != "geometric":
            assert min(low for _, low, _ in rows) - 1e-6 <= one.low
    assert found.low <= score.whole.low <= score.whole.high <= found.high


def test_it_takes_less_than_a_second() -> None:
    rows = scored((40, 10, 60), (20, 0, 100), (10, 50, 50), (10, 20, 90), (10, 0, 0), (10, 33, 34))
    begun = process_time()
    sensitivity(rows, "20261102-01")
    assert process_time() - begun < 1


def test_parts_worked_by_hand() -> None:
    """Dinas A: dpa [1,1] weight 2, rka [0,0] weight 1 -> 2/3. Role ppid: dip [0,1] of one indicator, tls [1,1] of the
    other: low .6 x 0 + .4 x 1 = 40, high 100."""
    judged = [
        (DPA, replace(verdict(1, 1, "a"), unit="Dinas A")),
        (RKA, replace(verdict(0, 0, "a"), unit="Dinas A")),
        (DIP, replace(verdict(0, 1, "p"), site="ppid")),
        (TLS, replace(verdict(1, 1, "p"), site="ppid")),
        (TLS, replace(verdict(0, 0, "x", applicable=False), unit="Dinas B")),
        (TLS, verdict(0, 0, "99.71")),
    ]
    unit, role = parts(judged, [Site("ppid", "ppid", None, "PPID")], CATALOGUE)
    assert (unit.kind, unit.name, unit.findings) == ("unit", "Dinas A", 2)
    assert (unit.bounds.low, unit.bounds.high, unit.bounds.coverage) == pytest.approx((200 / 3, 200 / 3, 1))
    assert unit.band == "Cukup"
    assert (role.kind, role.name) == ("role", "ppid")
    assert (role.bounds.low, role.bounds.high) == pytest.approx((40, 100))
    assert (role.band, role.band_low, role.band_high) == (None, "Kurang", "Informatif")
