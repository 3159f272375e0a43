"""What one title names: a walk over its words, from the left, where Indonesian puts the head of a name.

A name counts when what stands before it says nothing ("Informasi Ringkasan ..."), or is its owner; an activity
("Rapat Penyusunan ..."), a measure ("Jumlah ..."), a verb of the press or a sentence makes the line something else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from auditor.read.nicknames import NICKNAMES
from auditor.read.titles.vocabulary import Meaning, Vocabulary, vocabulary

_LONGEST = 120  # words


@dataclass(frozen=True, slots=True)
class Hit:
    meaning: Meaning
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What the walk found. `kind` None: no document, and `why` says which word decided. `head`: a rule's own kind."""

    kind: str | None
    confidence: float = 0.0
    why: str = ""
    loose: int = 0  # unknown words around the name
    candidate: str | None = None  # what it may name, if its surroundings say the same


@dataclass(slots=True)
class Walk:
    hits: list[Hit]
    before: list[str]  # unknown words before the first name
    after: list[str]  # unknown words after it


def hits(words: Sequence[str], limit: int = _LONGEST) -> list[Hit]:
    """The longest phrase at every place, from the left, none over another."""
    root = vocabulary().root
    found: list[Hit] = []
    place, end = 0, min(len(words), limit)
    while place < end:
        node, step, best = root, place, None
        while step < end and (following := node.next.get(words[step])) is not None:
            node, step = following, step + 1
            if node.meaning is not None:
                best = Hit(node.meaning, place, step)
        if best is None:
            place += 1
        else:
            found.append(best)
            place = best.end
    return found


def _inside_a_name(words: Sequence[str], hit: Hit, owners: frozenset[str]) -> bool:
    """Whether a phrase is part of an office's name: `Badan Pusat Statistik`, `Bagian Kerja Sama`."""
    if hit.start == 0:
        return False
    offices = vocabulary().lists["offices"]
    if words[hit.start - 1] in offices:
        return True
    if hit.meaning.strength == "strong":
        return False
    for word in reversed(words[max(0, hit.start - 6) : hit.start]):
        if word in offices:
            return True
        if word in owners or word.isdigit() or word == "|":
            return False
    return False


_TERRITORIES = frozenset({"kota", "kabupaten", "provinsi", "kecamatan", "kelurahan", "desa"})
"""Behind these `contoh` is a made-up place, as in every manual and in the demo, and no sample of a document."""


def walk(words: Sequence[str], found: Sequence[Hit], first: Hit, transparent: frozenset[str]) -> Walk:
    """The words that no list knows, on both sides of the first name; an owner's name is known as a whole."""
    lists = vocabulary().lists
    owners, stop = lists["owners"], lists["activities"] | lists["verbs"] | lists["measures"]
    covered = {place for hit in found if hit.meaning.names for place in range(hit.start, hit.end)}
    before: list[str] = []
    after: list[str] = []
    in_owner = False
    for place, word in enumerate(words[:_LONGEST]):
        side = before if place < first.start else after
        if place in covered:
            in_owner = False
        elif word in owners or word in NICKNAMES:
            in_owner = True
        elif word in transparent or word.isdigit():
            in_owner = in_owner and word in {"dan", "serta"}
        elif word in stop and not (word == "contoh" and place and words[place - 1] in _TERRITORIES):
            side.append(word)
            in_owner = False
        elif not in_owner:
            side.append(word)
    return Walk(list(found), before, after)


def names_only_an_owner(words: Sequence[str], own: frozenset[str]) -> bool:
    """Whether the words are an office's name, perhaps with a year or "Tahun Anggaran", and nothing else."""
    lists = vocabulary().lists
    stop = lists["activities"] | lists["verbs"] | lists["measures"]
    in_owner, seen = False, False
    for word in words:
        if word in lists["offices"] or word in _UNIT_HEADS or word in NICKNAMES or word in own:
            in_owner = seen = True
        elif word in lists["narrowing"] or word.isdigit():
            continue
        elif word in stop or not (in_owner or word in {"dan", "serta"}):
            return False
    return seen


def read(words: Sequence[str], transparent: frozenset[str] = frozenset()) -> Reading:
    """What the words of a title name; rules of the region are the caller's (`rules.read_rule`)."""
    vocab = vocabulary()
    found = hits(words)
    named = [hit for hit in found if hit.meaning.names and not _inside_a_name(words, hit, vocab.lists["owners"])]
    if not named:
        blocked = next((hit for hit in found if hit.meaning.strength in {"not", "nothing"}), None)
        return Reading(None, why=f"bukan dokumen: {blocked.meaning.phrase}" if blocked else "")
    first = named[0]
    if len(named) > 1 and (named[0].meaning.kind, named[1].meaning.kind) in _COVERS:
        first = named[1]
    around = walk(words, found, first, vocab.lists["transparent"] | transparent)
    kind, strength = first.meaning.kind, first.meaning.strength
    if refusal := _refusal(words, around, first, vocab):
        return Reading(None, why=refusal)
    if crowd := _crowd(words, around, first, vocab):
        return Reading(None, why=crowd, candidate=kind)
    confidence = _CONFIDENCE[strength] - 0.1 * len(around.before) - 0.02 * min(5, len(around.after))
    return Reading(kind, max(0.3, confidence), f"judul: {first.meaning.phrase}", len(around.before) + len(around.after))


_CONFIDENCE = {"strong": 0.97, "normal": 0.92, "tight": 0.88, "alone": 0.82, "vague": 0.78}
_BEFORE = {"strong": 2, "normal": 0, "tight": 0, "alone": 0, "vague": 0}
_AFTER = {"strong": 99, "normal": 99, "tight": 1, "alone": 0, "vague": 3}


def _refusal(words: Sequence[str], around: Walk, first: Hit, vocab: Vocabulary) -> str:
    """The word that makes the line something else than a document, or nothing."""
    for hit in around.hits:
        if hit.start < first.start and hit.meaning.kind in {"", f"not:{first.meaning.kind}"}:
            return f"bukan dokumen: {hit.meaning.phrase}"
    for word in around.before:
        if word in vocab.lists["activities"] or word in vocab.lists["measures"] or _active(word):
            return f"kegiatan atau ukuran: {word}"
    behind = [] if first.meaning.kind in vocab.lists["of_work"] else around.after
    for word in (*around.before, *behind):
        if word in vocab.lists["verbs"]:
            return f"berita: {word}"
    if words[0] in vocab.lists["prepositions"]:
        return f"bukan nama: diawali {words[0]}"
    if len(words) >= 5 and (said := _verb(words, vocab)):
        return f"kalimat: {said}"
    if strange := set(words) & vocab.anti.get(first.meaning.kind, frozenset()):
        return f"arti lain: {min(strange)}"
    return ""


def _crowd(words: Sequence[str], around: Walk, first: Hit, vocab: Vocabulary) -> str:
    """The unknown words that are too many for how clear the name is; its surroundings may still bear it out."""
    strength = first.meaning.strength
    if len(around.before) > _BEFORE[strength] or len(around.after) > _AFTER[strength]:
        return f"kata lain: {' '.join((around.before or around.after)[:3])}"
    if strength == "vague" and (around.after or around.before) and not _cued(words, vocab.cues[first.meaning.kind]):
        return f"singkatan tanpa petunjuk: {first.meaning.phrase}"
    return ""


def _cued(words: Sequence[str], cues: frozenset[str]) -> bool:
    """Whether a word bears an abbreviation out; `#year` among the cues stands for any year."""
    if cues & set(words):
        return True
    return "#year" in cues and any(len(word) == 4 and word.startswith(("19", "20")) for word in words)


def _active(word: str) -> bool:
    """Whether a word is a verb of the active voice (`menyusun`, `memuat`)."""
    return len(word) > 5 and word.startswith(_ACTIVE) and not word.startswith(_NOT_ACTIVE)


# the agreement by which mayor and council adopt them is the document itself
_COVERS = frozenset({("mou", "kua"), ("mou", "ppas")})


def _verb(words: Sequence[str], vocab: Vocabulary) -> str:
    """The word that makes the line a sentence; behind `yang` it only describes ("yang dilakukan oleh pejabat")."""
    said = vocab.lists["sentence"]
    return next((word for place, word in enumerate(words) if word in said and words[place - 1] != "yang"), "")


_UNIT_HEADS = frozenset(
    {"kecamatan", "kec", "kelurahan", "kel", "sekretariat", "inspektorat", "satuan", "rsud", "puskesmas", "uptd", "upt"}
)
_ACTIVE = ("mem", "men", "mel", "mer", "mew", "mey")
_NOT_ACTIVE = (
    *("menteri", "meneng", "memo", "menta", "merah", "merek", "meria", "meran", "merau", "mempa", "menda", "menpa"),
    *("menk", "melawi", "melayu", "menar", "mento", "merge", "meru", "menu"),
)
