"""Links that may lead to a document, with the title that they give it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import unquote, urlsplit

from auditor.model import Body, Link, Page, TitleFacts
from auditor.read.surroundings import GENERIC
from auditor.read.titles import classify

FILE_PATH = re.compile(
    r"/(?:download|unduh|unduhan|downloads?|files?|berkas|lampiran|attachments?|dokumen/(?:download|unduh|lihat)|uc|media/download|"
    r"getfile|stream|preview-pdf|pdf)(?:[/?=.]|$)|[?&](?:file|download|dokumen|berkas|id_file)=",
    re.IGNORECASE,
)
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
            round(facts.confidence, 3),
            bool(facts.years),
            facts.unit is not None,
            not _FILE_NAME.match(self.title),
            -len(self.title),
            self.title,
            self.page.url,
            self.link.context,
        )


def candidate(link: Link, page: Page, body: Body) -> Candidate:
    """The claim of a link: its own words with their surroundings; a name for it, where it only says `Unduh` or `2019`."""
    facts = classify(link.text, link.context, link.url, units=body.units)
    return Candidate(link, page, _name(link, facts, page), facts)


def _name(link: Link, facts: TitleFacts, page: Page) -> str:
    text = link.text
    if text and not GENERIC.match(text) and not _BARE.match(text):
        return text
    beside = _titles_beside(link.context)
    same = [title for title in beside if facts.kind is not None and classify(title).kind == facts.kind]
    named = (same or beside or [file_title(link.url) or page.title])[0]
    return f"{named} {text}" if _BARE.match(text) and text not in named else named


def file_title(url: str) -> str:
    """`/storage/rka/RKA_DINKES_TA_2026.pdf` -> `RKA DINKES TA 2026`."""
    stem = PurePosixPath(unquote(urlsplit(url).path)).stem
    return re.sub(r"[_+\s]+", " ", stem).strip()[:200]


def _titles_beside(context: str) -> list[str]:
    """The parts of a context from the nearest outwards; a table row gives its cells first, the wordiest of them before."""
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
