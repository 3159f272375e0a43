"""The vocabulary of `kinds.toml`, compiled once: phrases into a tree of words, word lists into sets."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from auditor.read.titles.text import words

Strength = str  # strong normal tight alone vague not nothing head
STRENGTHS = ("strong", "normal", "tight", "alone", "vague", "not")
FILE = Path(__file__).parent.parent / "kinds.toml"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase says, and how much may stand around it.

    `kind` is a kind, `head:perda` for the head of a rule's title, `not:neraca` for what only begins like that kind, or
    empty for what is never a document.
    """

    kind: str
    strength: Strength
    phrase: str

    @property
    def names(self) -> bool:
        """Whether it is a document's name."""
        return self.strength not in {"not", "nothing", "head"}


@dataclass(slots=True)
class Node:
    next: dict[str, Node] = field(default_factory=dict)
    meaning: Meaning | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    root: Node
    kinds: tuple[str, ...]
    cues: dict[str, frozenset[str]]
    anti: dict[str, frozenset[str]]
    lists: dict[str, frozenset[str]]
    spellings: dict[str, tuple[str, ...]]
    phrase_words: frozenset[str]  # every word of a phrase
    known: frozenset[str]  # these, and every word of a list


def expand(pattern: str) -> Iterator[tuple[str, ...]]:
    """Every row of words that a pattern stands for: `(x)` may be missing, `[a|b c]` is one of several."""
    rows: list[tuple[str, ...]] = [()]
    for options in _parts(pattern):
        rows = [row + option for row in rows for option in options]
    yield from dict.fromkeys(rows)


def _parts(pattern: str) -> Iterator[list[tuple[str, ...]]]:
    rest = pattern.strip()
    while rest:
        if rest[0] in "([":
            end = rest.index(")" if rest[0] == "(" else "]")
            options = [tuple(words(option)) for option in rest[1:end].split("|")]
            yield [(), *options] if rest[0] == "(" else options
            rest = rest[end + 1 :].strip()
        else:
            word = rest.split(None, 1)[0]
            yield [tuple(words(word))]
            rest = rest[len(word) :].strip()


@cache
def vocabulary(file: Path = FILE) -> Vocabulary:
    """Raises `ValueError` with the kind and the phrase when one phrase would mean two kinds."""
    data = tomllib.loads(file.read_text(encoding="utf-8"))
    spellings = {word: tuple(better.split()) for word, better in data["spellings"].items()}
    root, phrase_words = Node(), set()
    for kind, entry in data["kinds"].items():
        for strength in STRENGTHS:
            for pattern in entry.get(strength, ()):
                meant = f"not:{kind}" if strength == "not" else kind
                phrase_words |= _plant(root, pattern, meant, strength, spellings)
    for pattern in data["nothing"]["phrases"]:
        phrase_words |= _plant(root, pattern, "", "nothing", spellings)
    for head, patterns in data["heads"].items():
        for pattern in patterns:
            phrase_words |= _plant(root, pattern, f"head:{head}", "head", spellings)
    lists = {name: frozenset(text.split()) for name, text in data["words"].items()}
    lists["lookalikes"] = frozenset(data["lookalikes"]["words"].split())
    return Vocabulary(
        root=root,
        kinds=(*data["kinds"], *(head for head in data["heads"] if head != "foreign"), "sk-ppid"),
        cues={kind: frozenset(entry.get("cues", ())) for kind, entry in data["kinds"].items()},
        anti={kind: frozenset(entry.get("anti", ())) for kind, entry in data["kinds"].items() if "anti" in entry},
        lists=lists,
        spellings=spellings,
        phrase_words=frozenset(phrase_words),
        known=frozenset(phrase_words).union(*lists.values()),
    )


def _plant(root: Node, pattern: str, kind: str, strength: Strength, spellings: dict[str, tuple[str, ...]]) -> set[str]:
    seen: set[str] = set()
    for row in expand(pattern):
        row = tuple(better for word in row for better in spellings.get(word, (word,)))
        node = root
        for word in row:
            node = node.next.setdefault(word, Node())
        seen.update(row)
        if node.meaning is None:
            node.meaning = Meaning(kind, strength, " ".join(row))
        elif node.meaning.kind != kind and strength != "head":
            raise ValueError(
                f"kinds.toml: '{' '.join(row)}' means both {node.meaning.kind or 'nothing'} and {kind or 'nothing'}"
            )
    return seen
