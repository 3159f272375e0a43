"""JSON and GeoJSON -> rows: an array of objects, wherever in the answer it stands, or the properties of features."""

from __future__ import annotations

import json
from typing import Any

from auditor.read.delimited import decode_table
from auditor.read.rows import RawTable, named

MAX_COLUMNS = 2_000


def read_json(payload: bytes) -> RawTable | None:
    """The largest array of objects in the document as a table; None where there is none, or no JSON."""
    text, encoding = decode_table(payload)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    objects = _features(value) or _largest(value)
    if not objects:
        return None
    columns: dict[str, None] = {}
    for item in objects[:2_000]:
        columns.update(dict.fromkeys(str(key) for key in item))
        if len(columns) > MAX_COLUMNS:
            break
    names = tuple(columns)[:MAX_COLUMNS]
    return named(names, ([_text(item.get(name)) for name in names] for item in objects), encoding=encoding)


def _features(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, dict) or not isinstance(value.get("features"), list):
        return []
    found = [item.get("properties") for item in value["features"] if isinstance(item, dict)]
    return [item for item in found if isinstance(item, dict)]


def _largest(value: Any, depth: int = 0) -> list[dict[str, Any]]:
    if depth > 4:
        return []
    if isinstance(value, list):
        return value if value and all(isinstance(item, dict) for item in value) else []
    if isinstance(value, dict):
        return max((_largest(item, depth + 1) for item in value.values()), key=len, default=[])
    return []


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "benar" if value else "salah"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)[:2_000]
    return str(value)
