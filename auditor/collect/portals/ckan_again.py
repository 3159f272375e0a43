"""A CKAN that was listed on an earlier night: asked for what was modified since, and how many datasets there are.

The listing of then, and what was modified on the nights between, are taken into tonight's evidence under their own
dates. With what is asked tonight they are the whole listing where the number that the portal gives is theirs. It is not
where a dataset was withdrawn, made private or deleted, nor where a listing of then was not whole: then everything is
listed anew, as on the first night. So it is where the server does not filter, where what was carried over cannot be
read, and where the oldest part of it is a month old: CKAN does not call a dataset modified when its organisation is
renamed, and one withdrawn in the hour in which another comes back unmodified would not show in the number.
"""

from __future__ import annotations

import json
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from ckanapi import RemoteCKAN  # type: ignore[import-untyped]

from auditor.collect import wellknown
from auditor.collect.conditional import BELIEVED
from auditor.collect.portals import Client, Outcome
from auditor.collect.portals.ckan_api import ROWS, SKEW, Refused, call, count_of, links_of, packages_of
from auditor.evidence.earlier import Known
from auditor.evidence.errors import EvidenceError
from auditor.model import Link
from auditor.read.linkformat import moment

BECAUSE = "answers as itself; listed on an earlier night, tonight asked for what was modified since"
ORDER = "metadata_modified asc, id asc"
MAX_PAGES = 3
"""Where more than that was modified, all of it is listed anew at little more cost."""

Steps = Generator[tuple[Link, ...], None, Outcome | None]


@dataclass
class _Kept:
    """What earlier nights have listed. `since`: all that was modified before is in it."""

    since: datetime
    answers: list[Known] = field(default_factory=list)
    links: dict[str, list[Link]] = field(default_factory=dict)


def changes_since(base: str, client: Client, ckan: RemoteCKAN) -> Steps:
    """The outcome of the harvest; None where the portal has to be listed anew."""
    kept = _kept(base, client)
    if kept is None:
        return None
    links = dict(kept.links)
    try:
        for page in range(MAX_PAGES):
            answer = call(ckan, client, "package_search", **_query(kept.since, page * ROWS))
            modified = packages_of(answer)
            if any(_modified(one) < _solr(kept.since) for one in modified):
                return None  # the server does not filter
            links |= {one["id"]: links_of(one, base) for one in modified}
            yield ()
            if (page + 1) * ROWS >= (count_of(answer) or 0):
                break
        else:
            return None
        count = count_of(call(ckan, client, "package_search", q="*:*", rows=0))
        if count != len(links):
            return None
        for known in kept.answers:
            client.carry(known)
    except (Refused, EvidenceError):
        yield ()
        return None
    yield tuple(link for some in links.values() for link in some)
    return Outcome("ckan", wellknown.portal_api("ckan", base), count, True, because=BECAUSE)


def _kept(base: str, client: Client) -> _Kept | None:
    listing = wellknown.portal_api("ckan", base)
    before = [known for known in client.before(listing) if known.uri.startswith(listing)]
    whole = [known for known in before if not _asked(known, "fq") and _asked(known, "rows") != "0"]
    if not whole or datetime.now(UTC) - whole[0].at > BELIEVED:
        return None
    firsts = [known for known in before if _asked(known, "fq") and _asked(known, "start") == "0"]
    kept = _Kept(_told(firsts[-1] if firsts else whole[0]) - SKEW)
    try:
        for known in before:
            packages = packages_of(json.loads(known.payload())["result"])
            kept.links |= {package["id"]: links_of(package, base) for package in packages}
            if packages:
                kept.answers.append(known)
    except (EvidenceError, Refused, ValueError, KeyError, TypeError, OSError):
        return None
    return kept


def _asked(known: Known, name: str) -> str:
    return parse_qs(urlsplit(known.uri).query).get(name, [""])[0]


def _told(known: Known) -> datetime:
    """When it was answered, by the clock that writes `metadata_modified` (RFC 9110, 6.6.1)."""
    return moment(known.header("date")) or known.at


def _query(since: datetime, start: int) -> dict[str, Any]:
    condition = f"metadata_modified:[{_solr(since)}Z TO *]"
    return {"q": "*:*", "fq": condition, "sort": ORDER, "rows": ROWS, "start": start}


def _solr(when: datetime) -> str:
    return when.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")


def _modified(package: dict[str, Any]) -> str:
    return str(package.get("metadata_modified") or "")
