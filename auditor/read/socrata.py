"""Socrata's discovery API, asked on the portal's own domain: https://dev.socrata.com/docs/other/discovery"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qs, quote, urlencode, urljoin, urlsplit

from auditor.model import Capture
from auditor.read.addresses import absolute
from auditor.read.catalogues import Listed, ListedFile, is_open
from auditor.read.freshness import cadence_of
from auditor.read.listing import Listing, NotThis, parsed_json, records, whole_number
from auditor.read.personal import mask
from auditor.read.values import day, text


def read(payload: bytes, capture: Capture) -> Listing:
    """One page of `api/catalog/v1`. Raises NotThis."""
    value = parsed_json(payload)
    if not isinstance(value, dict) or "resultSetSize" not in value:
        raise NotThis("no `resultSetSize` in the answer")
    found = records(value.get("results"))
    listed = tuple(_listed(one, capture) for one in found if isinstance(one.get("resource"), dict))
    total = whole_number(value["resultSetSize"])
    at = _offset(capture.url) + len(found)
    more = bool(found) and (total is None or at < total)
    return Listing(listed, total, _at(capture.url, at) if more else "")


def _offset(url: str) -> int:
    said = parse_qs(urlsplit(url).query).get("offset", ["0"])[0]
    return int(said) if said.isdigit() else 0


def _at(url: str, offset: int) -> str:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query).items()}
    return parts._replace(query=urlencode({**query, "offset": offset})).geturl()


def _listed(result: Mapping[str, Any], capture: Capture) -> Listed:
    one = result["resource"]
    more = result.get("metadata")
    classes = result.get("classification")
    identifier, title = text(one.get("id")), text(one.get("name"))
    licence = text(more.get("license")) if isinstance(more, dict) else ""
    words = classes.get("domain_tags") if isinstance(classes, dict) else ()
    rows = urljoin(
        capture.url, f"/api/views/{quote(identifier, safe='-', errors='replace')}/rows.csv?accessType=DOWNLOAD"
    )
    table = identifier and text(one.get("type")) in ("", "dataset")
    changed = day(one.get("data_updated_at")) or day(one.get("updatedAt"))
    return Listed(
        id=identifier or title,
        title=mask(title),
        url=absolute(text(result.get("permalink") or result.get("link")), capture.url) or capture.url,
        capture=capture,
        notes=mask(text(one.get("description"))),
        unit=text(one.get("attribution")),
        licence=licence,
        licence_open=is_open("", licence, None),
        created=day(one.get("createdAt")),
        modified=changed,
        cadence=cadence_of("", title),
        tags=tuple(text(word) for word in words) if isinstance(words, list) else (),
        metadata=tuple(sorted((k, mask(text(v))[:500]) for k, v in one.items() if text(v))),
        files=(ListedFile(rows, title, rows, "csv", changed),) if table else (),
    )
