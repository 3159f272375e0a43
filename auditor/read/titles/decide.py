"""From a link to what it offers: the title first, then its surroundings, the file's name, the document's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from auditor.model import TitleFacts, Unit
from auditor.read import years as time
from auditor.read.titles import text as plain
from auditor.read.titles.reading import Reading, hits, names_only_an_owner, read
from auditor.read.titles.rules import read_rule
from auditor.read.titles.vocabulary import vocabulary
from auditor.read.titles.words import right
from auditor.read.units import find_unit, unit_words

_FILE = re.compile(r"[^ /]{1,200}\.(?:pdf|docx?|xlsx?|csv|zip|rar|pptx?|jpe?g|png|ods|odt)", re.IGNORECASE)
_FIRST_PAGES = 6000  # characters of an opened document that are read
_CLEAR = 0.85  # confidence of a file's name that counts against its row
_FIRST_WORDS = 400
_COVER = 600  # characters in which a document says which year it is of
_LONGEST_RULE = 100  # words of a rule's own title


@dataclass(frozen=True, slots=True)
class Named:
    """One text (title, cell, heading, file name) as read."""

    text: str
    words: tuple[str, ...]
    reading: Reading


def classify(
    title: str, context: str = "", url: str = "", *, units: Sequence[Unit] = (), words: str = ""
) -> TitleFacts:
    """What a link's title, its surroundings (parts joined by ` > `, cells by ` | `), its address and, when it was
    opened, the first pages of the document say that it is.

    A title that names a document wins over everything around it. Only one that names nothing by itself ("Unduh",
    "Dinas Kesehatan", "2023") takes the kind of its row, of its file's name and of its heading, in this order.
    Never raises; any text is allowed.
    """
    known = tuple(units)
    named = _named(title, known)
    if named is None:
        return TitleFacts(None, why="teks terlalu panjang untuk sebuah judul")
    if named.reading.kind is not None:
        facts = _of_title(named, context, url, known)
    elif named.reading.candidate is not None:
        facts = _borne_out(named, named.reading.candidate, context, url, known)
    elif _names_nothing(named) or _names_an_office(named, known):
        facts = _of_surroundings(named, context, url, known)
    else:
        facts = TitleFacts(None, why=named.reading.why)
    if words:
        facts = _with_words(facts, named, words, known)
    if facts.kind is None:
        return facts
    if facts.kind in {"perda", "perwal"}:  # a rule about an office is not the office's
        return facts
    unit = find_unit(named.text, known) or find_unit(context, known)
    return replace(facts, unit=unit)


def _named(text: str, units: tuple[Unit, ...]) -> Named | None:
    return _read_text(text[: plain.LONGEST * 4], units)


@lru_cache(maxsize=32768)
def _read_text(text: str, units: tuple[Unit, ...]) -> Named | None:
    cleaned = plain.clean(text)
    if len(cleaned) > plain.LONGEST:
        return None
    mended = plain.mend(cleaned)
    row = right(plain.words(mended))
    own = unit_words(units)
    reading = read_rule(row, own) or read(row, own)
    if reading.kind is not None and _explains(cleaned, row, reading):
        reading = Reading(None, why="kalimat, bukan nama dokumen")
    return Named(mended, tuple(row), reading)


def _explains(cleaned: str, row: Sequence[str], reading: Reading) -> bool:
    """Whether the line ends like a sentence: a colon or a question, or a full stop after many words."""
    end = cleaned.rstrip()[-1:]
    if end in ":?!":
        return end == "?" or reading.loose > 0 or (end == ":" and len(row) > 4)
    return end == "." and len(row) > 9 and not reading.why.startswith("aturan")


def _names_nothing(named: Named) -> bool:
    lists = vocabulary().lists
    if all(word in lists["generic"] or word in lists["narrowing"] or word.isdigit() for word in named.words):
        return True
    return _FILE.fullmatch(named.text) is not None


def _names_an_office(named: Named, units: tuple[Unit, ...]) -> bool:
    """Whether the text is an OPD's name and nothing else, as the rows of a table of all OPD are."""
    return len(named.words) <= 14 and names_only_an_owner(named.words, unit_words(units))


def _of_title(named: Named, context: str, url: str, units: tuple[Unit, ...]) -> TitleFacts:
    reading = named.reading
    assert reading.kind is not None
    if reading.loose and _among_news(reading.loose, context, url):
        return TitleFacts(None, why=f"berita di {context or url}"[:120])
    file = _named(plain.file_name(url), units)
    found = time.years_of(reading.kind, named.text)
    stage = time.period(named.text)
    confidence, why = reading.confidence, reading.why
    if file is not None and file.reading.kind not in (None, reading.kind):
        confidence, why = confidence * 0.8, f"{why}; nama berkas: {file.reading.kind}"
    if not found:
        found = _years_around(reading.kind, context, file)
    return TitleFacts(reading.kind, found, stage, None, round(confidence, 3), _revised(reading.kind, named, file), why)


def _borne_out(named: Named, candidate: str, context: str, url: str, units: tuple[Unit, ...]) -> TitleFacts:
    """A name among too many other words counts when the file or the nearest heading says the same."""
    headings = [part[0] for part in _parts(context) if len(part) == 1][-1:]
    for source in (plain.file_name(url), plain.folder_name(url), *headings):
        near = _named(source, units)
        if near is not None and near.reading.kind == candidate:
            reading = Reading(candidate, 0.75, f"{near.reading.why}; judul: {named.reading.why}")
            return _of_title(replace(named, reading=reading), context, url, units)
    return TitleFacts(None, why=named.reading.why)


def _years_around(kind: str, context: str, file: Named | None) -> tuple[int, ...]:
    if file is not None and (found := time.years_of(kind, file.text)):
        return found
    for part in reversed(_parts(context)):
        if part[0].lower().startswith("menu"):  # a menu's year is the menu's
            continue
        for cell in part:
            if found := time.years_of(kind, plain.mend(plain.clean(cell))):
                return found
    return ()


def _revised(kind: str, named: Named, file: Named | None) -> bool:
    if kind == "perubahan-apbd":
        return True
    lists = vocabulary().lists
    if kind not in lists["revisable"]:
        return False
    return any(lists["revised"] & set(source.words) for source in (named, file) if source is not None) and (
        "sebelum perubahan" not in " ".join(named.words)
    )


def _of_surroundings(named: Named, context: str, url: str, units: tuple[Unit, ...]) -> TitleFacts:
    """The kind of the nearest thing that names one: the row, the file's name, headings from the inside out.

    A part that speaks of something else ends the search: the row of a table is not what the table is.
    """
    file = _named(plain.file_name(url), units)
    by_file = file if file is not None and file.reading.kind else None
    office = not _names_nothing(named)
    spoken = ""
    for part in reversed(_parts(context)):
        near = _first_naming(part, units)
        if near is not None and near.reading.kind is not None:
            if office and near.reading.kind not in vocabulary().lists["per_unit"]:
                break
            if len(part) == 1 and by_file is not None and by_file.reading.kind != near.reading.kind:
                break
            place, weight = ("baris", 0.85) if len(part) > 1 else ("judul bagian", 0.7)
            return _taken(near.reading.kind, place, near, weight, named, context, url, units)
        spoken = next((cell for cell in part if _speaks(cell, units)), "")
        if spoken:
            break
    if by_file is not None and not office and (not spoken or by_file.reading.confidence >= _CLEAR):
        return _taken(by_file.reading.kind or "", "nama berkas", by_file, 0.75, named, context, url, units)
    if spoken:
        return TitleFacts(None, why=f"sekitarnya menyebut hal lain: {spoken[:60]}")
    return TitleFacts(None, why="judul umum tanpa keterangan di sekitarnya")


def _first_naming(part: Sequence[str], units: tuple[Unit, ...]) -> Named | None:
    read_cells = (_named(cell, units) for cell in part)
    return next((near for near in read_cells if near is not None and near.reading.kind is not None), None)


def _speaks(cell: str, units: tuple[Unit, ...]) -> bool:
    """Whether a cell or heading says what a thing is: more than two words, and not only notes or an office's name."""
    near = _named(cell, units)
    if near is None or len(near.words) < 3 or _names_nothing(near) or _names_an_office(near, units):
        return near is None
    lists = vocabulary().lists
    silent = lists["columns"] | lists["generic"] | lists["narrowing"]
    return not all(word in silent or word.isdigit() for word in near.words)


def _taken(
    kind: str, place: str, near: Named, weight: float, named: Named, context: str, url: str, units: tuple[Unit, ...]
) -> TitleFacts:
    file = _named(plain.file_name(url), units)
    found = time.years_of(kind, named.text) or time.years_of(kind, near.text) or _years_around(kind, context, file)
    stage = time.period(named.text) or time.period(near.text)
    revised = _revised(kind, near, named)
    confidence = round(near.reading.confidence * weight, 3)
    return TitleFacts(kind, found, stage, None, confidence, revised, f"{place}: {near.reading.why}")


def _parts(context: str) -> list[list[str]]:
    """Parts from the outside in; a table row is one part with several cells."""
    return [[cell.strip() for cell in part.split(" | ")] for part in context[:4000].split(" > ") if part.strip()]


def _among_news(loose: int, context: str, url: str) -> bool:
    """Whether a line with other words beside the name stands where a site keeps its news.

    Many sites file everything as a `post`, so that this word needs a second unknown one.
    """
    news = vocabulary().lists["news"]
    around = plain.words(context[:2000])
    if len(around) <= 40 and news & set(around):
        return True
    folders = set(plain.words(url[:2000].split("?")[0].rpartition("/")[0].partition("://")[2].partition("/")[2]))
    return bool(news & folders) or (loose > 1 and bool({"post", "posts"} & folders))


def _with_words(facts: TitleFacts, named: Named, words: str, units: tuple[Unit, ...]) -> TitleFacts:
    """What the opened document says of itself: it supports, supplies or contradicts, never replaces."""
    inside = plain.mend(plain.clean(words, _FIRST_PAGES))
    row = right(plain.words(inside)[:_FIRST_WORDS])
    kind, phrase = _first_named(row)
    if kind is None:
        return facts
    if facts.kind is None:
        if named.reading.candidate != kind and not _names_nothing(named) and not _names_an_office(named, units):
            return facts
        found = time.years_of(kind, named.text) or time.years_of(kind, inside[:_COVER])
        return TitleFacts(kind, found, time.period(inside[:_COVER]), None, 0.6, False, f"isi dokumen: {phrase}")
    facts = replace(facts, years=facts.years or time.years_of(facts.kind, inside[:_COVER]))
    if kind == facts.kind or any(hit.meaning.kind == facts.kind for hit in hits(row, _FIRST_WORDS)):
        return replace(facts, confidence=round(min(0.99, facts.confidence + 0.05), 3))
    why = f"{facts.why}; isi dokumen: {kind} ({phrase})"
    return replace(facts, confidence=round(facts.confidence * 0.6, 3), why=why)


def _first_named(row: Sequence[str]) -> tuple[str | None, str]:
    """What a document's own words name first: a rule by its head, else the first clear name."""
    found = hits(row, _FIRST_WORDS)
    clear = [hit for hit in found if hit.meaning.strength in {"strong", "normal", "head"}]
    if not clear:
        return None, ""
    first = clear[0]
    if first.meaning.strength != "head":
        return first.meaning.kind, first.meaning.phrase
    rule = read_rule(row[first.start : first.start + _LONGEST_RULE])
    return (rule.kind, rule.why) if rule is not None else (None, "")
