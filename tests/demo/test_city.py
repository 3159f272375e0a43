"""Kota Contoh itself: the same bytes every time, links that go where they should, and nobody's personal data."""

from __future__ import annotations

import io
import json
import re
from urllib.parse import urlsplit

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook

from auditor.demo import papers
from auditor.demo.answer import XLSX, City
from auditor.demo.city import build
from auditor.demo.manifest import load
from tests.demo.walk import PORT, visit

SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
PROVINCES = frozenset(
    str(code)
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
"""Codes of the 38 provinces, with which every NIK begins (Kemendagri)."""


@pytest.fixture(scope="module", params=[1, 2])
def city(request: pytest.FixtureRequest) -> City:
    return build(request.param)


def test_a_night_is_the_same_bytes_every_time(city: City):
    for maker in (papers.pdf, papers.scan, papers.blank_pdf, papers.picture):
        maker.cache_clear()
    again = build(city.night)
    assert {host: dict(one.pages) for host, one in again.hosts.items()} == {
        host: dict(one.pages) for host, one in city.hosts.items()
    }


def test_nights_are_counted_from_one():
    with pytest.raises(ValueError, match="from 1"):
        build(0)


def test_a_third_night_is_like_the_second():
    second, third = build(2), build(3)
    assert all(dict(second.hosts[name].pages) == dict(third.hosts[name].pages) for name in second.hosts)


def test_only_the_links_that_should_be_dead_are_dead(city: City):
    dead = {
        f"{(urlsplit(url).hostname or '').split('.')[0]}{urlsplit(url).path}"
        for url, seen in visit(city).items()
        if seen.answer.status == 404
    }
    stated = {f"{f.place.host}{f.place.target}" for f in load().night(city.night).false_documents if f.reason == "dead"}
    portal = {place for place in dead if place.startswith("data/")}
    assert dead - portal == stated
    assert {place.rsplit("/", 1)[1] for place in portal} == {"tlhp-2023.csv"}


def test_the_city_is_small_enough_for_a_demo(city: City):
    assert 200 <= len(visit(city)) <= 290


def test_every_page_can_be_reached(city: City):
    seen = {
        urlsplit(url).netloc.split(":")[0] + urlsplit(url)._replace(scheme="", netloc="").geturl()
        for url in visit(city)
    }
    apart = re.compile(r"/(robots\.txt|(wp-)?sitemap\.xml|assets/.*|gambar/.*|js/.*|api/.*|cari|ServiceLogin.*|masuk)$")
    for host, one in city.hosts.items():
        for target in one.pages:
            if not apart.search(target) and not host.startswith(("disdik", "berbagi", "internal")):
                assert f"{host}{target}" in seen or target.endswith("=1"), f"{host}{target} leads from nowhere"


def test_a_chain_of_three_redirects_ends_and_a_loop_does_not(city: City):
    seen = visit(city)
    url, hops = f"http://www.kotacontoh.localhost:{PORT}/transparansi-anggaran", 0
    while seen[url].answer.status in (301, 302):
        url, hops = seen[url].links[0][0], hops + 1
    assert (hops, seen[url].answer.status) == (3, 200)
    loop = f"http://www.kotacontoh.localhost:{PORT}/galeri/video"
    assert seen[seen[loop].links[0][0]].links[0][0] == loop


def test_the_calendar_has_no_end(city: City):
    url = "/agenda"
    for _ in range(40):
        page = city.answer("www.kotacontoh.localhost", url).body.decode()
        url = re.findall(r'href="(/agenda\?bulan=[\d-]+)"', page)[1]
    assert url == "/agenda?bulan=2030-03"


def test_an_unknown_page_of_www_says_so_with_200(city: City):
    answer = city.answer("www.kotacontoh.localhost", "/tidak/ada")
    assert answer.status == 200
    assert b"tidak ditemukan" in answer.body


@pytest.mark.parametrize(("host", "target"), [("www", "/galeri"), ("covid", "/statistik")])
def test_what_only_javascript_draws_has_no_words(city: City, host: str, target: str):
    page = city.answer(f"{host}.kotacontoh.localhost", target).body.decode()
    assert "<script" in page
    assert "<a " not in page


def test_the_gambling_page_is_led_to_by_hidden_links(city: City):
    front = city.answer("dishub.kotacontoh.localhost", "/").body.decode()
    assert re.search(r'left:-9999px[^>]*><a href="/jadwal-trayek-malam/"', front)
    assert b"judi slot" in city.answer("dishub.kotacontoh.localhost", "/jadwal-trayek-malam/").body


def test_no_number_could_be_the_nik_of_a_living_person(city: City):
    found = {number for body in _texts(city) for number in SIXTEEN.findall(body)}
    assert sum(number.startswith("9971") for number in found) == 36
    for number in found:
        month = int(number[8:10])
        assert number[:2] not in PROVINCES or not 1 <= month <= 12, f"{number[:6]}… could be somebody's"


def test_the_archived_site_shows_nik_under_their_name(city: City):
    page = city.answer("arsip.kotacontoh.localhost", "/penerima?page=3").body.decode()
    assert "<th>NIK</th>" in page
    assert len(SIXTEEN.findall(page)) == 12
    assert len(
        re.findall(
            r"(?<!\d)\d{18}(?!\d)", city.answer("ppid.kotacontoh.localhost", "/profil/struktur-ppid").body.decode()
        )
    )


def _texts(city: City) -> list[str]:
    """Every body as text: pages as they are, PDF by their text layer, workbooks by their cells."""
    texts = []
    for one in city.hosts.values():
        for answer in one.pages.values():
            if answer.media_type == "application/pdf":
                document = pypdfium2.PdfDocument(answer.body)
                texts += [page.get_textpage().get_text_range() for page in document]
                document.close()
            elif answer.media_type == XLSX:
                rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.body)).get_sheet_by_index(0).to_python()
                texts.append(json.dumps(rows))
            else:
                texts.append(answer.body.decode("utf-8", "replace"))
    return texts
