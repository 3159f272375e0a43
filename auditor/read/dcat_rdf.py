"""DCAT in RDF -> datasets, by rdflib. What comes from outside is made harmless first, see `harmless_*`:

- JSON-LD: a remote `@context` would be fetched by rdflib, past robots.txt, the guard and the archive. The few contexts
  that catalogues name are replaced by their vocabulary; any other remote one, and `@import`, is refused.
- RDF/XML: a document type with entities is refused (billion laughs, external entities).
- Turtle: an abbreviation of great length that is used often grows without bound; the length of an address is limited.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from lxml import etree  # type: ignore[import-untyped]

from auditor.model import Capture
from auditor.read.addresses import absolute
from auditor.read.apart import apart
from auditor.read.catalogues import Listed, ListedFile, is_open
from auditor.read.freshness import cadence_of
from auditor.read.listing import Listing, NotThis
from auditor.read.personal import mask
from auditor.read.values import day

if TYPE_CHECKING:
    from rdflib import Graph
    from rdflib.term import Node

MAX_RDF = 8_000_000
"""Bytes of one answer; rdflib reads about a megabyte a second."""

MAX_ADDRESS = 2_000
MAX_DEPTH = 60

DCAT = "http://www.w3.org/ns/dcat#"
DCT = "http://purl.org/dc/terms/"
HYDRA = "http://www.w3.org/ns/hydra/core#"
FOAF = "http://xmlns.com/foaf/0.1/"
SCHEMA = "https://schema.org/"

_SCHEMA_ORG = re.compile(r"^https?://schema\.org/?(?:docs/jsonldcontext\.json(?:ld)?)?$", re.IGNORECASE)
_DCAT_CONTEXT = re.compile(r"(?:project-open-data\.cio\.gov|/ns/dcat|/dcat)", re.IGNORECASE)
_INLINE_DCAT = {
    "@vocab": DCAT,
    "dcat": DCAT,
    "dct": DCT,
    "dcterms": DCT,
    "foaf": FOAF,
    "title": DCT + "title",
    "description": DCT + "description",
    "issued": DCT + "issued",
    "modified": DCT + "modified",
    "publisher": DCT + "publisher",
    "license": DCT + "license",
    "identifier": DCT + "identifier",
    "format": DCT + "format",
    "accrualPeriodicity": DCT + "accrualPeriodicity",
    "name": FOAF + "name",
    "dataset": DCAT + "dataset",
    "distribution": DCAT + "distribution",
}
_LONG = re.compile(rb"<[^<>\"{}|^`\\\s]{%d,}" % MAX_ADDRESS)


def read_rdf(source: Any, syntax: str, capture: Capture) -> Listing:
    """`source`: parsed JSON for `json-ld`, else bytes. Read apart, so that it ends no run. Raises NotThis."""
    if isinstance(source, bytes) and len(source) > MAX_RDF:
        raise NotThis(f"a catalogue of {len(source)} bytes of RDF is too large")
    return apart(listed_in_rdf, source, syntax, capture)


def listed_in_rdf(source: Any, syntax: str, capture: Capture) -> Listing:
    """As `read_rdf`, in this process."""
    graph = _graph(source, syntax, capture.url)
    from rdflib import RDF, URIRef  # the import takes a fifth of a second

    kinds = (DCAT + "Dataset", SCHEMA + "Dataset", "http://schema.org/Dataset")
    nodes = {node for kind in kinds for node in graph.subjects(RDF.type, URIRef(kind))}
    catalogue = any(True for _ in graph.subjects(RDF.type, URIRef(DCAT + "Catalog")))
    if not nodes and not catalogue:
        raise NotThis("RDF without a dcat:Catalog or a dcat:Dataset")
    found = tuple(sorted((_listed(graph, node, capture) for node in nodes), key=lambda one: (one.url, one.id)))
    total = _any(graph, (HYDRA + "totalItems",))
    return Listing(found, int(total) if total.isdigit() else None, _next(graph, capture))


def _graph(source: Any, syntax: str, base: str) -> Graph:
    """Raises NotThis."""
    harmless: Any = source
    if syntax == "json-ld":
        harmless = harmless_jsonld(source)
    elif syntax == "xml":
        harmless = harmless_xml(source)
    elif _LONG.search(source):
        raise NotThis("an address without end in Turtle")
    from rdflib import Graph
    from rdflib.plugins.parsers.jsonld import to_rdf

    graph = Graph()
    try:
        if syntax == "json-ld":  # past its front door, which builds a class that rdflib itself calls deprecated
            to_rdf(harmless, graph, base=base)
        else:
            graph.parse(data=harmless, format=syntax, publicID=base)
    except RecursionError:
        raise NotThis("RDF nested without end") from None
    except Exception as error:  # each of rdflib's parsers raises what it likes
        raise NotThis(f"RDF that cannot be read: {type(error).__name__}") from None
    return graph


def harmless_jsonld(value: Any, depth: int = 0) -> Any:
    """The same without a remote context. Raises NotThis for one that is not known, and for `@import`."""
    if depth > MAX_DEPTH:
        raise NotThis("JSON-LD nested without end")
    if isinstance(value, list):
        return [harmless_jsonld(item, depth + 1) for item in value]
    if not isinstance(value, dict):
        return value
    if "@import" in value:
        raise NotThis("JSON-LD with an @import, which is not fetched")
    return {
        key: _context(item, depth) if key == "@context" else harmless_jsonld(item, depth + 1)
        for key, item in value.items()
    }


def _context(value: Any, depth: int) -> Any:
    if isinstance(value, list):
        return [_context(item, depth + 1) for item in value]
    if isinstance(value, str):
        if _SCHEMA_ORG.match(value):
            return {"@vocab": SCHEMA}
        if _DCAT_CONTEXT.search(value):
            return _INLINE_DCAT
        raise NotThis(f"JSON-LD with a remote @context, which is not fetched: {value[:100]}")
    if isinstance(value, dict):
        if any(isinstance(item, str) and len(item) > MAX_ADDRESS for item in value.values()):
            raise NotThis("an address without end in JSON-LD")
        return harmless_jsonld(value, depth + 1)
    return value


def harmless_xml(payload: bytes) -> bytes:
    """The same document without its document type. Raises NotThis: entities, or no XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        root = etree.fromstring(payload, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise NotThis("XML that cannot be read") from None
    kind = root.getroottree().docinfo.internalDTD
    if kind is not None and next(iter(kind.iterentities()), None) is not None:
        raise NotThis("XML with entities of its own, which are not resolved")
    if any(len(uri) > MAX_ADDRESS for one in root.iter(etree.Element) for uri in one.nsmap.values() if uri):
        raise NotThis("an address without end in XML")
    return bytes(etree.tostring(root, encoding="utf-8"))


def _listed(graph: Graph, node: Node, capture: Capture) -> Listed:
    title = _said(graph, node, "title", "name")
    licence = _said(graph, node, "license")
    files = tuple(
        sorted(
            (_file(graph, one, capture) for one in _objects(graph, node, "distribution")),
            key=lambda one: (one.url, one.id),
        )
    )
    licences = [licence, *(_said(graph, one, "license") for one in _objects(graph, node, "distribution"))]
    licence = next((one for one in licences if one), "")
    landing = _said(graph, node, "landingPage", "url") or str(node)
    publisher = next(iter(_objects(graph, node, "publisher")), None)
    unit = "" if publisher is None else _said(graph, publisher, "name", "title") or _literal(publisher)
    return Listed(
        id=_said(graph, node, "identifier") or str(node),
        title=mask(title),
        url=absolute(landing, capture.url) or capture.url,
        capture=capture,
        notes=mask(_said(graph, node, "description")),
        unit=unit,
        licence=licence,
        licence_open=is_open("", licence, None),
        created=day(_said(graph, node, "issued", "dateCreated", "datePublished")),
        modified=day(_said(graph, node, "modified", "dateModified")),
        cadence=cadence_of(_said(graph, node, "accrualPeriodicity").rpartition("/")[2], title),
        tags=tuple(sorted(str(word) for word in _objects(graph, node, "keyword", "keywords"))),
        metadata=tuple(sorted(_particulars(graph, node))),
        files=files,
    )


def _file(graph: Graph, node: Node, capture: Capture) -> ListedFile:
    url = absolute(_said(graph, node, "downloadURL", "contentUrl", "accessURL", "url"), capture.url) or ""
    kind = _said(graph, node, "format", "mediaType", "encodingFormat")
    return ListedFile(
        id=url or str(node),
        name=_said(graph, node, "title", "name"),
        url=url,
        format=kind.rpartition("/")[2],
        modified=day(_said(graph, node, "modified")),
    )


def _objects(graph: Graph, node: Node, *names: str) -> list[Node]:
    """The values of the first of `names` that has any, in whichever vocabulary, in a stable order."""
    from rdflib import URIRef

    for name in names:
        for vocabulary in (DCT, DCAT, FOAF, SCHEMA, "http://schema.org/"):
            found = list(graph.objects(node, URIRef(vocabulary + name)))
            if found:
                return sorted(found, key=str)
    return []


def _said(graph: Graph, node: Node, *names: str) -> str:
    """The first value in words; of several languages Indonesian comes first."""
    found = _objects(graph, node, *names)
    found.sort(key=lambda one: (getattr(one, "language", None) not in ("id", "in"), str(one)))
    return str(found[0]).strip() if found else ""


def _literal(node: Node) -> str:
    from rdflib import Literal

    return str(node) if isinstance(node, Literal) else ""


def _particulars(graph: Graph, node: Node) -> list[tuple[str, str]]:
    from rdflib import BNode

    kept: dict[str, str] = {}
    for predicate, value in sorted(graph.predicate_objects(node), key=str):
        name = str(predicate).rpartition("#")[2].rpartition("/")[2]
        if name not in ("distribution", "type") and not isinstance(value, BNode) and str(value).strip():
            kept.setdefault(name, mask(str(value).strip())[:500])
    return list(kept.items())


def _any(graph: Graph, predicates: tuple[str, ...]) -> str:
    from rdflib import URIRef

    return next((str(value) for one in predicates for value in graph.objects(None, URIRef(one))), "")


def _next(graph: Graph, capture: Capture) -> str:
    """Paging by Hydra, as CKAN's DCAT extension does it: `hydra:nextPage` (older) or `hydra:next`."""
    found = _any(graph, (HYDRA + "nextPage", HYDRA + "next"))
    return (absolute(found, capture.url) or "") if found else ""
