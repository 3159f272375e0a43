"""Bytes of an HTML page -> `Page`: what it shows, what kind of answer it is, and whether it is itself a document."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import unquote, urlsplit

from auditor.model import Body, Capture, Form, Link, Nature, Page, Personal, TitleFacts
from auditor.read.articles import is_news, published_on
from auditor.read.dates import find_dates
from auditor.read.defaced import signed
from auditor.read.features import features_of
from auditor.read.gambling import injected
from auditor.read.grids import squeeze
from auditor.read.hidden import hidden_in
from auditor.read.links import links as links_of
from auditor.read.markup import charset_of, decode, tame
from auditor.read.natures import Surface, nature_of
from auditor.read.outline import Outline, joined, meta, outline_of
from auditor.read.personal import (
    cell_name,
    find_in_source,
    find_in_table,
    find_in_text,
    mask,
    names_of_patients,
    strongest,
    veil,
)
from auditor.read.tags import forms_of, inputs_of, table_rows, tables_of
from auditor.read.titles import classify
from auditor.read.tree import Node

FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|zip|rar|7z|csv|json|geojson)$", re.IGNORECASE)
DRIVE = re.compile(
    r"^https?://(?:drive|docs)\.google\.com/|^https?://(?:[\w-]+\.)?(?:dropbox\.com|1drv\.ms|sharepoint\.com)/"
)
MAX_SHELL = 500_000
"""Bytes up to which a page may be a shell: bundles are files of their own."""

_DATED_WITHIN = ("dip", "dik-dikecualikan")
_SITE_NAME = re.compile(r"\s+[-|–—»:]+\s+")


def read_page(capture: Capture, payload: bytes, body: Body) -> Page:
    """Reads one HTML answer. Never raises: what cannot be parsed is a page of nature `empty`."""
    charset = charset_of(capture.media_type) or charset_of(capture.header("content-type"))
    text = tame(decode(payload, charset))
    return _Reading(capture, payload, body, text, outline_of(text), charset).page()


def draws_itself(capture: Capture, payload: bytes) -> bool:
    """Whether a page is nothing before its scripts have run."""
    if b"<script" not in payload[:MAX_SHELL].lower() or len(payload) > MAX_SHELL:
        return False
    nobody = Body("", "", "kota", "UTC")
    return read_page(capture, payload, nobody).nature == "script-only"


class _Reading:
    """The steps of reading one page, over one outline of it."""

    def __init__(
        self, capture: Capture, payload: bytes, body: Body, source: str, shown: Outline, charset: str | None
    ) -> None:
        self.capture = capture
        self.payload = payload
        self.body = body
        self.source = source.lower()
        self.outline = shown
        self.host = (urlsplit(capture.url).hostname or "").lower()
        self.links = tuple(
            Link(link.url, mask(link.text), mask(link.context), link.region)
            for link in links_of(payload, capture.url, charset)
        )

    def page(self) -> Page:
        shown = self.outline
        titles = shown.tags("title")
        title = squeeze(titles[0].get_text(" ") if titles else meta(shown, "og:title"), 500)
        headings, text = shown.headings(), shown.text
        personal, hide = self._personal(title)
        forms, (fields, unlabelled) = forms_of(shown), inputs_of(shown)
        breadcrumb = _breadcrumb(shown)
        news = is_news(self.capture.url, text, self.source)
        nature, words = self._nature(title, forms, fields)
        published = published_on(shown)
        if news and published is None:
            published = next(iter(find_dates(text[:1500], 1)), None)
        images = shown.tags("img")
        return Page(
            url=self.capture.url,
            site=self.capture.site,
            digest=self.capture.digest,
            at=self.capture.at,
            nature=nature,
            nature_words=hide(words),
            title=hide(title),
            headings=tuple(hide(heading) for heading in headings),
            breadcrumb=hide(breadcrumb),
            text=hide(text),
            links=tuple(Link(one.url, hide(one.text), hide(one.context), one.region) for one in self.links),
            forms=forms,
            tables=tables_of(shown),
            lang=next((joined(tag.get("lang")).strip()[:20] for tag in shown.tags("html")), ""),
            viewport=bool(meta(shown, "viewport")),
            images=len(images),
            images_without_alt=sum(1 for image in images if image.get("alt") is None),
            inputs=fields,
            inputs_without_label=unlabelled,
            h1=len(shown.tags("h1")),
            dates=find_dates(text, 50),
            published=published,
            news=news,
            features=features_of(shown, self.source, self.capture, self.links),
            personal=personal,
            itself=self._itself(title, headings, breadcrumb, text)
            if nature == "page" and not news
            else TitleFacts(None),
            size=len(self.payload),
        )

    def _nature(self, title: str, forms: tuple[Form, ...], fields: int) -> tuple[Nature, str]:
        own = {link.url for link in self.links if (urlsplit(link.url).hostname or "").lower() == self.host}
        shown = self.outline
        surface = Surface(
            title=title,
            headings=shown.headings(),
            text=shown.text,
            whole=shown.whole,
            raw=self.source[:300_000],
            rows=_rows(shown),
            files=sum(1 for link in self.links if link.region == "main" and leads_to_file(link.url)),
            own_links=len(own),
            leads=sum(1 for link in self.links if link.region == "main"),
            images=len(shown.own("img")),
            frames=len(shown.own("iframe", "frame", "embed", "object")),
            inputs=fields,
            scripts=len(shown.tags("script")),
            password=any(form.has_password for form in forms),
        )
        foreign = injected(title, shown.everything, self.links, self.host, hidden_in(shown))
        return nature_of(surface, foreign or signed(title, shown.whole, len(own)))

    def _itself(self, title: str, headings: list[str], breadcrumb: str, text: str) -> TitleFacts:
        """What the page is by its own headline; the site's name after a dash in `<title>` is none."""
        parts = _SITE_NAME.split(title)
        names = [*headings[:3], parts[0] if parts else "", breadcrumb.rsplit(" > ", 1)[-1]]
        for name in dict.fromkeys(name for name in names if name):
            facts = classify(name, breadcrumb, self.capture.url, units=self.body.units)
            if facts.kind in _DATED_WITHIN and not facts.years:
                # A list says in its first lines which year's it is.
                facts = classify(name, breadcrumb, self.capture.url, units=self.body.units, words=text[:160])
            if facts.kind is not None:
                return facts
        return TitleFacts(None)

    def _personal(self, title: str) -> tuple[tuple[Personal, ...], Callable[[str], str]]:
        """What lies open in the page, also in its hidden parts and its addresses; and how its words are to be kept."""
        region = self.body.code.replace(".", "")
        tables = [(headers, rows) for headers, rows in table_rows(self.outline) if rows]
        found = [
            one
            for number, (headers, rows) in enumerate(tables, 1)
            for one in find_in_table(headers, rows, region, partial(_cell, number if len(tables) > 1 else 0))
        ]
        addresses = " ".join(dict.fromkeys(unquote(link.url) for link in self.links))
        personal = strongest(
            (
                *found,
                *find_in_text(f"{title}\n{self.outline.everything}", region),
                *find_in_source(f"{unquote(self.capture.url)} {addresses}", region),
                *find_in_source(self.source, region),
            )
        )
        names = frozenset(name for headers, rows in tables for name in names_of_patients(headers, rows))
        return personal, lambda text: veil(mask(text), personal, names)


def _cell(table: int, row: int, column: int) -> str:
    """A cell of a page's table as a spreadsheet names it; the header is row 1."""
    return f"T{table}!{cell_name(row + 2, column)}" if table else cell_name(row + 2, column)


def leads_to_file(url: str) -> bool:
    """True when the address itself says that it is a document (`/x/dpa.pdf`, a Drive file)."""
    return bool(FILE.search(url.partition("?")[0]) or DRIVE.match(url) or FILE.search(url))


def _rows(shown: Outline) -> int:
    rows = sum(1 for row in shown.own("tr") if row.find("td") is not None and len(row.get_text(strip=True)) > 2)
    return rows + sum(1 for item in shown.own("li") if item.find("a", href=True) is not None)


def _breadcrumb(shown: Outline) -> str:
    trail = next(
        (tag for name in ("nav", "ol", "ul", "div", "section", "p") for tag in shown.tags(name) if _is_trail(tag)), None
    )
    if trail is None:
        return ""
    items = trail.find_all("li") or trail.find_all(("a", "span")) or [trail]
    names = [squeeze(item.get_text(" "), 80).strip(" /»>›-") for item in items]
    return squeeze(" > ".join(name for name in dict.fromkeys(names) if name), 300)


def _is_trail(tag: Node) -> bool:
    attributes = tag.attrs
    return any(
        "readcrumb" in joined(attributes.get(name)) for name in ("class", "id", "aria-label") if name in attributes
    )
