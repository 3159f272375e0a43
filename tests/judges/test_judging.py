"""The whole catalogue over small cities: nothing crashes, no sentence keeps a hole, and a crash is ours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auditor.model import Catalogue, Facts, Status
from checks import judging, words
from checks.catalogue import load
from checks.judges.case import Case
from checks.judging import JUDGES, Crash, judge
from tests.judges.builders import answers, catalogue, criterion, document, facts, page, site

URL = "https://ppid.contoh.go.id"


@pytest.fixture(scope="module")
def whole() -> Catalogue:
    return load()


def cities() -> list[Facts]:
    some = [document(f"{URL}/dpa.pdf", "dpa", 2026, unit="Dinas Kesehatan"), document(f"{URL}/l.pdf", "lkpj", 2020)]
    pages = [page(f"{URL}/profil", "Profil", "Visi dan misi"), page(f"{URL}/rusak", nature="script-only")]
    return [
        facts(site(documents=some), site("www", "website"), site("data", "portal"), site("covid", "covid")),
        facts(site(documents=some, pages=pages, exhausted=False), site("www", "website", cause="dns")),
        facts(site(cause="dns"), site("www", "website", cause="dns")),
        facts(site(url=None)),
        facts(units=()),
    ]


@pytest.mark.parametrize("number", range(5))
def test_the_whole_catalogue_is_judged_without_a_crash(number: int, whole: Catalogue):
    crashes: list[Crash] = []
    judged = judge(cities()[number], whole, crashes.append)
    assert not crashes
    each_site = ("site", "identity", "restricted", "preserved", "service")
    asked = {c.id for c in whole.criteria if c.judge not in each_site}
    assert asked <= {c.id for c, _ in judged}
    for one, verdict in judged:
        remedy = one.remedies.get(verdict.reason) or one.remedies["default"]
        for sentence in (whole.reasons[verdict.reason], remedy):
            filled = sentence.fill(**verdict.slots)
            assert "{" not in filled.id + filled.en, (one.id, verdict.reason, filled.id)
        assert verdict.reason in _reasons_of(verdict.status), (one.id, verdict.status, verdict.reason)


def _reasons_of(status: Status) -> tuple[str, ...]:
    return {
        Status.MET: words.REASONS_MET,
        Status.PARTLY: words.REASONS_PARTLY,
        Status.UNMET: words.REASONS_UNMET,
        Status.UNKNOWN: words.REASONS_UNKNOWN,
        Status.NOT_APPLICABLE: ("not-applicable",),
    }[status]


def test_without_network_nothing_is_said(whole: Catalogue):
    for _, verdict in judge(cities()[2], whole):
        assert (verdict.reason, verdict.low, verdict.high) == ("auditor-no-network", 0.0, 1.0)


def test_judges_and_catalogue_know_the_same_names():
    assert set(JUDGES) == set(words.JUDGES)


def test_a_crash_is_ours_and_is_told(monkeypatch: pytest.MonkeyPatch):
    def broken(question: object, case: Case):
        raise ZeroDivisionError("nol")

    monkeypatch.setattr(judging, "JUDGES", {**JUDGES, "identity": judging.Judge(broken)})
    crashes: list[Crash] = []
    question = catalogue(criterion("identity", key="rusak"), criterion("unobservable", key="lain"))
    judged = judge(facts(site()), question, crashes.append)
    assert [(c.id, v.reason) for c, v in judged] == [
        ("rusak", "auditor-check-crashed"),
        ("lain", "human-not-observable"),
    ]
    assert judged[0][1].slots["error"] == "ZeroDivisionError"
    assert [(c.criterion, type(c.error)) for c in crashes] == [("rusak", ZeroDivisionError)]


def test_verdicts_come_in_the_order_of_catalogue_and_subject():
    first = criterion("identity", key="b", places=["ppid", "website"])
    second = criterion("unobservable", key="a")
    judged = judge(facts(site("z", "website"), site("a", "website"), site()), catalogue(first, second))
    assert [(c.id, v.subject) for c, v in judged] == [("b", "a"), ("b", "ppid"), ("b", "z"), ("a", "99.71")]


def test_a_site_without_any_exchange_was_not_part_of_the_run():
    question = criterion("identity", places=["ppid", "website"])
    verdicts = {v.subject: v.reason for v in answers(question, site(), site("www", "website", cause="not-answered"))}
    assert verdicts == {"ppid": "nothing-found-bad", "www": "auditor-not-collected"}


def test_the_years_due_fill_the_patterns():
    part = {"name": {"id": "ringkasan", "en": "summary"}, "any": ["apbd {year}"]}
    question = criterion(
        "page_parts", {"section": ["ringkasan"], "parts": [part], "need": 1}, places=["ppid"], freshness="F-DPA"
    )

    def of(year: int) -> Status:
        return answers(question, site(pages=[page(f"{URL}/r", "Ringkasan", f"APBD {year}")]))[0].status

    assert (of(2026), of(2025)) == (Status.MET, Status.UNMET)


def test_what_depends_on_events_is_a_persons_to_decide():
    params = {"section": ["cpns"], "min_documents": 1, "absent": "human-event-dependent"}
    verdict = answers(criterion("listing", params), site())[0]
    assert (verdict.status, verdict.reason) == (Status.UNKNOWN, "human-event-dependent")


def test_another_units_failed_file_is_no_hole():
    question = criterion("coverage", {"kinds": ["dpa"]}, freshness="F-DPA")
    failed = document(
        f"{URL}/x.pdf", "dpa", 2026, title="DPA Dinas Kesehatan 2026", unit="Dinas Kesehatan", flaw="failed"
    )
    found = {v.unit: v for v in answers(question, site(documents=[failed]))}
    assert found["Dinas Kesehatan"].status is Status.UNKNOWN
    assert found["Dinas Pendidikan"].status is Status.UNMET
    nameless = replace(failed, title="Unduh")
    assert {v.status for v in answers(question, site(documents=[nameless]))} == {Status.UNKNOWN}


def test_a_plan_that_a_unit_drew_up_is_the_bodys():
    question = criterion("document", {"kinds": ["rpjmd"], "items": ["available"]})
    plan = document(f"{URL}/r.pdf", "rpjmd", 2025, 2029, unit="Badan Perencanaan Pembangunan Daerah")
    assert answers(question, site(documents=[plan]))[0].status is Status.MET


def test_what_a_document_quotes_is_not_what_it_is():
    question = criterion("document", {"kinds": ["apbd"], "items": ["available"], "title_words": ["rancangan"]})
    law = document(f"{URL}/p.pdf", "apbd", 2026, title="Perda tentang APBD 2026", words="telah membahas rancangan")
    draft = document(f"{URL}/r.pdf", "apbd", 2026, title="Rancangan Perda APBD 2026")
    assert answers(question, site(documents=[law]))[0].status is Status.UNMET
    assert answers(question, site(documents=[draft]))[0].status is Status.MET
