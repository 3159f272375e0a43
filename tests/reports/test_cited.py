"""What cites and describes a run, each read by a tool of its own format: BibTeX, RIS, CSL-JSON, schema.org, DCAT."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import bibtexparser
import pytest
import rispy
from citeproc import Citation as Cited
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON

from reports.languages import languages
from reports.researcher import citation
from reports.researcher.dictionary import SERIES, TABLES
from tests.reports.builders import AT, CODE, RUN, digest, hostile_stage, ordinary_stage

AWKWARD = citation.Citation(
    'Kota "A&B" {50%}_#1 \\ ~\n@book{x,\nTY  - BOOK', CODE, RUN, AT, 39.04, 67.0, 0.72, "kat1", "1.0", "ab" * 32
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    public = tmp_path_factory.mktemp("cited")
    ordinary_stage().publish(public)
    return public / CODE / RUN


def test_bibtex_is_read_by_bibtexparser(folder: Path) -> None:
    library = bibtexparser.parse_string((folder / "citation.bib").read_text("utf-8"))
    assert not library.failed_blocks
    (entry,) = library.entries
    assert (entry.entry_type, entry.key) == ("dataset", f"transparency-audit-{CODE}-{RUN.lower()}")
    assert entry["date"] == "2026-11-03"
    assert entry["version"] == RUN
    assert digest("bukti") in entry["note"]


def test_nothing_in_a_name_breaks_out_of_its_field() -> None:
    library = bibtexparser.parse_string(citation.bibtex(AWKWARD))
    assert not library.failed_blocks
    assert [entry.entry_type for entry in library.entries] == ["dataset"]
    assert r"\{50\%\}\_\#1" in library.entries[0]["title"]
    assert [one["type_of_reference"] for one in rispy.loads(citation.ris(AWKWARD))] == ["DATA"]
    assert json.loads(citation.csl(AWKWARD))[0]["title"].count("\n") == 0


def test_ris_is_read_by_rispy(folder: Path) -> None:
    (record,) = rispy.loads((folder / "citation.ris").read_text("utf-8"))
    assert record["type_of_reference"] == "DATA"
    assert record["authors"] == [citation.AUTHOR]
    assert RUN in record["title"]
    assert record["year"] == "2026"
    assert "unknown_tag" not in record
    assert any(digest("bukti") in note for note in record["notes"])


def test_csl_is_rendered_by_citeproc(folder: Path) -> None:
    items = json.loads((folder / "citation.csl.json").read_text("utf-8"))
    source = CiteProcJSON(items)
    made = CitationStylesBibliography(
        CitationStylesStyle("harvard-cite-them-right", validate=False), source, formatter.plain
    )
    made.register(Cited([CitationItem(items[0]["id"])]))
    made.sort()
    (line,) = (str(one) for one in made.bibliography())
    assert citation.AUTHOR in line
    assert "2026" in line
    assert RUN in line


def test_apa_says_interval_and_proof_in_both_languages() -> None:
    record = replace(AWKWARD, body="Kota Bogor")
    indonesian, english = (citation.apa(record, language) for language in languages())
    assert indonesian.startswith("Transparency Auditor. (2026, 3 November). Audit keterbukaan Kota Bogor")
    assert "Nilai 39,04–67,00 dari 100, cakupan 72%" in indonesian
    assert "Score 39.04–67.00 of 100, coverage 72%" in english
    assert "sha256:" + "ab" * 32 in english


@pytest.mark.parametrize("name", ["index.html", "cite.html"])
def test_schema_org_in_the_page_names_files_that_are_there(folder: Path, name: str) -> None:
    for page in (folder / name, folder.parents[1] / "en" / CODE / RUN / name):
        (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.S)
        described = json.loads(block)
        assert described["@type"] == "Dataset"
        assert {part["name"] for part in described["variableMeasured"]} == {"low", "observed", "high", "coverage"}
        for file in described["distribution"]:
            assert (page.parent / file["contentUrl"]).resolve().is_file(), file


def test_a_hostile_name_does_not_end_the_data_block(tmp_path: Path) -> None:
    page = hostile_stage().publish(tmp_path)
    (block,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.read_text("utf-8"), re.S)
    assert "<" not in block
    assert json.loads(block)["@context"] == "https://schema.org/"


def test_every_column_is_told_in_both_languages() -> None:
    for table in (*TABLES.values(), SERIES):
        names = {field.name for field in table.fields}
        assert set(table.words) == names
        assert set(table.constraints) <= names
        assert all(field["descriptions"]["id"] and field["descriptions"]["en"] for field in table.schema()["fields"])
