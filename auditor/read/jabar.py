"""The JSON API of the West Java family of portals (opendata.jabarprov.go.id and those built on it).

It has no published reference. Seen in public programs that use it: `api-backend/dataset/list` with `limit` and `skip`,
an answer `{"data": [{"name", "nama_skpd", "metadata": [{"key", "value"}]}]}` and an empty `data` behind the last; the
rows of a table under `api-backend/bigdata/<schema>/<table>`, `{"error": 0, "data": [...]}`. From memory, and therefore
each optional here: `title`, `description`, `schema`, `table`, `cdate`, `mdate`, `license`, `count`.
"""

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

ROOT = "/api-backend/"


def read(payload: bytes, capture: Capture) -> Listing:
    """One page of `api-backend/dataset/list`. Raises NotThis."""
    value = parsed_json(payload)
    if not isinstance(value, dict) or "data" not in value:
        raise NotThis("no `data` in the answer")
    if value.get("error") not in (None, 0, "0", False, ""):
        raise NotThis(f"an error inside the answer: {text(value.get('message') or value['error'])[:100]}")
    found = records(value["data"])
    if any("name" not in one and "title" not in one for one in found):
        raise NotThis("datasets without a name")
    listed = tuple(_listed(one, capture) for one in found)
    declared = next((n for key in ("count", "total", "total_data") if (n := whole_number(value.get(key)))), None)
    return Listing(listed, declared, _next(capture.url, len(found)) if found else "")


def _next(url: str, shown: int) -> str:
    parts = urlsplit(url)
    query = {name: values[0] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    skip = query.get("skip", "0")
    query["skip"] = str((int(skip) if skip.isdigit() else 0) + shown)
    return parts._replace(query=urlencode(query)).geturl()


def _listed(record: Mapping[str, Any], capture: Capture) -> Listed:
    pairs = record.get("metadata")
    said = {
        text(one.get("key")): text(one.get("value"))
        for one in (pairs if isinstance(pairs, list) else ())
        if isinstance(one, dict)
    }
    flat = {**{k: text(v) for k, v in record.items() if k not in ("metadata", "data")}, **said}
    title = text(record.get("title")) or text(record.get("name"))
    licence = text(record.get("license")) or said.get("Lisensi", "")
    frequency = next((v for k, v in flat.items() if "frek" in k.lower() or "periode pemutakhiran" in k.lower()), "")
    slug = text(record.get("slug")) or text(record.get("table")) or text(record.get("id")) or title
    base = capture.url.partition(ROOT)[0] + "/"
    return Listed(
        id=text(record.get("id")) or slug,
        title=mask(title),
        url=urljoin(base, "dataset/" + quote(slug, safe="-_", errors="replace")),
        capture=capture,
        notes=mask(text(record.get("description"))),
        unit=text(record.get("nama_skpd")),
        licence=licence,
        licence_open=is_open("", licence, None),
        created=day(record.get("cdate")),
        modified=day(record.get("mdate")),
        cadence=cadence_of(frequency, title),
        metadata=tuple(sorted((k, mask(v)[:500]) for k, v in flat.items() if k and v)),
        files=_files(record, title, base),
    )


def _files(record: Mapping[str, Any], title: str, base: str) -> tuple[ListedFile, ...]:
    schema, table = text(record.get("schema")), text(record.get("table"))
    if schema and table:
        path = "/".join(quote(part, safe="", errors="replace") for part in (schema, table))
        url = urljoin(base, ROOT.lstrip("/") + f"bigdata/{path}")
        return (ListedFile(url, title, url, "json", day(record.get("mdate"))),)
    url = absolute(text(record.get("url") or record.get("file")), base) or ""
    return (ListedFile(url, title, url, url.rpartition(".")[2][:5]),) if url else ()
