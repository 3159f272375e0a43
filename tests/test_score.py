"""The score is an interval: worked by hand, and its laws for any findings at all."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Catalogue, Criterion, Indicator, Text, Verdict
from auditor.score import gains, score

NOTHING = Text("", "")
BANDS = (
    ("Informatif", 90.0),
    ("Menuju Informatif", 80.0),
    ("Cukup", 60.0),
    ("Kurang", 40.0),
    ("Tidak Informatif", 0.0),
)


def criterion(name: str, indicator: str, weight: float) -> Criterion:
    return Criterion(
        id=name, indicator=indicator, level="core", weight=weight, question=NOTHING, met=NOTHING, unmet=NOTHING,
        why=NOTHING, how=NOTHING, limits=NOTHING, basis=(), remedies={"default": NOTHING}, actor="", since="1",
        judge="document",
    )  # fmt: skip


DPA, RKA, DIP, TLS = (
    criterion("dpa-skpd", "jenis-informasi", 2),
    criterion("rka-skpd", "jenis-informasi", 1),
    criterion("dip", "jenis-informasi", 1),
    criterion("https-sertifikat", "sarana-prasarana", 1),
)
CATALOGUE = Catalogue(
    version="test",
    indicators=(Indicator("jenis-informasi", NOTHING, 60), Indicator("sarana-prasarana", NOTHING, 40)),
    criteria=(DPA, RKA, DIP, TLS),
    reasons={},
    items={},
    bands=BANDS,
    calendar={},
)


def verdict(low: float, high: float, subject: str = "99.71", *, applicable: bool = True) -> Verdict:
    return Verdict(subject, low, high, "found", applicable=applicable)


def test_the_worked_example_of_docs_scoring() -> None:
    """jenis: (2 x [.5,1] + 1 x [1,1] + 1 x [0,0]) / 4 = [.5,.75]; sarana: [0,1]; whole: .6 x + .4 x = [.3,.85]."""
    judged = [
        (DPA, verdict(1, 1, "Dinas A")),
        (DPA, verdict(0, 1, "Dinas B")),
        (RKA, verdict(1, 1)),
        (DIP, verdict(0, 0)),
        (TLS, verdict(0, 1)),
    ]
    found = score(judged, CATALOGUE)
    assert (found.whole.low, found.whole.high) == pytest.approx((30, 85))
    assert found.whole.coverage == pytest.approx(0.45)
    assert found.whole.observed == pytest.approx(100 * 0.30 / 0.45)
    jenis = found.indicators[0][2]
    assert (jenis.low, jenis.high, jenis.coverage) == pytest.approx((50, 75, 0.75))
    assert found.band is None
    assert (found.band_low, found.band_high) == ("Tidak Informatif", "Menuju Informatif")


def test_nothing_known_is_zero_to_a_hundred_without_a_point() -> None:
    found = score([(c, verdict(0, 1)) for c in CATALOGUE.criteria], CATALOGUE).whole
    assert (found.low, found.observed, found.high, found.coverage) == (0, None, 100, 0)
    assert score([], CATALOGUE).whole == found


def test_what_does_not_apply_leaves_both_sides() -> None:
    judged = [(DPA, verdict(1, 1)), (RKA, verdict(0, 1, applicable=False)), (TLS, verdict(1, 1))]
    assert score(judged, CATALOGUE).whole.low == pytest.approx(100)


def test_a_band_is_of_the_unrounded_figure() -> None:
    assert CATALOGUE.band_of(89.99) == "Menuju Informatif"
    assert CATALOGUE.band_of(90.0) == "Informatif"
    assert CATALOGUE.band_of(0) == "Tidak Informatif"


def test_a_gain_is_what_the_low_end_gains() -> None:
    judged = [(DPA, verdict(1, 1, "A")), (DPA, verdict(0, 1, "B")), (RKA, verdict(0.4, 0.4)), (TLS, verdict(0, 0))]
    before = score(judged, CATALOGUE).whole.low
    for place, gain in enumerate(gains(judged, CATALOGUE)):
        mended = list(judged)
        mended[place] = (judged[place][0], replace(judged[place][1], low=1.0, high=1.0))
        assert score(mended, CATALOGUE).whole.low - before == pytest.approx(gain)


spans = st.tuples(st.floats(0, 1), st.floats(0, 1)).map(sorted)
cities = st.lists(st.tuples(st.sampled_from(CATALOGUE.criteria), spans, st.booleans()), max_size=30)


def judged_of(city: list[tuple[Criterion, list[float], bool]]) -> list[tuple[Criterion, Verdict]]:
    return [(c, verdict(low, high, str(n), applicable=a)) for n, (c, (low, high), a) in enumerate(city)]


@given(cities)
def test_the_interval_is_an_interval_and_holds_the_observed_point(
    city: list[tuple[Criterion, list[float], bool]],
) -> None:
    whole = score(judged_of(city), CATALOGUE).whole
    assert 0 <= whole.low <= whole.high <= 100
    assert 0 <= whole.coverage <= 1
    if whole.observed is not None:
        assert whole.low - 1e-6 <= whole.observed <= whole.high + 1e-6


@given(cities, st.integers(0, 29))
def test_knowing_less_never_narrows_it(city: list[tuple[Criterion, list[float], bool]], which: int) -> None:
    judged = judged_of(city)
    before = score(judged, CATALOGUE).whole
    dimmed = [(c, replace(v, low=0.0, high=1.0) if n == which else v) for n, (c, v) in enumerate(judged)]
    after = score(dimmed, CATALOGUE).whole
    assert after.low <= before.low + 1e-9
    assert after.high >= before.high - 1e-9
    assert after.coverage <= before.coverage + 1e-9
