"""HTML as a light tree: flat lists in document order, in which an element is a range.

Made from the very events of lxml's parser from which BeautifulSoup makes its tree, so that both hold the same elements,
attributes and strings; a tenth of the work. What BeautifulSoup treats apart and ordinary pages do not have is declined
(`grow` gives None): there BeautifulSoup reads. `Element` answers as a `bs4.Tag` does, as far as anything here asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from lxml import etree  # type: ignore[import-untyped]

_DECLINED = frozenset(("template", "rt", "rp"))
"""Elements whose words are no words of what holds them; in pages that have them BeautifulSoup decides."""
_PRESERVED = frozenset(("pre", "textarea"))
_SOURCES = frozenset(("script", "style"))
_ASCII_SPACES = " \n\t\f\r"


class Node(Protocol):
    """An element of a page, of whichever tree."""

    @property
    def name(self) -> str: ...
    @property
    def attrs(self) -> Mapping[str, Any]: ...
    def get(self, key: str) -> Any: ...
    def get_text(self, separator: str = "", strip: bool = False) -> str: ...
    def find(self, name: str, *, href: bool | None = None) -> Node | None: ...
    def find_parent(self, name: str | tuple[str, ...]) -> Node | None: ...
    def find_all(
        self,
        name: str | tuple[str, ...],
        *,
        recursive: bool = True,
        limit: int | None = None,
        href: bool | None = None,
    ) -> list[Node]: ...


class Element:
    """`elements[first:last]` of its tree are below it, `words[begin:end]` are its strings; `source` is what a script
    or a style sheet holds, which is nobody's words."""

    __slots__ = ("attrs", "begin", "end", "first", "last", "name", "parent", "source", "tree")

    def __init__(self, name: str, attrs: Mapping[str, str], parent: Element | None, tree: Tree) -> None:
        self.name = name
        self.attrs = attrs
        self.parent = parent
        self.tree = tree
        self.source = ""
        self.begin = self.end = len(tree.words)
        self.first = self.last = len(tree.elements) + 1

    def get(self, key: str) -> str | None:
        return self.attrs.get(key)

    def get_text(self, separator: str = "", strip: bool = False) -> str:
        words = [self.source] if self.name in _SOURCES else self.tree.words[self.begin : self.end]
        return separator.join(filter(None, map(str.strip, words))) if strip else separator.join(words)

    def find(self, name: str, *, href: bool | None = None) -> Element | None:
        for element in self.tree.elements[self.first : self.last]:
            if element.name == name and (not href or "href" in element.attrs):
                return element
        return None

    def find_all(
        self,
        name: str | tuple[str, ...],
        *,
        recursive: bool = True,
        limit: int | None = None,
        href: bool | None = None,
    ) -> list[Node]:
        names = (name,) if isinstance(name, str) else name
        below = self.tree.elements[self.first : self.last]
        found: list[Node] = [
            element
            for element in below
            if element.name in names and (recursive or element.parent is self) and (not href or "href" in element.attrs)
        ]
        return found[:limit] if limit else found

    def find_parent(self, name: str | tuple[str, ...]) -> Element | None:
        names = (name,) if isinstance(name, str) else name
        outer = self.parent
        while outer is not None and outer.name not in names:
            outer = outer.parent
        return outer


class Tree:
    """`elements` and `words` (each string between two tags) in document order."""

    __slots__ = ("elements", "words")

    def __init__(self) -> None:
        self.elements: list[Element] = []
        self.words: list[str] = []


class _Declined(Exception):
    pass


def grow(text: str) -> Tree | None:
    """The tree of a page; None where BeautifulSoup is to read it."""
    target = _Growing()
    parser = etree.HTMLParser(target=target, recover=True)
    try:
        parser.feed(text[1:] if text[:1] == "\ufeff" else text)
        parser.close()
        target.close_all()
    except (_Declined, etree.LxmlError, LookupError, ValueError, AssertionError, RecursionError):
        return None
    return target.tree


class _Growing:
    """What the parser tells its events to. Follows BeautifulSoup.handle_starttag, endData and _popToTag."""

    def __init__(self) -> None:
        self.tree = Tree()
        self._open: list[Element] = []
        self._data: list[str] = []
        self._preserved = 0

    def start(self, tag: str, attrs: Mapping[str, str]) -> None:
        if self._data:
            self._flush()
        if tag in _DECLINED or (self._open and self._open[-1].name in _SOURCES):
            raise _Declined
        for name in attrs:
            if name[0] == "{":  # taken for a namespace
                raise _Declined
        if tag in _PRESERVED:
            self._preserved += 1
        element = Element(tag, attrs, self._open[-1] if self._open else None, self.tree)
        self.tree.elements.append(element)
        self._open.append(element)

    def end(self, tag: str) -> None:
        if self._data:
            self._flush()
        if self._open and self._open[-1].name == tag:
            self._pop()
        elif any(element.name == tag for element in self._open):
            while self._pop() != tag:
                pass

    def data(self, data: str) -> None:
        self._data.append(data)

    def comment(self, text: str) -> None:
        if self._data:
            self._flush()

    def pi(self, target: str, data: str | None = None) -> None:
        if self._data:
            self._flush()

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        if self._data:
            self._flush()

    def close(self) -> None:
        return

    def close_all(self) -> None:
        if self._data:
            self._flush()
        while self._open:
            self._pop()

    def _pop(self) -> str:
        element = self._open.pop()
        element.last = len(self.tree.elements)
        element.end = len(self.tree.words)
        if element.name in _PRESERVED:
            self._preserved -= 1
        return element.name

    def _flush(self) -> None:
        """A string is complete. White space alone is one character of it, but where it is preserved."""
        data = "".join(self._data)
        self._data.clear()
        if not self._preserved and not data.strip(_ASCII_SPACES):
            data = "\n" if "\n" in data else " "
        if self._open and self._open[-1].name in _SOURCES:
            if self._open[-1].source:
                raise _Declined
            self._open[-1].source = data
        else:
            self.tree.words.append(data)
