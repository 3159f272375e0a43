"""HTML -> its links with their surroundings. Runs on every page while the crawl goes on, so it is made to be fast.

One pass over the elements that matter, in document order; what surrounds a link is computed once per container and
remembered. Nothing here raises: a page that cannot be parsed has no links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from auditor.model import Link
from auditor.read.addresses import absolute, is_the_same_everywhere
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
_PLAIN = "a[href],area[href],link[rel=next]"
_UNUSUAL = ",".join(
    (
        "a[href^='java' i],iframe,frame,embed,object[data],option[value*='/'],meta[http-equiv],[onclick]",
        *(f"[{name}]" for name in _ELSEWHERE),
    )
)
_SELECTOR = f"a,area,link[rel=next],{_UNUSUAL},{Surroundings.HEADINGS}"
_SCRIPTED = re.compile(
    r"(?:window\.open|location\.(?:assign|replace)|(?:window|document|self|top|parent)?\.?location(?:\.href)?\s*=)"
    r"\s*\(?\s*(['\"])(?P<url>[^'\"]{1,2000})\1"
)
_REFRESH = re.compile(r"^\s*\d*\.?\d*\s*[;,]?\s*url\s*=\s*['\"]?\s*(?P<url>[^'\"]+)", re.IGNORECASE)


class Known(Protocol):
    """What a crawl has met. `hrefs(base)`: the hrefs that are known to lead to addresses that are not wanted, of all
    pages that resolve them alike; `links` adds to it. `unmet(url)`: whether the address is wanted."""

    def hrefs(self, base: str) -> set[str]: ...
    def unmet(self, url: str) -> bool: ...


def links(payload: bytes, base_url: str, charset: str | None = None, known: Known | None = None) -> tuple[Link, ...]:
    """Every address that a page leads to, in document order, with text, context and region.

    `charset` is the one of the HTTP header, where it names one. Fragments are dropped; `#`, `javascript:`, `mailto:`
    and the like are no links (trap T1); at most `MAX_LINKS`. With `known` only the links to addresses not met before:
    a menu that stood on the page before costs next to nothing.
    """
    try:
        tree = LexborHTMLParser(tame(decode(payload, charset)))
        tree.strip_tags(["script", "style", "template", "svg"])
        base = _base(tree, base_url)
        if known is None:
            return _collect(tree, _Addresses(base))
        chosen = _unmet(tree, base, known)
        return _collect(tree, chosen) if chosen else ()
    except (SelectolaxError, ValueError, RuntimeError, AttributeError, TypeError):
        return ()


class _Addresses(dict[str, "str | None"]):
    """href -> address, each resolved once a page."""

    def __init__(self, base: str) -> None:
        super().__init__()
        self._base = base

    def __missing__(self, href: str) -> str | None:
        self[href] = url = absolute(href, self._base)
        return url


def _base(tree: LexborHTMLParser, base_url: str) -> str:
    node = tree.css_first("base[href]")
    return (absolute(node.attributes.get("href"), base_url) if node else None) or base_url


def _unmet(tree: LexborHTMLParser, base: str, known: Known) -> dict[str, str]:
    """The hrefs of the page whose addresses were not met before."""
    hrefs = {href for node in tree.css(_PLAIN) if (href := node.attributes.get("href"))}
    hrefs.update(href for node in tree.css(_UNUSUAL) for href in _addresses(node))
    met = known.hrefs(base)
    chosen = {}
    for href in hrefs - met:
        url = absolute(href, base)
        if url is not None and known.unmet(url):
            chosen[href] = url
        elif is_the_same_everywhere(href):
            met.add(href)
    return chosen


def _collect(tree: LexborHTMLParser, addresses: Mapping[str, str | None]) -> tuple[Link, ...]:
    some = not isinstance(addresses, _Addresses)
    around = Surroundings(tree)
    found: dict[Link, None] = {}
    for node in tree.css(_SELECTOR):
        around.pass_by(node)
        for href in _addresses(node):
            url = addresses.get(href) if some else addresses[href]
            if url is None:
                continue
            text = _text(node)
            region = around.region(node)
            context = around.context(node, text) if region == "main" else around.group(node)
            found[Link(url, text, context, region)] = None
        if len(found) >= MAX_LINKS:
            break
    return tuple(found)


def _addresses(node: LexborNode) -> Sequence[str]:
    """The hrefs of an element, as they stand there."""
    attributes = node.attributes
    href = attributes.get("href")
    if href and href[0] != "#" and href[:11].lower() != "javascript:" and "onclick" not in attributes:
        tag = node.tag
        if tag == "a" or tag == "area" or tag == "link":
            return (href,)
    return tuple(_unusual(node.tag or "", attributes))


def _unusual(tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
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
