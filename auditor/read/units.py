"""The OPD that a text names: by full name, by abbreviation, by nickname (`Dinkes`), with slips of a letter."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from auditor.model import Unit
from auditor.read.nicknames import NICKNAMES

_WORD = re.compile(r"[a-z]+|[0-9]+")
_FILLER_WORDS = "dan serta kota kabupaten kab provinsi prov daerah pada di"
_FILLER = frozenset(_FILLER_WORDS.split())
_EXPAND = {"kec": "kecamatan", "kel": "kelurahan", "pkm": "puskesmas"}
_HEADS_WORDS = (
    "dinas badan kantor kecamatan kelurahan sekretariat inspektorat satuan rsud puskesmas uptd upt bagian biro"
)
_HEADS = frozenset(_HEADS_WORDS.split())
_PLACES = frozenset({"kecamatan", "kelurahan", "puskesmas"})
_STOP_WORDS = """
tahun ta t anggaran kota kabupaten kab provinsi prov pemerintah nomor no tentang per semester triwulan periode
perubahan murni audited unaudited pdf final revisi dengan untuk di yang atas sudah skpd opd rka dpa lra renja
renstra lkjip lakip lkip iku sop laporan tw se seluruh menurut berdasarkan pada lihat unduh publik public
kerja hukum milik
"""
_STOP = frozenset(_STOP_WORDS.split())
_UPPER_WORDS = "dprd rsud uptd upt ukm ukmk pp"
_UPPER = frozenset(_UPPER_WORDS.split())
_OTHER_MEANING_WORDS = "dpa dip dik pk pks sop rup iku ikm lak lpe kua"
_OTHER_MEANING = frozenset(_OTHER_MEANING_WORDS.split())
_SIMILAR = 90  # of 100, by rapidfuzz, for a name with slips of a letter
_SHARED = 0.34  # of the words of a nickname's full name and of a unit's name together, that both have
_LONGEST = 60  # words of a text that are looked at


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    rows: tuple[str, ...]  # full name and aliases as normal words, with a space at both ends
    core: frozenset[str]  # the full name's words without fillers
    stems: frozenset[str]
    head: str
    initials: str
    bare: str  # the full name without fillers


def normal(text: str) -> list[str]:
    """Lower-case words with the usual short forms of heads written out."""
    return [_EXPAND.get(word, word) for word in _WORD.findall(text.lower().replace("&", " dan "))]


def _stems(words: Sequence[str] | frozenset[str]) -> frozenset[str]:
    """The beginnings of words without `ke-`, as far as names of offices differ: `kearsipan` and `arsip` are one."""
    return frozenset(word.removeprefix("ke").removesuffix("an")[:6] for word in words if word not in _FILLER | _HEADS)


@lru_cache(maxsize=64)
def _known(units: tuple[Unit, ...]) -> tuple[_Known, ...]:
    result = []
    for unit in units:
        words = normal(unit.name)
        if not words:
            continue
        rows = tuple(f" {' '.join(row)} " for text in (unit.name, *unit.aliases) if (row := normal(text)))
        bare = [word for word in words if word not in _FILLER]
        initials = "".join(word[0] for word in words if word not in {"dan", "serta"})
        result.append(_Known(unit.name, rows, frozenset(bare), _stems(words), words[0], initials, " ".join(bare)))
    return tuple(result)


def unit_words(units: Sequence[Unit]) -> frozenset[str]:
    """Every word of the units' names and aliases: in a title they say whose the document is, not what it is."""
    return _unit_words(tuple(units))


@lru_cache(maxsize=64)
def _unit_words(units: tuple[Unit, ...]) -> frozenset[str]:
    return frozenset(
        word for unit in units for text in (unit.name, *unit.aliases) for word in _WORD.findall(text.lower())
    )


def find_unit(text: str, units: Sequence[Unit] = ()) -> str | None:
    """The unit that a text names, by its name as given in `units`; None where none of them is named.

    Without `units` the name as it stands in the text, with nicknames written out and in title case.
    """
    words = normal(text)[:_LONGEST]
    if not words:
        return None
    return _find(tuple(words), tuple(units)) if units else _bare(words)


@lru_cache(maxsize=16384)
def _find(words: tuple[str, ...], units: tuple[Unit, ...]) -> str | None:
    known = _known(units)
    line = f" {' '.join(words)} "
    exact = [(len(row), unit.name) for unit in known for row in unit.rows if row in line]
    if exact:
        return max(exact)[1]
    for method in (_by_core, _by_nickname, _by_initials, _by_likeness, _by_head):
        if (unit := method(words, known)) is not None:
            return unit
    return None


def _by_core(words: tuple[str, ...], known: tuple[_Known, ...]) -> str | None:
    """A unit all of whose words stand in the text, in whatever order and with whatever between them."""
    present = frozenset(words)
    fitting = [unit for unit in known if len(unit.core) >= 2 and unit.core <= present and unit.head not in _PLACES]
    return max(fitting, key=lambda unit: (len(unit.core), unit.name)).name if fitting else None


def _by_nickname(words: tuple[str, ...], known: tuple[_Known, ...]) -> str | None:
    """The unit that has most in common with what the nickname usually stands for."""
    for word in words:
        if word not in NICKNAMES:
            continue
        full = normal(NICKNAMES[word])
        wanted = _stems(full)
        scored = []
        for unit in known:
            if not wanted and unit.head == full[0] and len(unit.stems) == 0:
                scored.append((1.0, unit.name))
            elif unit.head == full[0] and wanted | unit.stems:
                scored.append((len(wanted & unit.stems) / len(wanted | unit.stems), unit.name))
        best = max(scored, default=(0.0, ""))
        if best[0] >= _SHARED:
            return best[1]
    return None


def _by_initials(words: tuple[str, ...], known: tuple[_Known, ...]) -> str | None:
    for word in words:
        if len(word) >= 3 and word not in _OTHER_MEANING:
            fitting = [unit.name for unit in known if unit.initials == word]
            if len(fitting) == 1:
                return fitting[0]
    return None


def _by_likeness(words: tuple[str, ...], known: tuple[_Known, ...]) -> str | None:
    """A name with slips of a letter: from a head on, as many words as the name has."""
    names = {unit.bare: unit.name for unit in known}
    for place, word in enumerate(words):
        if word not in _HEADS:
            continue
        rest = [following for following in words[place : place + 9] if following not in _FILLER]
        for length in range(min(7, len(rest)), 1, -1):
            like = process.extractOne(" ".join(rest[:length]), list(names), scorer=fuzz.ratio, score_cutoff=_SIMILAR)
            if like:
                return names[like[0]]
    return None


def _by_head(words: tuple[str, ...], known: tuple[_Known, ...]) -> str | None:
    """The only inspectorate or hospital of the body needs no more than its kind."""
    for word in words:
        if word in {"inspektorat", "rsud"}:
            fitting = [unit.name for unit in known if unit.head == word]
            if len(fitting) == 1:
                return fitting[0]
    return None


def _bare(words: list[str]) -> str | None:
    for place, word in enumerate(words):
        if word in NICKNAMES:
            return NICKNAMES[word]
        if word not in _HEADS:
            continue
        row = [word]
        for following in words[place + 1 : place + 10]:
            if following in _STOP or following.isdigit():
                break
            row.append(following)
        while len(row) > 1 and row[-1] in {"dan", "serta"}:
            row.pop()
        if len(row) > 1 or word == "inspektorat":
            return " ".join(_cased(part) for part in row)
    return None


def _cased(word: str) -> str:
    if word in {"dan", "serta"}:
        return word
    return word.upper() if word in _UPPER else word.capitalize()
