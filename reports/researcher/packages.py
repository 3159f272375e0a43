"""Frictionless data packages: one of a run, one of a body's series."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from reports.canonical import dump
from reports.researcher.citation import AUTHOR, DISCLAIMER, KEYWORDS, LICENCE, Citation
from reports.researcher.dictionary import SERIES, TABLES, Dictionary

MEDIA = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "cff": "application/yaml",
}
TITLES = {
    "score.json": "Score of the run",
    "findings.json": "Findings of the run, with evidence",
    "findings.xlsx": "Follow-up list",
}


def media(name: str) -> str:
    """The media type of a published file."""
    return MEDIA[name.rpartition(".")[2]]


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def datapackage_json(citation: Citation, files: Mapping[str, bytes]) -> bytes:
    """A data package that names each data file of the run, with its digest and the meaning of its columns."""
    resources = [_table(name, table, files[name]) for name, table in TABLES.items()]
    resources += [{**_file(name, title, files[name]), "type": "file"} for name, title in TITLES.items()]
    return dump(
        {
            "profile": "data-package",
            "name": citation.key,
            "id": citation.urn,
            "title": citation.title,
            "titles": {"id": citation.judul, "en": citation.title},
            "description": citation.abstract,
            "version": citation.catalogue,
            "created": citation.at.isoformat(),
            **_rights(),
            "resources": resources,
        }
    )


def series_datapackage_json(newest: Citation, scores: bytes) -> bytes:
    """The data package of a body's series, as of its newest run."""
    return dump(
        {
            "profile": "data-package",
            "name": newest.key.removesuffix("-" + newest.run.lower()),
            "id": newest.urn.removesuffix(":" + newest.run),
            "title": f"Transparency audits of {newest.body} ({newest.code})",
            "titles": {
                "id": f"Audit keterbukaan {newest.body} ({newest.code})",
                "en": f"Transparency audits of {newest.body} ({newest.code})",
            },
            "description": DISCLAIMER,
            "version": newest.run,
            "created": newest.at.isoformat(),
            **_rights(),
            "resources": [_table("scores.csv", SERIES, scores)],
        }
    )


def _rights() -> dict[str, Any]:
    return {
        "licenses": [{"name": LICENCE[0], "path": LICENCE[1]}],
        "contributors": [{"title": AUTHOR, "role": "author"}],
        "keywords": list(KEYWORDS),
    }


def _table(name: str, table: Dictionary, content: bytes) -> dict[str, Any]:
    return {
        **_file(name, table.title, content),
        "titles": {"id": table.judul, "en": table.title},
        "type": "table",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "schema": table.schema(),
    }


def _file(name: str, title: str, content: bytes) -> dict[str, Any]:
    stem, _, suffix = name.partition(".")
    return {
        "name": stem if suffix == "csv" else name.replace(".", "-"),
        "path": name,
        "title": title,
        "format": suffix,
        "mediatype": media(name),
        "bytes": len(content),
        "hash": "sha256:" + digest(content),
    }
