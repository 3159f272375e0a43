"""Datasets of a portal without an API that answered: pages of their own with files to download."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from urllib.parse import unquote, urlsplit

from auditor.model import Capture, Page, Site
from auditor.read.catalogues import Listed, ListedFile, is_open
from auditor.read.dates import find_dates
from auditor.read.freshness import cadence_of
from auditor.read.surroundings import GENERIC

_DATASET = re.compile(
    r"/(?:[a-z]{2}/)?(?:dataset|datasets|data|katalog|detail-data)/(?P<slug>[^/?#]{3,})/?$", re.IGNORECASE
)
_NO_DATASET = re.compile(
    r"^(?:new|groups?|rate|activity|page|search|index(?:\.\w+)?|kategori|topik|organisasi)$", re.IGNORECASE
)
_FILE = re.compile(
    r"\.(csv|xlsx?|ods|json|geojson|zip|pdf|xml|kml|shp)(?:$|\?)|/download(?:/|$|\?)|/unduh(?:/|$|\?)|"
    r"[?&]format=(csv|xlsx?|json)",
    re.IGNORECASE,
)
_TABLE_FILE = re.compile(r"\.(csv|xlsx?|ods|json|geojson)(?:$|\?)", re.IGNORECASE)
_UPDATED = re.compile(
    r"(?:diperbarui|diperbaharui|terakhir\s+(?:diubah|diperbarui)|last\s+updated|pembaruan\s+terakhir|"
    r"modified)\W{0,5}(.{6,40})",
    re.IGNORECASE,
)
_CREATED = re.compile(r"(?:dibuat|tanggal\s+dibuat|created|diterbitkan)\W{0,5}(.{6,40})", re.IGNORECASE)
# What comes next in a dataset page's list of particulars, and so ends the one before.
_NEXT = r"(?=\s{2}|$|\s(?:Lisensi|Frekuensi|Diperbarui|Tanggal|Kategori|Format|Satuan|Tag|Unduh|Cakupan)\b)"
_OWNER = re.compile(
    r"(?i:produsen(?:\s+data)?|organisasi|penerbit|sumber(?:\s+data)?|instansi|opd|walidata)\s*:?\s+"
    r"((?:Dinas|Badan|Bagian|Sekretariat|Inspektorat|Kecamatan|Satuan|RSUD)\b[\w ,.()&-]{3,70}?)" + _NEXT
)
_LICENCE = re.compile(r"(?:[Ll]isensi|[Ll]icense)\s*:?\s+(.{3,60}?)" + _NEXT)
_FREQUENCY = re.compile(r"(?:frekuensi|periode\s+pemutakhiran|frequency)\W{1,5}(\w+(?:\s\w+)?)", re.IGNORECASE)


def listed_on_pages(site: Site, pages: Sequence[Page]) -> tuple[list[Listed], str]:
    """`(datasets, the page that shows it)`: pages under `/dataset/<slug>` of the site with links to data files."""
    found: dict[str, Listed] = {}
    for page in sorted(pages, key=lambda p: p.url):
        match = _DATASET.search(urlsplit(page.url).path)
        if page.nature != "page" or match is None or _NO_DATASET.match(match["slug"]) or page.news:
            continue
        files = tuple(_files(page))
        if files:
            found.setdefault(match["slug"].lower(), _listed(page, unquote(match["slug"]), files))
    first = min((one.url for one in found.values()), default="")
    return list(found.values()), first


def data_files(site: Site, pages: Sequence[Page]) -> list[Listed]:
    """Tables that a site without a catalogue offers, each as a dataset of one file: an archived Covid site's series."""
    found: dict[str, Listed] = {}
    for page in sorted(pages, key=lambda p: p.url):
        if page.nature != "page" or page.news:
            continue
        for link in page.links:
            kind = _TABLE_FILE.search(link.url)
            if kind is None or link.region != "main" or link.url in found:
                continue
            title = link.text if link.text and not GENERIC.match(link.text) else unquote(link.url.rpartition("/")[2])
            capture = Capture(page.url, site.id, page.at, "ok", digest=page.digest)
            file = ListedFile(link.url, title, link.url, kind[1].lower())
            found[link.url] = Listed(link.url, title, link.url, capture, unit=site.unit or "", files=(file,))
    return list(found.values())


def _listed(page: Page, slug: str, files: tuple[ListedFile, ...]) -> Listed:
    title = next((h for h in page.headings if len(h) > 3), page.title) or slug
    licence = _said(_LICENCE, page.text)
    capture = Capture(page.url, page.site, page.at, "ok", digest=page.digest)
    return Listed(
        id=slug,
        title=title,
        url=page.url,
        capture=capture,
        notes="",
        unit=_said(_OWNER, page.text),
        licence=licence,
        licence_open=is_open("", licence, None),
        created=_day(_CREATED, page.text),
        modified=_day(_UPDATED, page.text),
        cadence=cadence_of(_said(_FREQUENCY, page.text), title),
        files=files,
    )


def _files(page: Page) -> Iterator[ListedFile]:
    seen: set[str] = set()
    for link in page.links:
        kind = _FILE.search(link.url)
        if kind is None or link.region != "main" or link.url in seen:
            continue
        seen.add(link.url)
        name = link.text if link.text and not GENERIC.match(link.text) else unquote(link.url.rpartition("/")[2])
        yield ListedFile(id=link.url, name=name[:200], url=link.url, format=kind[1] or kind[2] or "")


def _said(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[1].strip(" :.-") if found else ""


def _day(pattern: re.Pattern[str], text: str) -> date | None:
    said = pattern.search(text)
    dates = find_dates(said[1], 1) if said else ()
    return dates[0] if dates else None
