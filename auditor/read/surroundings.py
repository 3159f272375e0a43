"""What stands around a link: region, headings, list and tab titles, table row and column header.

Everything about a container is computed once and kept by the parser's node id, because a menu or a table holds hundreds
of links.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from auditor.read.grids import Grid, squeeze
from auditor.read.regions import Region, region_of

PART = 200
_SPACE = " > "
_HOME = ("home", "beranda", "depan", "dashboard", "halaman utama")
_ACCORDION = re.compile(r"accordion|collaps|toggle|panel-heading|card-header|tab-title", re.IGNORECASE)
GENERIC = re.compile(
    r"^\W*(?:(?:klik|tekan)\b.{0,20}|(?:unduh|download|lihat|baca|buka|view|open|detail|selengkapnya|"
    r"tautan|link|file|berkas|"
    r"dokumen|document|pdf|xlsx?|docx?|zip|csv|di\s?sini|here|pratinjau|preview|selanjutnya|lampiran|disini|show|more|"
    r"readmore|read|lebih|lanjut|the|untuk|melihat|mengunduh|this|ini|data|icon|image|"
    r"gambar)[\s.,:»>()/&\[\]-]*){1,5}\W*$",
    re.IGNORECASE,
)
"""A link text that says what to do and not what it is: the title stands beside it."""


_EMPTY = re.compile(r"[(\[]\s*[)\]]")


class Scope:
    """What a container adds to everything inside it."""

    __slots__ = ("region", "titles")

    def __init__(self, region: Region, titles: tuple[str, ...]) -> None:
        self.region = region
        self.titles = titles


_ROOT = Scope("main", ())


class Surroundings:
    """Walks along with the links of one page; `pass_by` must see the nodes in document order."""

    HEADINGS = (
        "h1,h2,h3,h4,h5,h6,dt,legend,p>b:first-child,p>strong:first-child,[class*=title],[class*=judul],[class*=heading],"
        "[class*=card-header]"
    )

    def __init__(self, tree: LexborHTMLParser) -> None:
        self._scopes: dict[int, Scope] = {}
        self._grids: dict[int, Grid] = {}
        self._headings: list[tuple[int, str, int]] = []
        self._tabs = _tab_titles(tree)
        self._breadcrumb = breadcrumb(tree)

    def pass_by(self, node: LexborNode) -> None:
        """Remembers the node if it is a heading of the main part."""
        tag = node.tag or ""
        if tag in ("a", "area", "iframe", "link", "meta", "option", "input", "img"):
            return
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit() else 0
        if not level:
            if tag in ("b", "strong", "dt", "legend"):
                level = 8
            elif _is_titled(node):
                level = 7
            else:
                return
        if self._scope(node).region != "main":
            return
        text = squeeze(node.text(separator=" "), PART + 1)
        if not text or len(text) > PART or _paragraph_goes_on(node, tag, text):
            return
        while self._headings and self._headings[-1][0] >= level:
            self._headings.pop()
        if self._headings and self._headings[-1][1] == text:
            return
        self._headings.append((level, text, _home(node, level)))

    def region(self, node: LexborNode) -> Region:
        return self._scope(node).region

    def group(self, node: LexborNode) -> str:
        """For a link in a menu: the entries above it."""
        return _join(self._scope(node).titles[-3:], "")

    def context(self, node: LexborNode, text: str) -> str:
        """Breadcrumb > headings > tab and list titles > caption > row > column header, each at most `PART` long."""
        parts = [self._breadcrumb]
        parts += [
            heading
            for level, heading, home in self._headings[-4:]
            if heading != text and (level < 7 or _inside(node, home))
        ][-3:]
        parts += self._scope(node).titles[-3:]
        cell = _cell_of(node)
        generic = len(text) < 4 or GENERIC.match(text) is not None
        if cell is not None:
            parts += self._in_table(cell, text, generic)
        if generic:
            parts.append(_beside(node, text))
        return _join(parts, text)

    def _in_table(self, cell: LexborNode, text: str, generic: bool) -> list[str]:
        table: LexborNode | None = cell.parent
        while table is not None and table.tag != "table":
            table = table.parent
        if table is None:
            return []
        grid = self._grids.get(table.mem_id)
        if grid is None:
            grid = self._grids[table.mem_id] = Grid(table)
        return grid.around(cell.mem_id, text, generic, GENERIC)

    def _scope(self, node: LexborNode) -> Scope:
        chain: list[LexborNode] = []
        scope = _ROOT
        current = node.parent
        while current is not None and current.tag not in ("body", "html", "-undef"):
            known = self._scopes.get(current.mem_id)
            if known is not None:
                scope = known
                break
            chain.append(current)
            current = current.parent
        for element in reversed(chain):
            scope = self._enter(element, scope)
            self._scopes[element.mem_id] = scope
        return scope

    def _enter(self, element: LexborNode, outer: Scope) -> Scope:
        attributes = element.attributes
        region = outer.region
        if region == "main":
            region = _region(element, attributes)
        title = self._title(element, attributes)
        if region == outer.region and not title:
            return outer
        return Scope(region, (*outer.titles, title) if title and title not in outer.titles else outer.titles)

    def _title(self, element: LexborNode, attributes: dict[str, str | None]) -> str:
        identity = attributes.get("id")
        if identity and identity in self._tabs:
            return self._tabs[identity]
        tag = element.tag
        if tag == "details":
            summary = element.css_first("summary")
            return squeeze(summary.text(separator=" "), PART) if summary else ""
        if tag in ("ul", "ol"):
            return _list_title(element)
        if tag == "div":
            before = _previous(element)
            if before is not None and _ACCORDION.search(before.attributes.get("class") or ""):
                text = squeeze(before.text(separator=" "), PART + 1)
                return text if len(text) <= PART and before.css_first("a[href*='.']") is None else ""
        return ""


def breadcrumb(tree: LexborHTMLParser) -> str:
    """The trail above the page without its home entry, joined by ` > `, or empty."""
    trail = tree.css_first("[class*=breadcrumb],[aria-label*=readcrumb],[id*=breadcrumb]")
    if trail is None:
        return ""
    items = trail.css("li") or trail.css("a,span")
    names = [squeeze(item.text(separator=" "), 80).strip(" /»>›-") for item in items or [trail]]
    kept = [name for name in dict.fromkeys(names) if name and name.lower() not in _HOME]
    return squeeze(_SPACE.join(kept), PART)


def _tab_titles(tree: LexborHTMLParser) -> dict[str, str]:
    titles: dict[str, str] = {}
    for node in tree.css("[href^='#'],[data-target^='#'],[data-bs-target^='#'],[aria-controls],[data-tab]")[:2000]:
        attributes = node.attributes
        for name in ("href", "data-target", "data-bs-target", "aria-controls", "data-tab"):
            target = (attributes.get(name) or "").lstrip("#")
            if target and target not in titles:
                text = squeeze(node.text(separator=" "), PART)
                if text and not GENERIC.match(text):
                    titles[target] = text
    return titles


def _region(element: LexborNode, attributes: dict[str, str | None]) -> Region:
    return region_of(
        element.tag or "",
        attributes.get("role") or "",
        f"{attributes.get('class') or ''} {attributes.get('id') or ''}",
        lambda tags: _within(element, tags),
        lambda selector: element.css_first(selector) is not None,
    )


def _within(element: LexborNode, tags: tuple[str, ...]) -> bool:
    outer = element.parent
    while outer is not None:
        if outer.tag in tags:
            return True
        outer = outer.parent
    return False


def _is_titled(node: LexborNode) -> bool:
    names = (node.attributes.get("class") or "").lower()
    return any(word in names for word in ("title", "judul", "heading", "card-header"))


def _paragraph_goes_on(node: LexborNode, tag: str, text: str) -> bool:
    """A bold word that begins a sentence is no heading."""
    if tag not in ("b", "strong") or node.parent is None:
        return False
    return len(squeeze(node.parent.text(separator=" "), PART)) > len(text) + 3


def _home(node: LexborNode, level: int) -> int:
    outer = node.parent
    if level == 8 and outer is not None and outer.tag in ("p", "dl"):
        outer = outer.parent if outer.tag == "p" else outer
    return outer.mem_id if outer is not None else 0


def _inside(node: LexborNode, home: int) -> bool:
    outer = node.parent
    for _ in range(8):
        if outer is None:
            return False
        if outer.mem_id == home:
            return True
        outer = outer.parent
    return False


def _cell_of(node: LexborNode) -> LexborNode | None:
    outer = node.parent
    for _ in range(8):
        if outer is None:
            return None
        if outer.tag in ("td", "th"):
            return outer
        outer = outer.parent
    return None


def _previous(element: LexborNode) -> LexborNode | None:
    before = element.prev
    while before is not None and not before.is_element_node:
        if before.is_text_node and (before.text_content or "").strip():
            return None
        before = before.prev
    return before


def _list_title(element: LexborNode) -> str:
    parent = element.parent
    if parent is not None and parent.tag == "li":
        words = []
        child = parent.child
        while child is not None and child.mem_id != element.mem_id:
            words.append(child.text(separator=" ") if child.is_element_node else child.text_content or "")
            child = child.next
        text = squeeze(" ".join(words), PART)
        if text:
            return text
    before = _previous(element)
    if before is None or before.tag not in ("p", "div", "span", "strong", "b", "button", "label", "a"):
        return ""
    text = squeeze(before.text(separator=" "), PART + 1)
    return text.rstrip(" :") if len(text) <= PART else ""


def _beside(node: LexborNode, text: str) -> str:
    """The words of the smallest block around a link that itself says only `Unduh`."""
    outer = node.parent
    for _ in range(4):
        if outer is None or outer.tag in ("td", "th", "tr", "body", "html", "table", "ul", "ol", "main", "section"):
            return ""
        whole = squeeze(outer.text(separator=" "), 400)
        if len(whole) >= 400:
            return ""
        rest = squeeze(_EMPTY.sub(" ", whole.replace(text, " ", 1)) if text else whole, PART)
        if len(rest) > 3 and not GENERIC.match(rest):
            return rest
        outer = outer.parent
    return ""


def _join(parts: list[str] | tuple[str, ...], text: str) -> str:
    seen: list[str] = []
    for part in parts:
        part = part[:PART]
        if part and part != text and part not in seen:
            seen.append(part)
    return _SPACE.join(seen)
