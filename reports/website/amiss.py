"""What answered badly, oddly or not at all, by its cause: how often, and one address where it can be seen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.model import Capture, Text

_FINE = frozenset(("ok", "redirect"))
_ODD = "odd: "
MOST = 20


def amiss(captures: Iterable[Capture], causes: Mapping[str, Text]) -> list[tuple[Text, int, str]]:
    """`(what it was, how many addresses, one of them)`, the most frequent first; at most `MOST` kinds."""
    found: dict[str, list[str]] = {}
    for capture in captures:
        for name in _names(capture):
            found.setdefault(name, []).append(capture.url)
    kinds = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:MOST]
    return [(causes.get(name, Text(name, name)), len(urls), min(urls)) for name, urls in kinds]


def _names(capture: Capture) -> list[str]:
    if capture.detail.startswith("tls-"):
        return [capture.detail.partition(":")[0]]
    if capture.cause not in _FINE:
        return [capture.cause]
    return capture.detail.removeprefix(_ODD).split(", ") if capture.detail.startswith(_ODD) else []
