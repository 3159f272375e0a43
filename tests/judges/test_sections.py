"""Sections of a site: what they say, how filled they are, what can be filled in there, where they lead."""

from __future__ import annotations

from datetime import date

import pytest

from auditor.model import Form, Link, Refusal, Status
from tests.judges.builders import answer, capture, criterion, document, modified, page, site

URL = "https://ppid.contoh.go.id"

PROFILE = criterion(
    "page_parts",
    {
        "section": ["profil"],
        "need": 2,
        "image_partly": True,
        "documents_ok": True,
        "parts": [
            {"name": {"id": "visi dan misi", "en": "vision"}, "any": [r"\bvisi\b"]},
            {"name": {"id": "alamat", "en": "address"}, "any": [r"jalan"]},
        ],
    },
    places=["ppid"],
)


class TestPageParts:
    def test_all_parts_over_several_pages(self):
        pages = [
            page(f"{URL}/profil/visi", "Profil", "Visi kota"),
            page(f"{URL}/profil/alamat", "Profil", "Jalan Raya 1"),
        ]
        verdict = answer(PROFILE, site(pages=pages))
        assert (verdict.status, verdict.reason) == (Status.MET, "all-parts")

    def test_some_parts_name_what_is_missing(self):
        verdict = answer(PROFILE, site(pages=[page(f"{URL}/profil", "Profil", "Visi kota")]))
        assert (verdict.status, verdict.reason, verdict.low) == (Status.PARTLY, "some-parts", 0.5)
        assert verdict.slots["parts"].id == "alamat"
        assert verdict.evidence[0].url == f"{URL}/profil"

    def test_a_section_that_says_none_of_it(self):
        verdict = answer(PROFILE, site(pages=[page(f"{URL}/profil", "Profil", "Selamat datang")]))
        assert (verdict.status, verdict.reason) == (Status.UNMET, "no-parts")

    def test_no_section(self):
        verdict = answer(PROFILE, site(pages=[page(f"{URL}/x", "Lain", "Visi dan jalan")]))
        assert (verdict.status, verdict.reason) == (Status.UNMET, "not-found")
        assert verdict.searched

    def test_news_is_no_section(self):
        news = page(f"{URL}/berita/1", "Profil wali kota", "Visi, jalan", news=True)
        assert answer(PROFILE, site(pages=[news])).status is Status.UNMET

    def test_pictures_only(self):
        verdict = answer(PROFILE, site(pages=[page(f"{URL}/profil", "Profil", "", images=3)]))
        assert (verdict.status, verdict.reason, verdict.low) == (Status.PARTLY, "image-only", 0.5)

    def test_a_section_that_failed_is_unknown(self):
        verdict = answer(PROFILE, site(captures=[capture(f"{URL}/profil", cause="read-timeout")]))
        assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "site-incomplete")

    def test_a_scan_in_the_section_may_hold_the_rest(self):
        scan = document(f"{URL}/p.pdf", "profil-badan", title="Profil Kota Contoh", readable=False)
        known = site(pages=[page(f"{URL}/profil", "Profil", "Visi kota")], documents=[scan])
        assert (answer(PROFILE, known).low, answer(PROFILE, known).high) == (0.5, 1.0)

    def test_words_of_a_document_count(self):
        booklet = document(f"{URL}/p.pdf", "profil-badan", title="Profil Kota Contoh", words="Visi, jalan Raya")
        assert answer(PROFILE, site(documents=[booklet])).status is Status.MET


def listing(**more):
    params = {"section": ["berkala"], "min_documents": 4, "max_age_days": 183, **more}
    return criterion("listing", params, places=["ppid"])


HEAD = page(f"{URL}/informasi-berkala", "Informasi Berkala")


def files(count: int, age: int, **more):
    return [document(f"{URL}/{i}.pdf", "lkpj", found_on=HEAD.url, modified=modified(age), **more) for i in range(count)]


class TestListing:
    def test_full_and_new(self):
        verdict = answer(listing(), site(pages=[HEAD], documents=files(4, 30)))
        assert (verdict.status, verdict.reason, verdict.slots["n"]) == (Status.MET, "found", 4)

    def test_full_but_old(self):
        verdict = answer(listing(), site(pages=[HEAD], documents=files(4, 400)))
        assert (verdict.status, verdict.reason, verdict.low, verdict.high) == (Status.PARTLY, "stale", 0.5, 0.5)

    def test_half_filled(self):
        verdict = answer(listing(), site(pages=[HEAD], documents=files(2, 30)))
        assert (verdict.status, verdict.reason, verdict.low) == (Status.PARTLY, "some-parts", 0.75)

    def test_undated_documents_leave_their_half_unknown(self):
        undated = [document(f"{URL}/{i}.pdf", "sop", found_on=HEAD.url) for i in range(4)]
        verdict = answer(listing(), site(pages=[HEAD], documents=undated))
        assert (verdict.low, verdict.high) == (0.5, 1.0)

    def test_empty_absent_and_dead(self):
        empty = page(HEAD.url, "Informasi Berkala", nature="empty-listing")
        assert answer(listing(), site(pages=[empty])).reason == "empty-section"
        assert answer(listing(), site()).reason == "not-found"
        assert answer(listing(), site(pages=[HEAD], documents=files(2, 30, flaw="dead"))).reason == "only-false"

    def test_a_hole_leaves_it_unknown(self):
        verdict = answer(listing(), site(captures=[capture(HEAD.url, cause="read-timeout")]))
        assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "site-incomplete")

    @pytest.mark.parametrize(
        "unread", [{"exhausted": False}, {"captures": [capture(f"{URL}/berkala-2", cause="read-timeout")]}]
    )
    def test_enough_of_what_was_not_read_whole_is_partly_and_not_said_to_be_unknown(self, unread: dict):
        undated = [document(f"{URL}/{i}.pdf", "sop", found_on=HEAD.url) for i in range(4)]
        verdict = answer(listing(), site(pages=[HEAD], documents=undated, **unread))
        assert (verdict.status, verdict.reason) == (Status.PARTLY, "some-parts")
        assert verdict.slots["parts"].en == "what has not been read"

    @pytest.mark.parametrize(
        ("day", "status", "reason"),
        [
            (date(2026, 11, 20), Status.MET, "found"),
            (date(2026, 9, 1), Status.PARTLY, "stale"),
            (date(2021, 8, 1), Status.UNMET, "too-old"),
        ],
    )
    def test_dated_rows_need_no_file(self, day: date, status: Status, reason: str):
        params = {"section": ["agenda"], "min_documents": 1, "dated_items": True, "max_age_days": 14}
        question = criterion("listing", {**params, "partly_age_days": 90}, places=["ppid"])
        verdict = answer(question, site(pages=[page(f"{URL}/agenda", "Agenda pimpinan", dates=(day,))]))
        assert (verdict.status, verdict.reason) == (status, reason)

    def test_kinds_of_entries(self):
        parts = [
            {"name": {"id": "banjir", "en": "flood"}, "any": ["banjir"]},
            {"name": {"id": "wabah", "en": "outbreak"}, "any": ["wabah"]},
        ]
        question = listing(min_documents=1, kinds_min=2, parts=parts)
        flood = document(f"{URL}/b.pdf", None, title="Peringatan banjir", found_on=HEAD.url, modified=modified(3))
        verdict = answer(question, site(pages=[HEAD], documents=[flood]))
        assert verdict.status is Status.PARTLY
        assert verdict.slots["parts"].id == "wabah"

    def test_a_share_of_its_files_must_open(self):
        question = listing(min_alive=0.9)
        good, dead = files(4, 30), [document(f"{URL}/d.pdf", "lkpj", found_on=HEAD.url, flaw="dead")]
        assert answer(question, site(pages=[HEAD], documents=good)).status is Status.MET
        assert answer(question, site(pages=[HEAD], documents=[*good, *dead])).status is Status.PARTLY


FORM = criterion(
    "form",
    {
        "section": ["permohonan informasi"],
        "min_fields": 2,
        "fields": [
            {"name": {"id": "nama", "en": "name"}, "any": [r"\bnama\b"]},
            {"name": {"id": "rincian", "en": "details"}, "any": ["rincian"]},
            {"name": {"id": "tujuan", "en": "purpose"}, "any": ["tujuan"]},
        ],
        "external_hosts": [r"^docs\.google\.com$"],
        "login_partly": True,
    },
    places=["ppid"],
)


def asking(*fields: str, **more):
    form = Form("post", f"{URL}/kirim", fields, **more)
    return page(f"{URL}/ajukan", "Formulir Permohonan Informasi", forms=(form,))


class TestForm:
    def test_met(self):
        verdict = answer(FORM, site(pages=[asking("Nama lengkap", "Rincian informasi")]))
        assert (verdict.status, verdict.reason) == (Status.MET, "all-parts")

    def test_too_few_fields(self):
        verdict = answer(FORM, site(pages=[asking("Nama lengkap", "Pesan")]))
        assert (verdict.status, verdict.reason) == (Status.PARTLY, "some-parts")

    @pytest.mark.parametrize("more", [{"search": True}, {"has_password": True}])
    def test_search_boxes_and_logins_are_no_forms(self, more):
        assert answer(FORM, site(pages=[asking("Nama", "Rincian", **more)])).status is Status.UNMET

    def test_a_form_of_another_service(self):
        links = (Link("https://docs.google.com/forms/d/e/1/viewform", "Permohonan informasi"),)
        verdict = answer(FORM, site(pages=[page(f"{URL}/layanan", "Layanan", links=links)]))
        assert (verdict.status, verdict.reason) == (Status.PARTLY, "generic-link")
        assert verdict.slots["host"] == "docs.google.com"

    def test_a_login_before_it(self):
        verdict = answer(FORM, site(pages=[page(f"{URL}/ajukan", "Permohonan Informasi", nature="login")]))
        assert (verdict.status, verdict.low, verdict.high) == (Status.PARTLY, 0.5, 1.0)

    def test_absent_and_unseen(self):
        assert answer(FORM, site()).reason == "not-offered"
        hidden = page(f"{URL}/ajukan", "Permohonan Informasi", nature="script-only")
        assert answer(FORM, site(pages=[hidden])).reason == "site-script-only"


LPSE = criterion(
    "link_target",
    {
        "hosts": [r"^spse\.inaproc\.id$", r"^lpse\."],
        "specific": [r"spse\.inaproc\.id/[\w-]+", r"//lpse\."],
        "texts": [r"\blpse\b"],
        "kinds": ["kontrak-pengadaan"],
        "own_ok": True,
    },
)


class TestLinkTarget:
    @pytest.mark.parametrize(
        ("target", "status", "reason"),
        [
            ("https://spse.inaproc.id/kotacontoh", Status.MET, "found"),
            ("https://spse.inaproc.id/", Status.PARTLY, "generic-link"),
            ("https://toko.example/", Status.PARTLY, "generic-link"),
        ],
    )
    def test_where_it_leads(self, target: str, status: Status, reason: str):
        verdict = answer(LPSE, site(refused=[Refusal(target, "other-host", via=f"{URL}/", anchor="LPSE Kota")]))
        assert (verdict.status, verdict.reason) == (status, reason)
        assert target in verdict.evidence[0].quote

    def test_a_menu_that_leads_nowhere(self):
        links = (Link(f"{URL}/menu#", "LPSE"), Link(f"{URL}/menu", "LPSE"))
        verdict = answer(LPSE, site(pages=[page(f"{URL}/menu", "Menu", links=links)]))
        assert (verdict.status, verdict.reason) == (Status.UNMET, "not-found")

    def test_a_dead_target(self):
        links = (Link("https://lpse.contoh.go.id/", "LPSE"),)
        gone = capture("https://lpse.contoh.go.id/", cause="not-found", via=f"{URL}/menu")
        silent = capture("https://lpse.contoh.go.id/", cause="dns", via=f"{URL}/menu")
        menu = page(f"{URL}/menu", "Menu", links=links)
        assert answer(LPSE, site(pages=[menu], captures=[gone])).reason == "only-false"
        assert answer(LPSE, site(pages=[menu], captures=[silent])).status is Status.UNKNOWN

    def test_a_document_is_another_way(self):
        contracts = document(f"{URL}/kontrak.pdf", "kontrak-pengadaan", 2026)
        assert answer(LPSE, site(documents=[contracts])).status is Status.MET

    def test_unseen(self):
        assert answer(LPSE, site(exhausted=False)).reason == "auditor-budget"
