"""Ranks as intervals: worked by hand, and what must hold for any bodies."""

from __future__ import annotations

import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.ranks import Standing, ranks

TWO = {"a": 60.0, "b": 40.0}


def standing(low: float, high: float, **indicators: tuple[float, float]) -> Standing:
    return Standing(low, high, indicators)


def test_worked_by_hand() -> None:
    """Four bodies: A [70, 80], B [50, 75], C [40, 60], D [10, 20].

    A: nobody's low end is above 80, so best 1; B's high end 75 is above 70, so worst 2.
    B: nobody's low end is above 75: best 1; above 50 reach A and C: worst 3.
    C: A's low end 70 is above 60: best 2; above 40 reach A and B: worst 3.
    D: the low ends of A, B and C are above 20: best 4; worst 4.
    """
    found = ranks([standing(70, 80), standing(50, 75), standing(40, 60), standing(10, 20)], {}, "x")
    assert [(r.best, r.worst, r.of) for r in found] == [(1, 2, 4), (1, 3, 4), (2, 3, 4), (4, 4, 4)]
    assert {r.drawn_best for r in found} == {None}


def test_equal_scores_share_a_rank() -> None:
    found = ranks([standing(50, 50), standing(50, 50), standing(60, 60)], {}, "x")
    assert [(r.best, r.worst) for r in found] == [(2, 2), (2, 2), (1, 1)]


def test_other_weights_worked_by_hand() -> None:
    """One is better in a, the other in b by as much: of weights 60 and 40 the first leads, of most drawn ones too, but
    not of all; a third that is below both in everything is third whatever is drawn."""
    bodies = [
        standing(68, 68, a=(80, 80), b=(50, 50)),
        standing(62, 62, a=(50, 50), b=(80, 80)),
        standing(10, 10, a=(10, 10), b=(10, 10)),
    ]
    found = ranks(bodies, TWO, "x")
    assert [(r.best, r.worst) for r in found] == [(1, 1), (2, 2), (3, 3)]
    assert [(r.drawn_best, r.drawn_worst) for r in found] == [(1, 2), (1, 2), (3, 3)]
    assert ranks(bodies, TWO, "x") == found, "the same seed gives the same"


def test_an_indicator_that_is_not_judged_has_no_share() -> None:
    found = ranks([standing(90, 90, a=(90, 90)), standing(50, 50, a=(50, 50), b=(50, 50))], TWO, "x")
    assert [(r.drawn_best, r.drawn_worst) for r in found] == [(1, 1), (2, 2)]


def test_nobody_and_one() -> None:
    assert ranks([], TWO, "x") == ()
    (alone,) = ranks([standing(0, 100, a=(0, 100), b=(0, 100))], TWO, "x")
    assert (alone.best, alone.worst, alone.drawn_best, alone.drawn_worst) == (1, 1, 1, 1)


ends = st.tuples(st.integers(0, 100), st.integers(0, 100)).map(lambda pair: (float(min(pair)), float(max(pair))))


@settings(max_examples=80, deadline=None)
@given(st.lists(ends, min_size=1, max_size=12), st.integers(0, 2**32))
def test_whatever_the_unknowns_turn_out_to_be(bodies: list[tuple[float, float]], seed: int) -> None:
    """Any score within each interval gives ranks within the rank intervals; the ends of those are reached."""
    found = ranks([standing(low, high) for low, high in bodies], {}, "x")
    draw = random.Random(seed)
    scores = [draw.choice((low, high, draw.uniform(low, high))) for low, high in bodies]
    for n, rank in enumerate(found):
        assert rank.best <= 1 + sum(other > scores[n] for other in scores) <= rank.worst
        own_best, own_worst = bodies[n][1], bodies[n][0]
        others = [b for m, b in enumerate(bodies) if m != n]
        assert rank.best == 1 + sum(low > own_best for low, _ in others)
        assert rank.worst == 1 + sum(high > own_worst for _, high in others)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.tuples(ends, ends), min_size=2, max_size=6))
def test_order_of_bodies_changes_nothing(bodies: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    made = [standing((a[0] * 6 + b[0] * 4) / 10, (a[1] * 6 + b[1] * 4) / 10, a=a, b=b) for a, b in bodies]
    assert ranks(made, TWO, "x") == tuple(reversed(ranks(made[::-1], TWO, "x")))


def test_a_country_is_ranked_in_a_moment() -> None:
    draw = random.Random(5)
    bodies = []
    for _ in range(552):
        low = draw.uniform(0, 60)
        bodies.append(standing(low, low + 30, a=(low, low + 20), b=(low, low + 40)))
    began = time.process_time()
    found = ranks(bodies, TWO, "x")
    assert time.process_time() - began < 5
    assert all(r.drawn_best <= r.drawn_worst for r in found if r.drawn_best is not None and r.drawn_worst is not None)
