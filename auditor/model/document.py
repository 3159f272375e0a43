"""What was read of documents and of data: tables, resources, datasets, portals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from auditor.model.page import Personal, TitleFacts
from auditor.model.quality import Quality
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a link led to. `flaw` is empty when it is what the link says; else why it is no document:
    `dead` (4xx), `failed` (no answer: not seen), `not-a-document`, `empty`, `login`, `placeholder`, `other-kind`,
    `too-large`.
    `readable`: has text a machine can search; None when it could not be opened. `years` are the years it is about.
    """

    url: str
    site: str
    title: str
    facts: TitleFacts
    found_on: str
    digest: str = ""
    at: datetime | None = None
    context: str = ""
    format: str = ""
    bytes: int = 0
    pages: int | None = None
    readable: bool | None = None
    words: str = ""  # the words of the document that decided, masked
    flaw: str = ""
    modified: date | None = None
    personal: tuple[Personal, ...] = ()
    also: tuple[str, ...] = ()  # other titles that lead to the same bytes


@dataclass(frozen=True, slots=True)
class TableError:
    """A cell that breaks a rule. `row` is the row in the file, counted from 1 with the header."""

    row: int | None
    column: str
    value: str
    rule: str
    message: Text
    more: int = 0  # further cells with the same column and rule


@dataclass(frozen=True, slots=True)
class Table:
    schema: str
    columns: tuple[str, ...]
    rows: int
    errors: tuple[TableError, ...] = ()
    error_count: int = 0
    newest_period: str | None = None  # `2024`, `2024-S1`, `2024-TW3`, `2024-05` or `2024-05-31`
    oldest_period: str | None = None
    delimiter: str = ""
    encoding: str = ""
    sheet: str = ""
    personal: tuple[Personal, ...] = ()
    kelurahan: int = 0  # distinct kelurahan of the body that occur
    kecamatan: int = 0
    cases: tuple[tuple[str, float], ...] = ()  # of a Covid table: kind of case -> the city's figure on its last day


@dataclass(frozen=True, slots=True)
class Resource:
    id: str
    name: str
    url: str
    declared_format: str = ""
    format: str = ""
    bytes: int = 0
    digest: str = ""
    modified: date | None = None
    table: Table | None = None
    flaw: str = ""  # as Document.flaw, and `wrong-format`, `broken-table`
    metadata: tuple[tuple[str, str], ...] = ()  # every non-empty key of the portal's own record


@dataclass(frozen=True, slots=True)
class Dataset:
    id: str
    title: str
    site: str
    url: str
    platform: str
    notes: str = ""
    unit: str | None = None
    licence: str = ""
    licence_open: bool | None = None
    created: date | None = None
    modified: date | None = None
    cadence: str = ""  # tahunan semesteran triwulanan bulanan mingguan harian, or empty
    tags: tuple[str, ...] = ()
    metadata: tuple[tuple[str, str], ...] = ()  # every non-empty key of the portal's own record
    resources: tuple[Resource, ...] = ()
    newest_period: str | None = None
    fresh: bool | None = None
    contradiction: str = ""  # e.g. modified 2025, newest row 2021
    digest: str = ""
    at: datetime | None = None
    quality: Quality | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A platform that a portal was asked for. `code`: what came of it, a word of `auditor.read.harvests`; `detail`: the
    words of the answer that the code leaves out; `digest`: the archived answer, empty where it was an error."""

    platform: str
    url: str
    code: str
    detail: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Portal:
    """What a portal turned out to be. `enumerated`: every dataset that it says it has was listed; `detail` says what
    kept it from that as it was recorded, `why` as a word of `auditor.read.harvests` with its `words`. `asked`: the
    platforms that it was asked for, in their order, the one that it was taken for last. `proofs`: address and digest of
    the archived answers that show the platform."""

    site: str
    platform: str
    shown_by: str
    declared: int | None = None
    enumerated: bool = False
    detail: str = ""
    why: str = ""
    words: str = ""
    asked: tuple[Asked, ...] = ()
    proofs: tuple[tuple[str, str], ...] = ()
