"""Injected advertising is found; news about gambling is not called so."""

from __future__ import annotations

import re

import pytest

from auditor.model import Link
from auditor.read.gambling import gambling_title, injected
from tests.read.made import REAL

HOST = "ppid.misal.go.id"
ADVERTS = [
    "Situs Slot Gacor Hari Ini Gampang Menang",
    "s1ot g4cor maxw1n terpercaya",
    "sl\u200bot gac\u200bor deposit pulsa",
    "ѕlоt gасоr mахwin",
    "Bandar Togel Online Terpercaya",
    "MANTAP88: Link Alternatif Togel Resmi",
]
NEWS = [
    "Polres Misal Tangkap Bandar Judi Online",
    "Bahaya Judi Online Slot bagi Pelajar",
    "Wali Kota: ASN Terlibat Judi Online Akan Disanksi",
    "Sosialisasi Pencegahan Judi Daring",
    "Daftar Slot Parkir Terminal",
    "Ir. Sutoto Resmi Dilantik",
    "Laporan Realisasi Anggaran 2024",
]


@pytest.mark.parametrize("title", ADVERTS)
def test_advertising_is_recognised_through_its_disguises(title: str) -> None:
    assert gambling_title(title)


@pytest.mark.parametrize("title", NEWS)
def test_news_and_names_are_not_advertising(title: str) -> None:
    assert not gambling_title(title)


def test_hidden_links_give_an_ordinary_page_away() -> None:
    links = [Link(f"https://situs{n}.xyz/", f"slot gacor {n} terpercaya") for n in range(3)]
    assert injected("PPID Kota Misal", "Informasi publik", links, HOST)
    own = [Link(f"https://{HOST}/berita/{n}", "Slot gacor maxwin: modus baru") for n in range(3)]
    assert not injected("PPID Kota Misal", "Informasi publik", own, HOST)


def test_an_article_on_a_raid_is_left_alone() -> None:
    text = "Polisi menangkap tersangka judi online. Pelaku mengelola situs slot gacor dan togel online. " * 8
    assert not injected("Polisi Gerebek Kantor Judi", text, [], HOST)


KIT = [REAL / "f_adverse" / "judol_titles.txt"] if REAL.exists() else []


@pytest.mark.parametrize("path", KIT, ids=lambda path: path.name)
def test_most_titles_of_a_real_doorway_kit_are_recognised(path: object) -> None:
    lines = [line.replace("{{BRAND_NAME}}", "mantap88") for line in path.read_text().splitlines() if line.strip()]  # type: ignore[attr-defined]
    assert sum(map(gambling_title, lines)) >= 0.8 * len(lines)


@pytest.mark.parametrize("path", [p.with_name("judol_article_paragraphs.txt") for p in KIT], ids=lambda path: path.name)
def test_real_doorway_pages_are_recognised(path: object) -> None:
    lines = [re.sub("<[^>]+>", " ", line) for line in path.read_text().splitlines() if len(line) > 100]  # type: ignore[attr-defined]
    pages = [" ".join(lines[n : n + 4]) for n in range(0, len(lines) - 4, 4)]
    assert sum(bool(injected("", text, [], HOST)) for text in pages) >= 0.97 * len(pages)


@pytest.mark.parametrize("path", sorted((REAL / "b_text").glob("*.txt")), ids=lambda path: path.name[:40])
def test_no_real_government_text_is_called_advertising(path: object) -> None:
    text = path.read_text()  # type: ignore[attr-defined]
    assert not injected(text.split("\n", 1)[0][:200], text, [], HOST)
