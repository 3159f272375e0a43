"""JSON whose bytes depend on its content alone: fixed key order, rounded numbers, UTF-8, one newline at the end."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

DIGITS = 4  # decimals of every number in score.json and findings.json


def number(value: float) -> float:
    """The number as published: a float with at most `DIGITS` decimals, and no negative zero."""
    return round(float(value), DIGITS) + 0.0


def maybe(value: float | None) -> float | None:
    return None if value is None else number(value)


def instant(at: datetime) -> str:
    """An aware time in UTC, e.g. `2026-11-02T18:00:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def dump(value: Any) -> bytes:
    """The value as JSON. A lone surrogate becomes its JSON escape, so that nothing from outside breaks the file."""
    text = json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False)
    return text.encode("utf-8", "backslashreplace") + b"\n"
