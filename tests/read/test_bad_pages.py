"""Pages that are hard to read: huge, encoded, pictures only, with hidden characters between the letters."""

from __future__ import annotations

import base64
from datetime import UTC, datetime
from time import process_time

import pytest

from auditor.model import Body, Capture, Page
from auditor.read.freshness import parse_http_date
from auditor.read.linkformat import mementos, moment, versions
from auditor.read.mapdata import named_in_page, named_in_script, scripts_of
from auditor.read.page import read_page
from tests.read.made import HOME, Memory, facts_of, html, pdf

BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")
ADVERT = "Situs Slot Gacor Hari Ini Gampang Menang"


def read(html: str | bytes) -> Page:
    capture = Capture("https://ppid.contoh.go.id/", "ppid", datetime(2026, 11, 1, tzinfo=UTC), "ok", 200, "text/html")
    return read_page(capture, html.encode() if isinstance(html, str) else html, BODY)


@pytest.mark.parametrize("between", ["\u200b", "\u200d", "\u00ad", "\u2060", "\ufeff", "\u034f", "\u2063", "\ufe0f"])
def test_hidden_characters_between_letters_hide_nothing(between: str) -> None:
    said = between.join(ADVERT)
    page = read(f"<title>PPID</title><p>Informasi publik</p><div hidden><a href='https://x.example/'>{said}</a></div>")
    assert page.nature == "injected"
    assert page.nature_words


def test_hidden_characters_in_ordinary_words_are_no_injection() -> None:
    words = "\u200b".join("Daftar Informasi Publik Pemerintah Kota Contoh Tahun Anggaran 2026")
    assert read(f"<title>PPID</title><h1>{words}</h1><p>{words}</p>").nature == "page"


def test_a_page_of_pictures_only_is_no_empty_page_and_says_nothing() -> None:
    page = read("<title>Transparansi</title>" + "".join(f"<img src=/infografis-{n}.jpg>" for n in range(12)))
    assert (page.nature, page.text, page.images, page.images_without_alt) == ("page", "", 12, 12)


def test_a_page_of_thirty_megabytes_is_read_as_far_as_we_read() -> None:
    started = process_time()
    page = read("<title>Panjang</title>" + ("<p>" + "isi halaman yang sangat panjang " * 12 + "</p>") * 80_000)
    assert page.title == "Panjang"
    assert page.size > 30_000_000
    assert len(page.text) <= 200_000
    assert process_time() - started < 60


def test_base64_is_neither_words_nor_an_advertisement() -> None:
    picture = base64.b64encode(bytes(range(256)) * 8_000).decode()
    hidden = base64.b64encode(f"<a href=https://x.example>{ADVERT}</a>".encode() * 200).decode()
    page = read(
        f"<title>PPID</title><p>Informasi publik</p><img alt='' src='data:image/png;base64,{picture}'>"
        f"<script>document.write(atob('{hidden}'))</script><iframe src='data:text/html;base64,{hidden}'></iframe>"
    )
    assert page.nature == "page"  # what only a browser would write is not seen, and not guessed
    assert "base64" not in page.text
    assert len(page.text) < 200


@pytest.mark.parametrize("day", ["99999999999999999999 Jan 2021", "1 Jan 99999999999999999999", "31 Dec 9999"])
def test_a_day_that_no_calendar_has_ends_no_reading(day: str) -> None:
    stamp = f"Fri, {day} 23:59:59 -2300"
    source = Memory().add(HOME, html('<a href="/dip.pdf">Daftar Informasi Publik 2025</a>'))
    stamped = (("last-modified", stamp),)
    source.add(f"{HOME}dip.pdf", pdf("Daftar Informasi Publik"), media_type="application/pdf", headers=stamped)
    (document,) = facts_of(source).sites[0].documents
    assert document.flaw == ""
    assert parse_http_date(stamp) is None
    assert moment(stamp) is None


def test_hostile_scripts_and_links_between_versions_hold_nobody_up() -> None:
    started = process_time()
    quotes = "'" * 300_000
    page = f"<script>{quotes}</script><script>fetch('{'/' * 100_000}</script><div data-x='{'a/' * 100_000}'></div>"
    assert named_in_page(page.encode(), "http://x.localhost/") == ()
    assert named_in_script(b'fetch("' * 100_000, "http://x.localhost/") == ()
    assert named_in_page(b"\xff\xfe\x00<script>", "http://x.localhost/") == ()
    many = "".join(f"<script src=/{n}.js></script>" for n in range(5_000))
    assert len(scripts_of(many.encode(), "http://x.localhost/")) == 20
    assert mementos("<" * 200_000 + ";" * 200_000, "http://x.localhost/") == []
    assert list(versions('<a>; rel="' + "x" * 100_000, "http://x.localhost/"))[1:] == []
    assert mementos('<a>; rel=memento; datetime="Fri, 99 Foo 2023"', "http://x.localhost/") == []
    assert process_time() - started < 20


def test_links_of_an_archive_that_lead_nowhere_are_passed_over() -> None:
    said = "<http://[::1>; rel=original, <//[x>; rel=memento, </2023/a>; rel=memento; "
    said += 'datetime="Wed, 21 Jun 2023 00:00:00 GMT"'
    assert [version.url for version in versions(said, "http://x.localhost/")] == ["http://x.localhost/2023/a"]
    assert [version.url for version in mementos(said, "http://x.localhost/")] == ["http://x.localhost/2023/a"]
