"""The score of each OPD and of each role of site: the laws of an interval hold for every part."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from auditor.model import Criterion, Part, Role, Site, Verdict
from auditor.parts import parts
from auditor.score import score
from tests.test_score import CATALOGUE, spans, verdict

SITES = tuple(
    Site(key, role, f"https://{key}.contoh.go.id/", key)
    for key, role in (("ppid", "ppid"), ("www", "website"), ("opd", "website"))
)
ROLES: dict[str, Role] = {site.id: site.role for site in SITES}
Pairs = list[tuple[Criterion, Verdict]]


@st.composite
def cities(draw: st.DrawFn) -> Pairs:
    pairs: Pairs = []
    for number in range(draw(st.integers(0, 20))):
        low, high = draw(spans)
        one = verdict(low, high, str(number), applicable=draw(st.booleans()))
        where = draw(st.sampled_from((None, *ROLES)))
        unit = draw(st.sampled_from((None, "Dinas A", "Dinas B")))
        pairs.append((draw(st.sampled_from(CATALOGUE.criteria)), replace(one, site=where, unit=unit)))
    return pairs


def made(city: Pairs) -> dict[tuple[str, str], Part]:
    return {(part.kind, part.name): part for part in parts(city, SITES, CATALOGUE)}


@given(cities())
def test_each_part_is_an_interval_that_holds_its_observed_point(city: Pairs) -> None:
    for part in made(city).values():
        bounds = part.bounds
        assert 0 <= bounds.low <= bounds.high <= 100
        assert 0 <= bounds.coverage <= 1
        assert bounds.observed is None or bounds.low - 1e-6 <= bounds.observed <= bounds.high + 1e-6
        assert (part.band is None) == (part.band_low != part.band_high)
        assert part.findings > 0


@given(cities())
def test_a_part_is_scored_by_its_own_findings_alone(city: Pairs) -> None:
    found = made(city)
    counted = Counter(v.unit for _, v in city if v.unit and v.applicable)
    assert {name: part.findings for (kind, name), part in found.items() if kind == "unit"} == counted
    for (kind, name), part in found.items():
        own = [
            (c, v) for c, v in city if v.applicable and name == (v.unit if kind == "unit" else ROLES.get(v.site or ""))
        ]
        assert part.bounds == score(own, CATALOGUE).whole


@given(cities(), st.integers(0, 19))
def test_knowing_less_never_narrows_a_part_and_touches_no_other(city: Pairs, which: int) -> None:
    before = made(city)
    dimmed = [(c, replace(v, low=0.0, high=1.0) if n == which else v) for n, (c, v) in enumerate(city)]
    after = made(dimmed)
    assert before.keys() == after.keys()
    touched = city[which][1] if which < len(city) else None
    for key, part in before.items():
        mine = touched is not None and key in (("unit", touched.unit), ("role", ROLES.get(touched.site or "")))
        if not mine:
            assert after[key] == part
        assert after[key].bounds.low <= part.bounds.low + 1e-9
        assert after[key].bounds.high >= part.bounds.high - 1e-9
