"""Portals of each platform on a BadSite: a front page that points to them, and the answers of their lists."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from tests.badsite import Reply, Request, html, text

CSV = "tahun;jumlah\n2024;12\n2025;14\n"
Routes = dict[Any, Any]


def data(value: object, status: int = 200) -> Reply:
    return text(json.dumps(value), "application/json", status)


def files(*paths: str) -> Routes:
    return {path: text(CSV, "text/csv") for path in paths}


def jabar(count: int = 3, cap: int = 2) -> Routes:
    """The West Java family: `cap` datasets a page, an empty one behind the last."""
    rows = [{"tahun": 2024, "jumlah": 12}, {"tahun": 2025, "jumlah": 14}]
    records = [
        {
            "id": n,
            "name": f"Jumlah Balita {n}",
            "nama_skpd": "Dinas Kesehatan",
            "schema": "dinkes",
            "table": f"od_{n}_jumlah_balita",
            "mdate": "2026-03-02 10:00:00",
            "metadata": [{"key": "Frekuensi Dataset", "value": "Tahunan"}],
        }
        for n in range(count)
    ]

    def listing(request: Request) -> Reply:
        start = int(request.query["skip"])
        return data({"error": 0, "message": "", "data": records[start : start + cap]})

    tables = {
        f"/api-backend/bigdata/dinkes/od_{n}_jumlah_balita": data({"error": 0, "data": rows}) for n in range(count)
    }
    return {"/": html("Open Data"), "/api-backend/dataset/list": listing, **tables}


def pod(n: int) -> dict[str, Any]:
    """A record of data.json."""
    return {
        "@type": "dcat:Dataset",
        "identifier": f"set-{n}",
        "title": f"Jumlah Puskesmas {n}",
        "modified": "2026-02-01",
        "license": "https://creativecommons.org/licenses/by/4.0/",
        "publisher": {"name": "Dinas Kesehatan"},
        "distribution": [{"downloadURL": f"/berkas-{n}.csv", "mediaType": "text/csv", "title": "Tabel"}],
    }


def data_json() -> Routes:
    catalogue = {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "dataset": [pod(1), pod(2)],
    }
    return {"/": html("Data"), "/data.json": data(catalogue), **files("/berkas-1.csv", "/berkas-2.csv")}


def socrata(total: int = 3) -> Routes:
    def listing(request: Request) -> Reply:
        start = int(request.query["offset"])
        shown = [
            {
                "resource": {"id": f"abcd-{n:04}", "name": f"Tabel {n}", "updatedAt": "2026-01-05T00:00:00.000Z"},
                "metadata": {"license": "Creative Commons Attribution 4.0"},
                "permalink": f"/d/abcd-{n:04}",
            }
            for n in range(start, min(start + 2, total))
        ]
        return data({"results": shown, "resultSetSize": total})

    return {
        "/": html("<script src='https://cdn.socrata.com/x.js'></script>"),
        "/api/catalog/v1": listing,
        **{f"/d/abcd-{n:04}": html("Tabel") for n in range(total)},
        **files(*(f"/api/views/abcd-{n:04}/rows.csv" for n in range(total))),
    }


def arcgis() -> Routes:
    return {
        "/": html("<script src='https://hubcdn.arcgis.com/opendata-ui/a.js'></script>"),
        "/api/feed/dcat-us/1.1.json": data({"dataset": [pod(1)]}),
        **files("/berkas-1.csv"),
    }


def dkan() -> Routes:
    front = html("<head><meta name=generator content='DKAN (https://getdkan.org)'></head>")
    return {
        "/": front,
        "/api/1/metastore/schemas/dataset/items": data([pod(1), pod(2)]),
        **files("/berkas-1.csv", "/berkas-2.csv"),
    }


TURTLE = """@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
<> a dcat:Catalog ; dcat:dataset <dataset/satu> .
<dataset/satu> a dcat:Dataset ; dct:title "Jumlah Puskesmas"@id, "Health Centres"@en ; dct:identifier "satu" ;
  dct:modified "2026-02-01" ; dct:publisher [ foaf:name "Dinas Kesehatan" ] ;
  dcat:distribution [ a dcat:Distribution ; dcat:downloadURL </berkas-1.csv> ; dct:format "CSV" ] .
"""


def rdf(path: str, body: str, media_type: str) -> Routes:
    front = html(f"<head><link rel=alternate type='{media_type}' href='{path}'></head>")
    return {"/": front, path: text(body, media_type), "/dataset/satu": html("Satu"), **files("/berkas-1.csv")}


def turtle() -> Routes:
    return rdf("/catalog.ttl", TURTLE, "text/turtle")


def rdf_xml() -> Routes:
    body = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns:dcat="http://www.w3.org/ns/dcat#" xmlns:dct="http://purl.org/dc/terms/">
      <dcat:Catalog rdf:about=""/><dcat:Dataset rdf:about="dataset/satu"><dct:title>Jumlah Puskesmas</dct:title>
      <dct:identifier>satu</dct:identifier><dct:modified>2026-02-01</dct:modified>
      <dcat:distribution><dcat:Distribution><dcat:downloadURL rdf:resource="/berkas-1.csv"/></dcat:Distribution>
      </dcat:distribution></dcat:Dataset></rdf:RDF>"""
    return rdf("/catalog.rdf", body, "application/rdf+xml")


def json_ld() -> Routes:
    body = {
        "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"},
        "@graph": [
            {"@id": "#k", "@type": "dcat:Catalog"},
            {
                "@id": "dataset/satu",
                "@type": "dcat:Dataset",
                "dct:title": "Jumlah Puskesmas",
                "dct:identifier": "satu",
                "dct:modified": "2026-02-01",
                "dcat:distribution": {"@type": "dcat:Distribution", "dcat:downloadURL": {"@id": "/berkas-1.csv"}},
            },
        ],
    }
    return rdf("/catalog.jsonld", json.dumps(body), "application/ld+json")


PLATFORMS: dict[str, tuple[Callable[[], Routes], str, int]] = {
    "jabar": (jabar, "jabar", 3),
    "data.json": (data_json, "dcat", 2),
    "turtle": (turtle, "dcat", 1),
    "rdf/xml": (rdf_xml, "dcat", 1),
    "json-ld": (json_ld, "dcat", 1),
    "socrata": (socrata, "socrata", 3),
    "arcgis": (arcgis, "arcgis", 1),
    "dkan": (dkan, "dkan", 2),
}
"""By name: the routes, the platform that they are, how many datasets they list."""
