"""One verdict for every unit, and the matrix of units, kinds and years."""

from __future__ import annotations

from auditor.model import Status
from checks.judges.coverage import matrix
from tests.judges.builders import UNITS, answer, answers, catalogue, criterion, document, facts, site

URL = "https://ppid.contoh.go.id"
DPA = criterion("coverage", {"kinds": ["dpa"], "consolidated": ["seluruh (skpd|opd)"]}, freshness="F-DPA")
HEALTH = document(f"{URL}/dinkes.pdf", "dpa", 2026, unit="Dinas Kesehatan")
SCHOOL = document(f"{URL}/disdik.pdf", "dpa", 2025, unit="Dinas Pendidikan")
EVERY = document(f"{URL}/semua.pdf", "dpa", 2026, title="Ringkasan DPA seluruh SKPD TA 2026")


def by_unit(*args, **more):
    return {v.unit: v for v in answers(DPA, *args, **more)}


def test_each_unit_by_its_own():
    found = by_unit(site(documents=[HEALTH, SCHOOL]))
    assert found["Dinas Kesehatan"].status is Status.MET
    assert found["Dinas Kesehatan"].subject == "Dinas Kesehatan"
    assert (found["Dinas Pendidikan"].status, found["Dinas Pendidikan"].reason) == (Status.PARTLY, "stale")
    treasurer = found["Badan Keuangan dan Aset Daerah"]
    assert (treasurer.status, treasurer.reason) == (Status.UNMET, "not-found")
    assert treasurer.slots["units"] == "Badan Keuangan dan Aset Daerah"
    assert treasurer.searched


def test_one_document_of_all_meets_all():
    found = by_unit(site(documents=[EVERY, SCHOOL]))
    assert {v.status for v in found.values()} == {Status.MET}
    assert {v.reason for v in found.values()} == {"found-consolidated"}


def test_a_units_own_site_says_whose_it_is():
    own = site(
        "dinkes",
        "website",
        unit="Dinas Kesehatan",
        documents=[document("https://dinkes.contoh.go.id/d.pdf", "dpa", 2026)],
    )
    assert by_unit(site(), own)["Dinas Kesehatan"].status is Status.MET
    run_by = site(unit="Dinas Kesehatan", documents=[document(f"{URL}/d.pdf", "dpa", 2026)])
    assert by_unit(run_by)["Dinas Kesehatan"].status is Status.UNMET


def test_a_hole_leaves_those_without_unknown():
    found = by_unit(site(documents=[HEALTH], exhausted=False))
    assert found["Dinas Kesehatan"].status is Status.MET
    assert (found["Dinas Pendidikan"].status, found["Dinas Pendidikan"].reason) == (Status.UNKNOWN, "auditor-budget")


def test_without_a_list_of_units_only_a_document_of_all_says_something():
    verdict = answer(DPA, site(documents=[HEALTH]), units=())
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "human-units-not-known")
    assert answer(DPA, site(documents=[EVERY]), units=()).status is Status.MET


def test_the_matrix_has_a_state_in_every_cell():
    world = facts(
        site(documents=[HEALTH, SCHOOL, document(f"{URL}/x.pdf", "dpa", 2024, unit="Dinas Kesehatan", flaw="dead")])
    )
    cells = matrix(world, catalogue(DPA))
    assert len(cells) == len(UNITS) * 3
    state = {(c.unit, c.year): c for c in cells}
    assert state["Dinas Kesehatan", 2026].status is Status.MET
    assert state["Dinas Kesehatan", 2026].url == f"{URL}/dinkes.pdf"
    assert state["Dinas Kesehatan", 2025].status is Status.UNMET
    assert state["Dinas Kesehatan", 2024].reason == "only-false"
    assert state["Dinas Pendidikan", 2025].status is Status.MET
    unseen = matrix(facts(site(documents=[HEALTH], exhausted=False)), catalogue(DPA))
    assert {c.status for c in unseen} == {Status.MET, Status.UNKNOWN}
