"""Any text may be a link's text: no crash, no invented kind, no long wait, the same answer every time."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auditor.model import TitleFacts, Unit
from auditor.read.titles import classify, classify_line
from auditor.read.titles.text import clean, mend
from auditor.read.titles.vocabulary import vocabulary
from tests.titles.made import NAMED
from tests.titles.nothing import NOTHING

TITLES = [title for titles in NAMED.values() for title, _ in titles] + NOTHING
WORDS = sorted(vocabulary().phrase_words)
ANY = st.text(max_size=300)
MADE = st.lists(st.sampled_from([*WORDS, "2024", "-", "|", ">", "tentang", "Dinkes"]), max_size=25).map(" ".join)


@given(st.one_of(ANY, MADE), ANY, ANY, ANY)
def test_no_text_crashes_it_and_the_answer_is_always_the_same(title: str, context: str, url: str, words: str) -> None:
    facts = classify(title, context, url, units=(Unit("Dinas Kesehatan"),), words=words)
    assert facts == classify(title, context, url, units=(Unit("Dinas Kesehatan"),), words=words)
    assert facts.kind is None or facts.kind in vocabulary().kinds
    assert 0 <= facts.confidence <= 1
    assert all(1945 <= year <= 2069 for year in facts.years)
    assert list(facts.years) == sorted(facts.years)
    if facts.kind is None:
        assert (facts.years, facts.period, facts.unit, facts.revised) == ((), None, None, False)


@given(ANY)
def test_noise_names_nothing(text: str) -> None:
    letters = {"q", "w", "z", "x", "7", " ", "😀", "ж", "-"}
    noise = "".join(sorted(letters)[ord(char) % len(letters)] for char in text)
    assert classify(noise).kind is None


@given(st.sampled_from(TITLES), st.integers(0, 40), st.sampled_from("\u200b\u200d\u200f\u202e\ufeff\u00ad\u2060"))
def test_invisible_characters_change_nothing(title: str, place: int, invisible: str) -> None:
    changed = title[:place] + invisible + title[place:]
    assert _said(classify(changed)) == _said(classify(title))


@pytest.mark.parametrize("title", TITLES)
def test_white_space_around_changes_nothing(title: str) -> None:
    assert _said(classify(f" \t\n{title}\u00a0 ")) == _said(classify(title))


@pytest.mark.parametrize("title", TITLES)
def test_all_capitals_and_small_letters_are_one(title: str) -> None:
    assert _said(classify(title.upper())) == _said(classify(title.lower()))


@pytest.mark.parametrize("title", ["Ringkasan DPA SKPD 2024", "Laporan Keuangan Pemerintah Daerah 2023"])
def test_tags_and_entities(title: str) -> None:
    marked = f"<p class='x'><b>{title.replace(' ', '&nbsp;')}</b><br/></p>"
    assert _said(classify(marked)) == _said(classify(title))


def test_doubled_encodings() -> None:
    broken = "Renstra 2019 – 2024".encode().decode("cp1252")
    assert broken != "Renstra 2019 – 2024"
    assert classify(broken).years == (2019, 2024)
    assert classify("ï¿½ï¿½ Ã¢Â€Â™ Ã©").kind is None


@pytest.mark.parametrize(
    "text",
    [
        "DPA " * 25_000,
        "a" * 100_000,
        "perubahan atas " * 7_000,
        "nomor " * 20_000,
        "1" * 100_000,
        "2024-" * 20_000,
        "<" * 100_000,
        "<b " * 30_000,
        "&amp;" * 20_000,
        "rencanakerjaanggaran" * 5_000,
        "A." * 50_000,
        "A " * 50_000,
        "tahun " * 20_000,
        "no 1/" * 20_000,
        " > " * 30_000,
        " | " * 30_000,
        "\u202e" * 100_000,
    ],
)
def test_a_hundred_kilobytes_name_nothing_and_take_no_time(text: str) -> None:
    started = perf_counter()
    assert classify(text).kind is None
    classify("Unduh", text, text, words=text)
    classify("DPA 2024", text, text, words=text)
    assert perf_counter() - started < 20  # what is quadratic would take minutes


@given(st.text(max_size=200))
def test_cleaning_is_idempotent_in_what_it_means(text: str) -> None:
    once = clean(text)
    assert "\u200b" not in once
    assert once == " ".join(once.split())
    assert mend(once) == mend(once)


@given(ANY)
def test_any_line_is_answered(line: str) -> None:
    answer = classify_line(line)
    assert set(answer) == {"title", "kind", "years", "period", "unit", "confidence"}


def _said(facts: TitleFacts) -> tuple[object, ...]:
    return facts.kind, facts.years, facts.period, facts.revised
