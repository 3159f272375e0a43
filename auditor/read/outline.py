"""One walk over a parsed page: its elements by name, its words, and which of both are the page's own.

Everything else about a page asks these lists; to search the tree anew for each question took most of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from bs4 import BeautifulSoup, Comment, NavigableString, Tag
from bs4.element import PreformattedString
from bs4.exceptions import ParserRejectedMarkup

from auditor.read.grids import squeeze
from auditor.read.holds import holds
from auditor.read.regions import region_of
from auditor.read.tree import Node, Tree, grow

MAX_TEXT = 200_000
MAX_HEADINGS = 300
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_INVISIBLE = frozenset(("script", "style", "template", "svg", "noscript", "title", "meta", "link"))
# Not `head`: where a page leaves out <body>, the parser keeps <nav> and <main> within the head.
_MARKED = frozenset(("nav", "header", "footer"))
_UNMARKED = frozenset(("html", "head", "body"))


@dataclass(slots=True)
class Outline:
    """`all`: every element by its name; `main`: those outside menu and footer. `text`: the words of the main part,
    `whole`: of everything that is seen, `everything`: those of hidden fallbacks too."""

    all: dict[str, list[Node]] = field(default_factory=dict)
    main: dict[str, list[Node]] = field(default_factory=dict)
    text: str = ""
    whole: str = ""
    everything: str = ""

    def tags(self, *names: str) -> list[Node]:
        return [tag for name in names for tag in self.all.get(name, ())]

    def own(self, *names: str) -> list[Node]:
        """Elements of the main part; of several names in the order of the names."""
        return [tag for name in names for tag in self.main.get(name, ())]

    def headings(self) -> list[str]:
        """The words of h1 to h6 of the main part, in document order."""
        return self._headings

    _headings: list[str] = field(default_factory=list)


def outline_of(text: str) -> Outline:
    """The outline of a page as text; of a page that cannot be parsed an empty one. Ordinary pages are read by the light
    tree, what that declines by BeautifulSoup, with the same outcome."""
    tree = grow(text)
    return outline_of_soup(text) if tree is None else _outline_of_tree(tree)


def outline_of_soup(text: str) -> Outline:
    """The same by BeautifulSoup alone."""
    try:
        soup = BeautifulSoup(text, "lxml", multi_valued_attributes=None)
    except (ParserRejectedMarkup, ValueError, RecursionError, AssertionError):
        soup = BeautifulSoup("", "lxml")
    return _outline_of_soup(soup)


def _outline_of_tree(tree: Tree) -> Outline:
    """One pass over the elements; what is unseen or of no main part is cut out of the strings as ranges."""
    found = Outline()
    every, main = found.all, found.main
    unseen: list[tuple[int, int]] = []
    foreign: list[tuple[int, int]] = []
    unseen_until = foreign_until = 0
    for place, element in enumerate(tree.elements):
        name = element.name
        if name in every:
            every[name].append(element)
        else:
            every[name] = [element]
        if place >= unseen_until and name in _INVISIBLE:
            unseen_until = element.last
            unseen.append((element.begin, element.end))
        if place < foreign_until:
            continue
        if not _is_main(element, name):
            foreign_until = element.last
            foreign.append((element.begin, element.end))
            continue
        main.setdefault(name, []).append(element)
        if name in _HEADINGS and len(found._headings) < MAX_HEADINGS:
            heading = squeeze(element.get_text(" "), 300)
            if heading:
                found._headings.append(heading)
    words = tree.words
    found.everything = _said(words)
    found.whole = _said(_without(words, unseen)) if unseen else found.everything
    found.text = _said(_without(words, sorted((*unseen, *foreign)))) if foreign else found.whole
    return found


def _without(words: list[str], ranges: list[tuple[int, int]]) -> list[str]:
    """The words outside these ranges, which are sorted and may hold each other."""
    kept: list[str] = []
    place = 0
    for begin, end in ranges:
        kept += words[place:begin]
        place = max(place, end)
    return kept + words[place:]


def _said(words: list[str]) -> str:
    return squeeze(" ".join([word for word in words if not word.isspace()]), MAX_TEXT)


def _outline_of_soup(soup: BeautifulSoup) -> Outline:
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
            found.all.setdefault(name, []).append(cast(Node, node))
            if main and not _is_main(cast(Node, node), name):
                main = False
            if main:
                found.main.setdefault(name, []).append(cast(Node, node))
                if name in _HEADINGS and len(found._headings) < MAX_HEADINGS:
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


def _is_main(node: Node, name: str) -> bool:
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


def contents(metas: Iterable[Node]) -> Mapping[str, str]:
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
