"""Services and apps: each criterion by a page of its own (tests/pages/<criterion>/<status>.html), as it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.model import Role, Site, Verdict
from checks.catalogue import load
from checks.judging import judge
from tests.read.made import PPID, Memory, facts_of, pdf

PAGES = Path(__file__).parents[1] / "pages"
CASES = sorted(
    (path.parent.name, path.stem) for path in PAGES.glob("*/*.html") if path.parent.name[:3] in ("lay", "apl")
)
CRITERIA = sorted({name for name, _ in CASES})
CATALOGUE = load()
HOME = "https://layanan.misal.go.id/"
SAY_IT = ["layanan-persyaratan", "layanan-prosedur", "layanan-waktu", "layanan-biaya", "layanan-pengaduan"]


def role_of(criterion: str) -> Role:
    return "app" if criterion.startswith("aplikasi") else "service"


def verdict(criterion: str, source: Memory, *sites: Site) -> Verdict:
    crashes: list[object] = []
    facts = facts_of(source, *(sites or (Site("layanan", role_of(criterion), HOME, "Layanan"),)))
    found = [v for c, v in judge(facts, CATALOGUE, crashes.append) if c.id == criterion and v.site == "layanan"]
    assert not crashes
    (one,) = found
    return one


def shown(criterion: str, status: str) -> Memory:
    return Memory().add(HOME, (PAGES / criterion / f"{status}.html").read_bytes(), site="layanan")


@pytest.mark.parametrize(("criterion", "status"), CASES)
def test_a_page_is_judged_as_it_says(criterion: str, status: str) -> None:
    found = verdict(criterion, shown(criterion, status))
    assert found.status == status
    assert found.evidence
    assert found.site == "layanan"


@pytest.mark.parametrize("criterion", [name for name in CRITERIA if (PAGES / name / "unmet.html").exists()])
def test_what_was_not_seen_whole_is_unknown_and_not_absent(criterion: str) -> None:
    page = (
        (PAGES / criterion / "unmet.html").read_text("utf-8").replace("</main>", '<a href="/info">Standar</a></main>')
    )
    source = Memory().add(HOME, page, site="layanan")
    source.add(f"{HOME}info", site="layanan", status=503, cause="unavailable")
    found = verdict(criterion, source)
    assert (found.status, found.reason) == ("unknown", "site-incomplete")


@pytest.mark.parametrize("criterion", CRITERIA)
def test_a_service_without_an_address_or_without_an_answer_is_unknown(criterion: str) -> None:
    nowhere = Site("layanan", role_of(criterion), None, "Layanan")
    found = verdict(criterion, Memory().add(PPID.url or "", "<h1>PPID</h1>"), nowhere, PPID)
    assert (found.status, found.reason) == ("unknown", "human-address-not-known")
    silent = Site("layanan", role_of(criterion), HOME, "Layanan")
    found = verdict(criterion, Memory().add(PPID.url or "", "<h1>PPID</h1>"), silent, PPID)
    assert found.status == "unknown"


def test_each_of_the_five_is_found_in_the_document_of_the_standard_too() -> None:
    lines = (
        "Standar Pelayanan KTP elektronik",
        "Persyaratan: melampirkan kartu keluarga",
        "Prosedur: 1. Pemohon mengisi formulir 2. Petugas memverifikasi",
        "Jangka waktu penyelesaian: 2 hari kerja",
        "Biaya: gratis",
        "Penanganan pengaduan: SP4N-LAPOR!",
    )
    front = '<body><main><h1>Layanan</h1><a href="/standar.pdf">Standar Pelayanan KTP 2026</a></main>'
    source = Memory().add(HOME, front, site="layanan")
    source.add(f"{HOME}standar.pdf", pdf(*lines), site="layanan", media_type="application/pdf")
    for criterion in SAY_IT:
        found = verdict(criterion, source)
        assert (criterion, found.status) == (criterion, "met")
        assert found.evidence[0].url.endswith("standar.pdf")


def test_none_of_them_moves_the_score_and_all_are_evidence_of_services() -> None:
    for criterion in CRITERIA:
        entry = CATALOGUE.criterion(criterion)
        assert (entry.weight, entry.dimension) == (0, "public-services")
        assert all(not basis.verified or basis.source.startswith("https://") for basis in entry.basis)
