"""Links that may lead to a document, with the title that they give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from auditor.model import Body, Link, Page, TitleFacts
from auditor.read.dates import find_dates
from auditor.read.grids import squeeze
from auditor.read.surroundings import GENERIC
from auditor.read.titles import classify

FILE_PATH = re.compile(
    r"/(?:download|unduh|unduhan|downloads?|files?|berkas|lampiran|attachments?|dokumen/(?:download|unduh|"
    r"lihat)|uc|media/download|"
    r"getfile|stream|preview-pdf|pdf)(?:[/?=.]|$)|[?&](?:file|download|dokumen|berkas|id_file)=",
    re.IGNORECASE,
)
_SPANS = ("rpjmd", "rpjpd", "renstra")
_BARE = re.compile(r"^\W*(?:tahun\s+)?(?:\d{1,4}|[a-z])\W*$", re.IGNORECASE)
_FILE_NAME = re.compile(r"^[\w .()+-]+\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|csv|jpe?g|png)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One link as a claim: this is what the document is. `page`: where it stands."""

    link: Link
    page: Page
    title: str
    facts: TitleFacts

    def rank(self) -> tuple[object, ...]:
        """The better the claim, the greater; the rest makes it independent of the order of captures."""
        facts = self.facts
        return (
            facts.kind is not None,
            not self.page.news,
            self.link.region == "main",
            bool(facts.years),
            round(facts.confidence, 3),
            # A row that names two years names the year of making too; plans of five years name both ends.
            len(facts.years) <= 1 or facts.kind in _SPANS,
            facts.unit is not None,
            not _FILE_NAME.match(self.title),
            -len(self.title),
            self.title,
            self.page.url,
            self.link.context,
        )


def candidate(link: Link, page: Page, body: Body) -> Candidate:
    """The claim of a link: its own words with their surroundings, or a name beside it where it only says `Unduh`."""
    facts = classify(link.text, link.context, link.url, units=body.units)
    return Candidate(link, page, _name(link, facts, page), facts)


def _name(link: Link, facts: TitleFacts, page: Page) -> str:
    text = link.text
    if text and not GENERIC.match(text) and not _BARE.match(text):
        return text
    beside = _titles_beside(link.context)
    same = [title for title in _in_order(link.context) if facts.kind is not None and classify(title).kind == facts.kind]
    named = (same or beside or [file_title(link.url) or page.title])[0]
    if same and len(named.split()) <= 4 and not any(c.isdigit() for c in named):
        named = _whole_row(link.context, named) or named
    return f"{named} {text}" if _BARE.match(text) and text not in named else named


def file_title(url: str) -> str:
    """`/storage/rka/RKA_DINKES_TA_2026.pdf` -> `RKA DINKES TA 2026`."""
    stem = PurePosixPath(unquote(urlsplit(url).path)).stem
    return re.sub(r"[_+\s]+", " ", stem).strip()[:200]


def _whole_row(context: str, kind: str) -> str:
    """`Peraturan Daerah | 3 | 2026 | Pengelolaan Sampah`: the cell of the kind alone names nothing."""
    for part in context.split(" > "):
        cells = part.split(" | ")
        if len(cells) >= 3 and kind in cells:
            return squeeze(" ".join(cell for cell in cells if not find_dates(cell, 1)), 200)
    return ""


def _in_order(context: str) -> list[str]:
    """The cells of the nearest row as they stand, then the parts of the context from the nearest outwards."""
    parts = [part for part in context.split(" > ") if part]
    rows = [part for part in parts if " | " in part]
    cells = rows[-1].split(" | ") if rows else []
    return cells + [part for part in reversed(parts) if part not in rows]


def _titles_beside(context: str) -> list[str]:
    """The parts of a context from the nearest outwards; of a table row first its cells, the wordiest before."""
    parts = [part for part in context.split(" > ") if part]
    rows = [part for part in parts if " | " in part]
    titles: list[str] = []
    for row in reversed(rows):
        titles += sorted(row.split(" | "), key=lambda cell: -_wordiness(cell))[:4]
    if rows:
        return titles + [part for part in reversed(parts) if part not in rows]
    return list(reversed(parts))


def _wordiness(cell: str) -> int:
    letters = sum(1 for c in cell if c.isalpha())
    return min(letters, 90) if letters > 0.4 * len(cell) else 0


def all_titles(claims: Sequence[Candidate], chosen: Candidate) -> tuple[str, ...]:
    """The other titles under which the same bytes are linked."""
    return tuple(sorted({claim.title for claim in claims if claim.title and claim.title != chosen.title}))[:20]
