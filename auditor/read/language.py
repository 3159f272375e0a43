"""In which language a text is, as far as a change of hands shows it: by its commonest small words, or its script. Pure.

A page's own `lang` is not asked: themes are delivered with `en` and filled with Indonesian.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_INDONESIAN = "yang dan di dari untuk dengan pada ini itu dalam adalah tidak atau oleh akan ke bagi kami"
_ENGLISH = "the and of to in for is on with that this are by it as be or from you your our we"
_SMALL_WORDS = {"id": frozenset(_INDONESIAN.split()), "en": frozenset(_ENGLISH.split())}
_WORD = re.compile(r"[^\W\d_]+")
LEAST = 5
"""Small words (or letters of another script, by tens) from which a language is told."""


def language_of(text: str) -> str:
    """`id`, `en`, the name of a script that is not Latin in lower case (`cjk`, `cyrillic`), or empty: not known."""
    some = text[:20_000]
    strange = Counter(_script(letter) for letter in some if ord(letter) > 0x2FF and letter.isalpha())
    script, letters = max(strange.items(), key=lambda one: (one[1], one[0]), default=("", 0))
    words = [word.lower() for word in _WORD.findall(some)]
    if letters >= 10 * LEAST and letters * 2 > sum(map(len, words)):
        return script
    counted = {name: sum(word in small for word in words) for name, small in _SMALL_WORDS.items()}
    best = max(counted, key=lambda name: (counted[name], name))
    others = max(count for name, count in counted.items() if name != best)
    return best if counted[best] >= LEAST and counted[best] >= 2 * others else ""


def _script(letter: str) -> str:
    return unicodedata.name(letter, "?").partition(" ")[0].lower()
