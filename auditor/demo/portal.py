"""data.kotacontoh.localhost: a CKAN-like portal, with the API's answers and the pages that people see."""

from __future__ import annotations

import hashlib
import json
import uuid
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit

from auditor.demo import render
from auditor.demo.answer import JSON, Answer, Host, Pages, text
from auditor.demo.datasets import Dataset, Resource, all_datasets
from auditor.demo.invented import OFFICES, office

_HERE = "http://data.kotacontoh.localhost:{port}"
_PER_PAGE = 10
_LICENCES = {"cc-by": "Creative Commons Attribution", "": ""}
Record = dict[str, Any]


def host(night: int) -> Host:
    """The portal on that night; the API is made on demand, because its queries are without number."""
    datasets = all_datasets(night)
    records = [_record(one) for one in datasets]
    pages: Pages = {
        "/": render.page(
            "data/beranda.html", count=len(datasets), newest=sorted(datasets, key=lambda d: d.modified)[:-6:-1]
        ),
        "/about": render.page("data/tentang.html"),
        "/organization": render.page("data/organisasi.html", owners=_owned(datasets)),
        "/robots.txt": text("User-agent: *\nDisallow: /dataset/rate/\nDisallow: /revision/\nCrawl-delay: 0\n"),
    }
    for start in range(0, len(datasets), _PER_PAGE):
        number = start // _PER_PAGE + 1
        shown = render.page(
            "data/daftar.html", datasets=datasets[start : start + _PER_PAGE], current=number, count=len(datasets)
        )
        pages[f"/dataset?page={number}"] = shown
        if number == 1:
            pages["/dataset"] = shown
    for one, record in zip(datasets, records, strict=True):
        pages[f"/dataset/{one.slug}"] = render.page(
            "data/dataset.html", dataset=one, owner=office(one.owner), record=record
        )
        for resource in one.resources:
            if resource.answer:
                pages[_download(one, resource)] = resource.answer
    otherwise = text(
        "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>", 404, "text/html"
    )
    return Host(pages, otherwise, lambda target: _api(target, records))


def _owned(datasets: tuple[Dataset, ...]) -> list[tuple[str, int]]:
    return [(one.name, sum(d.owner == one.slug for d in datasets)) for one in OFFICES]


# ---- the records -----------------------------------------------------------------------------------------------------


def _id(*words: str) -> str:
    return str(uuid.UUID(hashlib.sha256("/".join(words).encode()).hexdigest()[:32]))


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T03:14:15.926535"


def _download(one: Dataset, resource: Resource) -> str:
    return f"/dataset/{_id(one.slug)}/resource/{_id(one.slug, resource.filename)}/download/{resource.filename}"


def _organisation(slug: str) -> Record:
    one = office(slug)
    return {
        "id": _id(slug),
        "name": slug.lower(),
        "title": one.name,
        "type": "organization",
        "description": "",
        "image_url": "",
        "created": "2021-11-02T01:02:03.000004",
        "is_organization": True,
        "approval_status": "approved",
        "state": "active",
    }


def _record(one: Dataset) -> Record:
    extras = {
        "frekuensi": one.cadence,
        "satuan": one.unit if one.tags else "",
        "cakupan_wilayah": "Kota Contoh" if one.notes else "",
        **one.extras,
    }
    return {
        "author": office(one.owner).name if one.notes else "",
        "author_email": f"{one.owner.lower()}@kotacontoh.go.id" if one.notes else "",
        "creator_user_id": _id("admin"),
        "id": _id(one.slug),
        "isopen": bool(one.licence),
        "license_id": one.licence,
        "license_title": _LICENCES[one.licence],
        "maintainer": "",
        "maintainer_email": "",
        "metadata_created": _stamp(one.created),
        "metadata_modified": _stamp(one.modified),
        "name": one.slug,
        "notes": one.notes,
        "num_resources": len(one.resources),
        "num_tags": len(one.tags),
        "organization": _organisation(one.owner),
        "owner_org": _id(one.owner),
        "private": False,
        "state": "active",
        "title": one.title,
        "type": "dataset",
        "url": "",
        "version": "",
        "extras": [{"key": key, "value": value} for key, value in extras.items() if value],
        "groups": [],
        "tags": [{"id": _id(tag), "name": tag, "display_name": tag, "state": "active"} for tag in one.tags],
        "resources": [_resource(one, resource, number) for number, resource in enumerate(one.resources)],
    }


def _resource(one: Dataset, resource: Resource, position: int) -> Record:
    return {
        "id": _id(one.slug, resource.filename),
        "package_id": _id(one.slug),
        "name": resource.name,
        "description": "",
        "format": resource.format,
        "mimetype": None,
        "url": _HERE + _download(one, resource),
        "url_type": "upload",
        "created": _stamp(one.created),
        "last_modified": _stamp(one.modified),
        "metadata_modified": _stamp(one.modified),
        "position": position,
        "size": len(resource.answer.body) if resource.answer else None,
        "state": "active",
        "hash": "",
    }


# ---- the API ---------------------------------------------------------------------------------------------------------


def _api(target: str, records: list[Record]) -> Answer | None:
    parts = urlsplit(target)
    if not parts.path.startswith("/api/"):
        return None
    action = parts.path.removeprefix("/api/3/action/").removeprefix("/api/action/").strip("/")
    asked = {key: values[0] for key, values in parse_qs(parts.query).items()}
    return _act(action, asked, records)


def _act(action: str, asked: dict[str, str], records: list[Record]) -> Answer:
    match action:
        case "status_show":
            return _done(
                {
                    "site_title": "Portal Data Kota Contoh",
                    "ckan_version": "2.10.4",
                    "extensions": ["datastore"],
                    "locale_default": "id",
                    "site_url": _HERE,
                    "error_emails_to": None,
                    "site_description": "",
                }
            )
        case "package_list":
            return _done([record["name"] for record in records])
        case "package_search":
            start, rows = _number(asked, "start", 0), _number(asked, "rows", 10)
            found = records[start : start + rows]
            return _done(
                {"count": len(records), "sort": "score desc", "results": found, "facets": {}, "search_facets": {}}
            )
        case "package_show":
            wanted = asked.get("id", "")
            found = [record for record in records if wanted in (record["name"], record["id"])]
            return _done(found[0]) if found else _refused("Not Found Error", "Tidak ditemukan", 404)
        case "organization_list":
            full = asked.get("all_fields", "").lower() in ("true", "1")
            return _done([_counted(one.slug, records) if full else one.slug.lower() for one in OFFICES])
        case "license_list":
            return _done([{"id": "cc-by", "title": _LICENCES["cc-by"], "is_okd_compliant": True, "url": ""}])
        case _:
            return _refused("Bad request", f"Action name not known: {action}", 400)


def _counted(slug: str, records: list[Record]) -> Record:
    return {**_organisation(slug), "package_count": sum(record["owner_org"] == _id(slug) for record in records)}


def _number(asked: dict[str, str], name: str, default: int) -> int:
    value = asked.get(name, "")
    return min(int(value), 1000) if value.isdigit() else default


def _done(result: object) -> Answer:
    return _json({"help": f"{_HERE}/api/3/action/help_show", "success": True, "result": result}, 200)


def _refused(kind: str, message: str, status: int) -> Answer:
    return _json({"help": "", "success": False, "error": {"__type": kind, "message": message}}, status)


def _json(payload: Record, status: int) -> Answer:
    return text(json.dumps(payload, ensure_ascii=False), status, JSON)
