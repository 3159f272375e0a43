"""When a search is complete, and whose the unknown is when it is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from auditor.model import Prior, PriorFinding, Refusal, Status, finding_id
from tests.judges.builders import answer, answers, capture, criterion, document, page, site

URL = "https://ppid.contoh.go.id"
DPA = criterion("document", {"kinds": ["dpa"], "items": ["available", "current"]}, freshness="F-DPA")
THERE = [document(f"{URL}/dpa.pdf", "dpa", 2026)]


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"cause": "connect-timeout"}, "auditor-no-network"),
        ({"cause": "not-collected"}, "auditor-not-collected"),
        ({"url": None}, "human-address-not-known"),
        ({"exhausted": False}, "auditor-budget"),
        ({"refused": [Refusal(f"{URL}/dokumen?p=9", "budget", anchor="Berikutnya")]}, "auditor-budget"),
        ({"refused": [Refusal(f"{URL}/besar.pdf", "size", anchor="DPA 2026")]}, "site-unread"),
        ({"refused": [Refusal(f"{URL}/dpa", "robots", anchor="DPA 2026")]}, "site-robots"),
        ({"captures": [capture(f"{URL}/dokumen", cause="read-timeout")]}, "site-incomplete"),
        ({"captures": [capture(f"{URL}/dokumen", cause="forbidden")]}, "site-blocked"),
        ({"captures": [capture(f"{URL}/dokumen", cause="login-required")]}, "site-login"),
        ({"captures": [capture(f"{URL}/dokumen", cause="robots-unreachable")]}, "site-incomplete"),
        ({"captures": [capture(f"{URL}/dokumen", truncated=True)]}, "site-unread"),
        ({"pages": [page(f"{URL}/dokumen", nature="script-only")]}, "site-script-only"),
        ({"pages": [page(f"{URL}/dokumen", nature="blocked")]}, "site-blocked"),
        ({"pages": [page(f"{URL}/dokumen", nature="login")]}, "site-login"),
        ({"pages": [page(f"{URL}/dokumen", nature="maintenance")]}, "site-incomplete"),
        ({"pages": [page(f"{URL}/dokumen", nature="empty")]}, "site-incomplete"),
        ({"pages": [page(f"{URL}/x", nature="injected", nature_words="slot gacor")]}, "site-taken-over"),
    ],
)
def test_a_hole_makes_absence_unknown(made, reason):
    verdict = answer(DPA, site(**made))
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, reason)


@pytest.mark.parametrize(
    "made",
    [
        {"captures": [capture(f"{URL}/berita/12", cause="read-timeout", anchor="Selengkapnya")]},
        {"captures": [capture(f"{URL}/robots.txt", cause="read-timeout")]},
        {"captures": [capture(f"{URL}/logo.png", cause="read-timeout")]},
        {"captures": [capture(f"{URL}/hilang", cause="not-found"), capture(f"{URL}/tiada", cause="gone")]},
        {"pages": [page(f"{URL}/login", "Masuk", nature="login")]},
        {"pages": [page(f"{URL}/hilang", nature="soft-404")]},
        {"refused": [Refusal(f"{URL}/agenda?bulan=9999", "trap", anchor="»")]},
        {"refused": [Refusal("https://instagram.com/contoh", "other-host", anchor="Instagram")]},
        {"refused": [Refusal(f"{URL}/berita/99", "budget", anchor="Wali Kota meresmikan taman")]},
    ],
)
def test_what_could_not_have_held_it_is_no_hole(made):
    verdict = answer(DPA, site(**made))
    assert (verdict.status, verdict.reason) == (Status.UNMET, "not-found")
    assert verdict.searched[0].complete


def test_a_news_link_that_names_the_thing_is_a_hole_all_the_same():
    named = capture(f"{URL}/berita/12", cause="read-timeout", anchor="DPA SKPD Tahun Anggaran 2026")
    assert answer(DPA, site(captures=[named])).status is Status.UNKNOWN


def test_the_words_of_a_link_follow_its_redirect():
    hop = capture(f"{URL}/unduh/7", cause="redirect", location="/masuk/7", anchor="DPA SKPD TA 2026")
    there = page(f"{URL}/masuk/7", "Masuk", nature="login")
    assert answer(DPA, site(captures=[hop], pages=[there])).reason == "site-login"


def test_every_place_must_have_been_seen():
    website = site("www", "website", cause="connect-timeout")
    verdict = answer(DPA, site(), website)
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "site-unreachable")
    assert verdict.slots["site"] == "WWW"
    assert [(s.site, s.complete) for s in verdict.searched] == [("ppid", True), ("www", False)]


def test_sites_that_are_no_places_do_not_matter():
    others = (
        site("covid", "covid", cause="dns"),
        site("lama", "website", cause="dns", lifecycle="archived"),
        site("dinas", "restricted", cause="dns", audience="staff"),
        site("tanpa", "website", url=None),
    )
    assert answer(DPA, site(), *others).status is Status.UNMET


def test_no_network_says_nothing_of_anybody():
    questions = [
        DPA,
        criterion("site", {"measure": "answers", "per": "site"}),
        criterion("identity"),
        criterion("unobservable"),
        criterion("portal", {"measure": "active"}, places=["portal"]),
        criterion("coverage", {"kinds": ["dpa"]}, freshness="F-DPA"),
        criterion("personal", {"kinds": ["nik"]}),
    ]
    sites = [site(cause="dns"), site("data", "portal", cause="refused"), site("www", "website", cause="dns")]
    for question in questions:
        for verdict in answers(question, *sites):
            assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "auditor-no-network")
            assert (verdict.low, verdict.high) == (0.0, 1.0)


def test_a_taken_over_site_is_no_evidence():
    lost = site(documents=THERE, pages=[page(f"{URL}/promo", nature="injected", nature_words="slot gacor")])
    assert answer(DPA, lost).reason == "site-taken-over"
    assert answer(DPA, replace(lost, pages=lost.pages[:1])).status is Status.MET


def test_a_tenth_of_the_usual_pages_is_not_the_whole_site():
    few = Prior(pages={"ppid": 100})
    usual = Prior(pages={"ppid": 10})
    assert answer(DPA, site(), prior=few).reason == "auditor-less-than-usual"
    assert answer(DPA, site(), prior=usual).status is Status.UNMET
    assert answer(DPA, site(documents=THERE), prior=few).low > 0


@pytest.mark.parametrize(
    ("status", "missing", "expected"),
    [
        ("met", 0, Status.UNKNOWN),
        ("partly", 0, Status.UNKNOWN),
        ("unknown", 1, Status.UNKNOWN),
        ("unknown", 2, Status.UNKNOWN),
        ("unknown", 3, Status.UNMET),
        ("unmet", 0, Status.UNMET),
        ("unknown", 0, Status.UNMET),
    ],
)
def test_what_was_there_is_called_absent_only_after_three_nights(status: str, missing: int, expected: Status):
    before = PriorFinding(status, date(2026, 11, 1), missing)
    verdict = answer(DPA, site(), prior=Prior(findings={finding_id("uji", "99.71"): before}))
    assert verdict.status is expected
    assert (verdict.reason == "site-vanished") == (expected is Status.UNKNOWN)
    assert verdict.searched


def test_a_link_to_another_site_of_the_body_was_followed_there():
    away = Refusal("https://www.contoh.go.id/dpa", "other-host", anchor="DPA SKPD 2026")
    elsewhere = Refusal("https://arsip.example/dpa", "other-host", anchor="DPA SKPD 2026")
    website = site("www", "website")
    assert answer(DPA, site(refused=[away]), website).status is Status.UNMET
    assert answer(DPA, site(refused=[elsewhere]), website).reason == "site-incomplete"
