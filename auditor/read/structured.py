"""Datasets that a page describes in itself for machines: schema.org or DCAT in JSON-LD, microdata, RDFa (extruct).

extruct is imported where a page carries such marks and nowhere else: it takes half a second, and few pages do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from auditor.model import Capture
from auditor.read.addresses import absolute
from auditor.read.apart import apart
from auditor.read.catalogues import Listed, ListedFile, is_open
from auditor.read.freshness import cadence_of
from auditor.read.listing import NotThis
from auditor.read.personal import mask
from auditor.read.values import day, text

PLATFORM = "schema.org"
MAX_HTML = 5_000_000
MAX_DEPTH = 30
_SYNTAXES = (("json-ld", b"ld+json"), ("microdata", b"itemtype"), ("rdfa", b"typeof"))
_DATASET = re.compile(r"(?:^|[/#:])Dataset$")


def described_in(payload: bytes, capture: Capture) -> tuple[Listed, ...]:
    """The datasets that a page says it holds; nothing where it carries no marks or they cannot be read. Read apart."""
    if len(payload) > MAX_HTML or b"Dataset" not in payload or not any(mark in payload for _, mark in _SYNTAXES):
        return ()
    try:
        return apart(marked_in, payload, capture)
    except NotThis:
        return ()


def marked_in(payload: bytes, capture: Capture) -> tuple[Listed, ...]:
    """As `described_in`, in this process."""
    page = payload.decode("utf-8", "replace")
    found: dict[str, Listed] = {}
    for syntax, mark in _SYNTAXES:
        if mark not in payload:
            continue
        for record in _records(page, syntax, capture.url):
            one = _listed(record, capture)
            if one.title and (one.id not in found or len(one.files) > len(found[one.id].files)):
                found[one.id] = one
        if found:
            break  # the same again in another syntax
    return tuple(found.values())


def _records(page: str, syntax: str, url: str) -> Iterator[dict[str, Any]]:
    import extruct  # type: ignore[import-untyped]

    try:
        marked = extruct.extract(page, base_url=url, syntaxes=[syntax], uniform=False, errors="strict")[syntax]
    except Exception:  # hostile marks: each parser below extruct raises what it likes
        return
    nodes = [_plain(node) for node in marked] if isinstance(marked, list) else []
    by_id = {text(node.get("@id")): node for node in nodes if isinstance(node, dict) and node.get("@id")}
    for node in nodes:
        yield from _datasets(node, by_id, 0)


def _datasets(node: Any, by_id: dict[str, Any], depth: int) -> Iterator[dict[str, Any]]:
    if depth > MAX_DEPTH:
        return
    if isinstance(node, list):
        for item in node:
            yield from _datasets(item, by_id, depth + 1)
    elif isinstance(node, dict):
        if any(_DATASET.search(text(kind)) for kind in _many(node.get("@type"))):
            whole = {
                key: [by_id.get(text(one.get("@id")), one) if isinstance(one, dict) else one for one in _many(value)]
                for key, value in node.items()
                if not key.startswith("@")
            }
            yield {"@id": node.get("@id"), "distribution": [], **whole}
        else:
            for key, item in node.items():
                if key != "@context":
                    yield from _datasets(item, by_id, depth + 1)


def _plain(node: Any, depth: int = 0) -> Any:
    """Microdata's `type`/`properties` and RDFa's expanded names and values as JSON-LD would have them."""
    if depth > MAX_DEPTH:
        return None
    if isinstance(node, list):
        return [_plain(item, depth + 1) for item in node]
    if not isinstance(node, dict):
        return node
    if "@value" in node:
        return node["@value"]
    if isinstance(node.get("properties"), dict):
        node = {"@type": node.get("type"), **node["properties"]}
    return {
        key if key.startswith("@") else re.split(r"[/#]", key)[-1]: _plain(item, depth + 1)
        for key, item in node.items()
        if isinstance(key, str)
    }


def _many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any, *inside: str) -> str:
    for item in _many(value):
        if isinstance(item, dict):
            item = next((item[key] for key in inside if item.get(key)), None)
        if isinstance(item, list):
            item = item[0] if item else None
        if item is not None and text(item):
            return text(item)
    return ""


def _listed(record: dict[str, Any], capture: Capture) -> Listed:
    title = _first(record.get("name") or record.get("title"))
    licence = _first(record.get("license"), "url", "name", "@id")
    url = absolute(_first(record.get("url"), "@id"), capture.url) or capture.url
    files = (_file(one, capture) for one in record["distribution"] if isinstance(one, dict))
    return Listed(
        id=_first(record.get("identifier"), "value", "@id") or (url if url != capture.url else f"{url}#{title}"),
        title=mask(title),
        url=url,
        capture=capture,
        notes=mask(_first(record.get("description"))),
        unit=_first(record.get("publisher") or record.get("creator"), "name"),
        licence=licence,
        licence_open=is_open("", licence, None),
        created=day(_first(record.get("dateCreated") or record.get("datePublished") or record.get("issued"))),
        modified=day(_first(record.get("dateModified") or record.get("modified"))),
        cadence=cadence_of("", title),
        tags=tuple(text(word) for word in _many(record.get("keywords")) if isinstance(word, str)),
        metadata=tuple(
            sorted(
                (key, mask(_first(value, "name", "@id"))[:500])
                for key, value in record.items()
                if not key.startswith("@") and key != "distribution" and _first(value, "name", "@id")
            )
        ),
        files=tuple(one for one in files if one.url),
    )


def _file(one: dict[str, Any], capture: Capture) -> ListedFile:
    address = _first(one.get("contentUrl") or one.get("downloadURL") or one.get("url") or one.get("accessURL"), "@id")
    url = absolute(address, capture.url) or ""
    kind = _first(one.get("encodingFormat") or one.get("fileFormat") or one.get("format"))
    return ListedFile(url, _first(one.get("name") or one.get("title")), url, kind.rpartition("/")[2])
