"""Sites that have ended, over real HTTP: judged on whether they are kept, never on how new they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from auditor.collect.mementos import look_up
from auditor.config import Memento as Settings
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.model import Memento, Site, Status
from tests.badsite import BadSite, Reply, Route, html, redirect, text
from tests.collect.conftest import network
from tests.judges.builders import answer, capture, criterion, page, site
from tests.whole.judged_sites import ZONE, Judged, judged

KEPT = "situs-berakhir-terjaga"
NOTE = "<p>Situs Kota Contoh ini diarsipkan sejak 21 Juni 2023 dan tidak lagi diperbarui.</p>"
SERIES = "tanggal,konfirmasi,sembuh,meninggal\n2020-03-22,1,0,0\n2023-06-20,90,80,2\n"
SHORT = SERIES.replace("2023-06-20", "2021-01-20")
LINK = "<main><a href=/seri.csv>Data harian Covid-19 (CSV)</a></main>"


def night(folder: Path, routes: dict[str, Route]) -> Judged:
    with BadSite({("www.kota.localhost", "/"): html("Kota Contoh")}, host="lama.kota.localhost") as server:
        server.routes |= {("lama.kota.localhost", path): route for path, route in routes.items()}
        old = Site("lama", "covid", server.url(), "Covid-19", lifecycle="archived", ended=date(2023, 6, 21))
        sites = [
            replace(old, started=date(2020, 3, 22)),
            Site("www", "website", server.url(host="www.kota.localhost"), "Situs kota"),
        ]
        return judged(folder, sites, at=datetime(2026, 11, 2, 1, tzinfo=ZONE))


@pytest.mark.parametrize(
    ("routes", "status", "lacking"),
    [
        ({"/": html(NOTE + LINK, "Covid-19"), "/seri.csv": text(SERIES, "text/csv")}, Status.MET, ""),
        ({"/": html(NOTE + LINK, "Covid-19"), "/seri.csv": text(SHORT, "text/csv")}, Status.PARTLY, "periode"),
        ({"/": html("Kota Contoh" + LINK), "/seri.csv": text(SERIES, "text/csv")}, Status.PARTLY, "keterangan"),
        ({"/": html(NOTE + LINK, "Covid-19"), "/seri.csv": Reply(b"", 404)}, Status.PARTLY, "tabel"),
        ({"/": html(NOTE, "Covid-19 Kota Contoh")}, Status.MET, ""),
    ],
    ids=["whole", "short", "no note", "no file", "no data at all"],
)
def test_what_is_asked_of_a_site_that_has_ended(
    routes: dict[str, Route], status: Status, lacking: str, tmp_path: Path
) -> None:
    got = night(tmp_path, routes)
    verdict = got.verdicts[KEPT, "lama"]
    assert (verdict.status, got.message(KEPT, "lama").count(lacking) > 0) == (status, True)
    assert ("www", KEPT) not in {(subject, name) for name, subject in got.verdicts}


def test_no_archived_site_is_judged_by_how_new_it_is(tmp_path: Path) -> None:
    """Years after its end nothing that asks for freshness takes it for a place where something is missing."""
    got = night(tmp_path, {"/": html(NOTE + LINK, "Covid-19"), "/seri.csv": text(SERIES, "text/csv")})
    asked = {c.id: c for c in got.catalogue.criteria}
    about = {name for (name, subject) in got.verdicts if subject == "lama"}
    assert KEPT in about
    assert not {name for name in about if asked[name].freshness}
    series = next(d for d in got.site("lama").datasets)
    assert series.quality is not None
    assert series.quality.archive is not None
    assert series.quality.archive.whole is True
    assert got.verdicts["covid-tanggal-data", "99.71"].reason != "stale"


def test_a_new_place_of_the_citys_own_is_as_good_as_the_old(tmp_path: Path) -> None:
    with BadSite({}, host="lama.kota.localhost") as server:
        server.routes |= {
            ("lama.kota.localhost", "/"): redirect(server.url("/arsip", "dinkes.kota.localhost")),
            ("dinkes.kota.localhost", "/arsip"): html(NOTE, "Arsip Covid-19 Kota Contoh"),
            ("dinkes.kota.localhost", "/"): html("Dinas Kesehatan Kota Contoh"),
        }
        old = Site("lama", "covid", server.url(), "Covid-19", lifecycle="archived", ended=date(2023, 6, 21))
        health = Site("dinkes", "website", server.url(host="dinkes.kota.localhost"), "Dinas Kesehatan")
        got = judged(tmp_path, [old, health])
    verdict = got.verdicts[KEPT, "lama"]
    assert verdict.low > 0
    assert verdict.reason in ("all-parts", "some-parts")
    assert got.verdicts["identitas-situs", "lama"].reason != "other-hands"


# ---- the web archive -------------------------------------------------------------------------------------------------

QUESTION = criterion("preserved", {"patterns": ["diarsipkan"]}, places=["covid"])
COPY = Memento(
    "covid", "https://covid.contoh.go.id/", "https://arsip.example/x", "ok", "https://arsip.example/2023/x",
    "2023-06-01T00:00:00+00:00", "2026-11-01T18:00:00+00:00", "ab" * 32, "captures-00001.warc.gz", True,
)  # fmt: skip


def gone(*mementos: Memento, cause: str = "gone"):
    return replace(site("covid", "covid", lifecycle="archived", cause=cause), mementos=mementos)


def test_a_copy_in_a_web_archive_counts_and_its_absence_only_where_it_was_asked_for():
    kept = answer(QUESTION, gone(COPY), site())
    assert (kept.status, kept.reason) == (Status.PARTLY, "archived-copy")
    assert kept.slots["title"] == COPY.memento
    assert kept.evidence[0].digest == COPY.digest
    none = replace(COPY, memento="", cause="not-found")
    assert answer(QUESTION, gone(none), site()).high < answer(QUESTION, gone(), site()).high
    failed = replace(COPY, memento="", cause="read-timeout")
    assert answer(QUESTION, gone(failed), site()).high == answer(QUESTION, gone(), site()).high


def test_a_site_in_other_hands_is_not_saved_by_a_copy():
    front = page("https://covid.contoh.go.id/", nature="parked", nature_words="domain for sale")
    lost = replace(site("covid", "covid", lifecycle="archived", front=front), mementos=(COPY,))
    assert answer(QUESTION, lost, site()).reason == "site-taken-over"


class TestLookUp:
    """The questions that the archive is asked, by its own log; a real archive stands in tests/pywb."""

    WHEN = ("Memento-Datetime", "Thu, 01 Jun 2023 00:00:00 GMT")

    def seek(self, folder: Path, archive: BadSite, settings: Settings, captures: list[str]) -> list[Memento]:
        sites = [
            Site("covid", "covid", "http://covid.localhost/", "Covid-19"),
            Site("dalam", "restricted", "http://dalam.localhost/", "Dalam", audience="staff"),
        ]
        visits = [replace(site("covid", "covid").visit, cause="dns"), replace(site("dalam").visit, site="dalam")]
        dead = [capture(url, cause="not-found") for url in captures]
        writer = EvidenceWriter(folder)
        try:
            return list(look_up(sites, visits, [replace(c, site="covid") for c in dead], settings, network(), writer))
        finally:
            writer.close()

    def test_a_timegate_that_redirects_to_the_copy(self, tmp_path: Path) -> None:
        with BadSite({}) as archive:
            archive.routes |= {
                "/web/http://covid.localhost/": redirect(archive.url("/web/2023/covid")),
                "/web/2023/covid": Reply(b"salinan", 200, (self.WHEN,)),
            }
            (found,) = self.seek(tmp_path, archive, Settings(timegate=archive.url("/web/")), [])
            assert (found.memento, found.at[:10]) == (archive.url("/web/2023/covid"), "2023-06-01")
        evidence = Evidence(tmp_path)
        assert evidence.records("memento")[0]["digest"] == found.digest
        assert {c.site for c in evidence.captures()} == {"memento"}

    def test_a_timemap_whose_newest_copy_is_of_the_404(self, tmp_path: Path) -> None:
        with BadSite({}) as archive:
            listed = ", ".join(
                f'<{archive.url(f"/{n}")}>; rel="memento"; datetime="Thu, 0{n} Jun 2023 00:00:00 GMT"'
                for n in (1, 2, 3)
            )
            archive.routes |= {
                "/map/http://covid.localhost/": text(listed, "application/link-format"),
                "/3": Reply(b"404", 404, (self.WHEN,)),
                "/2": Reply(b"salinan", 200, (self.WHEN,)),
            }
            (found,) = self.seek(tmp_path, archive, Settings(timemap=archive.url("/map/{url}")), [])
            assert found.memento == archive.url("/2")
            assert archive.asked() == ["/robots.txt", "/map/http://covid.localhost/", "/3", "/2"]

    def test_robots_limits_and_staff_systems(self, tmp_path: Path) -> None:
        papers = [f"http://covid.localhost/{n}.pdf" for n in range(9)]
        with BadSite({"/robots.txt": text("User-agent: *\nDisallow: /\n")}) as archive:
            found = self.seek(tmp_path, archive, Settings(timegate=archive.url("/"), most_per_site=3), papers)
            assert archive.asked() == ["/robots.txt"]
        assert [(m.cause, m.front) for m in found] == [("robots", True), ("robots", False), ("robots", False)]
        assert not any("dalam" in m.url for m in found)

    def test_it_is_off_unless_configured(self, tmp_path: Path) -> None:
        with BadSite({}) as archive:
            assert self.seek(tmp_path, archive, Settings(), []) == []
            assert archive.asked() == []
