"""What stands inside: whether the words of a document or page name the parts that are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from auditor.model import Criterion, Document, Page, Text
from checks.judges.case import Case, collapse
from checks.judges.due import fiscal
from checks.judges.items import is_page, present
from checks.judges.known import Known, exists, unless_unseen
from checks.params import Part

FIRST_PAGES = 3
"""A document of more pages than these was not kept to its end: what its words lack may stand further on."""

CUTS = frozenset({600, 4_000})
"""Lengths at which the reader cuts the words of a document: words of just that length go on in the file."""


@dataclass(frozen=True, slots=True)
class Inside:
    """`unread`: nothing but scans, so that what stands inside could not be seen."""

    state: Known
    slots: Mapping[str, object] = field(default_factory=dict)
    unread: bool = False


def judge_contents(
    case: Case, documents: Sequence[Document], parts: Sequence[Part], need: int, *, complete: bool
) -> Inside:
    there = [d for d in documents if present(d) is not False]
    if not there:
        return Inside(unless_unseen(False, complete))
    counted = [(found_parts(text_of(case, d), parts), d) for d in there]
    states = [_state(len(found), need, d) for found, d in counted]
    most = max((found for found, _ in counted), key=len)
    missing = [p for i, p in enumerate(parts) if i not in most]
    slots = {
        "n": len(most),
        "m": need,
        "parts": Text(", ".join(p.name.id for p in missing) or "–", ", ".join(p.name.en for p in missing) or "–"),
    }
    unread = not any(d.readable or is_page(d) for d in there)
    return Inside(unless_unseen(exists(states), complete), slots, unread)


def found_parts(text: str, parts: Sequence[Part]) -> frozenset[int]:
    """Which parts the text names, by their place in `parts`."""
    return frozenset(i for i, part in enumerate(parts) if any(re.search(p, text, re.IGNORECASE) for p in part.any))


def text_of(case: Case, document: Document) -> str:
    page = case.page_at.get(document.url) if is_page(document) else None
    return collapse(f"{document.title} {document.words} {page_text(page) if page is not None else ''}")


def page_text(page: Page, *, links: bool = False) -> str:
    """What a reader sees of a page: text, headings, heads of tables; with `links` also every link (menu, footer)."""
    tables = " ".join(f"{t.caption} {' '.join(t.headers)}" for t in page.tables)
    leads = " ".join(f"{link.text} {link.url}" for link in page.links) if links else ""
    return collapse(f"{page.title} {' '.join(page.headings)} {page.text} {tables} {leads}")


def of_year(case: Case, criterion: Criterion, parts: Sequence[Part]) -> list[Part]:
    """The parts with `{year}` in their patterns replaced by the year that is due."""
    rule = fiscal(case, criterion)
    if rule is None:
        return list(parts)
    year = str(rule.year)
    return [part.model_copy(update={"any": [p.replace("{year}", year) for p in part.any]}) for part in parts]


def _state(found: int, need: int, document: Document) -> Known:
    if present(document) is None:
        return None
    if found >= need:
        return True
    if is_page(document):
        return False
    short = document.pages is not None and document.pages <= FIRST_PAGES
    whole = short and document.words != "" and len(document.words) not in CUTS
    return False if document.readable and whole else None
