"""Numbers as Indonesian tables write them. Strict: `1234.5` is no Indonesian number, and `1.234` is one thousand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Literal

Style = Literal["id", "en"]

_WRAPPING = re.compile(r"^(?:rp\.?|idr)\s*|(?:,-|\s*%|\s*rupiah)$", re.IGNORECASE)
_SHAPES: dict[Style, re.Pattern[str]] = {
    "id": re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$"),
    "en": re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$"),
}
_ONLY_ID = re.compile(r"\d,\d{1,2}$|\d,\d{4,}$|\.\d{3}[.,]|\d,\d{3},")
_ONLY_EN = re.compile(r"\d\.\d{1,2}$|\d\.\d{4,}$|,\d{3}[.,]|[eE][+-]?\d")
_ABSENT = frozenset(("", "-", "–", "—", "n/a", "na", "null", "none", "nan", "...", "…", "tidak ada", "tad", "0-"))


def absent(text: str) -> bool:
    """True for the ways in which a table says that there is no figure."""
    return text.strip().lower() in _ABSENT


def parse_number(text: str, style: Style = "id") -> Decimal | None:
    """`Rp 1.234.567,50`, `(1.200)`, `-3,5`, `12 %` -> Decimal; None for anything else, amounts in words included."""
    text = text.strip().replace("\u00a0", " ")
    if not text or len(text) > 60:
        return None
    negative = False
    if text[0] == "(" and text[-1] == ")":
        negative, text = True, text[1:-1].strip()
    text = _WRAPPING.sub("", text).strip()
    text = _WRAPPING.sub("", text).strip()
    if text[:1] in ("-", "−", "+"):
        negative, text = negative or text[0] != "+", text[1:].strip()
    if not _SHAPES[style].match(text):
        return None
    plain = text.replace(".", "").replace(",", ".") if style == "id" else text.replace(",", "")
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return -value if negative else value


def column_style(values: Iterable[str]) -> Style:
    """How one column writes decimals, told from the values that leave no doubt; Indonesian when none does."""
    votes = {"id": 0, "en": 0}
    for value in values:
        value = value.strip()
        if _ONLY_ID.search(value) and _SHAPES["id"].match(value.lstrip("-(Rp. ").rstrip(")")):
            votes["id"] += 1
        elif _ONLY_EN.search(value) and _SHAPES["en"].match(value.lstrip("-(Rp ").rstrip(")")):
            votes["en"] += 1
    return "en" if votes["en"] > votes["id"] else "id"
