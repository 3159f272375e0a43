"""What a data portal offers: its datasets from archived API answers or pages, joined with the bytes of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from auditor.model import Asked, Capture, Dataset, Page, Portal, Resource, Site, Table
from auditor.read.answers import UNREAD, Answers
from auditor.read.catalogues import Listed, ListedFile
from auditor.read.citysums import with_contradictions
from auditor.read.dates import newest
from auditor.read.document import TABLES
from auditor.read.falsehoods import false_file
from auditor.read.freshness import contradiction, is_fresh, parse_http_date
from auditor.read.harvests import code_of
from auditor.read.listings import data_files
from auditor.read.maps import map_files
from auditor.read.offered import offered
from auditor.read.office import Bomb
from auditor.read.quality.assess import assessed
from auditor.read.sandbox import Broken

_GONE = frozenset(("not-found", "gone", "bad-redirect", "redirect-loop", "too-many-redirects", "forbidden"))
_PROOFS = 6
"""Archived answers that a portal is shown by; the others list more of the same."""
_LARGE = frozenset(("too-large", "decompression-bomb"))
# What portals write for one format; a declared one that is not in here is compared as it stands.
_SAME = {
    "xls": ("xls", "xlsx"),
    "xlsx": ("xlsx",),
    "excel": ("xls", "xlsx"),
    "csv": ("csv", "text"),
    "tsv": ("csv", "text"),
    "json": ("json", "geojson"),
    "geojson": ("geojson", "json"),
    "pdf": ("pdf",),
    "doc": ("doc", "docx"),
    "docx": ("docx",),
    "ods": ("ods",),
    "xml": ("xml",),
    "html": ("html",),
    "zip": ("zip",),
    "png": ("png",),
    "jpg": ("jpg",),
    "jpeg": ("jpg",),
    "shp": ("zip",),
    "kml": ("xml",),
    "txt": ("text", "csv"),
}

ReadTable = Callable[[Capture, str], "Table | Broken"]


@dataclass(frozen=True, slots=True)
class PortalFacts:
    portal: Portal | None
    datasets: tuple[Dataset, ...]
    files: frozenset[str]  # digests of the resources' bytes


class Datasets:
    """Reads the datasets of one site: of a portal those it lists, of a Covid site the tables that it offers."""

    def __init__(
        self, site: Site, answers: Answers, at: date, read_table: ReadTable, read_page: Callable[[Capture], Page]
    ) -> None:
        self._site = site
        self._answers = answers
        self._at = at
        self._read_table = read_table
        self._read_page = read_page
        self._digests: set[str] = set()

    def gather(self, pages: Sequence[Page]) -> PortalFacts:
        """The portal and its datasets. `pages`: those of the site, read."""
        if self._site.role == "covid":
            linked = data_files(self._site, pages)
            behind = map_files(self._site, pages, self._answers, {one.url for one in linked})
            series = tuple(self._dataset(one, "halaman") for one in sorted((*linked, *behind), key=_by_url))
            return PortalFacts(None, with_contradictions(series), frozenset(self._digests))
        found = offered(self._site, self._answers, pages)
        self._digests |= found.read
        datasets = tuple(self._dataset(one, found.platform) for one in sorted(found.datasets, key=_by_url))
        portal = self._portal(found.platform, found.shown_by, found.declared, len(datasets))
        return PortalFacts(portal, datasets, frozenset(self._digests))

    def _portal(self, platform: str, shown_by: str, declared: int | None, count: int) -> Portal | None:
        """What the collection wrote down, where it did; else what the answers show."""
        for record in self._answers.records("portal"):
            if record.get("site") == self._site.id and record.get("platform"):
                said = record.get("declared")
                return Portal(
                    site=self._site.id,
                    platform=str(record["platform"]),
                    shown_by=str(record.get("shown_by") or shown_by),
                    declared=said if isinstance(said, int) else declared,
                    enumerated=bool(record.get("enumerated")),
                    detail=str(record.get("error") or ""),
                    **self._evidence(record, str(record.get("shown_by") or shown_by)),
                )
        if not platform:
            return None
        whole = declared is not None and count >= declared
        record = next((r for r in self._answers.records("portal") if r.get("site") == self._site.id), {})
        return Portal(self._site.id, platform, shown_by, declared, whole, **self._evidence(record, shown_by))

    def _evidence(self, record: Mapping[str, object], shown_by: str) -> dict[str, Any]:
        """What was asked of the portal, and the archived answers that show what it is."""
        why, words = code_of(str(record.get("error") or "")) if record.get("platform") else ("", "")
        tried, answers = record.get("tried"), record.get("answers")
        asked = []
        for one in tried if isinstance(tried, list | tuple) else ():
            code, detail = code_of(str(one.get("answer") or ""))
            url = str(one.get("url") or "")
            asked.append(Asked(str(one.get("platform") or ""), url, code, detail, self._digest(url)))
        shown = dict.fromkeys((shown_by, *(answers if isinstance(answers, list | tuple) else ())))
        proofs = tuple((str(url), digest) for url in shown if (digest := self._digest(str(url))))[:_PROOFS]
        return {"why": why, "words": words, "asked": tuple(asked), "proofs": proofs}

    def _digest(self, url: str) -> str:
        """The archived answer to an address; of a paged listing of CKAN, whose address says no page, the first."""
        found = self._answers.find(url, self._site.id) if url else None
        if found is None and url.endswith("/package_search"):
            pages = (c for c in self._answers.captures if c.site == self._site.id and c.url.startswith(url + "?"))
            return next((c.digest for c in pages if c.cause == "ok"), "")
        # A page that says that there is none is the same for every address: it is told by its address and status.
        return found.capture.digest if found is not None and found.ok else ""

    def _dataset(self, one: Listed, platform: str) -> Dataset:
        resources = tuple(self._resource(file) for file in one.files)
        tables = [resource.table for resource in resources if resource.table is not None]
        newest_period = newest([table.newest_period for table in tables if table.newest_period])
        cadence = one.cadence
        found = Dataset(
            id=one.id,
            title=one.title,
            site=self._site.id,
            url=one.url,
            platform=platform,
            notes=one.notes,
            unit=one.unit or None,
            licence=one.licence,
            licence_open=one.licence_open,
            created=one.created,
            modified=one.modified,
            cadence=cadence,
            tags=one.tags,
            metadata=one.metadata,
            resources=resources,
            newest_period=newest_period,
            fresh=is_fresh(newest_period, cadence, self._at),
            contradiction=contradiction(newest_period, cadence, one.modified, self._at),
            digest=one.capture.digest,
            at=one.capture.at,
        )
        return assessed(found, self._site, self._at, self._http_date(resources))

    def _http_date(self, resources: Sequence[Resource]) -> date | None:
        """The newest date of change that the servers of the files gave."""
        answers = [self._answers.downloaded(r.url, self._site.id) for r in resources if r.url and r.digest]
        days = [parse_http_date(answer.capture.header("last-modified")) for answer in answers if answer is not None]
        return max((day for day in days if day is not None), default=None)

    def _resource(self, file: ListedFile) -> Resource:
        blank = Resource(
            file.id,
            file.name,
            file.url,
            file.format.lower().lstrip("."),
            modified=file.modified,
            metadata=file.metadata,
        )
        answer = self._answers.downloaded(file.url, self._site.id) if file.url else None
        if answer is None:
            return blank if file.url else replace(blank, flaw="dead")
        capture = answer.capture
        if not answer.ok:
            return replace(blank, flaw=_failure(capture), digest=capture.digest)
        kind = self._answers.format(capture)
        self._digests.add(capture.digest)
        found = replace(blank, format=kind, bytes=capture.size, digest=capture.digest)
        if kind in ("empty", UNREAD):
            return replace(found, flaw="empty" if kind == "empty" else "failed")
        if kind == "html" and blank.declared_format not in ("html", "htm", "url", "website", "link"):
            flaw, _ = false_file(self._read_page(capture), answer, file.url)
            return replace(found, flaw="wrong-format" if flaw == "not-a-document" else flaw)
        if capture.truncated:
            return replace(found, flaw="too-large")
        wrong = bool(blank.declared_format) and not _agrees(blank.declared_format, kind)
        if kind in TABLES or kind in ("zip", "gz", "text"):
            return self._with_table(found, capture, "wrong-format" if wrong else "")
        return replace(found, flaw="wrong-format" if wrong else "")

    def _with_table(self, found: Resource, capture: Capture, flaw: str) -> Resource:
        name = capture.url.rpartition("/")[2].partition("?")[0] or found.name
        table = self._read_table(capture, name)
        if isinstance(table, Table):
            return replace(found, table=table, flaw=flaw)
        if table.reason in ("died", "memory", "timeout") or table.detail.startswith(Bomb.__name__):
            return replace(found, flaw="too-large")
        packed = found.format in ("zip", "gz")
        return replace(found, flaw=flaw or ("" if packed or found.format == "text" else "broken-table"))


def _by_url(one: Listed) -> str:
    return one.url


def _agrees(declared: str, true: str) -> bool:
    return true in _SAME.get(declared, (declared,)) or declared not in _SAME


def _failure(capture: Capture) -> str:
    if capture.cause in _GONE:
        return "dead"
    if capture.cause == "login-required":
        return "login"
    return "too-large" if capture.cause in _LARGE else "failed"
