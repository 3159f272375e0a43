"""Whether an element holds another, for the few simple selectors that regions are told apart by.

A general CSS engine over these trees took a tenth of the reading of a night.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from bs4 import Tag

from auditor.read.tree import Element, Node


@dataclass(frozen=True, slots=True)
class _Wanted:
    tags: frozenset[str]
    ids: frozenset[str]
    classes: frozenset[str]
    roles: frozenset[str]


def holds(element: Node, selector: str) -> bool:
    """True where something below `element` is selected. `selector`: a list of `tag`, `#id`, `.class` and
    `[role=name]`, joined by commas without spaces."""
    wanted = _wanted(selector)
    if isinstance(element, Element):
        below = element.tree.elements[element.first : element.last]
        return any(one.name in wanted.tags or (one.attrs and _is_wanted(one.attrs, wanted)) for one in below)
    stack = list(cast(Tag, element).contents)
    while stack:
        node = stack.pop()
        if not isinstance(node, Tag):
            continue
        if node.name in wanted.tags or (node.attrs and _is_wanted(node.attrs, wanted)):
            return True
        stack.extend(node.contents)
    return False


def _is_wanted(attributes: Mapping[str, object], wanted: _Wanted) -> bool:
    if "id" in attributes and attributes["id"] in wanted.ids:
        return True
    if "role" in attributes and attributes["role"] in wanted.roles:
        return True
    names = attributes.get("class")
    if not names:
        return False
    return not wanted.classes.isdisjoint(names.split() if isinstance(names, str) else names)  # type: ignore[arg-type]


@lru_cache(maxsize=16)
def _wanted(selector: str) -> _Wanted:
    parts = selector.split(",")
    return _Wanted(
        frozenset(part for part in parts if part[0] not in "#.["),
        frozenset(part[1:] for part in parts if part[0] == "#"),
        frozenset(part[1:] for part in parts if part[0] == "."),
        frozenset(part[len("[role=") : -1] for part in parts if part[0] == "["),
    )
