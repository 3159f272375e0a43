"""A page that somebody signed after breaking in. News about a break-in tells of it at length and is left alone."""

from __future__ import annotations

import re

_SIGNED = re.compile(
    r"\b(?:hacked|h4cked|haxored|defaced|d3faced|pwned|pwn3d|owned|0wned|touched|stamped|rooted)\s+by\b.{0,60}"
    r"|\b(?:your|this)\s+(?:web\s?site|site|security|server|system)\s+(?:has\s+been|was|is)\s+(?:hacked|pwned|owned|low)\b"
    r"|\bsecurity\s+(?:is\s+)?(?:breached|down)\s+by\b.{0,60}|\bdiretas\s+oleh\s*[:!]?\s*\S.{0,60}",
    re.IGNORECASE | re.DOTALL,
)
SHORT = 1_500


def signed(title: str, whole: str, own_links: int) -> str:
    """The words with which somebody signed the page, or an empty string. `whole`: all that is seen of it."""
    found = _SIGNED.search(title)
    if found and len(title) < 120 and len(whole) < 4 * SHORT:
        return title[:200]
    if len(whole) > SHORT or own_links > 5:
        return ""
    found = _SIGNED.search(whole)
    return found[0].strip()[:200] if found else ""
