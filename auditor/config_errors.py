"""What is wrong with a configuration, as one line that a person can act on: where, what, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError


def explain(
    path: Path, text: str, error: ValidationError, tables: Mapping[str, type[BaseModel]], root: type[BaseModel]
) -> str:
    """One line: where, what is wrong, what to do. `tables`: what each table of the file may hold, `root` the file."""
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")  # a misspelt key explains the missing
    location = tuple(first["loc"])
    where = ".".join(str(part) for part in location if not _is_union_branch(part))
    line = _line_of(text, location)
    more = len(error.errors()) - 1
    tail = f" (and {more} more)" if more else ""
    return f"{path}:{line}: {where}: {_sentence(first, location, tables, root)}{tail}"


def _is_union_branch(part: str | int) -> bool:
    return isinstance(part, str) and (part.startswith("list[") or part == "_UnitsFile")


def _sentence(
    first: Any, location: tuple[str | int, ...], tables: Mapping[str, type[BaseModel]], root: type[BaseModel]
) -> str:
    kind = first["type"]
    if kind == "extra_forbidden":
        model = tables.get(str(location[0]), root) if len(location) > 1 else root
        known = list(model.model_fields)
        near = difflib.get_close_matches(str(location[-1]), known, n=1, cutoff=0.5)
        hint = f"did you mean `{near[0]}`?" if near else f"known keys here: {', '.join(sorted(known))}"
        return f"unknown key; {hint}"
    if kind == "missing":
        return "this key is missing; add it"
    if kind == "literal_error":
        return f"{first['input']!r} is not one of {first['ctx']['expected']}; use one of these"
    if kind == "value_error":
        return str(first["ctx"]["error"])
    message = first["msg"]
    return f"{message[0].lower()}{message[1:]}; mend the value {first['input']!r}"


def _line_of(text: str, location: tuple[str | int, ...]) -> int:
    """Line of the key in the file, from 1; of its table when the key is not there; 1 when neither is."""
    table = str(location[0]) if location else ""
    wanted = next((p for p in location[1:] if isinstance(p, int)), 0)
    key = next((p for p in reversed(location) if isinstance(p, str) and not _is_union_branch(p)), "")
    at, seen, inside = 1, -1, not table
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[+\s*([\w-]+)", line)
        if header:
            seen += header.group(1) == table
            inside = header.group(1) == table and seen == wanted
            if inside or (header.group(1) == key and len(location) == 1):
                at = number
        elif inside and re.match(rf"\s*{re.escape(str(key))}\s*=", line):
            return number
    return at
