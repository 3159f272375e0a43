"""What is known of a file of a dataset: could it be fetched, and what is it truly."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from auditor.model import Resource
from auditor.read.quality.record import said

_GONE = frozenset({"dead", "login"})
_DATA = frozenset(("csv", "tsv", "json", "geojson", "jsonld", "xml", "rdf", "ttl", "ods", "gml", "kml"))
_OPEN = _DATA | {"odt", "html", "text", "txt", "pdf", "png", "svg"}
_MACHINE = _DATA | {"xls", "xlsx"}
_KNOWN = _OPEN | _MACHINE | {"doc", "docx", "ppt", "pptx", "zip", "gz", "shp", "jpg", "jpeg", "tiff", "gpkg", "parquet"}
_SUFFIX = re.compile(r"\.(?:csv|tsv|json|geojson|xlsx?|ods|xml|zip|pdf|docx?|kml|gml|rdf|ttl|txt|shp)$", re.IGNORECASE)


def answered(resource: Resource) -> bool | None:
    """Whether its address gave a file; None where it was not asked, or where nothing came for a passing reason."""
    if resource.flaw in _GONE or not resource.url:
        return False
    if resource.flaw == "failed":
        return None
    return True if resource.digest or resource.table is not None or resource.flaw else None


def is_download(resource: Resource) -> bool | None:
    """Whether its address leads to the file itself and not to a page about it."""
    if not resource.url:
        return False
    if resource.digest or resource.table is not None:
        return resource.format != "html"
    if said(resource.metadata, "upload") == "upload" or said(resource.metadata, "download"):
        return True
    return True if _SUFFIX.search(urlsplit(resource.url).path) else None


def true_format(resource: Resource) -> str:
    """The format of the bytes where they came, else the declared one; lower case."""
    return (resource.format or resource.declared_format).lower().lstrip(".")


def is_open(resource: Resource) -> bool | None:
    return _among(resource, _OPEN)


def is_machine(resource: Resource) -> bool | None:
    return _among(resource, _MACHINE)


def is_known(resource: Resource) -> bool:
    """Whether the declared format has a usual name."""
    return resource.declared_format.lower().lstrip(".").rpartition("/")[2] in _KNOWN


def _among(resource: Resource, formats: frozenset[str]) -> bool | None:
    """A file that is not what it says is of no use, whatever its bytes are."""
    if resource.flaw in ("wrong-format", "empty", "not-a-document"):
        return False
    form = true_format(resource)
    if not form:
        return None if answered(resource) is not False else False
    return form in formats
