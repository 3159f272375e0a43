"""What a reader of a platform's answer gives: the datasets of one page of a catalogue, and where the next one is."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from auditor.read.catalogues import Listed

MAX_JSON = 50_000_000
"""Bytes; a larger answer is not taken apart in memory."""


class NotThis(Exception):
    """The answer is not what its platform gives; the message says why, in a few words."""


@dataclass(frozen=True, slots=True)
class Listing:
    """`declared`: how many datasets the portal says it has, None where it does not say. `next`: the address of the
    page after this one, as the answer states it; `""` where this was the last."""

    datasets: tuple[Listed, ...]
    declared: int | None = None
    next: str = ""


def parsed_json(payload: bytes) -> Any:
    """The value of a JSON answer. Raises NotThis: HTML, too large, nested without end, not JSON."""
    if len(payload) > MAX_JSON:
        raise NotThis(f"an answer of {len(payload)} bytes is too large")
    if payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        raise NotThis("a page instead of JSON")
    try:
        return json.loads(payload)
    except RecursionError:
        raise NotThis("JSON nested without end") from None
    except ValueError:
        raise NotThis("not JSON") from None


def records(value: Any) -> list[dict[str, Any]]:
    """The objects of a list. Raises NotThis where it is no list, or nothing in it is an object."""
    if not isinstance(value, list):
        raise NotThis("no list of datasets")
    found = [item for item in value if isinstance(item, dict)]
    if value and not found:
        raise NotThis("no list of datasets")
    return found


def whole_number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else None
