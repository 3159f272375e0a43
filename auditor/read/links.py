"""HTML -> its links with their surroundings. Runs on every page while the crawl goes on, so it is made to be fast.

One pass over the elements that matter, in document order; what surrounds a link is computed once per container and
remembered. Nothing here raises: a page that cannot be parsed has no links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from auditor.model import Link
from auditor.read.addresses import absolute
from auditor.read.grids import squeeze
from auditor.read.markup import decode, tame
from auditor.read.surroundings import Surroundings

MAX_LINKS = 20_000
MAX_TEXT = 500

_SOURCES = {
    "a": ("href", "data-href", "data-url"),
    "area": ("href",),
    "iframe": ("src", "data-src"),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "link": ("href",),
    "option": ("value",),
}
_ELSEWHERE = ("data-href", "data-url", "data-link", "data-file")
_SELECTOR = ",".join(
    (
        "a,area,iframe,frame,embed,object[data],link[rel=next],option[value*='/'],meta[http-equiv],[onclick]",
        *(f"[{name}]" for name in _ELSEWHERE),
        Surroundings.HEADINGS,
    )
)
_SCRIPTED = re.compile(
    r"(?:window\.open|location\.(?:assign|replace)|(?:window|document|self|top|parent)?\.?location(?:\.href)?\s*=)"
    r"\s*\(?\s*(['\"])(?P<url>[^'\"]{1,2000})\1"
)
_REFRESH = re.compile(r"^\s*\d*\.?\d*\s*[;,]?\s*url\s*=\s*['\"]?\s*(?P<url>[^'\"]+)", re.IGNORECASE)


def links(payload: bytes, base_url: str, charset: str | None = None) -> tuple[Link, ...]:
    """Every address that a page leads to, in document order, with text, context and region.

    `charset` is the one of the HTTP header, where it names one. Fragments are dropped; `#`, `javascript:`, `mailto:`
    and the like are no links (trap T1); at most `MAX_LINKS`.
    """
    try:
        tree = LexborHTMLParser(tame(decode(payload, charset)))
        tree.strip_tags(["script", "style", "template", "svg"])
        return _collect(tree, base_url)
    except (SelectolaxError, ValueError, RuntimeError, AttributeError, TypeError):
        return ()


def _collect(tree: LexborHTMLParser, base_url: str) -> tuple[Link, ...]:
    base_node = tree.css_first("base[href]")
    base = (absolute(base_node.attributes.get("href"), base_url) if base_node else None) or base_url
    around = Surroundings(tree)
    found: dict[Link, None] = {}
    resolved: dict[str, str | None] = {}
    for node in tree.css(_SELECTOR):
        around.pass_by(node)
        for href in _addresses(node):
            if href not in resolved:
                resolved[href] = absolute(href, base)
            url = resolved[href]
            if url is None:
                continue
            text = _text(node)
            region = around.region(node)
            context = around.context(node, text) if region == "main" else around.group(node)
            found[Link(url, text, context, region)] = None
        if len(found) >= MAX_LINKS:
            break
    return tuple(found)


def _addresses(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    tag = node.tag or ""
    if tag == "meta":
        if (attributes.get("http-equiv") or "").lower() == "refresh":
            refresh = _REFRESH.match(attributes.get("content") or "")
            if refresh:
                yield refresh["url"]
        return
    for name in _SOURCES.get(tag, ()):
        value = attributes.get(name)
        if not value or value.startswith("#") or (tag == "option" and not value.startswith(("/", "http"))):
            continue
        if value[:11].lower() == "javascript:":
            yield from (call["url"] for call in _SCRIPTED.finditer(value[:4000]))
            continue
        yield value
        break
    else:
        for name in _ELSEWHERE:
            value = attributes.get(name)
            if value and ("/" in value or "." in value):
                yield value
                break
    script = attributes.get("onclick")
    if script:
        for call in _SCRIPTED.finditer(script[:4000]):
            yield call["url"]


def _text(node: LexborNode) -> str:
    attributes = node.attributes
    text = squeeze(node.text(separator=" ") if node.tag != "object" else "", MAX_TEXT)
    if text:
        return text
    for name in ("title", "aria-label", "alt", "data-title"):
        value = attributes.get(name)
        if value and value.strip():
            return squeeze(value, MAX_TEXT)
    image = node.css_first("img[alt],img[title],[aria-label],[title]")
    if image is not None:
        inner = image.attributes
        return squeeze(inner.get("alt") or inner.get("title") or inner.get("aria-label") or "", MAX_TEXT)
    return ""
