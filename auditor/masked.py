"""Everything that leaves the judgement, without anybody's number in it; pure.

Texts are masked where they are read. Addresses are not: what a link leads to is found by them. So they are masked here,
once, in everything that reports, history and messages are made from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from auditor.model import Body, Criterion, Finding, Prior
from auditor.read.personal import mask

_T = TypeVar("_T")

_OURS = (Body, Criterion, Prior)
"""Nothing in them comes from a site but titles in a `Prior`, masked when they were kept; its names are digests."""


def masked(value: _T) -> _T:
    """The same value with every text in it masked; the very same object where nothing had to be."""
    made: Any = _masked(value)
    return made


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        said = mask(value)
        return value if said == value else type(value)(said)
    if isinstance(value, tuple | list | frozenset):
        items = [_masked(item) for item in value]
        if all(new is old for new, old in zip(items, value, strict=True)):
            return value
        return type(value)(items)
    if isinstance(value, Mapping):
        pairs = {_masked(key): _masked(item) for key, item in value.items()}
        same = all(new is old for new, old in zip(pairs.values(), value.values(), strict=False))
        return value if same and len(pairs) == len(value) and all(key in value for key in pairs) else pairs
    if isinstance(value, _OURS):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        return _masked_fields(value)
    return value


def _masked_fields(value: Any) -> Any:
    changed = {}
    for field in fields(value):
        if field.name == "id" and isinstance(value, Finding):
            continue
        old = getattr(value, field.name)
        new = _masked(old)
        if new is not old:
            changed[field.name] = new
    return replace(value, **changed) if changed else value
