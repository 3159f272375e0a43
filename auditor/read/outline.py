"""One walk over a parsed page: its elements by name, its words, and which of both are the page's own.

Everything else about a page asks these lists; to search the tree anew for each question took most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from bs4.element import PreformattedString

from auditor.read.grids import squeeze
from auditor.read.holds import holds
from auditor.read.regions import region_of

MAX_TEXT = 200_000
_INVISIBLE = frozenset(("script", "style", "template", "svg", "noscript", "title", "meta", "link"))
# Not `head`: where a page leaves out <body>, the parser keeps <nav> and <main> within the head.
_MARKED = frozenset(("nav", "header", "footer"))
_UNMARKED = frozenset(("html", "head", "body"))


@dataclass(slots=True)
class Outline:
    """`all`: every element by its name; `main`: those outside menu and footer. `text`: the words of the main part,
    `whole`: of everything that is seen, `everything`: those of hidden fallbacks too."""

    all: dict[str, list[Tag]] = field(default_factory=dict)
    main: dict[str, list[Tag]] = field(default_factory=dict)
    text: str = ""
    whole: str = ""
    everything: str = ""

    def tags(self, *names: str) -> list[Tag]:
        return [tag for name in names for tag in self.all.get(name, ())]

    def own(self, *names: str) -> list[Tag]:
        """Elements of the main part; of several names in the order of the names."""
        return [tag for name in names for tag in self.main.get(name, ())]

    def headings(self) -> list[str]:
        """The words of h1 to h6 of the main part, in document order."""
        return self._headings

    _headings: list[str] = field(default_factory=list)


def outline(soup: BeautifulSoup) -> Outline:
    """Walks the tree once. Iterative: a page nests as deep as it likes."""
    found = Outline()
    words: list[str] = []
    seen: list[str] = []
    own: list[str] = []
    # An entry is an element to enter: (element, it is seen, it is of the main part).
    stack: list[tuple[Tag | NavigableString, bool, bool]] = [(soup, True, True)]
    while stack:
        node, visible, main = stack.pop()
        if isinstance(node, NavigableString):
            if isinstance(node, Comment | PreformattedString) or node.isspace():
                continue
            words.append(node)
            if visible:
                seen.append(node)
                if main:
                    own.append(node)
            continue
        name = node.name
        if node is not soup:
            found.all.setdefault(name, []).append(node)
            if main and not _is_main(node, name):
                main = False
            if main:
                found.main.setdefault(name, []).append(node)
                if len(name) == 2 and name[0] == "h" and name[1] in "123456" and len(found._headings) < 300:
                    heading = squeeze(node.get_text(" "), 300)
                    if heading:
                        found._headings.append(heading)
        if name in ("script", "style"):
            continue
        visible = visible and name not in _INVISIBLE
        stack.extend((child, visible, main) for child in reversed(node.contents))  # type: ignore[misc]
    found.text = squeeze(" ".join(own), MAX_TEXT)
    found.whole = squeeze(" ".join(seen), MAX_TEXT)
    found.everything = squeeze(" ".join(words), MAX_TEXT)
    return found


def _is_main(node: Tag, name: str) -> bool:
    if name in _UNMARKED:
        return True
    attributes = node.attrs
    if name not in _MARKED and not ("class" in attributes or "id" in attributes or "role" in attributes):
        return True
    region = region_of(
        name,
        joined(attributes.get("role")),
        f"{joined(attributes.get('class'))} {joined(attributes.get('id'))}",
        lambda tags: node.find_parent(tags) is not None,
        lambda selector: holds(node, selector),
    )
    return region == "main"


def meta(page: Outline, *names: str) -> str:
    """The content of the first `<meta>` with one of these names or properties, in the order of the names."""
    stated = contents(page.tags("meta"))
    return next((stated[name.lower()] for name in names if name.lower() in stated), "")


def contents(metas: Iterable[Tag]) -> Mapping[str, str]:
    """`name` or `property` of meta elements in lower case -> content; the first of a name counts."""
    stated: dict[str, str] = {}
    for tag in metas:
        name = joined(tag.attrs.get("property") or tag.attrs.get("name")).lower()
        if name:
            stated.setdefault(name, joined(tag.attrs.get("content")))
    return stated


def joined(value: object) -> str:
    """An attribute as one string: the parser gives some as lists."""
    if isinstance(value, list):
        return " ".join(str(part) for part in value)
    return str(value) if value is not None else ""
