"""One night under two catalogues: added, removed, weighed or judged otherwise, criterion by criterion."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from auditor.findings import changes
from auditor.model import Catalogue, Criterion, Finding, Status
from auditor.rejudged import differences, lines
from tests.reports.builders import catalogue, criterion, finding, judgement

KEPT, WEIGHED, JUDGED, GONE, NEW = (criterion(n, "jenis-informasi") for n in range(5))


def of(version: str, *criteria: Criterion) -> Catalogue:
    return replace(catalogue(criteria), version=version)


def night(asked: Catalogue, statuses: dict[str, Status]) -> Any:
    found = tuple(finding(c, statuses.get(c.id, Status.MET)) for c in asked.criteria)
    return replace(judgement(found), catalogue=asked.version)


OLD = of("lama", KEPT, WEIGHED, JUDGED, GONE)
OTHER = of("baru", KEPT, replace(WEIGHED, weight=2.0), JUDGED, NEW)
BEFORE = night(OLD, {})
AFTER = night(OTHER, {JUDGED.id: Status.UNMET})


def test_each_kind_of_change_stands_at_its_criterion() -> None:
    told = differences(BEFORE, OLD, AFTER, OTHER)
    assert {one["criterion"]: one["changes"] for one in told["criteria"]} == {
        WEIGHED.id: ["weight"],
        JUDGED.id: ["judged"],
        NEW.id: ["added"],
        GONE.id: ["removed"],
    }
    by_id = {one["criterion"]: one for one in told["criteria"]}
    assert by_id[WEIGHED.id]["weight"] == {"before": 1.0, "after": 2.0}
    assert by_id[NEW.id]["weight"] == {"before": None, "after": 1.0}
    (judged,) = by_id[JUDGED.id]["findings"]
    assert (judged["before"]["status"], judged["after"]["status"]) == (Status.MET, Status.UNMET)
    said = "\n".join(lines(told))
    assert "the method changed, not the city" in said
    for words in ("weight 1 -> 2", "met -> unmet", f"{NEW.id}: added", f"{GONE.id}: removed"):
        assert words in said


def test_the_order_is_that_of_the_new_catalogue_and_then_what_it_no_longer_asks() -> None:
    told = differences(BEFORE, OLD, AFTER, OTHER)
    assert [one["criterion"] for one in told["criteria"]] == [WEIGHED.id, JUDGED.id, NEW.id, GONE.id]


def test_the_same_catalogue_differs_in_nothing() -> None:
    told = differences(BEFORE, OLD, BEFORE, OLD)
    assert (told["criteria"], told["indicators"]) == ([], [])
    assert "nothing differs" in lines(told)[0]


def test_none_of_it_is_ever_a_change_of_the_city() -> None:
    """Also where the statuses differ, and where a criterion is new: the run before had another catalogue."""
    told = {f.id: (str(f.status), f.verdict.low, f.verdict.high) for f in BEFORE.findings}
    found: tuple[Finding, ...] = AFTER.findings
    assert {change.whose for change in changes(found, told, "baru", "lama")} == {"method"}
    assert {change.whose for change in changes(found, told, "lama", "lama")} >= {"city"}
