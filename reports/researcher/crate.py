"""RO-Crate 1.1 of a run: what ties the score and its files to evidence, catalogue and software."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from reports.canonical import dump
from reports.researcher.citation import AUTHOR, KEYWORDS, LICENCE, Citation, cited
from reports.researcher.linked import DATA, METRICS, URN, measured, titles
from reports.researcher.packages import digest, media
from reports.run import Run

CRATE = "ro-crate-metadata.json"
_AUTHOR = {"@id": URN + "author"}
_VERSION = {"@id": "https://w3id.org/ro/crate/1.1"}


def ro_crate(run: Run, files: Mapping[str, bytes]) -> bytes:
    """ro-crate-metadata.json: score, files, and the action that made them of evidence, catalogue, software."""
    citation = cited(run)
    figures = measured(run)
    graph = [
        {"@id": CRATE, "@type": "CreativeWork", "conformsTo": _VERSION, "about": {"@id": "./"}},
        _root(citation, [f"#{name}" for name in figures], list(files)),
        *_origins(citation, run.judgement.captures),
        _judging(citation, [name for name in DATA if name in files]),
    ]
    for name, value in figures.items():
        what = {"propertyID": name, "name": METRICS[name][0], "value": value}
        graph.append({"@id": f"#{name}", "@type": "PropertyValue", **what})
    graph += [_file(name, content) for name, content in files.items()]
    return dump({"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph})


def _root(citation: Citation, figures: list[str], files: list[str]) -> dict[str, Any]:
    return {
        "@id": "./",
        "@type": "Dataset",
        "identifier": citation.urn,
        "name": citation.title,
        "description": citation.abstract,
        "datePublished": citation.at.isoformat(),
        "license": {"@id": LICENCE[1]},
        "author": _AUTHOR,
        "publisher": _AUTHOR,
        "about": {"@id": URN + citation.code},
        "keywords": ", ".join(KEYWORDS),
        "version": citation.run,
        "isBasedOn": _sources(citation),
        "variableMeasured": [{"@id": name} for name in figures],
        "mentions": {"@id": "#judgement"},
        "hasPart": [{"@id": name} for name in files],
    }


def _sources(citation: Citation) -> list[dict[str, str]]:
    return [{"@id": f"urn:sha256:{citation.digest}"}, {"@id": f"{URN}catalogue:{citation.catalogue}"}]


def _origins(citation: Citation, captures: int) -> list[dict[str, Any]]:
    """Who, about whom, under which licence, by what and from what."""
    evidence, catalogue = _sources(citation)
    return [
        {
            "@id": LICENCE[1],
            "@type": "CreativeWork",
            "name": LICENCE[0],
            "description": "Creative Commons Attribution 4.0 International",
        },
        {**_AUTHOR, "@type": "Organization", "name": AUTHOR},
        {
            "@id": URN + citation.code,
            "@type": "GovernmentOrganization",
            "name": citation.body,
            "identifier": citation.code,
        },
        {
            "@id": f"{URN}software:{citation.auditor}",
            "@type": "SoftwareApplication",
            "name": AUTHOR,
            "softwareVersion": citation.auditor,
        },
        {**catalogue, "@type": "CreativeWork", "name": "Catalogue of criteria", "version": citation.catalogue},
        {
            **evidence,
            "@type": "CreativeWork",
            "name": "Evidence of the run",
            "identifier": "sha256:" + citation.digest,
            "description": f"{captures} captures as WARC/1.1; the identifier is their digest",
        },
    ]


def _judging(citation: Citation, results: list[str]) -> dict[str, Any]:
    return {
        "@id": "#judgement",
        "@type": "CreateAction",
        "name": "Judgement of the evidence by the catalogue",
        "endTime": citation.at.isoformat(),
        "instrument": {"@id": f"{URN}software:{citation.auditor}"},
        "object": _sources(citation),
        "result": [{"@id": name} for name in results],
        "agent": _AUTHOR,
    }


def _file(name: str, content: bytes) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": titles(name),
        "encodingFormat": media(name),
        "contentSize": str(len(content)),
        "sha256": digest(content),
    }
