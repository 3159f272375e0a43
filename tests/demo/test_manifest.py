"""The manifest says what is truly there; these tests ask the running city whether that is so."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from itertools import pairwise
from urllib.parse import urljoin, urlsplit

import pypdfium2
import pytest
from python_calamine import CalamineWorkbook
from selectolax.lexbor import LexborHTMLParser

from auditor.config import load as load_config
from auditor.demo.answer import Answer
from auditor.demo.city import DOMAIN, build
from auditor.demo.clock import NIGHTS
from auditor.demo.config import config_text
from auditor.demo.manifest import FalseDocument, Place, TrueDataset, TrueDocument, load
from auditor.model import Status
from tests.demo.conftest import Ask, Reply

MANIFEST = load()
FORMATS = {"pdf": b"%PDF-", "xlsx": b"PK\x03\x04"}


def _document_id(document: TrueDocument) -> str:
    return f"{document.place.host}{document.place.target}"


@pytest.fixture(params=[1, 2])
def night(request: pytest.FixtureRequest, running) -> int:
    running.set_night(request.param)
    return request.param


def _at(ask: Ask, place: Place) -> Reply:
    return ask(place.host, place.target)


def _text(reply: Reply) -> str:
    document = pypdfium2.PdfDocument(reply.body)
    try:
        return " ".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def test_every_true_document_is_a_file_of_its_format(ask: Ask, night: int):
    for document in MANIFEST.night(night).documents:
        reply = _at(ask, document.place)
        assert reply.status == 200, _document_id(document)
        if document.format in FORMATS:
            assert reply.body.startswith(FORMATS[document.format]), _document_id(document)
        elif document.format == "csv":
            assert len({len(row) for row in csv.reader(io.StringIO(reply.body.decode("cp1252")), delimiter=";")}) == 1
        else:
            assert document.format == "html"
            assert reply.media_type == "text/html"


def test_a_pdf_is_readable_where_the_manifest_says_so(ask: Ask, night: int):
    for document in MANIFEST.night(night).documents:
        if document.format == "pdf":
            assert (len(_text(_at(ask, document.place))) > 50) is document.readable, _document_id(document)


def test_what_a_document_says_is_of_its_years(ask: Ask, night: int):
    for document in MANIFEST.night(night).documents:
        if document.format == "pdf" and document.readable and document.years:
            said = _text(_at(ask, document.place))
            assert all(str(year) in said for year in document.years), _document_id(document)


def test_every_document_is_linked_where_the_manifest_says(ask: Ask, night: int, running):
    for document in MANIFEST.night(night).documents:
        assert document.place.url(running.port) in _links(ask, document.found_on, running.port), _document_id(document)


def _links(ask: Ask, place: Place, port: int) -> set[str]:
    tree = LexborHTMLParser(_at(ask, place).body)
    return {urljoin(place.url(port), node.attributes.get("href") or "") for node in tree.css("a[href]")}


def test_no_file_in_the_city_is_left_out(night: int):
    """Every file of the sites that hold documents is either true or false in the manifest."""
    truth = MANIFEST.night(night)
    stated = {_document_id(d) for d in truth.documents}
    stated |= {f"{f.place.host}{f.place.target}" for f in truth.false_documents if f.place}
    for host, one in build(night).hosts.items():
        short = host.split(".")[0]
        for target in one.pages:
            is_file = re.search(r"\.(pdf|xlsx|csv)$|export=", target)
            if is_file and short not in ("data", "covid"):
                assert f"{short}{target}" in stated


FALSE = {
    "dead": lambda reply: reply.status == 404,
    "empty": lambda reply: reply.body.startswith(b"%PDF-") and not _text(reply).strip(),
    "html": lambda reply: reply.status == 200 and reply.body.lower().startswith(b"<!doctype html"),
    "placeholder": lambda reply: "Lorem ipsum" in _text(reply),
    "other-kind": lambda reply: "DOKUMEN PELAKSANAAN ANGGARAN" in _text(reply),
    "login": lambda reply: b"Minta akses" in reply.body,
    "soft-404": lambda reply: reply.status == 200 and b"Halaman tidak ditemukan" in reply.body,
    "loop": lambda reply: reply.status == 302,
    "refused": lambda reply: reply.status == 200,
    "picture": lambda reply: b"<img" in reply.body and b"<main" in reply.body,
    "news": lambda reply: re.search(rb"Diposting|posted-on", reply.body) is not None and b".pdf" not in reply.body,
}


@pytest.mark.parametrize(
    "false", [f for f in MANIFEST.night(1).false_documents if f.place], ids=lambda f: f"{f.reason}-{f.title[:30]}"
)
def test_every_false_document_is_false_in_its_way(ask: Ask, running, false: FalseDocument):
    assert false.place is not None
    assert FALSE[false.reason](_at(ask, false.place))
    assert false.place.url(running.port) in _links(ask, false.found_on, running.port)


@pytest.mark.parametrize("false", [f for f in MANIFEST.night(1).false_documents if not f.place], ids=lambda f: f.title)
def test_what_has_no_link_is_named_in_a_row_without_one(ask: Ask, false: FalseDocument):
    rows = LexborHTMLParser(_at(ask, false.found_on).body).css("tr")
    row = next(row for row in rows if false.title in row.text())
    assert row.css("a") == []


def test_the_refused_page_is_what_robots_forbids(ask: Ask):
    assert b"Disallow: /arsip-foto/" in ask("www", "/robots.txt").body
    assert b"api" not in ask("data", "/robots.txt").body


# ---- the portal ------------------------------------------------------------------------------------------------------


def _record(ask: Ask, slug: str) -> dict:
    return json.loads(ask("data", f"/api/3/action/package_show?id={slug}").body)["result"]


def test_the_portal_has_the_datasets_of_the_manifest(ask: Ask, night: int):
    stated = MANIFEST.night(night).datasets
    assert {d.slug for d in stated} == set(json.loads(ask("data", "/api/3/action/package_list").body)["result"])
    for dataset in stated:
        record = _record(ask, dataset.slug)
        extras = {extra["key"]: extra["value"] for extra in record["extras"]}
        assert record["organization"]["title"] == dataset.unit
        assert bool(record["license_id"]) is dataset.licensed
        assert extras.get("frekuensi", "") == dataset.cadence
        assert _state(ask, record, dataset) == dataset.flaw


def _state(ask: Ask, record: dict, dataset: TrueDataset) -> str:
    if not record["resources"]:
        return "no-resource"
    resource = record["resources"][0]
    reply = ask("data", urlsplit(resource["url"]).path)
    if reply.status == 404:
        return "dead"
    if resource["format"] == "PDF":
        return "no-table"
    if reply.media_type == "text/html":
        return "wrong-format"
    rows = _rows(reply, resource["format"])
    assert len(rows) - 1 == dataset.rows, dataset.slug
    assert _newest(rows) == dataset.newest, dataset.slug
    changed = int(record["metadata_modified"][:4])
    return "contradiction" if changed - int(dataset.newest[:4]) > 2 else ""


def _rows(reply: Reply, declared: str) -> list[list[str]]:
    if declared == "JSON":
        found = json.loads(reply.body)
        return [list(found[0]), *([str(value) for value in row.values()] for row in found)]
    if declared == "XLSX":
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(reply.body)).get_sheet_by_index(0)
        rows = [[str(cell).removesuffix(".0") for cell in row] for row in sheet.to_python()]
        return [row for row in rows if all(row)]
    text = reply.body.decode("cp1252").removeprefix("ï»¿")
    return list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text.splitlines()[0] else ","))


def _newest(rows: list[list[str]]) -> str:
    names = [name.lower() for name in rows[0]]
    column = next(names.index(name) for name in ("periode", "tanggal", "tahun") if name in names)
    return max(row[column] for row in rows[1:])


def test_the_covid_series_never_falls(ask: Ask):
    reply = ask("covid", "/unduh/covid19-harian-kota-contoh.csv")
    rows = [[int(cell) for cell in row[1:]] for row in _rows(reply, "CSV")[1:]]
    assert all(a <= b for before, after in pairwise(rows) for a, b in zip(before, after, strict=True))
    assert all(row[0] >= row[1] + row[2] for row in rows)


# ---- the nights ------------------------------------------------------------------------------------------------------


def test_the_nights_differ_exactly_as_stated():
    found = set()
    first, second = build(1), build(2)
    assert first.hosts.keys() == second.hosts.keys()
    for host in first.hosts:
        before, after = first.hosts[host].pages, second.hosts[host].pages
        short = host.removesuffix(f".{DOMAIN}")
        if not after:
            found.add((short, "*", "unreachable"))
            continue
        found |= {(short, _short(path), _how(before.get(path), after.get(path))) for path in {*before, *after}}
    stated = {(change.host, change.path, change.what) for change in MANIFEST.changes}
    assert {change for change in found if change[2]} == stated


def _short(path: str) -> str:
    return path.rsplit("/", 1)[1] if "/download/" in path else path


def _how(before: Answer | None, after: Answer | None) -> str:
    if before == after:
        return ""
    return "appeared" if before is None else "gone" if after is None else "changed"


def test_what_went_is_not_linked_any_more(ask: Ask, running):
    running.set_night(2)
    for target in ("/informasi/berkala", "/kinerja", "/"):
        page = ask("ppid", target)
        assert b"lhkpn" not in page.body.lower()


# ---- the findings ----------------------------------------------------------------------------------------------------


def test_the_truth_has_every_status_and_no_finding_twice():
    for night in MANIFEST.nights:
        assert {Status(f.status) for f in night.findings} == set(Status) - {Status.NOT_APPLICABLE}
        assert max(Counter((f.criterion, f.subject) for f in night.findings).values()) == 1
        assert all(f.why for f in night.findings)


def test_units_with_a_plan_or_budget_are_as_many_as_the_findings_say():
    documents = MANIFEST.night(1).documents
    units = {
        (kind, year): len({d.unit for d in documents if d.kind == kind and year in d.years})
        for kind, year in (("rka", 2026), ("dpa", 2026), ("renja", 2027), ("renja", 2026), ("renstra", 2025))
    }
    assert units == {
        ("rka", 2026): 6,
        ("dpa", 2026): 6,
        ("renja", 2027): 2,
        ("renja", 2026): 5,
        ("renstra", 2025): 3,
    }


def test_rows_of_the_public_list_are_as_many_as_the_finding_says(ask: Ask):
    rows = LexborHTMLParser(ask("ppid", "/informasi/daftar-informasi-publik").body).css("#dip tbody tr")
    linked = [row.css_first("a").attributes["href"] for row in rows if row.css("a")]
    alive = [href for href in linked if ask("ppid", href).status == 200]
    assert (len(rows), len(linked), len(alive)) == (14, 10, 8)


# ---- the configuration -----------------------------------------------------------------------------------------------


def test_the_configuration_audits_this_city(tmp_path, running):
    path = tmp_path / "config.toml"
    path.write_text(config_text(running.port), encoding="utf-8")
    config = load_config(path)
    assert (config.body.code, config.body.timezone, len(config.body.units)) == ("99.71", "Asia/Jakarta", 8)
    hosts = {urlsplit(site.url).hostname for site in config.sites if site.url}
    hosts |= {host for site in config.sites for host in site.hosts}
    assert hosts == running.city.hosts.keys() - {f"berbagi.{DOMAIN}"}
    assert [site.id for site in config.sites if site.url is None] == ["pbb"]
    assert {site.role for site in config.sites} == {"ppid", "website", "portal", "covid", "service", "restricted"}
    assert config.storage.public.parent == tmp_path.resolve()
    assert NIGHTS[0].isoformat() == "2026-11-02"
