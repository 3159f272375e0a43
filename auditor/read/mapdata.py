"""The data behind a map: addresses of GeoJSON and JSON that a page names in its scripts and attributes. Pure.

A map draws itself, so that its figures stand in no link. What is offered here is only what stands written out, as one
whole string, in the page or in a script of its own host: nothing is put together, nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from auditor.model import Link
from auditor.read.addresses import absolute
from auditor.read.grids import squeeze
from auditor.read.markup import decode, tame

MAX_SCRIPT = 5_000_000
MAX_FOUND = 200
MAX_SCRIPTS = 20

_FILE = re.compile(r"\.(?:geojson|topojson|json)(?:$|\?)", re.IGNORECASE)
_ASKED_AS = re.compile(r"[?&](?:f|format|outputformat)=(?:p?geojson|json|application(?:/|%2F)json)\b", re.IGNORECASE)
_NAMES_DATA = re.compile(
    r"geojson|peta|sebaran|kelurahan|kecamatan|\brw\b|kasus|covid|corona|data|wilayah|statistik", re.IGNORECASE
)
_NOT_DATA = re.compile(
    r"(?:^|/)(?:manifest|asset-manifest|package(?:-lock)?|composer|tsconfig|site\.webmanifest|browserconfig|lang|locales?|"
    r"i18n|translations?|config|settings|indonesian(?:-alternative)?|id|en)\.json|/wp-json(?:/?$|/oembed)|oembed|"
    r"log(?:out|in)|auth|token|csrf|delete|hapus|remove|destroy",
    re.IGNORECASE,
)
_LITERAL = re.compile(r"([\"'`])((?:https?:)?[^\"'`\s<>\\]{2,1500})\1(?!\s*\+)")
_JOINED = re.compile(r"\+\s*$")
_CALL = re.compile(
    r"(?:\bfetch|\$\.(?:getJSON|get)|jQuery\.(?:getJSON|get)|axios(?:\.get)?|d3\.(?:json|csv)|omnivore\.\w+|loadGeoJson|"
    r"\.addGeoJSON|L\.geoJSON\.ajax|new\s+L\.GeoJSON\.AJAX|\burl\s*:|\bdata\s*:|\bsource\s*:)\s*\(?\s*$",
    re.IGNORECASE,
)
# Libraries that everybody ships: they name no data of this city.
_LIBRARY = re.compile(
    r"(?:^|[/.-])(?:jquery|bootstrap|leaflet|popper|owl|aos|swiper|chart|apexcharts|highcharts|echarts|datatables?|moment|"
    r"lodash|underscore|d3|vue|react|angular|mapbox-gl|maplibre-gl|openlayers|ol|select2|fontawesome|polyfills?|gtag|"
    r"analytics|sweetalert2?|slick|wow|modernizr|turf|proj4|esri-leaflet|markercluster)(?:[.-]|$)",
    re.IGNORECASE,
)


def named_in_page(payload: bytes, base_url: str, charset: str | None = None) -> tuple[Link, ...]:
    """The addresses that inline scripts and `data-*` attributes of a page name, in document order, `text` the file's
    name and `context` the page's title."""
    tree = _tree(payload, charset)
    if tree is None:
        return ()
    named = tree.css_first("title")
    title = squeeze(named.text() if named else "", 200)
    found: dict[str, None] = {}
    for script in tree.css("script:not([src])"):
        found.update(dict.fromkeys(_in_script(script.text()[:MAX_SCRIPT])))
    for node in tree.css("*"):
        for name, value in node.attributes.items():
            if value and name.startswith("data-") and len(value) < 1_500 and _is_data(value, called=False):
                found[value.strip()] = None
    return _links(found, base_url, title)


def named_in_script(payload: bytes, base_url: str) -> tuple[Link, ...]:
    """As `named_in_page`, for a script of its own file. `base_url`: of the page, against which a browser resolves."""
    return _links(dict.fromkeys(_in_script(decode(payload[:MAX_SCRIPT]))), base_url, "")


def scripts_of(payload: bytes, base_url: str, charset: str | None = None) -> tuple[Link, ...]:
    """The page's own scripts in files on its own host that are no library known by name."""
    tree = _tree(payload, charset)
    if tree is None:
        return ()
    host = urlsplit(base_url).netloc
    found: dict[str, None] = {}
    for node in tree.css("script[src]"):
        url = absolute(node.attributes.get("src"), base_url)
        if url and urlsplit(url).netloc == host and not _LIBRARY.search(urlsplit(url).path.rpartition("/")[2]):
            found[url] = None
    return tuple(Link(url, "") for url in list(found)[:MAX_SCRIPTS])


def _tree(payload: bytes, charset: str | None) -> LexborHTMLParser | None:
    try:
        return LexborHTMLParser(tame(decode(payload, charset)))
    except (SelectolaxError, ValueError, RuntimeError):
        return None


def _in_script(source: str) -> Iterator[str]:
    for literal in _LITERAL.finditer(source):
        value, before = literal[2], source[max(0, literal.start() - 60) : literal.start()]
        if "${" in value or _JOINED.search(before):
            continue
        if _is_data(value, called=bool(_CALL.search(before))):
            yield value


def _is_data(value: str, *, called: bool) -> bool:
    if ("/" not in value and "." not in value) or _NOT_DATA.search(value):
        return False
    if _FILE.search(value) or _ASKED_AS.search(value):
        return True
    return called and bool(re.match(r"(?:https?:/)?/?[\w.~%-]*/", value)) and bool(_NAMES_DATA.search(value))


def _links(found: Iterable[str], base_url: str, title: str) -> tuple[Link, ...]:
    made: dict[str, Link] = {}
    for value in found:
        url = absolute(value, base_url)
        if url is not None and url not in made:
            made[url] = Link(url, urlsplit(url).path.rpartition("/")[2] or title, title)
    return tuple(made.values())[:MAX_FOUND]
