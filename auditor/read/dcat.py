"""DCAT catalogues as they are archived: `data.json` (DCAT-US 1.1, Project Open Data), and RDF (W3C DCAT 2/3) as
JSON-LD, Turtle or RDF/XML. `read` tells them apart by their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from auditor.model import Capture
from auditor.read import dcat_rdf
from auditor.read.addresses import absolute
from auditor.read.catalogues import Listed, ListedFile, is_open
from auditor.read.freshness import cadence_of
from auditor.read.listing import Listing, NotThis, parsed_json, records
from auditor.read.personal import mask
from auditor.read.values import day, text


def read(payload: bytes, capture: Capture) -> Listing:
    """Any of the four. Raises NotThis."""
    start = payload.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start in (b"{", b"["):
        value = parsed_json(payload)
        if isinstance(value, dict) and isinstance(value.get("dataset"), list):
            found = tuple(project_open_data(records(value["dataset"]), capture))
            return Listing(found, len(value["dataset"]))
        if len(payload) > dcat_rdf.MAX_RDF:
            raise NotThis(f"a catalogue of {len(payload)} bytes of RDF is too large")
        return dcat_rdf.read_rdf(value, "json-ld", capture)
    lead = payload[:4000].lower()
    if start == b"<" and (b"<!doctype html" in lead or b"<html" in lead):
        raise NotThis("a page instead of a catalogue")
    if start == b"<" and (b"rdf:rdf" in lead or b"<?xml" in lead):
        return dcat_rdf.read_rdf(payload, "xml", capture)
    if b"prefix" in lead and b"dcat" in lead:
        return dcat_rdf.read_rdf(payload, "turtle", capture)
    raise NotThis("neither data.json nor RDF")


def project_open_data(found: list[dict[str, Any]], capture: Capture) -> Iterator[Listed]:
    """The datasets of `data.json`: https://resources.data.gov/resources/dcat-us/"""
    for record in found:
        title = text(record.get("title"))
        identifier = text(record.get("identifier"))
        publisher = record.get("publisher")
        licence = text(record.get("license"))
        files = record.get("distribution")
        words = record.get("keyword")
        landing = absolute(text(record.get("landingPage")), capture.url)
        yield Listed(
            id=identifier or title,
            title=mask(title),
            url=landing or urljoin(capture.url, "#" + identifier),
            capture=capture,
            notes=mask(text(record.get("description"))),
            unit=text(publisher.get("name")) if isinstance(publisher, dict) else text(publisher),
            licence=licence,
            licence_open=is_open("", licence, None),
            created=day(record.get("issued")),
            modified=day(record.get("modified")),
            cadence=cadence_of(text(record.get("accrualPeriodicity")), title),
            tags=tuple(text(word) for word in words if isinstance(word, str)) if isinstance(words, list) else (),
            metadata=tuple(
                sorted((k, mask(text(v))[:500]) for k, v in record.items() if k != "distribution" and text(v))
            ),
            files=tuple(
                _file(one, capture) for one in (files if isinstance(files, list) else ()) if isinstance(one, dict)
            ),
        )


def _file(one: dict[str, Any], capture: Capture) -> ListedFile:
    url = absolute(text(one.get("downloadURL") or one.get("accessURL")), capture.url) or ""
    return ListedFile(
        id=text(one.get("identifier")) or url,
        name=text(one.get("title")),
        url=url,
        format=text(one.get("format")) or text(one.get("mediaType")).rpartition("/")[2],
        modified=day(one.get("modified")),
        metadata=tuple(sorted((key, mask(text(value))[:200]) for key, value in one.items() if text(value))),
    )
