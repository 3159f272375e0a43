"""How often we are wrong, as the benchmarks measured it: on titles of many real bodies, and on personal data."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

_FILES = ("accuracy.json", "personal.json")


def measured_accuracy() -> dict[str, Any] | None:
    """The figures that the methodology page prints, `measured` the oldest; None in a copy that was never measured."""
    figures = [files("checks") / name for name in _FILES]
    found = [json.loads(one.read_text("utf-8")) for one in figures if one.is_file()]
    if not found:
        return None
    return {"measured": min(one["measured"] for one in found), "rows": [row for one in found for row in one["rows"]]}
