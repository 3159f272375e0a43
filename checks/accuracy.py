"""How often recognition is wrong, as `benchmarks/accuracy` measured it on titles of many real bodies."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any


def measured_accuracy() -> dict[str, Any] | None:
    """The figures that the methodology page prints; None in a copy that was never measured."""
    figures = files("checks") / "accuracy.json"
    if not figures.is_file():
        return None
    measured: dict[str, Any] = json.loads(figures.read_text("utf-8"))
    return measured
