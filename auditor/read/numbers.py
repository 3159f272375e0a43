"""How a column writes its decimals. Strict: `1234.5` is no Indonesian number, and `1.234` is one thousand."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

Style = Literal["id", "en"]

_SHAPES: dict[Style, re.Pattern[str]] = {
    "id": re.compile(r"^(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?$"),
    "en": re.compile(r"^(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:[eE][+-]?\d{1,3})?$"),
}
_ONLY_ID = re.compile(r"\d,\d{1,2}$|\d,\d{4,}$|\.\d{3}[.,]|\d,\d{3},")
_ONLY_EN = re.compile(r"\d\.\d{1,2}$|\d\.\d{4,}$|,\d{3}[.,]|[eE][+-]?\d")


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
