"""A run as linked data: DCAT 2 with DQV and PROV, and schema.org.

No address of the published site stands in them, for it may be mirrored anywhere: files are named relative to the file
or page that names them, the run by its URN.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from reports.canonical import dump, number
from reports.researcher.citation import AUTHOR, KEYWORDS, LICENCE, Citation, cited
from reports.researcher.dictionary import TABLES
from reports.researcher.packages import TITLES, digest, media
from reports.run import Run

URN = "urn:transparency-auditor:"
DATA = (*TABLES, *TITLES)
"""The files that hold data; the others describe or cite them."""
METRICS = {
    "low": ("Lower bound of the score: what is unknown fails", "Batas bawah nilai: yang tidak terlihat dianggap gagal"),
    "observed": ("Share met of what is known", "Bagian yang terpenuhi dari yang terlihat"),
    "high": (
        "Upper bound of the score: what is unknown is met",
        "Batas atas nilai: yang tidak terlihat dianggap terpenuhi",
    ),
    "coverage": ("Share of the weight that is known, 0 to 1", "Bagian bobot yang terlihat, 0 sampai 1"),
}
"""What each figure means, in English and in Indonesian."""


def measured(run: Run) -> dict[str, float]:
    """The four figures of the run; `observed` is not there when nothing is known."""
    whole = run.judgement.score.whole
    figures = {"low": whole.low, "observed": whole.observed, "high": whole.high, "coverage": whole.coverage}
    return {name: number(value) for name, value in figures.items() if value is not None}


def titles(name: str) -> str:
    return TABLES[name].title if name in TABLES else TITLES.get(name, name)


_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "dqv": "http://www.w3.org/ns/dqv#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "prov": "http://www.w3.org/ns/prov#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def dcat(run: Run, files: Mapping[str, bytes]) -> bytes:
    """dcat.jsonld: the run as dcat:Dataset and dqv:QualityMeasurementDataset, its files as distributions."""
    citation = cited(run)
    author, body, judging = {"@id": URN + "author"}, {"@id": URN + citation.code}, {"@id": citation.urn + "#judgement"}
    figures = measured(run)
    dataset: dict[str, Any] = {
        "@id": citation.urn,
        "@type": ["dcat:Dataset", "dqv:QualityMeasurementDataset"],
        "dct:identifier": citation.urn,
        "dct:title": _both(citation.judul, citation.title),
        "dct:description": {"@language": "en", "@value": citation.abstract},
        "dct:issued": _typed("dateTime", citation.at.isoformat()),
        "dct:publisher": author,
        "dct:creator": author,
        "dct:license": {"@id": LICENCE[1]},
        "dct:subject": body,
        "dcat:version": citation.run,
        "dcat:keyword": [{"@language": code, "@value": KEYWORDS[n]} for n, code in enumerate(("id", "en"))],
        "dqv:hasQualityMeasurement": [{"@id": f"{citation.urn}#{name}"} for name in figures],
        "dcat:distribution": [_distribution(citation, name, files[name]) for name in DATA if name in files],
        "prov:wasGeneratedBy": judging,
    }
    software = {"@id": f"{URN}software:{citation.auditor}"}
    sources = [{"@id": f"urn:sha256:{citation.digest}"}, {"@id": f"{URN}catalogue:{citation.catalogue}"}]
    graph: list[dict[str, Any]] = [
        dataset,
        {**author, "@type": "foaf:Organization", "foaf:name": AUTHOR},
        {**body, "@type": "foaf:Organization", "foaf:name": citation.body, "dct:identifier": citation.code},
        {**judging, "@type": "prov:Activity", "prov:used": sources, "prov:wasAssociatedWith": software},
        {**software, "@type": "prov:SoftwareAgent", "foaf:name": f"{AUTHOR} {citation.auditor}"},
        {**sources[0], "@type": "prov:Entity", "dct:title": "Evidence of the run"},
        {**sources[1], "@type": "prov:Entity", "dct:title": "Catalogue of criteria"},
        {"@id": URN + "transparency", "@type": "dqv:Dimension", "skos:prefLabel": _both("keterbukaan", "transparency")},
    ]
    for name, value in figures.items():
        metric = {"@id": f"{URN}metric:{name}"}
        graph += [
            {
                "@id": f"{citation.urn}#{name}",
                "@type": "dqv:QualityMeasurement",
                "dqv:isMeasurementOf": metric,
                "dqv:computedOn": body,
                "dqv:value": _typed("decimal", f"{value:.4f}"),
                "prov:wasGeneratedBy": judging,
            },
            {
                **metric,
                "@type": "dqv:Metric",
                "skos:definition": _both(METRICS[name][1], METRICS[name][0]),
                "dqv:expectedDataType": {"@id": "xsd:decimal"},
                "dqv:inDimension": {"@id": URN + "transparency"},
            },
        ]
    return dump({"@context": _PREFIXES, "@graph": graph})


def schema_org(run: Run, files: Mapping[str, bytes], address: Callable[[str], str]) -> dict[str, Any]:
    """The run as schema.org Dataset for the page that shows it; `address` gives the way from that page to a file."""
    citation = cited(run)
    author = {"@type": "Organization", "name": AUTHOR}
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "@id": citation.urn,
        "identifier": [citation.urn, "sha256:" + citation.digest],
        "name": citation.title,
        "alternateName": citation.judul,
        "description": citation.abstract,
        "datePublished": citation.at.isoformat(),
        "version": citation.run,
        "license": LICENCE[1],
        "isAccessibleForFree": True,
        "inLanguage": ["id", "en"],
        "keywords": list(KEYWORDS),
        "creator": author,
        "publisher": author,
        "about": {"@type": "GovernmentOrganization", "name": citation.body, "identifier": citation.code},
        "isBasedOn": [f"urn:sha256:{citation.digest}", f"{URN}catalogue:{citation.catalogue}"],
        "variableMeasured": [
            {"@type": "PropertyValue", "name": name, "description": METRICS[name][0], "value": value}
            for name, value in measured(run).items()
        ],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": titles(name),
                "encodingFormat": media(name),
                "contentUrl": address(name),
                "sha256": digest(files[name]),
            }
            for name in DATA
        ],
    }


def _distribution(citation: Citation, name: str, content: bytes) -> dict[str, Any]:
    return {
        "@id": f"{citation.urn}#{name}",
        "@type": "dcat:Distribution",
        "dct:title": titles(name),
        "dcat:accessURL": {"@id": "./"},
        "dcat:downloadURL": {"@id": name},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media(name)}"},
        "dct:license": {"@id": LICENCE[1]},
        "dcat:byteSize": _typed("nonNegativeInteger", str(len(content))),
        "spdx:checksum": {
            "@id": f"{citation.urn}#{name}-checksum",
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", digest(content)),
        },
    }


def _both(indonesian: str, english: str) -> list[dict[str, str]]:
    return [{"@language": "id", "@value": indonesian}, {"@language": "en", "@value": english}]


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": value}
