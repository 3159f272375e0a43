"""Sites as sites: that they answer, whose they are, what lies open in them, what is kept of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model import Dataset, Form, Link, Personal, Portal, Resource, Status, Table
from tests.judges.builders import answer, answers, capture, criterion, document, page, site

URL = "https://ppid.contoh.go.id"


def asks(measure: str, per: str = "site", **more):
    return criterion("site", {"measure": measure, "per": per, **more}, places=["ppid"])


def front(**more):
    return page(f"{URL}/", "Beranda", "Selamat datang", **more)


def other_alive():
    return site("www", "website")


class TestSite:
    def test_answers(self):
        assert answer(asks("answers"), site()).reason == "site-answers"
        assert answer(asks("answers"), site(cause="not-found"), other_alive()).reason == "site-gone"
        assert answer(asks("answers"), site(cause="dns"), other_alive()).reason == "site-unreachable"
        assert answer(asks("answers"), site(url=None)).reason == "human-address-not-known"
        assert answer(asks("answers"), site(front=front(nature="blocked"))).reason == "site-blocked"
        assert answer(asks("answers"), site(front=front(nature="parked"))).reason == "site-taken-over"

    def test_one_verdict_for_each_site(self):
        verdicts = answers(asks("answers"), site(), site("ppid2", "ppid", url=None))
        assert [(v.subject, v.site, v.status) for v in verdicts] == [
            ("ppid", "ppid", Status.MET),
            ("ppid2", "ppid2", Status.UNKNOWN),
        ]

    def test_https(self):
        assert answer(asks("https"), site()).status is Status.MET
        plain = answer(asks("https"), site(scheme="http"))
        assert (plain.status, plain.reason) == (Status.UNMET, "not-offered")
        assert plain.searched
        mixed = answer(asks("https"), site(front=front(features=("mixed-content",))))
        assert (mixed.status, mixed.low) == (Status.PARTLY, 0.5)
        expired = answer(asks("https"), site(cause="tls-expired"), other_alive())
        assert (expired.status, expired.reason) == (Status.UNMET, "bad-found")
        assert answer(asks("https"), site(cause="dns"), other_alive()).status is Status.UNKNOWN

    def test_https_by_redirect(self):
        secure = page(f"{URL}/", "Beranda")
        hop = capture("http://ppid.contoh.go.id/", cause="redirect", location=f"{URL}/")
        assert answer(asks("https"), site(scheme="http", front=secure, captures=[hop])).status is Status.MET

    def test_mobile(self):
        good, heavy = front(viewport=True), replace(front(viewport=True), size=9_000_000)
        assert answer(asks("mobile"), site(front=good)).status is Status.MET
        assert answer(asks("mobile"), site(front=heavy)).reason == "some-parts"
        slow = replace(site(front=replace(heavy, viewport=False)), captures=(capture(f"{URL}/", elapsed_ms=9_000),))
        assert answer(asks("mobile"), slow).status is Status.UNMET
        assert answer(asks("mobile"), site(front=front(nature="script-only"))).status is Status.UNKNOWN

    def test_search(self):
        box = Form("get", "/cari", ("Cari",), search=True)
        assert answer(asks("search"), site(front=front(forms=(box,)))).status is Status.MET
        assert answer(asks("search"), site()).reason == "not-offered"
        assert answer(asks("search"), site(exhausted=False)).status is Status.UNKNOWN

    def test_accessibility(self):
        helped = front(features=("userway", "search"))
        guide = page(f"{URL}/disabilitas", "Panduan layanan disabilitas")
        assert answer(asks("accessibility"), site(front=helped, pages=[guide])).status is Status.MET
        half = answer(asks("accessibility"), site(front=helped))
        assert (half.status, half.slots["parts"].id) == (Status.PARTLY, "layanan penyandang disabilitas")
        assert answer(asks("accessibility"), site(front=front(features=("search",)))).status is Status.UNMET
        assert answer(asks("accessibility"), site(exhausted=False)).status is Status.UNKNOWN

    def test_wcag(self):
        good = front(lang="id", h1=1)
        assert answer(asks("wcag"), site(front=good)).status is Status.MET
        some = answer(asks("wcag"), site(front=replace(good, lang="", images_without_alt=2)))
        assert (some.status, some.slots["parts"]) == (Status.PARTLY, "img-alt, lang")
        poor = replace(good, lang="", images_without_alt=2, h1=0, inputs_without_label=1)
        assert answer(asks("wcag"), site(front=poor)).status is Status.UNMET
        menu = replace(good, links=(Link(f"{URL}/profil", "Profil", region="menu"),))
        failed = [capture(f"{URL}/profil", cause="read-timeout")]
        assert answer(asks("wcag"), site(front=menu, captures=failed)).high == 1.0
        assert answer(asks("wcag"), site(front=menu, captures=failed)).low == 0.0

    def test_sitemap(self):
        listed = [capture(f"{URL}/sitemap.xml", media_type="application/xml")]
        missing = [capture(f"{URL}/sitemap.xml", cause="not-found")]
        assert answer(asks("sitemap"), site(captures=listed)).status is Status.MET
        assert answer(asks("sitemap"), site(captures=missing)).status is Status.PARTLY
        hidden = front(features=("noindex",))
        assert answer(asks("sitemap"), site(front=hidden, captures=missing)).status is Status.UNMET
        assert (
            answer(asks("sitemap"), site(front=front(nature="page"), cause="dns"), other_alive()).status
            is Status.UNKNOWN
        )

    def test_menu(self):
        parts = [
            {"name": {"id": "PPID", "en": "PPID"}, "any": [r"\bppid\b"]},
            {"name": {"id": "DIP", "en": "DIP"}, "any": ["daftar informasi publik"]},
        ]
        question = criterion("site", {"measure": "menu", "per": "body", "parts": parts}, places=["website"])
        www = "https://www.contoh.go.id/"

        def home(*links: Link, **more):
            return site("www", "website", front=page(www, "Beranda", links=links), **more)

        ppid, dip = Link(f"{URL}/", "PPID"), Link(f"{URL}/dip", "Daftar Informasi Publik")
        assert answer(question, home(ppid, dip)).status is Status.MET
        assert answer(question, home(ppid)).slots["parts"].id == "DIP"
        assert answer(question, home(Link(f"{www}#", "PPID"))).status is Status.UNMET
        assert answer(question, home(exhausted=False)).status is Status.UNKNOWN

    def test_social(self):
        def linked(*urls: str):
            return site(front=front(links=tuple(Link(url, "ikon") for url in urls)))

        instagram, tube = "https://www.instagram.com/kotacontoh", "https://youtube.com/@kotacontoh"
        assert answer(asks("social"), linked(instagram, tube)).status is Status.MET
        assert answer(asks("social"), linked(instagram)).status is Status.PARTLY
        assert answer(asks("social"), linked("https://facebook.com/#")).status is Status.UNMET
        assert answer(asks("social"), site(exhausted=False)).status is Status.UNKNOWN


IDENTITY = criterion("identity", places=["ppid", "website", "covid", "app"])


class TestIdentity:
    def test_the_bodys_own(self):
        verdict = answer(IDENTITY, site())
        assert (verdict.status, verdict.reason) == (Status.MET, "nothing-found-bad")

    def test_in_other_hands(self):
        lost = site(pages=[page(f"{URL}/promo", nature="injected", nature_words="slot gacor maxwin")])
        verdict = answer(IDENTITY, lost)
        assert (verdict.status, verdict.reason) == (Status.UNMET, "other-hands")
        assert verdict.evidence[0].quote == "slot gacor maxwin"
        assert verdict.searched

    def test_parked_in_front_or_merely_somewhere(self):
        assert (
            answer(IDENTITY, site(front=front(nature="parked", nature_words="domain for sale"))).status is Status.UNMET
        )
        assert answer(IDENTITY, site(pages=[page(f"{URL}/x", nature="parked")])).status is Status.UNKNOWN

    @pytest.mark.parametrize(
        ("made", "reason"),
        [
            ({"cause": "read-timeout"}, "site-unreachable"),
            ({"url": None}, "human-address-not-known"),
            ({"cause": "not-collected"}, "auditor-not-collected"),
            ({"captures": [capture(f"{URL}/berita/3", cause="read-timeout")]}, "site-incomplete"),
        ],
    )
    def test_not_known(self, made, reason: str):
        verdicts = {v.subject: v for v in answers(IDENTITY, site(**made), other_alive())}
        assert (verdicts["ppid"].status, verdicts["ppid"].reason) == (Status.UNKNOWN, reason)

    def test_what_is_served_and_draws_itself_was_seen(self):
        circle = capture(f"{URL}/galeri/video", cause="redirect-loop")
        gallery = page(f"{URL}/galeri", nature="script-only")
        assert answer(IDENTITY, site(pages=[gallery], captures=[circle])).status is Status.MET
        assert answer(IDENTITY, site(front=front(nature="script-only"))).reason == "site-script-only"

    def test_archived_sites_are_asked_too(self):
        old = site("covid", "covid", lifecycle="archived", front=page("https://covid.contoh.go.id/", nature="parked"))
        assert {v.subject: v.status for v in answers(IDENTITY, site(), old)} == {
            "covid": Status.UNMET,
            "ppid": Status.MET,
        }


PERSONAL = criterion("personal", {"kinds": ["nik", "kk"]}, places=["ppid", "portal"])
NIK = Personal("nik", 3, "99710*********01", confirmed=True)


class TestPersonal:
    def test_nothing_lies_open(self):
        verdict = answer(PERSONAL, site(documents=[document(f"{URL}/a.pdf")]))
        assert (verdict.status, verdict.reason) == (Status.MET, "nothing-found-bad")

    def test_on_a_page_in_a_document_in_a_table(self):
        table = Resource("r", "penerima", "https://data.contoh.go.id/r.csv", table=Table("", (), 3, personal=(NIK,)))
        data = Dataset("1", "Penerima", "data", "https://data.contoh.go.id/d/1", "ckan", resources=(table,))
        places = [
            (site(pages=[page(f"{URL}/penerima", personal=(NIK,))]),),
            (site(documents=[document(f"{URL}/a.pdf", personal=(NIK,))]),),
            (site(), site("data", "portal", datasets=[data], portal=Portal("data", "ckan", "", 1, True))),
        ]
        for sites in places:
            verdict = answer(PERSONAL, *sites)
            assert (verdict.status, verdict.reason) == (Status.UNMET, "bad-found")
            assert verdict.evidence[0].quote == "nik × 3"
            assert NIK.sample not in str(verdict)

    def test_an_archived_site_is_as_open_as_any(self):
        old = site("arsip", "ppid", lifecycle="archived", pages=[page("https://arsip.contoh.go.id/x", personal=(NIK,))])
        assert answer(PERSONAL, site(), old).status is Status.UNMET

    def test_what_is_not_confirmed_or_another_kind_is_none(self):
        doubtful = replace(NIK, confirmed=False)
        phone = Personal("phone", 1, "0812****", confirmed=True)
        assert answer(PERSONAL, site(pages=[page(f"{URL}/x", personal=(doubtful, phone))])).status is Status.MET

    @pytest.mark.parametrize(
        ("made", "reason"),
        [
            ({"documents": [document(f"{URL}/a.pdf", readable=False)]}, "site-unread"),
            ({"documents": [document(f"{URL}/a.pdf", flaw="failed")]}, "site-incomplete"),
            ({"exhausted": False}, "auditor-budget"),
            ({"pages": [page(f"{URL}/x", nature="script-only")]}, "site-script-only"),
        ],
    )
    def test_what_was_not_read(self, made, reason: str):
        verdict = answer(PERSONAL, site(**made))
        assert (verdict.status, verdict.reason) == (Status.UNKNOWN, reason)

    def test_a_portal_that_was_not_listed_to_its_end(self):
        data = site("data", "portal", portal=Portal("data", "ckan", "", 9, False))
        assert answer(PERSONAL, site(), data).reason == "site-portal-incomplete"


COVID = "https://covid.contoh.go.id"


def kept(measure: str, **more):
    return criterion("archive", {"measure": measure, **more}, places=["covid"])


def archive(words: str, **more):
    return site("covid", "covid", lifecycle="archived", front=page(f"{COVID}/", "Covid-19", words), **more)


class TestArchive:
    DATED = r"data per.{0,20}20\d\d"

    def test_reachable(self):
        question = kept("reachable", patterns=[self.DATED])
        assert answer(question, archive("Data per 20 Juni 2023")).status is Status.MET
        assert answer(question, archive("Peta sebaran")).low == 0.5
        assert answer(question, site("covid", "covid", cause="gone"), site()).reason == "site-gone"
        assert answer(question, site("covid", "covid", cause="dns"), site()).reason == "site-unreachable"
        assert answer(question, site()).reason == "human-address-not-known"

    def test_dated_and_note(self):
        for measure in ("dated", "note"):
            question = kept(measure, patterns=[self.DATED])
            met = answer(question, archive("Data per 20 Juni 2023"))
            assert met.status is Status.MET
            assert "20 Juni 2023" in met.evidence[0].quote
            assert answer(question, archive("Peta sebaran")).reason == "not-found"
            assert answer(question, archive("Peta sebaran", exhausted=False)).status is Status.UNKNOWN

    def test_regions(self):
        parts = [
            {"name": {"id": "kecamatan", "en": "district"}, "any": ["kecamatan"]},
            {"name": {"id": "kelurahan", "en": "village"}, "any": ["kelurahan"]},
        ]
        question = kept("regions", parts=parts)
        assert answer(question, archive("Kasus per kecamatan dan kelurahan")).status is Status.MET
        assert answer(question, archive("Kasus per kecamatan")).status is Status.PARTLY
        assert answer(question, archive("Peta")).reason == "no-parts"
        assert answer(question, archive("Peta", exhausted=False)).status is Status.UNKNOWN

    def test_tables_that_name_kelurahan(self):
        table = Resource("r", "kasus", f"{COVID}/r.csv", table=Table("", (), 68, kelurahan=68, kecamatan=6))
        data = Dataset("1", "Kasus", "covid", f"{COVID}/d/1", "html", resources=(table,))
        assert answer(kept("regions"), archive("Peta", datasets=[data])).status is Status.MET


def test_what_a_machine_cannot_see():
    verdict = answer(criterion("unobservable"), site())
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "human-not-observable")
    event = answer(criterion("unobservable", {"event": True}), site())
    assert event.reason == "human-event-dependent"
