"""Rules of the region: Perda, Perwal/Perbup/Pergub, Keputusan, and the plan or budget that they adopt.

A rule that adopts a plan or a budget is that plan ("Perda ... tentang APBD"); one about how
such a thing is made stays a rule.
"""

from __future__ import annotations

from collections.abc import Sequence

from auditor.read.titles.reading import Hit, Reading, hits
from auditor.read.titles.vocabulary import vocabulary

ADOPTED = frozenset(
    {"apbd", "perubahan-apbd", "penjabaran-apbd", "lkpd", "kua", "ppas", "rkpd", "rpjmd", "rpjpd", "renstra", "renja"}
)
_ABOUT = frozenset({"tentang", "mengenai", "perihal"})
_NUMBERING = frozenset({"nomor", "no", "tahun", "daerah", "kota", "kabupaten", "kab", "provinsi"})
_BUDGET_BY_DECREE = {"apbd": "penjabaran-apbd", "perubahan-apbd": "penjabaran-apbd"}
# a decree without a number that is only the cover of such a document
_COVERED = frozenset({"standar-pelayanan", "maklumat", "iku", "sop", "struktur-organisasi", "perjanjian-kinerja"})


def read_rule(words: Sequence[str], transparent: frozenset[str] = frozenset()) -> Reading | None:
    """What the words name when they are a rule's title; None when they are not."""
    found = hits(words)
    head = _head(words, found, transparent)
    if head is None:
        return None
    name = head.meaning.kind.removeprefix("head:")
    if name == "foreign":
        return Reading(None, why=f"bukan aturan daerah: {head.meaning.phrase}")
    cited = bool({"nomor", "no", "tentang", "mengenai"} & set(words[head.end :]))
    verbs = vocabulary().lists["verbs"]
    if not cited and (said := next((word for word in words if word in verbs), None)):
        return Reading(None, why=f"berita: {said}")
    subject, changed = _subject(words, head.end, transparent)
    kind, matter = _decree(subject, cited) if name == "keputusan" else _adopted(name, subject)
    if changed and kind == "apbd":
        kind = "perubahan-apbd"
    why = f"aturan: {head.meaning.phrase}" + (f" tentang {matter}" if matter else "")
    return Reading(kind, 0.95 if cited else 0.85, why, loose=0 if cited else 2)


def _head(words: Sequence[str], found: Sequence[Hit], transparent: frozenset[str]) -> Hit | None:
    """The head with nothing but transparent words before it."""
    lists = vocabulary().lists
    head = next((hit for hit in found if hit.meaning.kind.startswith("head:")), None)
    if head is None:
        return None
    silent = lists["transparent"] | transparent | vocabulary().lists["leading"]
    if any(hit.start < head.start and hit.meaning.names for hit in found):
        return None
    if all(word in silent or word.isdigit() for word in words[: head.start]):
        return head
    return None


def _subject(words: Sequence[str], start: int, transparent: frozenset[str]) -> tuple[list[str], bool]:
    """What the rule is about, and whether it changes another rule, whose subject it then has.

    The subject stands after `tentang`, or where that is missing after the rule's number and its maker.
    """
    place = next((index for index in range(start, len(words)) if words[index] in _ABOUT), None)
    if place is None:
        return _without_about(words[start:], transparent), False
    rest = list(words[place + 1 :])
    inner = rest
    while inner and inner[0] in vocabulary().lists["leading"] and not _adopting(inner):
        inner = inner[1:]
    nested = hits(inner, 8)
    if nested and nested[0].start == 0 and nested[0].meaning.kind.startswith("head:") and _ABOUT & set(inner):
        return _subject(inner, 0, transparent)[0], True
    return rest, False


def _without_about(words: Sequence[str], transparent: frozenset[str]) -> list[str]:
    """The subject of a short title: "Perda APBD 2022", "PERDA DAN PERGUB APBD 2019", "Perda No. 8 Tahun 2022 - ..."."""
    skip = _NUMBERING | vocabulary().lists["owners"] | transparent
    rest = list(words)
    number = next((index for index, word in enumerate(rest[:6]) if word in {"nomor", "no"}), 0)
    rest = rest[number:]
    while rest and (rest[0] in skip or rest[0].isdigit()):
        rest.pop(0)
    second = hits(rest[1:], 4) if rest and rest[0] in {"dan", "serta"} else []
    if second and second[0].start == 0 and second[0].meaning.strength == "head":
        return _without_about(rest[1 + second[0].end :], transparent)
    return rest


def _adopting(words: Sequence[str]) -> bool:
    first = hits(words, 12)
    return bool(first) and first[0].start == 0 and first[0].meaning.kind in ADOPTED


def _adopted(name: str, subject: Sequence[str]) -> tuple[str, str]:
    rest = list(subject)
    while rest:
        first = hits(rest, 14)
        if first and first[0].start == 0 and first[0].meaning.kind in ADOPTED:
            kind = first[0].meaning.kind
            if name == "perwal":
                kind = _BUDGET_BY_DECREE.get(kind, kind)
            return kind, first[0].meaning.phrase
        if " ".join(rest[:2]).startswith(("pertanggungjawaban", "pertanggung jawaban")):
            return "lkpd", "pertanggungjawaban"
        if rest[0] not in vocabulary().lists["leading"]:
            break
        rest = rest[1:]
    return name, ""


def _decree(subject: Sequence[str], cited: bool) -> tuple[str, str]:
    named = {hit.meaning.kind: hit for hit in reversed(hits(subject)) if hit.meaning.names}
    text = " ".join(subject)
    for kind in ("dik-dikecualikan", "dip"):
        if kind in named:
            return kind, named[kind].meaning.phrase
    others = set(named) - {"struktur-organisasi", "profil-badan", "profil-pejabat"}
    if ("pengelola informasi dan dokumentasi" in text or "ppid" in subject) and not others:
        return "sk-ppid", "ppid"
    if "hibah-bansos" in named:
        return "hibah-bansos", named["hibah-bansos"].meaning.phrase
    kind, matter = _adopted("keputusan", subject)
    if kind == "keputusan" and not cited:
        first = hits(subject, 10)
        if first and first[0].start <= 1 and first[0].meaning.kind in _COVERED:
            return first[0].meaning.kind, first[0].meaning.phrase
    return kind, matter
