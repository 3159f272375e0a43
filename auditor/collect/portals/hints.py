"""A portal's front page -> what it says of its software: `<meta name=generator>`, `rel=alternate`, links."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser

from auditor.collect.portals import Hints
from auditor.read.addresses import absolute

MAX_HTML = 5_000_000
MAX_ADDRESSES = 2_000
_WHERE = "link[href], a[href], script[src], meta[property='og:image'][content]"


def hints_of(payload: bytes, url: str) -> Hints:
    """Declared alternates first, then what stands in the page. No hints where it is too large to be taken apart."""
    if len(payload) > MAX_HTML:
        return Hints()
    tree = LexborHTMLParser(payload.decode("utf-8", "replace"))
    generators = [node.attributes.get("content") or "" for node in tree.css("meta[name='generator' i]")]
    declared: dict[str, None] = {}
    others: dict[str, None] = {}
    for node in tree.css(_WHERE)[:MAX_ADDRESSES]:
        said = node.attributes.get("href") or node.attributes.get("src") or ""
        address = absolute(said, url)
        if address:
            kind = (node.attributes.get("rel") or "").lower().split() if node.tag == "link" else ()
            (declared if "alternate" in kind else others)[address] = None
    return Hints(" ".join(generators).lower()[:300], tuple({**declared, **others}))
