"""What was read of pages: links, forms, tables, and what kind of answer a page is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What a title, its surroundings and its address say a document is. `kind` is None where it is none."""

    kind: str | None
    years: tuple[int, ...] = ()
    period: str | None = None
    unit: str | None = None
    confidence: float = 0.0
    revised: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a page. `context`: heading, list title, table row and column header joined by ` > `."""

    url: str
    text: str
    context: str = ""
    region: Literal["main", "menu", "footer"] = "main"


@dataclass(frozen=True, slots=True)
class Form:
    method: str
    action: str
    fields: tuple[str, ...]  # visible label, name or placeholder of each field
    has_password: bool = False
    search: bool = False


@dataclass(frozen=True, slots=True)
class HtmlTable:
    caption: str
    headers: tuple[str, ...]
    rows: int
    linked_rows: int  # rows that hold at least one link


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data found in the open; the numbers themselves are never kept. `sample` is masked."""

    kind: Literal["nik", "kk", "phone", "patient"]
    count: int
    sample: str
    confirmed: bool  # a known region or a header that names it; only then a finding is made
    where: str = ""  # cells as in a spreadsheet (`C2–C41`), pages of a document (`p. 3`)


Nature = Literal[
    "page",  # the site's own answer
    "soft-404",  # 200 that says "not found", or a redirect to the front page
    "empty-listing",  # a section with a heading and no rows
    "login",
    "script-only",  # draws itself with JavaScript and was not rendered
    "maintenance",
    "blocked",  # a protection service answered
    "parked",  # a hoster or a domain seller answered
    "empty",  # 200 without anything to read
    "injected",  # text of other hands: gambling and the like
]


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page that was read. Texts are already masked; `text` is what a reader sees, without menu and footer."""

    url: str
    site: str
    digest: str
    at: datetime
    nature: Nature = "page"
    nature_words: str = ""
    title: str = ""
    headings: tuple[str, ...] = ()
    breadcrumb: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    tables: tuple[HtmlTable, ...] = ()
    lang: str = ""
    viewport: bool = False
    images: int = 0
    images_without_alt: int = 0
    inputs: int = 0
    inputs_without_label: int = 0
    h1: int = 0
    dates: tuple[date, ...] = ()
    published: date | None = None
    news: bool = False
    features: tuple[str, ...] = ()  # accessibility widgets, mixed content and the like, by name
    personal: tuple[Personal, ...] = ()
    itself: TitleFacts = TitleFacts(None)
    size: int = 0
