"""How a run is cited and described to other tools: CITATION.cff 1.2.0 and a Frictionless data package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from reports.canonical import dump
from reports.languages import Language
from reports.researcher.tables import DATASETS, DOCUMENTS, FINDINGS, QUALITY, Field
from reports.run import Run

AUTHOR = "Transparency Auditor"
TABLES: dict[str, tuple[str, tuple[Field, ...]]] = {
    "findings.csv": ("Findings of the run", FINDINGS),
    "datasets.csv": ("Datasets of the data portals", DATASETS),
    "datasets_quality.csv": ("Quality of each dataset by measure: DCAT/MQA and Satu Data Indonesia", QUALITY),
    "documents.csv": ("Documents found on the sites", DOCUMENTS),
}
OTHERS = {
    "score.json": ("Score of the run", "application/json"),
    "findings.json": ("Findings of the run, with evidence", "application/json"),
    "findings.xlsx": (
        "Follow-up list",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def citation_cff(run: Run) -> bytes:
    """CITATION.cff: YAML whose strings are JSON strings, which YAML reads as they are."""
    body, judgement = run.body, run.judgement
    lines = [
        ("cff-version", "1.2.0"),
        ("message", "If you use these figures, please cite the run, the catalogue and the evidence digest."),
        ("type", "dataset"),
        ("title", f"Transparency audit of {body.name} ({body.code}), run {run.id}"),
        ("version", run.id),
        ("date-released", judgement.facts.at.date().isoformat()),
        (
            "abstract",
            f"Interval estimate of what the sites of {body.name} publish: {judgement.score.whole.low:.2f} to "
            f"{judgement.score.whole.high:.2f} of 100, coverage {judgement.score.whole.coverage:.2f}. "
            f"Catalogue {judgement.catalogue}, auditor {judgement.auditor}. "
            "Not a Monev KIP score and not the IKIP.",
        ),
    ]
    text = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in lines)
    text += f"authors:\n  - name: {json.dumps(AUTHOR)}\n"
    text += "identifiers:\n  - type: other\n"
    text += f"    value: {json.dumps('sha256:' + judgement.evidence_digest)}\n"
    text += '    description: "digest of the evidence"\n'
    text += 'keywords:\n  - "keterbukaan informasi publik"\n  - "local government transparency"\n'
    return text.encode("utf-8", "replace")


def sentence(run: Run, language: Language) -> str:
    """The citation as one sentence, for the page."""
    judgement = run.judgement
    whole = judgement.score.whole
    return (
        f"{AUTHOR} {judgement.auditor} ({judgement.facts.at.year}). {run.body.name} ({run.body.code}), run {run.id}: "
        f"{language.number(whole.low, 2)}–{language.number(whole.high, 2)}. "
        f"{'Criteria' if language.code == 'en' else 'Kriteria'} {judgement.catalogue[:12]}, "
        f"{'evidence' if language.code == 'en' else 'bukti'} sha256:{judgement.evidence_digest[:16]}."
    )


def datapackage_json(run: Run, files: Mapping[str, bytes]) -> bytes:
    """A data package that names each file of the run, with its digest and the meaning of its columns."""
    resources: list[dict[str, Any]] = []
    for name, (title, fields) in TABLES.items():
        resources.append(
            {
                **_file(name, title, "text/csv", files[name]),
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": f.name, "type": f.type, "description": f.description} for f in fields],
                    "missingValues": [""],
                },
            }
        )
    resources += [_file(name, title, media, files[name]) for name, (title, media) in OTHERS.items()]
    return dump(
        {
            "profile": "data-package",
            "name": f"transparency-audit-{run.body.code}-{run.id}".lower(),
            "id": f"urn:transparency-auditor:{run.body.code}:{run.id}",
            "title": f"Transparency audit of {run.body.name}, run {run.id}",
            "description": "Estimate of the auditor, not a Monev KIP score and not the IKIP.",
            "version": run.judgement.catalogue,
            "created": run.judgement.facts.at.isoformat(),
            "contributors": [{"title": AUTHOR, "role": "author"}],
            "resources": resources,
        }
    )


def _file(name: str, title: str, media: str, content: bytes) -> dict[str, Any]:
    stem, _, suffix = name.partition(".")
    return {
        "name": stem if suffix == "csv" else name.replace(".", "-"),
        "path": name,
        "title": title,
        "format": suffix,
        "mediatype": media,
        "bytes": len(content),
        "hash": "sha256:" + hashlib.sha256(content).hexdigest(),
    }
