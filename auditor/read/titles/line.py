"""`auditor classify`: one line of input to one object of output."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from auditor.model import Unit
from auditor.read.personal import mask
from auditor.read.titles.decide import classify


def classify_line(line: str, units: Sequence[Unit] = ()) -> dict[str, Any]:
    """A title, or a JSON object with `title` and, where known, `context` and `url`, as kind, years, period and unit.

    A line that begins with `{` and is not such an object is read as a plain title: any text may be a title.
    """
    title, context, url = _parsed(line.strip("\r\n"))
    facts = classify(title, context, url, units=units)
    return {
        "title": mask(title),
        "kind": facts.kind,
        "years": list(facts.years),
        "period": facts.period,
        "unit": facts.unit,
        "confidence": facts.confidence,
    }


def _parsed(line: str) -> tuple[str, str, str]:
    if line.lstrip().startswith("{"):
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and isinstance(found.get("title"), str):
            context, url = found.get("context"), found.get("url")
            return found["title"], context if isinstance(context, str) else "", url if isinstance(url, str) else ""
    return line, "", ""
