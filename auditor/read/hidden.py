"""Words and links that a page holds and a visitor does not see: where injected advertising is put for search engines.

Menus and dialogues are hidden as well, by the thousand: that something is hidden is no sign of anything. What it says
is judged, in `auditor.read.gambling`. Style sheets of their own files are not read; what a server shows only to search
engines (cloaking by User-Agent) cannot be seen by one who does not pretend to be one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.read.grids import squeeze
from auditor.read.outline import Outline, joined
from auditor.read.tree import Node

MAX_PLACES = 400
MAX_WORDS = 4_000

_NUMBER = r"-\s*\d{3,6}(?:\.\d+)?\s*(?:px|em|rem|pt|vw|vh|%)?"
_UNSEEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0\d*)?\s*(?:[;}!]|$)"
    rf"|text-indent\s*:\s*{_NUMBER}|(?:left|top|right|bottom|margin(?:-left|-top)?)\s*:\s*{_NUMBER}"
    r"|font-size\s*:\s*(?:0(?:\.\d+)?|1)\s*(?:px|pt|em|rem|%)?\s*(?:[;}!]|$)"
    r"|(?:^|[;{\s])(?:max-)?(?:height|width)\s*:\s*[01](?:px)?\s*(?:[;}!]|$)"
    r"|clip\s*:\s*rect\(\s*[01](?:px)?[\s,]+[01]|clip-path\s*:\s*inset\(\s*(?:50|100)%|transform\s*:\s*scale\(\s*0",
    re.IGNORECASE,
)
_COLOUR = re.compile(r"(?:^|[;\s])color\s*:\s*([#\w(),. ]+?)\s*(?:;|!|$)", re.IGNORECASE)
_GROUND = re.compile(r"background(?:-color)?\s*:\s*([#\w(),. ]+?)\s*(?:;|!|$)", re.IGNORECASE)
_RULE = re.compile(r"([^{}]{1,300})\{([^{}]{0,2000})\}")
_SIMPLE = re.compile(r"^\s*([.#][\w-]+)\s*$")
_SAID = ("alt", "title", "aria-label", "data-title", "placeholder")
_META = re.compile(
    r"^(?:description|keywords|og:(?:title|description)|twitter:(?:title|description)|subject|news_keywords)$"
)


@dataclass(frozen=True, slots=True)
class Hidden:
    """`texts`: the words of each hidden place; `told`: what only machines are told (meta, alt and title attributes);
    `links`: (address as written, words) of the links in hidden places."""

    texts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


def hidden_in(page: Outline) -> Hidden:
    """Every place that the page's own markup hides: attributes, inline styles, and rules of its `<style>` elements."""
    selectors = _hiding_selectors(page)
    texts: dict[str, None] = {}
    links: dict[tuple[str, str], None] = {}
    places = 0
    for name, tags in page.all.items():
        if name in ("script", "style", "template", "svg", "head", "html", "body", "meta", "link", "input"):
            continue
        for tag in tags:
            if not _unseen(tag, selectors):
                continue
            places += 1
            if places > MAX_PLACES:
                break
            texts[squeeze(tag.get_text(" "), MAX_WORDS)] = None
            found = tag.find_all("a", href=True) if name != "a" else [tag]
            links.update({(joined(a.get("href"))[:2000], squeeze(a.get_text(" "), 300)): None for a in found})
    return Hidden(tuple(t for t in texts if t), tuple(_told(page)), tuple(links))


def _unseen(tag: Node, selectors: frozenset[str]) -> bool:
    attributes = tag.attrs
    if not attributes:
        return tag.name == "noscript"
    if "hidden" in attributes or tag.name == "noscript":
        return True
    style = joined(attributes.get("style"))
    if style and (_UNSEEN.search(style) or _one_colour(style)):
        return True
    if tag.name == "font" and joined(attributes.get("size")).strip() in ("0", "-7"):
        return True
    if not selectors:
        return False
    names = {f".{one}" for one in joined(attributes.get("class")).split()} | {f"#{joined(attributes.get('id'))}"}
    return bool(names & selectors)


def _one_colour(style: str) -> bool:
    """Letters in the colour of what they stand on."""
    colour, ground = _COLOUR.search(style), _GROUND.search(style)
    return bool(colour and ground and colour[1].lower().strip() == ground[1].lower().strip()) or bool(
        colour and colour[1].lower().strip() == "transparent"
    )


def _hiding_selectors(page: Outline) -> frozenset[str]:
    found: set[str] = set()
    for sheet in page.tags("style")[:50]:
        for rule in _RULE.finditer(sheet.get_text()[:200_000]):
            if _UNSEEN.search(rule[2]):
                found |= {one[1] for part in rule[1].split(",") if (one := _SIMPLE.match(part))}
    return frozenset(found)


def _told(page: Outline) -> list[str]:
    found: dict[str, None] = {}
    for tag in page.tags("meta"):
        if _META.match(joined(tag.get("name") or tag.get("property")).lower()):
            found[squeeze(joined(tag.get("content")), 1_000)] = None
    for name in ("img", "a", "area", "iframe", "input", "button"):
        for tag in page.tags(name)[:3_000]:
            for attribute in _SAID:
                if attribute in tag.attrs:
                    found[squeeze(joined(tag.get(attribute)), 300)] = None
    return [text for text in found if text]
