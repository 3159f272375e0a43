"""What a catalogue says of a dataset, and the archived answers of CKAN's action API. Other platforms: `offered`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

from auditor.model import Capture, Site
from auditor.read.answers import Answers, hosts_of, is_own
from auditor.read.freshness import cadence_of
from auditor.read.personal import mask
from auditor.read.values import day as _day
from auditor.read.values import text as _text

_ACTION = re.compile(r"/api/(?:\d/)?action/")  # with the version of the API or, as ckanapi asks, without
_SEARCH = "/package_search"
_SHOW = ("/package_show", "/current_package_list_with_resources")
_OPEN = re.compile(
    r"^(?:cc-?zero|cc0.*|cc-?by(?:-?sa)?(?:[-_ ]?[\d.]+)?(?:-\w+)?|odc-?(?:by|odbl|pddl).*|pddl.*|odbl.*|"
    r"other-(?:open|pd|at)|"
    r"uk-ogl|gfdl|notspecified-open|lisensi-?terbuka.*|mit|apache.*|public.?domain)$",
    re.IGNORECASE,
)
_OPEN_WORDS = re.compile(
    r"creative\s?commons\s+(?:attribution|atribusi)(?!.{0,30}non.?commercial)(?!.{0,30}no.?deriv)|"
    r"open\s+data\s+commons|"
    r"open\s+government|domain\s+publik|public\s+domain|data\s+terbuka|"
    r"creativecommons\.org/(?:licenses/by(?:-sa)?/|publicdomain)|"
    r"lisensi\s+terbuka",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"(?:^|[-_ ])n[cd](?:$|[-_ ])|non.?commercial|no.?deriv|other-closed|other-nc|all rights reserved", re.IGNORECASE
)
_LEFT_OUT = frozenset(
    ("resources", "organization", "tags", "extras", "relationships_as_subject", "relationships_as_object")
)


@dataclass(frozen=True, slots=True)
class ListedFile:
    id: str
    name: str
    url: str
    format: str = ""
    modified: date | None = None
    metadata: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """A dataset as its catalogue describes it. `capture`: the answer that does."""

    id: str
    title: str
    url: str
    capture: Capture
    notes: str = ""
    unit: str = ""
    licence: str = ""
    licence_open: bool | None = None
    created: date | None = None
    modified: date | None = None
    cadence: str = ""
    tags: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()
    files: tuple[ListedFile, ...] = ()


def is_catalogue_answer(url: str) -> bool:
    """True for addresses of the APIs that are read here: no page, no document."""
    path = urlsplit(url).path
    return bool(_ACTION.search(path)) or path.endswith(("/data.json", "/catalog.jsonld", "/api-backend/dataset/list"))


def listed_in(site: Site, answers: Answers) -> tuple[list[Listed], str, str, int | None]:
    """`(datasets, platform, the address that shows it, how many the portal says it has)` from the archived answers."""
    hosts = hosts_of(site)
    found: dict[str, Listed] = {}
    platform = shown_by = ""
    declared: int | None = None
    for capture in answers.captures:
        if capture.cause != "ok" or capture.site != site.id or not is_own(capture.url, hosts):
            continue
        path = urlsplit(capture.url).path
        if not is_catalogue_answer(capture.url):
            continue
        value = _json(answers.payload(capture))
        if _ACTION.search(path):
            result = value.get("result") if isinstance(value, dict) and value.get("success") is True else None
            if result is None:
                continue
            base = _ACTION.split(capture.url)[0] + "/"
            platform, shown_by = "ckan", shown_by or capture.url
            if path.endswith(_SEARCH) and isinstance(result, dict) and isinstance(result.get("count"), int):
                declared = max(declared or 0, result["count"])
            for record in _packages(path, result):
                one = _from_ckan(record, base, capture)
                # Of two descriptions the later counts.
                if one.id not in found or found[one.id].capture.at <= capture.at:
                    found[one.id] = one
    return list(found.values()), platform, shown_by, declared


def _packages(path: str, result: Any) -> Iterator[Mapping[str, Any]]:
    records: Any = []
    if path.endswith(_SEARCH) and isinstance(result, dict):
        records = result.get("results") or []
    elif path.endswith(_SHOW):
        records = result if isinstance(result, list) else [result]
    if isinstance(records, list):
        yield from (
            r
            for r in records
            if isinstance(r, dict) and r.get("name") and r.get("state", "active") == "active" and not r.get("private")
        )


def _from_ckan(record: Mapping[str, Any], base: str, capture: Capture) -> Listed:
    extras = {
        _text(item.get("key")): _text(item.get("value"))
        for item in record.get("extras") or []
        if isinstance(item, dict)
    }
    flat = {**{key: _text(value) for key, value in record.items() if key not in _LEFT_OUT}, **extras}
    organisation = record.get("organization")
    title = _text(record.get("title")) or _text(record.get("name"))
    licence_id, licence_title = _text(record.get("license_id")), _text(record.get("license_title"))
    frequency = next((value for key, value in flat.items() if _is_frequency(key) and value), "")
    resources = [r for r in record.get("resources") or [] if isinstance(r, dict)]
    return Listed(
        id=_text(record.get("id")) or _text(record.get("name")),
        title=mask(title),
        url=urljoin(base, "dataset/" + _text(record.get("name"))),
        capture=capture,
        notes=mask(_text(record.get("notes"))),
        unit=_text(organisation.get("title") or organisation.get("name")) if isinstance(organisation, dict) else "",
        licence=licence_title or licence_id,
        licence_open=is_open(licence_id, licence_title, record.get("isopen")),
        created=_day(record.get("metadata_created")),
        modified=_modified(record, resources),
        cadence=cadence_of(frequency, title),
        tags=tuple(
            _text(tag.get("display_name") or tag.get("name"))
            for tag in record.get("tags") or []
            if isinstance(tag, dict)
        ),
        metadata=tuple(sorted((key, mask(value)[:500]) for key, value in flat.items() if key and value)),
        files=tuple(
            ListedFile(
                id=_text(r.get("id")) or _text(r.get("url")),
                name=_text(r.get("name")) or _text(r.get("url")).rpartition("/")[2],
                url=urljoin(base, _text(r.get("url"))) if r.get("url") else "",
                format=_text(r.get("format")),
                modified=_day(r.get("last_modified")) or _day(r.get("created")),
                metadata=_record(r),
            )
            for r in resources
        ),
    )


def is_open(licence_id: str, title: str, declared: object) -> bool | None:
    """Is it an open licence (opendefinition.org)? None where none is named."""
    if (not licence_id and not title) or licence_id == "notspecified":
        return None
    if _CLOSED.search(licence_id) or _CLOSED.search(title):
        return False
    return bool(_OPEN.match(licence_id) or _OPEN_WORDS.search(title) or declared is True)


def _modified(record: Mapping[str, Any], resources: list[Any]) -> date | None:
    days = [_day(record.get("metadata_modified")), *(_day(r.get("last_modified")) for r in resources)]
    return max((day for day in days if day is not None), default=None)


def _record(record: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Every non-empty key of a file's own record."""
    return tuple(sorted((key, mask(_text(value))[:200]) for key, value in record.items() if _text(value)))


def _is_frequency(key: str) -> bool:
    words = key.lower().replace("_", " ")
    return "frek" in words or "frequency" in words or "periodicity" in words or "periode pemutakhiran" in words


def _json(payload: bytes) -> Any:
    try:
        return json.loads(payload)
    except (ValueError, RecursionError):
        return None
