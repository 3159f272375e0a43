"""The values of a catalogue's records, whatever their type, as dates and as words."""

from __future__ import annotations

import json
from datetime import date

from auditor.read.dates import parse_date


def day(value: object) -> date | None:
    return parse_date(value[:30]) if isinstance(value, str) else None


def text(value: object) -> str:
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value).lower()
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, int | float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)[:500] if value else ""
