"""What was made quick finds what the plain way finds."""

from __future__ import annotations

import re
import unicodedata

from hypothesis import example, given, settings
from hypothesis import strategies as st

from auditor.read import dates, gambling, shapes

_PIECES = st.sampled_from(
    (
        *(
            "3271014101900001",
            "327101 410190 0001",
            "3271-0141-0190-0001",
            "3,271014E+15",
            "\u200b",
            "32710141",
            "01900001",
        ),
        *(
            "12 Mei 2025",
            "2025-01-31",
            "3/4/2024",
            "Mei 3, 2024",
            "may 12,2023",
            "2024",
            "1",
            "31",
            "٣",
            "²",
            "%20",
            "NIK ",
        ),
        *(
            " ",
            ". ",
            "-",
            "/",
            ",",
            "s l o t ",
            "g a c o r",
            "sloot",
            "gacooor",
            "s1ot",
            "g4c0r",
            "ｓｌｏｔ",
            "ѕӏот",
            "é",
            "e\u0301",
        ),
        *("🅢", "\ufe0f", "ß", "Σ", "İ", "\u00ad", "a  b", "aaa", "@ $ ! 1 "),
    )
)
_TEXTS = st.lists(st.one_of(_PIECES, _PIECES, st.text(max_size=4)), max_size=16).map("".join)


def _plain(text: str) -> str:
    hidden, circled, alike = gambling._HIDDEN, gambling._CIRCLED, gambling._LOOKALIKE
    text = unicodedata.normalize("NFKD", text.translate(hidden).translate(circled)).lower().translate(alike)
    text = "".join(c for c in text if not unicodedata.combining(c))
    text = re.sub(r"[_\-./|:,*•·]+", " ", text)
    return re.sub(r"([a-z])\1+", r"\1", gambling._SPACED.sub(lambda letters: letters[0].replace(" ", ""), text))


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
@example("a" * 33 + " b b b b ccc")
def test_words_are_undisguised_as_letter_by_letter(text: str) -> None:
    assert gambling.plain(text) == _plain(text)
    leet = str.maketrans("013457@$!", "oieastasi")
    assert gambling._unleeted(text) == text.translate(leet)


@settings(max_examples=400, deadline=None)
@given(_TEXTS, st.integers(1, 3))
def test_dates_are_those_of_a_search_at_every_character(text: str, limit: int) -> None:
    found = []
    for pattern in dates._ALL:
        for match in pattern.finditer(text):
            if (day := dates._day(match)) is not None:
                found.append((match.start(), day))
            if len(found) >= limit * 4:
                break
    assert dates.find_dates(text, limit) == tuple(day for _, day in sorted(found)[:limit])


@settings(max_examples=400, deadline=None)
@given(_TEXTS)
def test_numbers_are_looked_for_wherever_one_begins(text: str) -> None:
    tried = {one.start() for one in shapes._FIGURES.finditer(text)}
    assert {match.start() for match in shapes._NUMBER.finditer(text)} <= tried
    for place in tried:
        wherever = any(match.start() == place for match in shapes._NUMBER.finditer(text))
        assert (shapes._NUMBER.match(text, place) is not None) == wherever
    quick = re.search(r"\d(?:\D{0,3}\d){15}|\d[.,]\d{2,15}[eE]\+?15", text)
    assert bool(shapes._QUICK.search(text)) == bool(quick)
    assert shapes.mask(shapes.mask(text)) == shapes.mask(text)
