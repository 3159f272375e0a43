"""Which part of a page an element opens: the page's own words, its menu or its footer. One rule for both parsers."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

Region = Literal["main", "menu", "footer"]

BODY = "main,article,table,section,[role=main],footer"
CONTENT = "main,article,table,h1,#content,.content,[role=main],footer"
"""What a menu cannot hold: a wrapper named after one, or a header never closed, holds the page's own part."""

_MENU = re.compile(
    r"(?:^|[\s_-])(?:menu|navbar|nav|navigation|topbar|topnav|breadcrumbs?|offcanvas|megamenu|pagination|pager)"
    r"(?:[\s_-]|$)",
    re.IGNORECASE,
)
_SIDE = re.compile(r"(?:^|[\s_-])(?:sidebar|widget-area)(?:[\s_-]|$)", re.IGNORECASE)
_TABS = re.compile(
    r"(?:^|\s)(?:nav-tabs|nav-pills|nav-link|tab-content|tab-pane|tablist|nav-item)(?:\s|$)", re.IGNORECASE
)
_FOOTER = re.compile(r"(?:^|[\s_-])(?:footer|copyright|colophon)(?:[\s_-]|$)", re.IGNORECASE)
_NEVER = frozenset(("main", "article", "table", "td", "th", "tr", "tbody", "li", "a", "html", "body"))


def region_of(
    tag: str, role: str, names: str, within: Callable[[tuple[str, ...]], bool], holds: Callable[[str], bool]
) -> Region:
    """The region that an element opens by its own mark-up. `names`: class and id; `within`: has it an ancestor of these
    tags; `holds`: does it hold an element of this CSS selector."""
    if tag == "footer":
        return "main" if within(("article", "main", "table")) else "footer"
    if tag == "nav":
        return "main" if holds(BODY) else "menu"
    if tag == "header":
        return "main" if within(("article", "main", "section")) or holds(BODY) else "menu"
    if tag in _NEVER:
        return "main"
    if role in ("navigation", "banner"):
        return "menu"
    if role == "contentinfo":
        return "footer"
    if len(names) < 3 or _TABS.search(names):
        return "main"
    if _FOOTER.search(names):
        return "main" if holds(CONTENT) else "footer"
    if _MENU.search(names):
        return "main" if holds(f"{CONTENT},section") else "menu"
    if _SIDE.search(names):
        return "main" if holds(CONTENT) else "menu"
    return "main"
