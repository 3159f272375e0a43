"""Shares over what was found are bounded only by a complete look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model import Dataset, HtmlTable, Portal, Resource, Status, Table
from checks.catalogue import load
from checks.judging import judge
from tests.judges.builders import answer, capture, catalogue, criterion, document, facts, page, site

URL = "https://ppid.contoh.go.id"


def share(measure: str, met_at: float = 0.8, partly_at: float = 0.4, **more):
    return criterion("share_documents", {"measure": measure, "met_at": met_at, "partly_at": partly_at, **more})


def scans(good: int, bad: int, unread: int = 0):
    states = [True] * good + [False] * bad + [None] * unread
    return [document(f"{URL}/{i:02}.pdf", "dpa", 2026, readable=state) for i, state in enumerate(states)]


@pytest.mark.parametrize(
    ("counts", "status", "reason"),
    [
        ((9, 1), Status.MET, "share-met"),
        ((5, 5), Status.PARTLY, "share-partly"),
        ((1, 9), Status.UNMET, "share-low"),
        ((0, 0), Status.NOT_APPLICABLE, "not-applicable"),
        ((0, 0, 4), Status.UNKNOWN, "site-unread"),
    ],
)
def test_readable(counts, status: Status, reason: str):
    verdict = answer(share("readable"), site(documents=scans(*counts)))
    assert (verdict.status, verdict.reason) == (status, reason)


def test_unknown_ones_are_taken_both_ways():
    verdict = answer(share("readable"), site(documents=scans(7, 1, 2)))
    assert (verdict.low, verdict.high) == (0.5, 1.0)


@pytest.mark.parametrize(
    ("counts", "indonesian", "english"),
    [
        (
            (16, 0, 8),
            "16 dari 16 memenuhi (100 persen) di antara yang terlihat, 8 lainnya tidak terlihat; ambang",
            "16 of 16 fulfil it (100 per cent) among those seen, 8 more were not seen; the threshold",
        ),
        ((5, 5), "5 dari 10 memenuhi (50 persen); ambang", "5 of 10 fulfil it (50 per cent); the threshold"),
    ],
)
def test_count_and_share_speak_of_the_same_things(counts, indonesian: str, english: str):
    verdict = answer(share("readable"), site(documents=scans(*counts)))
    said = load().reasons[verdict.reason].fill(**verdict.slots)
    assert verdict.reason == "share-partly"
    assert said.id.startswith(indonesian)
    assert said.en.startswith(english)


@pytest.mark.parametrize("more", [{"exhausted": False}, {"captures": [capture(f"{URL}/lagi", cause="read-timeout")]}])
def test_without_a_complete_look_a_share_says_nothing(more):
    verdict = answer(share("readable"), site(documents=scans(1, 9), **more))
    assert (verdict.status, verdict.low, verdict.high) == (Status.UNKNOWN, 0.0, 1.0)


def test_alive_counts_links_and_documents():
    links = [capture(f"{URL}/a{i}", via=f"{URL}/") for i in range(18)]
    dead = [capture(f"{URL}/mati", cause="not-found", via=f"{URL}/")]
    assert answer(share("alive", 0.98, 0.9), site(captures=links)).status is Status.MET
    partly = answer(share("alive", 0.98, 0.9), site(captures=[*links, *dead]))
    assert (partly.status, partly.slots["urls"]) == (Status.PARTLY, f"{URL}/mati")
    soft = [page(f"{URL}/s{i}", nature="soft-404") for i in range(5)]
    assert answer(share("alive", 0.98, 0.9), site(pages=soft, captures=links)).status is Status.UNMET


def test_titles_and_dates():
    good = [document(f"{URL}/{i}.pdf", "dpa", 2026) for i in range(4)]
    bad = [document(f"{URL}/x{i}.pdf", None, title="Lampiran tambahan") for i in range(4)]
    for measure in ("titled", "dated"):
        assert answer(share(measure), site(documents=good)).status is Status.MET
        assert answer(share(measure), site(documents=[*good, *bad])).status is Status.PARTLY
        assert answer(share(measure), site(documents=bad)).status is Status.UNMET


def test_the_same_bytes_under_other_titles():
    one = document(f"{URL}/a.pdf", "dpa", 2026, title="DPA SKPD Tahun 2026", also=("LKPJ Wali Kota Tahun 2023",))
    same = document(f"{URL}/b.pdf", "dpa", 2026, title="DPA SKPD Tahun 2026", also=("DPA Tahun Anggaran 2026",))
    empty = document(f"{URL}/c.pdf", "dpa", 2026, flaw="placeholder")
    question = share("unique", 1.0, 0.5)
    assert answer(question, site(documents=[same])).status is Status.MET
    assert answer(question, site(documents=[same, one])).status is Status.PARTLY
    assert answer(question, site(documents=[one, empty])).status is Status.UNMET


def test_rows_of_the_register_lead_somewhere():
    def register(rows: int, linked: int, **more):
        table = HtmlTable("", ("Informasi", "Tautan"), rows, linked)
        return site(pages=[page(f"{URL}/dip", "Daftar Informasi Publik", tables=(table,))], **more)

    question = share("linked-rows", 0.8, 0.3, section=["daftar informasi publik"])
    dead = [document(f"{URL}/{i}.pdf", "dpa", 2026, flaw="dead", found_on=f"{URL}/dip") for i in range(5)]
    assert answer(question, register(10, 9)).status is Status.MET
    assert answer(question, register(10, 9, documents=dead)).status is Status.PARTLY
    assert answer(question, register(10, 0)).status is Status.UNMET
    assert answer(question, site()).status is Status.NOT_APPLICABLE
    assert answer(question, register(10, 9, exhausted=False)).status is Status.UNKNOWN


def test_how_many_kinds_are_current():
    items = {"items": ["available", "current"]}
    dpa = criterion("document", {"kinds": ["dpa"], **items}, freshness="F-DPA", key="dpa")
    lkpj = criterion("document", {"kinds": ["lkpj"], **items}, freshness="F-DPA", key="lkpj")
    none = criterion("document", {"kinds": ["lppd"], **items}, freshness="F-DPA", key="lppd")
    question = criterion("share_documents", {"measure": "current", "met_at": 0.8, "partly_at": 0.4}, key="rata")

    def rate(*documents, **more):
        judged = judge(facts(site(documents=documents, **more)), catalogue(dpa, lkpj, none, question))
        return next(v for c, v in judged if c.id == "rata")

    new, old = document(f"{URL}/a.pdf", "dpa", 2026), document(f"{URL}/b.pdf", "lkpj", 2020)
    assert rate(new).status is Status.MET
    assert (rate(new, old).status, rate(new, old).slots["n"], rate(new, old).slots["m"]) == (Status.PARTLY, 1, 2)
    assert rate(old).status is Status.UNMET
    assert rate().status is Status.NOT_APPLICABLE
    assert rate(new, exhausted=False).low == 0.0


# ---- portals ---------------------------------------------------------------------------------------------------------

DATA = "https://data.contoh.go.id"


def dataset(number: int, **more) -> Dataset:
    resource = Resource(f"r{number}", "tabel", f"{DATA}/r{number}.csv", "CSV", "csv", 10, "d" * 64)
    table = Table("", ("kolom",), 60)
    made = {
        "title": f"Jumlah penduduk {number}",
        "licence": "cc-by",
        "licence_open": True,
        "fresh": True,
        "unit": "Dinas Kesehatan",
        "modified": date(2026, 10, 1),
        "notes": "uraian",
        "resources": (replace(resource, table=table),),
        **more,
    }
    return Dataset(id=str(number), site="data", url=f"{DATA}/dataset/{number}", platform="ckan", **made)


def portal(*datasets: Dataset, enumerated: bool = True, **more):
    found = Portal("data", "ckan", "status_show", len(datasets), enumerated)
    return site("data", "portal", datasets=datasets, portal=found, **more)


def about(measure: str, **more):
    return criterion("portal", {"measure": measure, **more}, places=["portal"])


@pytest.mark.parametrize(
    ("measure", "bad"),
    [
        ("fresh", {"fresh": False}),
        ("licence", {"licence": "", "licence_open": None}),
        ("metadata", {"notes": "", "unit": None}),
    ],
)
def test_shares_of_datasets(measure: str, bad):
    question = about(measure, met_at=0.7, partly_at=0.3, fields=["notes", "organization"])
    good, poor = [dataset(i) for i in range(5)], [dataset(i, **bad) for i in range(10, 15)]
    assert answer(question, portal(*good)).status is Status.MET
    assert answer(question, portal(*good, *poor)).status is Status.PARTLY
    assert answer(question, portal(*poor)).status is Status.UNMET
    unseen = answer(question, portal(*poor, enumerated=False))
    assert (unseen.status, unseen.reason) == (Status.UNKNOWN, "site-portal-incomplete")
    assert answer(question, portal()).status is Status.NOT_APPLICABLE


def test_formats_that_a_machine_reads():
    question = about("format", met_at=0.8, partly_at=0.3)
    scan = dataset(9, resources=(Resource("x", "kak", f"{DATA}/k.pdf", "PDF", "pdf", 10, "e" * 64),))
    lie = dataset(
        8, resources=(Resource("y", "tabel", f"{DATA}/k.csv", "CSV", "html", 10, "e" * 64, flaw="wrong-format"),)
    )
    gone = dataset(7, resources=(Resource("z", "tabel", f"{DATA}/z.csv", "CSV", flaw="failed"),))
    assert answer(question, portal(dataset(1))).status is Status.MET
    assert answer(question, portal(scan, lie)).status is Status.UNMET
    assert answer(question, portal(gone)).status is Status.UNKNOWN


def test_an_active_portal():
    assert answer(about("active"), portal(dataset(1))).status is Status.MET
    assert answer(about("active"), portal(), site("lama", "portal", cause="dns")).high == 1.0
    both = answer(about("active"), portal(dataset(1)), site("lama", "portal", cause="dns"))
    assert both.status is Status.MET
    assert answer(about("active"), site(), site("data", "portal", cause="dns")).reason == "site-unreachable"
    assert answer(about("active"), site(), site("data", "portal", cause="not-found")).reason == "site-gone"
    assert answer(about("active"), site("data", "portal")).reason == "not-offered"
    assert answer(about("active"), site()).reason == "human-address-not-known"


def test_how_many_datasets():
    question = about("count", met_at=3, partly_at=2)
    assert [answer(question, portal(*map(dataset, range(n)))).status for n in (3, 2, 1)] == [
        Status.MET,
        Status.PARTLY,
        Status.UNMET,
    ]
    assert answer(question, portal(dataset(1), enumerated=False)).status is Status.UNKNOWN


def test_units_that_publish_data():
    question = about("units", met_at=0.6, partly_at=0.3, max_age_days=365)
    one = answer(question, portal(dataset(1)))
    assert (one.status, one.slots["n"], one.slots["m"]) == (Status.PARTLY, 1, 3)
    assert one.slots["units"] == "Badan Keuangan dan Aset Daerah, Dinas Pendidikan"
    assert answer(question, portal(dataset(1), dataset(2, unit="Disdik"))).status is Status.MET
    assert answer(question, portal(dataset(1, modified=date(2020, 1, 1)))).status is Status.UNMET
    assert answer(question, portal(), units=()).reason == "human-units-not-known"


def test_names_of_organisations():
    question = about("names", met_at=0.9, partly_at=0.5)
    strange = dataset(2, unit="Perusahaan Air")
    assert answer(question, portal(dataset(1))).status is Status.MET
    some = answer(question, portal(dataset(1), strange))
    assert (some.status, some.slots["units"]) == (Status.PARTLY, "Perusahaan Air")
    assert answer(question, portal(strange)).status is Status.UNMET
    assert answer(question, portal(strange), units=()).reason == "human-units-not-known"


def test_budget_data_must_reach_the_year_that_is_due():
    parts = [{"name": {"id": "anggaran", "en": "budget"}, "any": ["apbd"]}]
    question = criterion(
        "portal", {"measure": "budget-data", "parts": parts, "min_rows": 50}, places=["portal"], freshness="F-DPA"
    )
    new, old = dataset(1, title="APBD", newest_period="2026"), dataset(1, title="APBD", newest_period="2024")
    assert answer(question, portal(new)).status is Status.MET
    assert (answer(question, portal(old)).status, answer(question, portal(old)).low) == (Status.PARTLY, 0.5)


def test_datasets_about_a_matter():
    question = about("covid-data", words=["covid"], min_rows=50)
    covid = dataset(1, title="Kasus Covid-19 harian")
    small = dataset(2, title="Covid-19", resources=(replace(dataset(2).resources[0], table=Table("", ("a",), 3)),))
    assert answer(question, portal(covid)).status is Status.MET
    assert (answer(question, portal(small)).status, answer(question, portal(small)).low) == (Status.PARTLY, 0.5)
    assert answer(question, portal(dataset(3))).reason == "not-found"
    assert answer(question, portal(enumerated=False)).status is Status.UNKNOWN
