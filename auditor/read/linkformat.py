"""Links between versions of a resource: the `Link` header (RFC 8288) and TimeMaps (RFC 7089, 5) in link-format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from auditor.read.addresses import absolute

MAX_LINKS = 200_000

_LINK = re.compile(
    r"<([^<>\s]{1,4000})>((?:\s*;\s*[\w!#$&+.^`|~-]+\s*(?:=\s*(?:\"[^\"]{0,500}\"|[^\s\",;]{0,200}))?)*)"
)
_PARAMETER = re.compile(r";\s*([\w-]+)\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]*))")


@dataclass(frozen=True, slots=True)
class Version:
    """A link of a TimeMap or a `Link` header. `at`: in UTC, None where it names no moment."""

    url: str
    relations: frozenset[str]
    at: datetime | None


def versions(text: str, base: str) -> Iterator[Version]:
    """Every link in the text, in order; what is no link, or leads nowhere, is passed over. `base`: for relative
    addresses (RFC 3986)."""
    for number, found in enumerate(_LINK.finditer(text)):
        if number >= MAX_LINKS:
            return
        stated = {name.lower(): quoted or bare for name, quoted, bare in _PARAMETER.findall(found[2])}
        relations = frozenset(stated.get("rel", "").lower().split())
        url = absolute(found[1], base)
        if url is not None:
            yield Version(url, relations, moment(stated.get("datetime", "")))


def mementos(text: str, base: str) -> list[Version]:
    """The archived copies that a TimeMap lists, the newest first."""
    found = [v for v in versions(text, base) if "memento" in v.relations and v.at is not None]
    return sorted(found, key=lambda v: (v.at or datetime.min.replace(tzinfo=UTC), v.url), reverse=True)


def moment(text: str) -> datetime | None:
    """An HTTP date (RFC 9110, 5.6.7) in UTC; None for anything else."""
    try:
        found = parsedate_to_datetime(text)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
