"""Asking whether an answer of an earlier night is still right (RFC 9110, 13), and when its word is taken for it.

A 304 is believed where the server was told what we have and does not contradict itself. What cannot be seen is a server
that says so though its page has changed: therefore nothing is believed for longer than about a month, each address
then in a night of its own, and is fetched whole again.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from auditor.evidence.earlier import Known
from auditor.read.linkformat import moment

BELIEVED = timedelta(days=25)
SPREAD_DAYS = 10
"""Whole again after 25 to 34 days, by address, so that no night has to fetch a whole site."""

REFUSALS = frozenset((400, 412, 501))
"""Answers of servers that trip over conditions; RFC 9110 has none of them for a conditional GET."""

UNASKED = "304, though we had asked for the whole"
CONTRADICTED = "304, though what it names is not what we have"


def conditions(known: Known, url: str, now: datetime) -> dict[str, str]:
    """The request headers that ask for the answer only where it has changed; none where nothing tells it.

    A weak ETag is taken: most servers that compress have no other. A Last-Modified of the future, or of the same second
    as the answer, tells nothing (8.8.2), nor does one alone where the answer varies with more than its compression.
    """
    varies = {name.strip().lower() for name in known.header("vary").split(",") if name.strip()}
    if "*" in varies or now - known.at > _believed(url):
        return {}
    etag, modified = _etag(known.header("etag")), known.header("last-modified")
    tells = (etag or varies <= {"accept-encoding"}) and _settled(modified, known)
    asked = {"If-None-Match": etag} if etag else {}
    return {**asked, "If-Modified-Since": modified} if tells else asked


def contradicts(known: Known, told: Mapping[str, str]) -> bool:
    """True where a 304 names another version than ours (RFC 9111, 4.3.4). `told`: its headers."""
    etag, ours = _etag(told.get("etag", "")), _etag(known.header("etag"))
    if etag and ours:
        return etag.removeprefix("W/") != ours.removeprefix("W/")
    later, modified = moment(told.get("last-modified", "")), moment(known.header("last-modified"))
    return bool(later and modified and later > modified)


def _believed(url: str) -> timedelta:
    return BELIEVED + timedelta(days=zlib.crc32(url.encode("utf-8", "replace")) % SPREAD_DAYS)


def _etag(value: str) -> str:
    """An entity tag as it may be sent back (RFC 9110, 8.8.3), or nothing."""
    value = value.strip()
    opaque = value.removeprefix("W/")
    good = len(opaque) >= 2 and opaque[0] == opaque[-1] == '"' and '"' not in opaque[1:-1]
    return value if good and value.isascii() and value.isprintable() else ""


def _settled(modified: str, known: Known) -> bool:
    """The page had not been changed in the second in which it was given, nor later."""
    changed = moment(modified)
    given = moment(known.header("date")) or known.at
    return changed is not None and changed < given.replace(microsecond=0)
