"""Published pages read strictly."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

VOID = {"meta", "link", "br", "input", "img", "hr"}


class Reading(HTMLParser):
    """A strict reading of a page: every tag closed in order, no code and no style in it, links collected."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.lang = ""
        self.feed(html)
        self.close()
        assert self.open == [], f"left open: {self.open}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert len(given) == len(attrs), f"an attribute twice in {tag}"
        assert "style" not in given
        assert not [name for name in given if name.startswith("on")]
        assert tag not in ("style", "iframe", "object", "embed", "base", "template")
        if tag == "script" and given.get("type") != "application/ld+json":
            assert given.get("src", "").startswith(("assets/", "../", "standing.js"))
        if tag == "html":
            self.lang = given["lang"] or ""
        if "id" in given:
            self.ids.append(given["id"] or "")
        for name in ("href", "src"):
            if given.get(name) and tag != "link":
                self.links.append(given[name] or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script" and data.strip():
            assert json.loads(data)["@type"] == "Dataset", "a script element holds data or nothing"


def pages(public: Path) -> list[Path]:
    return sorted(public.rglob("*.html"))
