"""How often recognition is wrong, as `benchmarks` measured it on what many real bodies published."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def measured_accuracy() -> dict[str, Any] | None:
    """The figures that the methodology page prints, of every `accuracy*.json`; None in a copy never measured."""
    shipped = (
        one for one in files("checks").iterdir() if one.name.startswith("accuracy") and one.name.endswith(".json")
    )
    measured = [json.loads(one.read_text("utf-8")) for one in sorted(shipped, key=lambda one: one.name)]
    if not measured:
        return None
    return {
        "measured": max(one["measured"] for one in measured),
        "rows": [row for one in sorted(measured, key=lambda one: -len(one["rows"])) for row in one["rows"]],
    }
