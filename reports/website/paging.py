"""Long lists cut into pages that stay small, by what their rows weigh."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from typing import TypeVar

T = TypeVar("T")
WEIGHT = 550_000  # characters of outside text on a page: with the markup around it a page stays under 1 MB


def paged(items: Iterable[T], most: int, weight: Callable[[T], int], limit: int = WEIGHT) -> list[list[T]]:
    """The items in order, at most `most` on a page and at most `limit` of weight; one empty page for no items."""
    pages: list[list[T]] = [[]]
    load = 0
    for item in items:
        heavy = weight(item)
        if pages[-1] and (len(pages[-1]) >= most or load + heavy > limit):
            pages.append([])
            load = 0
        pages[-1].append(item)
        load += heavy
    return pages


def paths(first: str, count: int) -> list[str]:
    """`todo.html`, `todo-2.html`, …"""
    stem, _, suffix = first.rpartition(".")
    return [first, *(f"{stem}-{n}.{suffix}" for n in range(2, count + 1))]


def weigh(*texts: str) -> int:
    """Characters that the texts take in a page once escaped."""
    return sum(len(escape(text)) for text in texts)
