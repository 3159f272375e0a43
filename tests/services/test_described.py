"""The machine descriptions of a run, each held against its format's own validator."""

from __future__ import annotations

import csv
import json
import re
import warnings
from pathlib import Path
from typing import Any

import pytest
import rdflib
import yaml

from tests.reports.builders import CODE, RUN, digest, hostile_stage, ordinary_stage

pytestmark = pytest.mark.services

DQV = rdflib.Namespace("http://www.w3.org/ns/dqv#")
SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix dqv: <http://www.w3.org/ns/dqv#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> . @prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix prov: <http://www.w3.org/ns/prov#> . @prefix spdx: <http://spdx.org/rdf/terms#> .
[] a sh:NodeShape ; sh:targetClass dcat:Dataset ;
  sh:property [ sh:path dct:title ; sh:minCount 1 ; sh:uniqueLang true ] ,
    [ sh:path dct:description ; sh:minCount 1 ] ,
    [ sh:path dct:issued ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:dateTime ] ,
    [ sh:path dct:publisher ; sh:minCount 1 ; sh:maxCount 1 ; sh:class foaf:Organization ] ,
    [ sh:path dct:license ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:distribution ; sh:minCount 1 ; sh:class dcat:Distribution ] ,
    [ sh:path dqv:hasQualityMeasurement ; sh:minCount 3 ; sh:class dqv:QualityMeasurement ] ,
    [ sh:path prov:wasGeneratedBy ; sh:minCount 1 ; sh:class prov:Activity ] .
[] a sh:NodeShape ; sh:targetClass dcat:Distribution ;
  sh:property [ sh:path dcat:accessURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:downloadURL ; sh:minCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:mediaType ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path dcat:byteSize ; sh:maxCount 1 ; sh:datatype xsd:nonNegativeInteger ] ,
    [ sh:path dct:license ; sh:minCount 1 ] , [ sh:path spdx:checksum ; sh:minCount 1 ; sh:maxCount 1 ] .
[] a sh:NodeShape ; sh:targetClass spdx:Checksum ;
  sh:property [ sh:path spdx:checksumValue ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:hexBinary ] ,
    [ sh:path spdx:algorithm ; sh:hasValue spdx:checksumAlgorithm_sha256 ] .
[] a sh:NodeShape ; sh:targetClass dqv:QualityMeasurement ;
  sh:property [ sh:path dqv:isMeasurementOf ; sh:minCount 1 ; sh:maxCount 1 ; sh:class dqv:Metric ] ,
    [ sh:path dqv:computedOn ; sh:minCount 1 ] ,
    [ sh:path dqv:value ; sh:minCount 1 ; sh:maxCount 1 ; sh:datatype xsd:decimal ;
      sh:minInclusive 0.0 ; sh:maxInclusive 100.0 ] .
[] a sh:NodeShape ; sh:targetClass dqv:Metric ;
  sh:property [ sh:path dqv:expectedDataType ; sh:minCount 1 ; sh:maxCount 1 ] ,
    [ sh:path dqv:inDimension ; sh:minCount 1 ; sh:class dqv:Dimension ] .
"""
"""What DCAT-AP 3 and DQV ask of a dataset, its distributions and measurements, as far as a run has it."""


@pytest.fixture(scope="module", params=[ordinary_stage, hostile_stage], ids=["ordinary", "hostile"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    page: Path = request.param().publish(tmp_path_factory.mktemp("described"))
    return page.parent


def test_citation_cff_obeys_its_schema(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # cffconvert's own imports are old
        from cffconvert import Citation

        cited = Citation((folder / "CITATION.cff").read_text("utf-8"))
        cited.validate()
        assert RUN in cited.as_apalike()


@pytest.mark.parametrize("package", ["datapackage.json", "../datapackage.json"])
def test_the_data_obey_their_data_package(folder: Path, package: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Package

        report = Package(str((folder / package).resolve())).validate()
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type", "note"])
    assert sum(task.stats.get("rows") or 0 for task in report.tasks) > 0


def test_a_row_that_breaks_the_schema_is_found(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from frictionless import Resource, Schema

        (described,) = (
            one
            for one in json.loads((folder / "datapackage.json").read_text("utf-8"))["resources"]
            if one["name"] == "findings"
        )
        with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        rows[0]["status"], rows[0]["low"] = "perhaps", "7"
        report = Resource(data=rows, schema=Schema.from_descriptor(described["schema"])).validate()
    assert {error[0] for error in report.flatten(["fieldName"])} >= {"status", "low"}


def test_ro_crate_is_read_and_ties_score_to_proof(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from rocrate.rocrate import ROCrate

        crate = ROCrate(str(folder))
    files = {entity.id for entity in crate.data_entities}
    assert {"score.json", "findings.csv", "findings.json", "CITATION.cff"} <= files
    assert all((folder / name).is_file() for name in files)
    action = crate.dereference("#judgement")
    assert action["instrument"]["softwareVersion"]
    evidence, catalogue = action["object"]
    assert (
        evidence["identifier"]
        == "sha256:" + json.loads((folder / "score.json").read_text("utf-8"))["evidence"]["digest"]
    )
    assert catalogue["version"] == json.loads((folder / "score.json").read_text("utf-8"))["catalogue"]
    assert {part["value"] for part in crate.root_dataset["variableMeasured"]}
    named = re.findall(r'"@id": "([^"]+)"', (folder / "ro-crate-metadata.json").read_text("utf-8"))
    outside = ("https://w3id.org/", "https://creativecommons.org/")
    assert all(crate.dereference(one) is not None for one in named if not one.startswith(outside))


def test_dcat_and_dqv_obey_their_shapes(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyshacl

        graph = rdflib.Graph()
        text = (folder / "dcat.jsonld").read_text("utf-8")
        graph.parse(data=text, format="json-ld", publicID="http://example.org/")
        conforms, _, told = pyshacl.validate(graph, shacl_graph=rdflib.Graph().parse(data=SHAPES, format="turtle"))
    assert conforms, told
    scored = json.loads((folder / "score.json").read_text("utf-8"))
    for name in ("low", "observed", "high", "coverage"):
        metric = rdflib.URIRef(f"urn:transparency-auditor:metric:{name}")
        values = [graph.value(one, DQV.value) for one in graph.subjects(DQV.isMeasurementOf, metric)]
        assert [float(str(value)) for value in values] == ([] if scored[name] is None else [scored[name]])


def test_schema_org_is_extracted_from_the_page(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import extruct

        found: dict[str, Any] = extruct.extract((folder / "index.html").read_text("utf-8"), syntaxes=["json-ld"])
    (described,) = found["json-ld"]
    assert described["@type"] == "Dataset"
    assert described["@id"] == f"urn:transparency-auditor:{CODE}:{folder.name}"
    assert 50 <= len(described["description"]) <= 5000, "what dataset search asks of a description"
    assert "sha256:" + digest("bukti") in described["identifier"]


def test_citation_cff_is_yaml_whose_strings_are_whole(folder: Path) -> None:
    read = yaml.safe_load((folder / "CITATION.cff").read_text("utf-8"))
    assert read["version"] == folder.name
    assert all("\n" not in value for value in read.values() if isinstance(value, str))
