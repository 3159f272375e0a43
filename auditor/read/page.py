"""Bytes of an HTML page -> `Page`: what it shows, what kind of answer it is, and whether it is itself a document."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.exceptions import ParserRejectedMarkup

from auditor.model import Body, Capture, Form, Link, Nature, Page, Personal, TitleFacts
from auditor.read.articles import is_news, published_on
from auditor.read.dates import find_dates
from auditor.read.features import features_of
from auditor.read.gambling import injected
from auditor.read.grids import squeeze
from auditor.read.links import links as links_of
from auditor.read.markup import decode, tame
from auditor.read.natures import Surface, nature_of
from auditor.read.personal import find_in_table, find_in_text, mask
from auditor.read.regions import region_of
from auditor.read.tags import forms_of, inputs_of, table_rows, tables_of
from auditor.read.titles import classify

MAX_TEXT = 200_000
FILE = re.compile(r"\.(?:pdf|docx?|xlsx?|pptx?|od[tsp]|zip|rar|7z|csv|json|geojson)$", re.IGNORECASE)
DRIVE = re.compile(
    r"^https?://(?:drive|docs)\.google\.com/|^https?://(?:[\w-]+\.)?(?:dropbox\.com|1drv\.ms|sharepoint\.com)/"
)
_SITE_NAME = re.compile(r"\s+[-|–—»:]+\s+")
_INVISIBLE = ("script", "style", "template", "svg", "noscript")


def read_page(capture: Capture, payload: bytes, body: Body) -> Page:
    """Reads one HTML answer. Never raises: what cannot be parsed is a page of nature `empty` with its links and size."""
    charset = _charset(capture.media_type) or _charset(capture.header("content-type"))
    text = tame(decode(payload, charset))
    try:
        soup = BeautifulSoup(text, "lxml")
    except (ParserRejectedMarkup, ValueError, RecursionError, AssertionError):
        soup = BeautifulSoup("", "lxml")
    return _Reading(capture, payload, body, text, soup, charset).page()


class _Reading:
    """The steps of reading one page, in the order that each needs: the soup loses its scripts, then its menus."""

    def __init__(
        self, capture: Capture, payload: bytes, body: Body, source: str, soup: BeautifulSoup, charset: str | None
    ) -> None:
        self.capture = capture
        self.payload = payload
        self.body = body
        self.source = source
        self.soup = soup
        self.host = (urlsplit(capture.url).hostname or "").lower()
        self.links = tuple(
            Link(link.url, mask(link.text), mask(link.context), link.region)
            for link in links_of(payload, capture.url, charset)
        )

    def page(self) -> Page:
        soup = self.soup
        title = squeeze(soup.title.get_text(" ") if soup.title else _meta(soup, "og:title"), 500)
        scripts = len(soup.find_all("script"))
        features = features_of(soup, self.source, self.capture, self.links)
        published = published_on(soup)
        everything = squeeze(soup.get_text(" "), MAX_TEXT)
        for tag in soup.find_all(_INVISIBLE):
            tag.decompose()
        whole = squeeze(soup.get_text(" "), MAX_TEXT)
        forms = forms_of(soup)
        images = soup.find_all("img")
        image_count, without_alt = len(images), sum(1 for image in images if image.get("alt") is None)
        h1 = len(soup.find_all("h1"))
        fields, unlabelled = inputs_of(soup)
        breadcrumb = _breadcrumb(soup)
        self._cut_menus()
        main = soup.body or soup
        headings = _headings(main)
        text = squeeze(main.get_text(" "), MAX_TEXT)
        tables = tables_of(main)
        news = is_news(self.capture.url, text, self.source)
        nature, words = self._nature(title, headings, text, whole, everything, scripts, forms)
        return Page(
            url=self.capture.url,
            site=self.capture.site,
            digest=self.capture.digest,
            at=self.capture.at,
            nature=nature,
            nature_words=mask(words),
            title=mask(title),
            headings=tuple(mask(heading) for heading in headings),
            breadcrumb=mask(breadcrumb),
            text=mask(text),
            links=self.links,
            forms=forms,
            tables=tables,
            lang=self._lang(),
            viewport=soup.find("meta", attrs={"name": re.compile("^viewport$", re.IGNORECASE)}) is not None,
            images=image_count,
            images_without_alt=without_alt,
            inputs=fields,
            inputs_without_label=unlabelled,
            h1=h1,
            dates=find_dates(text, 50),
            published=published or (find_dates(text[:1500], 1) or (None,))[0] if news else published,
            news=news,
            features=features,
            personal=self._personal(main, text),
            itself=self._itself(title, headings, breadcrumb) if nature == "page" and not news else TitleFacts(None),
            size=len(self.payload),
        )

    def _cut_menus(self) -> None:
        for tag in self.soup.find_all(True):
            if tag.decomposed or tag.name in ("html", "head", "body"):
                continue
            names = f"{_joined(tag.get('class'))} {_joined(tag.get('id'))}"
            if tag.name not in ("nav", "header", "footer") and len(names) < 4 and not tag.get("role"):
                continue
            region = region_of(
                tag.name,
                _joined(tag.get("role")),
                names,
                lambda tags, tag=tag: tag.find_parent(tags) is not None,  # type: ignore[misc]
                lambda selector, tag=tag: tag.select_one(selector) is not None,  # type: ignore[misc]
            )
            if region != "main":
                tag.decompose()

    def _nature(
        self,
        title: str,
        headings: list[str],
        text: str,
        whole: str,
        everything: str,
        scripts: int,
        forms: tuple[Form, ...],
    ) -> tuple[Nature, str]:
        own = {link.url for link in self.links if (urlsplit(link.url).hostname or "").lower() == self.host}
        main = self.soup.body or self.soup
        surface = Surface(
            title=title,
            headings=headings,
            text=text,
            whole=whole,
            raw=self.source[:300_000].lower(),
            rows=_rows(main),
            files=sum(1 for link in self.links if link.region == "main" and leads_to_file(link.url)),
            own_links=len(own),
            images=len(main.find_all("img")),
            frames=len(main.find_all(("iframe", "frame", "embed", "object"))),
            inputs=sum(len(form.fields) for form in forms),
            scripts=scripts,
            password=any(form.has_password for form in forms),
        )
        return nature_of(surface, injected(title, everything, self.links, self.host))

    def _itself(self, title: str, headings: list[str], breadcrumb: str) -> TitleFacts:
        """What the page is by its own headline; the site's name after a dash in `<title>` is none."""
        parts = _SITE_NAME.split(title)
        names = [*headings[:3], parts[0] if parts else "", breadcrumb.rsplit(" > ", 1)[-1]]
        best = TitleFacts(None)
        for name in dict.fromkeys(name for name in names if name):
            facts = classify(name, breadcrumb, self.capture.url, units=self.body.units)
            if facts.kind is not None and facts.confidence > best.confidence:
                best = facts
        return best

    def _personal(self, main: Tag, text: str) -> tuple[Personal, ...]:
        region = self.body.code.replace(".", "")
        found: dict[str, Personal] = {}
        in_tables = [
            item for headers, rows in table_rows(main) if rows for item in find_in_table(headers, rows, region)
        ]
        for item in (*in_tables, *find_in_text(text, region)):
            known = found.get(item.kind)
            if known is None or (item.confirmed, item.count) > (known.confirmed, known.count):
                found[item.kind] = item
        return tuple(found[kind] for kind in sorted(found))

    def _lang(self) -> str:
        html = self.soup.find("html")
        return _joined(html.get("lang")).strip()[:20] if isinstance(html, Tag) else ""


def leads_to_file(url: str) -> bool:
    """True when the address itself says that it is a document (`/x/dpa.pdf`, a Drive file)."""
    return bool(FILE.search(url.partition("?")[0]) or DRIVE.match(url) or FILE.search(url))


def _rows(main: Tag) -> int:
    rows = sum(1 for row in main.find_all("tr") if row.find("td") is not None and len(row.get_text(strip=True)) > 2)
    return rows + sum(1 for item in main.find_all("li") if item.find("a", href=True) is not None)


def _headings(main: Tag) -> list[str]:
    found = (squeeze(tag.get_text(" "), 300) for tag in main.find_all(("h1", "h2", "h3", "h4", "h5", "h6"), limit=300))
    return [heading for heading in found if heading]


def _breadcrumb(soup: BeautifulSoup) -> str:
    trail = soup.select_one("[class*=breadcrumb],[aria-label*=readcrumb],[id*=breadcrumb]")
    if trail is None:
        return ""
    items = trail.find_all("li") or trail.find_all(("a", "span")) or [trail]
    names = [squeeze(item.get_text(" "), 80).strip(" /»>›-") for item in items]
    return squeeze(" > ".join(name for name in dict.fromkeys(names) if name), 300)


def _charset(content_type: str) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", content_type, re.IGNORECASE)
    return found[1] if found else None


def _meta(soup: BeautifulSoup, name: str) -> str:
    tag = soup.find("meta", attrs={"property": name})
    return _joined(tag.get("content")) if isinstance(tag, Tag) else ""


def _joined(value: object) -> str:
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return str(value) if value is not None else ""
