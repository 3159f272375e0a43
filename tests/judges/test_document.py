"""A document criterion by its items, and absence only where it was seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model import Link, Refusal, Status, TitleFacts
from tests.judges.builders import ALL, answer, capture, criterion, document, items_of, modified, page, site

DPA = criterion("document", {"kinds": ["dpa"], "items": ALL, "revised": False}, freshness="F-DPA")
URL = "https://ppid.contoh.go.id"


def series(*years: int):
    return [document(f"{URL}/dpa-{y}.pdf", "dpa", y) for y in years]


def test_met_when_every_item_is():
    verdict = answer(DPA, site(documents=series(2026, 2025, 2024)))
    assert verdict.status is Status.MET
    assert verdict.reason == "found-current"
    assert verdict.evidence[0].url == f"{URL}/dpa-2026.pdf"
    assert verdict.evidence[0].warc == "a.warc.gz"
    assert verdict.slots["year"] == 2026
    assert verdict.slots["found"] == "2026"


def test_an_older_year_is_partly_stale():
    verdict = answer(DPA, site(documents=series(2025, 2024, 2023)))
    assert verdict.status is Status.PARTLY
    assert verdict.reason == "stale"
    assert items_of(verdict)["available"] is Status.MET
    assert items_of(verdict)["current"] is Status.UNMET
    assert verdict.low == verdict.high == pytest.approx(0.6)
    assert (verdict.slots["found"], verdict.slots["expected"]) == ("2025", "2026")


def test_a_scan_is_available_but_not_searchable():
    scan = document(f"{URL}/a.pdf", "dpa", 2026, readable=False)
    verdict = answer(DPA, site(documents=[scan, *series(2025, 2024)]))
    older = answer(DPA, site(documents=[scan]))
    assert items_of(verdict)["searchable"] is Status.MET  # the older ones can be searched
    assert items_of(older) == {
        "available": Status.MET,
        "current": Status.MET,
        "series": Status.UNMET,
        "open": Status.MET,
        "searchable": Status.UNMET,
    }
    assert older.reason == "some-items"


def test_what_could_not_be_opened_is_unknown_in_that_item_only():
    verdict = answer(DPA, site(documents=[document(f"{URL}/a.zip", "dpa", 2026, format="zip", readable=None)]))
    assert items_of(verdict)["open"] is Status.UNKNOWN
    assert items_of(verdict)["searchable"] is Status.UNKNOWN
    assert (verdict.low, verdict.high) == (pytest.approx(0.7), pytest.approx(0.9))


def test_absence_is_unmet_only_with_what_was_searched():
    verdict = answer(DPA, site(documents=[document(f"{URL}/b.pdf", "lkpj", 2026)]))
    assert verdict.status is Status.UNMET
    assert verdict.reason == "not-found"
    assert verdict.searched[0].complete
    assert verdict.evidence[0].url == f"{URL}/"
    assert verdict.slots["site"] == "PPID"


@pytest.mark.parametrize("flaw", ["dead", "empty", "not-a-document", "login", "placeholder", "other-kind"])
def test_false_candidates_are_none(flaw: str):
    verdict = answer(DPA, site(documents=[document(f"{URL}/a.pdf", "dpa", 2026, flaw=flaw)]))
    assert (verdict.status, verdict.reason) == (Status.UNMET, "only-false")
    assert {item.status for item in verdict.items} == {Status.UNMET}


@pytest.mark.parametrize(("flaw", "reason"), [("failed", "site-incomplete"), ("too-large", "site-unread")])
def test_a_candidate_without_an_answer_is_unknown(flaw: str, reason: str):
    verdict = answer(DPA, site(documents=[document(f"{URL}/a.pdf", "dpa", 2026, flaw=flaw)]))
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, reason)
    assert {item.status for item in verdict.items} == {Status.UNKNOWN}


def test_a_year_that_stands_nowhere():
    read = answer(DPA, site(documents=[document(f"{URL}/a.pdf", "dpa")]))
    scan = answer(DPA, site(documents=[document(f"{URL}/a.pdf", "dpa", readable=None)]))
    assert items_of(read)["current"] is Status.UNMET
    assert items_of(scan)["current"] is Status.UNKNOWN


def test_a_revised_budget_and_a_units_own_are_not_the_bodys():
    revised = document(f"{URL}/a.pdf", "dpa", 2026, revised=True)
    units = document(f"{URL}/b.pdf", "dpa", 2026, unit="Dinas Kesehatan")
    treasurer = document(f"{URL}/c.pdf", "dpa", 2026, unit="Badan Keuangan dan Aset Daerah")
    assert answer(DPA, site(documents=[revised, units])).status is Status.UNMET
    assert answer(DPA, site(documents=[treasurer])).status is Status.PARTLY


def test_a_page_is_no_file_unless_the_criterion_says_so():
    html = document(f"{URL}/dip", "dip", 2026, format="html", title="Daftar Informasi Publik 2026")
    params = {"kinds": ["dip"], "items": ["available", "current", "open"]}
    strict = answer(criterion("document", params, freshness="F-DPA"), site(documents=[html]))
    relaxed = answer(criterion("document", {**params, "page_ok": True}, freshness="F-DPA"), site(documents=[html]))
    assert (strict.status, strict.reason) == (Status.PARTLY, "listed-without-file")
    assert relaxed.status is Status.MET


def test_a_picture_is_partly():
    question = criterion("document", {"kinds": ["maklumat"], "items": ["available", "open", "searchable"]})
    picture = document(f"{URL}/m.jpg", "maklumat", format="jpg", readable=False)
    verdict = answer(question, site(documents=[picture]))
    assert (verdict.status, verdict.reason) == (Status.PARTLY, "image-only")


def test_a_plan_is_current_while_its_period_covers_the_year():
    question = criterion("document", {"kinds": ["rpjmd"], "items": ["available", "current"]}, freshness="F-RPJMD")
    now = answer(question, site(documents=[document(f"{URL}/a.pdf", "rpjmd", 2025, 2029)]))
    old = answer(question, site(documents=[document(f"{URL}/a.pdf", "rpjmd", 2019, 2024)]))
    assert now.status is Status.MET
    assert (old.status, old.reason) == (Status.PARTLY, "stale")


@pytest.mark.parametrize(("period", "status"), [("TW3", Status.MET), ("S1", Status.PARTLY), (None, Status.UNMET)])
def test_a_report_within_the_year_by_its_period(period: str | None, status: Status):
    params = {"kinds": ["lra"], "items": ["available", "current"], "in_year": True}
    question = criterion("document", params, freshness="F-LRA-M")
    verdict = answer(question, site(documents=[document(f"{URL}/l.pdf", "lra", 2026, period=period)]))
    assert verdict.status is status


@pytest.mark.parametrize(("age", "current"), [(10, Status.MET), (400, Status.UNMET)])
def test_the_age_of_a_document(age: int, current: Status):
    question = criterion("document", {"kinds": ["mou"], "items": ["available", "current"], "max_age_days": 365})
    verdict = answer(question, site(documents=[document(f"{URL}/m.pdf", "mou", modified=modified(age))]))
    assert items_of(verdict)["current"] is current


def test_a_set_of_documents_counts_what_is_there():
    parts = [
        {"name": {"id": "KUA", "en": "policy"}, "kinds": ["kua"]},
        {"name": {"id": "PPAS", "en": "ceilings"}, "kinds": ["ppas"]},
    ]
    question = criterion("document", {"all_of": parts, "items": ["available", "current"]}, freshness="F-DPA")
    kua, ppas = document(f"{URL}/k.pdf", "kua", 2026), document(f"{URL}/p.pdf", "ppas", 2026)
    both, one = answer(question, site(documents=[kua, ppas])), answer(question, site(documents=[kua]))
    assert (both.status, both.reason) == (Status.MET, "all-parts")
    assert (one.status, one.reason, one.low) == (Status.PARTLY, "some-parts", 0.5)
    assert one.slots["parts"].id == "PPAS"
    assert answer(question, site()).status is Status.UNMET


CONTENTS = [
    {"name": {"id": "biaya", "en": "cost"}, "any": ["biaya"]},
    {"name": {"id": "waktu", "en": "time"}, "any": ["waktu"]},
]


@pytest.mark.parametrize(
    ("words", "readable", "bounds"),
    [
        ("Waktu dan biaya layanan", True, (1.0, 1.0)),
        ("Biaya layanan", True, (0.5, 0.5)),
        ("", False, (0.5, 1.0)),
        ("", None, (0.5, 1.0)),
    ],
)
def test_what_stands_inside(words: str, readable: bool | None, bounds: tuple[float, float]):
    params = {"kinds": ["maklumat"], "items": ["available"], "contents": CONTENTS, "need_contents": 2}
    found = document(f"{URL}/m.pdf", "maklumat", words=words, readable=readable, pages=1)
    verdict = answer(criterion("document", params), site(documents=[found]))
    assert (verdict.low, verdict.high) == bounds


def test_a_document_that_only_its_title_keeps_from_being_it():
    params = {"kinds": ["lkpd"], "items": ["available"], "title_words": ["(?<!un)audited"], "near_miss": True}
    question = criterion("document", params, freshness="F-DPA")
    near = answer(question, site(documents=[document(f"{URL}/l.pdf", "lkpd", 2026, title="LKPD unaudited 2026")]))
    full = answer(question, site(documents=[document(f"{URL}/l.pdf", "lkpd", 2026, title="LKPD audited 2026")]))
    assert (near.status, near.low) == (Status.PARTLY, 0.5)
    assert full.status is Status.MET


LINKED = criterion(
    "document",
    {
        "kinds": ["lhkpn"],
        "items": ["available"],
        "link": {"hosts": [r"elhkpn\.kpk\.go\.id$"], "specific": ["pengumuman"], "texts": ["lhkpn"]},
    },
)


@pytest.mark.parametrize(
    ("target", "status", "reason"),
    [
        ("https://elhkpn.kpk.go.id/portal/pengumuman?id=1", Status.MET, "found"),
        ("https://elhkpn.kpk.go.id/", Status.PARTLY, "generic-link"),
        ("https://lain.example/", Status.UNMET, "not-found"),
    ],
)
def test_a_link_to_the_national_service_is_another_way(target: str, status: Status, reason: str):
    links = (Link(target, "Harta kekayaan"),)
    verdict = answer(LINKED, site(pages=[page(f"{URL}/profil", "Profil", links=links)]))
    assert (verdict.status, verdict.reason) == (status, reason)


def test_a_document_found_anywhere_counts():
    service = site("layanan", "service", documents=series(2026, 2025, 2024))
    verdict = answer(DPA, site(), service)
    assert verdict.status is Status.MET


def test_a_refused_link_that_names_the_thing_leaves_it_unknown():
    hidden = Refusal(f"{URL}/rahasia/1", "robots", anchor="DPA SKPD Tahun Anggaran 2026")
    plain = Refusal(f"{URL}/rahasia/2", "robots", anchor="Statistik pengunjung")
    assert answer(DPA, site(refused=[hidden])).reason == "site-robots"
    listed = answer(DPA, site(refused=[plain]))
    assert listed.status is Status.UNMET
    assert listed.searched[0].refused == (("robots", 1),)


def test_a_failed_file_that_says_it_is_another_is_no_hole():
    lkpj = document(f"{URL}/lkpj-2024.pdf", "lkpj", 2024, title="LKPJ Wali Kota Tahun 2024", flaw="failed")
    nameless = document(f"{URL}/x1.pdf", None, title="Unduh", flaw="failed")
    assert answer(DPA, site(documents=[lkpj])).status is Status.UNMET
    assert answer(DPA, site(documents=[nameless])).status is Status.UNKNOWN


def test_an_unread_scan_without_a_name_could_be_it():
    scan = document(f"{URL}/scan001.pdf", None, title="Unduh", readable=False)
    named = document(f"{URL}/imsak.pdf", None, title="Jadwal imsakiyah", readable=False)
    assert answer(DPA, site(documents=[scan])).reason == "site-unread"
    assert answer(DPA, site(documents=[named])).status is Status.UNMET


def test_an_empty_section_is_named():
    empty = page(f"{URL}/dpa", "DPA", nature="empty-listing")
    named = site(pages=[empty])
    pages = tuple(p if p.url != empty.url else _of_kind(p) for p in named.pages)
    verdict = answer(DPA, replace(named, pages=pages))
    assert (verdict.status, verdict.reason) == (Status.UNMET, "empty-section")


def _of_kind(one):
    return replace(one, itself=TitleFacts("dpa", confidence=0.9))


def test_captures_that_failed_before_an_answer_came_are_forgotten():
    again = capture(f"{URL}/daftar", cause="read-timeout")
    assert answer(DPA, site(captures=[again])).status is Status.UNKNOWN
    verdict = answer(DPA, site(captures=[again, capture(f"{URL}/daftar")]))
    assert verdict.status is Status.UNMET
