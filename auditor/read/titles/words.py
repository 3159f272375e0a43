"""Single words put right before they are looked up: spellings, joined words, slips of a letter."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from auditor.read.titles.vocabulary import vocabulary

_SHORTEST_TYPO = 6
_SHORTEST_JOINED = 9
_LONGEST_JOINED = 80


def right(words: Sequence[str]) -> list[str]:
    """The words as the vocabulary writes them; a word that it does not know stays as it is."""
    known = vocabulary().known
    spellings = vocabulary().spellings
    result: list[str] = []
    for word in words:
        if word in spellings:
            result.extend(spellings[word])
        elif word in known or len(word) < _SHORTEST_TYPO or word.isdigit():
            result.append(word)
        else:
            result.extend(_mended(word))
    return result


@lru_cache(maxsize=65536)
def _mended(word: str) -> tuple[str, ...]:
    if word in vocabulary().lists["lookalikes"]:
        return (word,)
    if _SHORTEST_JOINED <= len(word) <= _LONGEST_JOINED:
        parts = _split(word)
        if parts:
            return parts
    return (_nearest(word),)


def _nearest(word: str) -> str:
    """The word of a name that differs by one letter (a very long one by two) and begins alike; else the word itself."""
    allowed = 2 if len(word) >= 15 else 1
    found = process.extractOne(word, _by_initial().get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed)
    return str(found[0]) if found else word


@lru_cache(maxsize=1)
def _by_initial() -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = {}
    for word in sorted(vocabulary().phrase_words):
        if len(word) >= _SHORTEST_TYPO:
            groups.setdefault(word[0], []).append(word)
    return {initial: tuple(group) for initial, group in groups.items()}


@lru_cache(maxsize=1)
def _pieces() -> frozenset[str]:
    names = {word for word in vocabulary().phrase_words if len(word) >= 4}
    return frozenset(
        names
        | {
            "dan",
            "skpd",
            "ppkd",
            "daerah",
            "tahun",
            "atas",
            "pemerintah",
            "dinas",
            "kota",
            "tentang",
            "rka",
            "dpa",
            "lra",
        }
    )


def _split(word: str) -> tuple[str, ...]:
    """A word that is nothing but words of names written together (`rencanakerjaanggaran`), as these words."""
    pieces = _pieces()
    best: list[tuple[str, ...] | None] = [()] + [None] * len(word)
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 18), end):
            before = best[start]
            if before is None or word[start:end] not in pieces:
                continue
            row = (*before, word[start:end])
            current = best[end]
            if current is None or len(row) < len(current):
                best[end] = row
    whole = best[len(word)]
    return whole if whole and len(whole) > 1 else ()
