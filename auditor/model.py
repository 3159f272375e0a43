"""The nouns of an audit, frozen; nothing here does I/O, reads a clock or knows a regulation.

Times are aware and in UTC (`Capture.at`); dates that a judgement uses are in the body's time zone (`Facts.at`).
Texts that a person reads are a `Text`: Indonesian first, English beside it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

Role = Literal["ppid", "portal", "covid", "website", "service", "app", "restricted"]
ROLES: tuple[Role, ...] = ("ppid", "portal", "covid", "website", "service", "app", "restricted")


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the two languages of every page."""

    id: str
    en: str

    def fill(self, **slots: object) -> Text:
        """The sentence with its named slots filled (a Text in each language); a missing one stays as `{name}`."""
        ids = {name: value.id if isinstance(value, Text) else str(value) for name, value in slots.items()}
        ens = {name: value.en if isinstance(value, Text) else str(value) for name, value in slots.items()}
        return Text(self.id.format_map(_Slots(ids)), self.en.format_map(_Slots(ens)))


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


# ---- whom we audit ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Unit:
    """An OPD (perangkat daerah) of the body, with the other names people write it by (`Dinkes`)."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A badan publik by its Kemendagri code, e.g. Kota Bogor 32.71."""

    code: str
    name: str
    kind: Literal["kota", "kabupaten", "provinsi"]
    timezone: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A web presence of the body. `url` is None where the address is not known: it is asked for, never guessed."""

    id: str
    role: Role
    url: str | None
    name: str
    unit: str | None = None
    hosts: tuple[str, ...] = ()
    audience: Literal["public", "staff"] = "public"
    lifecycle: Literal["active", "archived"] = "active"
    ended: date | None = None
    max_pages: int = 2000


# ---- what was collected ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as archived, or the reason why there was none.

    `cause` is a word of `auditor.collect.causes`; `ok` means the server answered with a 2xx. `digest` is the sha-256
    (hex) of the payload and empty when nothing came. `via`, `anchor` and `context` say which link led here.
    """

    url: str
    site: str
    at: datetime
    cause: str
    status: int | None = None
    media_type: str = ""
    digest: str = ""
    size: int = 0
    location: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    via: str | None = None
    anchor: str = ""
    context: str = ""
    elapsed_ms: int = 0
    truncated: bool = False
    detail: str = ""
    warc: str = ""
    offset: int = -1

    def header(self, name: str) -> str:
        """The first header of that name, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A link that was seen and not followed, by a stated rule: `robots trap other-host scheme depth budget size`."""

    url: str
    rule: str
    via: str | None = None
    anchor: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """How the collection of one site went. `cause` is `ok` when its front page answered, else why it did not.

    `exhausted` is true when no link that may be followed was left; a site can be exhausted and still not be seen whole
    (pages that failed are captures with their own cause).
    """

    site: str
    cause: str
    exhausted: bool = False
    pages: int = 0
    refused: tuple[Refusal, ...] = ()
    detail: str = ""
    delay_seconds: float = 0.0


# ---- what was read ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What a title, its surroundings and its address say a document is. `kind` is None where it is none."""

    kind: str | None
    years: tuple[int, ...] = ()
    period: str | None = None
    unit: str | None = None
    confidence: float = 0.0
    revised: bool = False
    why: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it stands in a page. `context`: heading, list title, table row and column header joined by ` > `."""

    url: str
    text: str
    context: str = ""
    region: Literal["main", "menu", "footer"] = "main"


@dataclass(frozen=True, slots=True)
class Form:
    method: str
    action: str
    fields: tuple[str, ...]  # visible label, name or placeholder of each field
    has_password: bool = False
    search: bool = False


@dataclass(frozen=True, slots=True)
class HtmlTable:
    caption: str
    headers: tuple[str, ...]
    rows: int
    linked_rows: int  # rows that hold at least one link


@dataclass(frozen=True, slots=True)
class Personal:
    """Personal data found in the open; the numbers themselves are never kept. `sample` is masked."""

    kind: Literal["nik", "kk", "phone", "patient"]
    count: int
    sample: str
    confirmed: bool  # a known region or a header that names it; only then a finding is made


Nature = Literal[
    "page",  # the site's own answer
    "soft-404",  # 200 that says "not found", or a redirect to the front page
    "empty-listing",  # a section with a heading and no rows
    "login",
    "script-only",  # draws itself with JavaScript and was not rendered
    "maintenance",
    "blocked",  # a protection service answered
    "parked",  # a hoster or a domain seller answered
    "empty",  # 200 without anything to read
    "injected",  # text of other hands: gambling and the like
]


@dataclass(frozen=True, slots=True)
class Page:
    """An HTML page that was read. Texts are already masked; `text` is what a reader sees, without menu and footer."""

    url: str
    site: str
    digest: str
    at: datetime
    nature: Nature = "page"
    nature_words: str = ""
    title: str = ""
    headings: tuple[str, ...] = ()
    breadcrumb: str = ""
    text: str = ""
    links: tuple[Link, ...] = ()
    forms: tuple[Form, ...] = ()
    tables: tuple[HtmlTable, ...] = ()
    lang: str = ""
    viewport: bool = False
    images: int = 0
    images_without_alt: int = 0
    inputs: int = 0
    inputs_without_label: int = 0
    h1: int = 0
    dates: tuple[date, ...] = ()
    published: date | None = None
    news: bool = False
    features: tuple[str, ...] = ()  # accessibility widgets, mixed content and the like, by name
    personal: tuple[Personal, ...] = ()
    itself: TitleFacts = TitleFacts(None)
    size: int = 0


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


@dataclass(frozen=True, slots=True)
class Portal:
    """What a portal turned out to be. `enumerated`: every dataset that it says it has was listed."""

    site: str
    platform: str
    shown_by: str
    declared: int | None = None
    enumerated: bool = False
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SiteFacts:
    site: Site
    visit: Visit
    captures: tuple[Capture, ...] = ()
    pages: tuple[Page, ...] = ()
    documents: tuple[Document, ...] = ()
    datasets: tuple[Dataset, ...] = ()
    portal: Portal | None = None


@dataclass(frozen=True, slots=True)
class PriorFinding:
    """What the nights before said of one finding. `missing`: nights in a row that the thing was not there."""

    status: str
    since: date
    missing: int = 0
    changes: int = 0  # changes of status in the last seven nights


@dataclass(frozen=True, slots=True)
class Prior:
    """What the judgement needs of earlier nights; kept in the evidence, so that a rescore needs no database."""

    run: str | None = None
    at: date | None = None
    findings: Mapping[str, PriorFinding] = field(default_factory=dict)
    pages: Mapping[str, int] = field(default_factory=dict)  # site -> usual number of pages


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a judge may look at: one body, one night. `at` is aware, in the body's time zone."""

    body: Body
    at: datetime
    sites: tuple[SiteFacts, ...]
    prior: Prior = field(default_factory=Prior)
    answers: tuple[Mapping[str, str], ...] = ()

    def with_roles(self, *roles: str) -> tuple[SiteFacts, ...]:
        return tuple(s for s in self.sites if s.site.role in roles)

    def site(self, site_id: str) -> SiteFacts:
        return next(s for s in self.sites if s.site.id == site_id)


# ---- what is asked and answered --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis with where it was taken from; `verified` only when the text of the article was read there."""

    article: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the index. Everything a reader sees of it stands in its TOML entry."""

    id: str
    indicator: str
    level: Literal["core", "extended", "unobservable"]
    weight: float
    question: Text
    met: Text  # title when met
    unmet: Text  # title when not
    why: Text
    how: Text
    limits: Text
    basis: tuple[Basis, ...]
    remedies: Mapping[str, Text]  # reason code -> remedy; `default` always there
    actor: str  # who mends it, Indonesian
    since: str  # catalogue version that brought it
    judge: str
    params: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Role, ...] = ("ppid", "website")
    freshness: str | None = None  # code of the fiscal calendar, e.g. `F-DPA`
    dimension: str = "transparent-governance"  # Giffinger's part of smart governance


class Status(StrEnum):
    MET = "met"
    PARTLY = "partly"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True)
class Item:
    """One of the five items that a document criterion is judged by (PNTP): available current series open searchable."""

    item: str
    status: Status
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    url: str
    fetched_at: datetime
    digest: str
    warc: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Searched:
    """A place that was looked through before absence was said."""

    site: str
    section: str
    pages: int
    refused: tuple[tuple[str, int], ...]  # rule, count
    complete: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a judge answers for one subject. `low` and `high` (0 to 1) bound the value: the status follows from them.

    `slots` fill the reason's message and the remedy. `applicable` false makes it `not-applicable`.
    """

    subject: str
    low: float
    high: float
    reason: str
    site: str | None = None
    unit: str | None = None
    slots: Mapping[str, object] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()
    items: tuple[Item, ...] = ()
    searched: tuple[Searched, ...] = ()
    applicable: bool = True

    @property
    def status(self) -> Status:
        if not self.applicable:
            return Status.NOT_APPLICABLE
        if self.low >= 1:
            return Status.MET
        if self.high <= 0:
            return Status.UNMET
        if self.low <= 0 and self.high >= 1:
            return Status.UNKNOWN
        return Status.PARTLY


def finding_id(criterion_id: str, subject: str) -> str:
    """The same in every run: 16 hex digits of the sha-256 of criterion and subject."""
    return hashlib.sha256(f"{criterion_id}\n{subject}".encode()).hexdigest()[:16]


State = Literal["new", "persisting", "resolved", "flickering"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its identity over the runs, its words and what it would gain."""

    id: str
    criterion: Criterion
    verdict: Verdict
    message: Text
    remedy: Text
    gain: float
    since: date
    state: State | None

    @property
    def status(self) -> Status:
        return self.verdict.status


@dataclass(frozen=True, slots=True)
class Bounds:
    """A score on 0 to 100 as an interval; `observed` is None when nothing is known; `coverage` is 0 to 1."""

    low: float
    observed: float | None
    high: float
    coverage: float


@dataclass(frozen=True, slots=True)
class Score:
    whole: Bounds
    indicators: tuple[tuple[str, float, Bounds], ...]  # id, weight, bounds
    band_low: str
    band_high: str
    band: str | None  # claimed only when the whole interval lies in it


@dataclass(frozen=True, slots=True)
class Judgement:
    """The end of a run: everything that reports are made from."""

    run: str
    facts: Facts
    catalogue: str
    auditor: str
    findings: tuple[Finding, ...]
    score: Score
    evidence_digest: str
    captures: int
    partial: tuple[str, ...] = ()  # roles of a run with --only; empty for a whole run


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the six indicators of Monev KIP; the weights of all sum to 100."""

    id: str  # jenis-informasi digitalisasi kualitas-informasi pelayanan-informasi komitmen-organisasi sarana-prasarana
    name: Text
    weight: float


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything under `checks/` as data. `version` is the digest of it: a change of method is seen as such."""

    version: str
    indicators: tuple[Indicator, ...]
    criteria: tuple[Criterion, ...]
    reasons: Mapping[str, Text]  # reason code -> what it says of a finding, with slots
    items: Mapping[str, float]  # available current series open searchable -> weight, sum 1
    bands: tuple[tuple[str, float], ...]  # label, lower edge; highest first
    calendar: Mapping[str, Mapping[str, Any]]
    item_names: Mapping[str, Text] = field(default_factory=dict)

    def criterion(self, criterion_id: str) -> Criterion:
        return next(c for c in self.criteria if c.id == criterion_id)


# ---- over the nights -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One row of the series: a whole run that was finished."""

    run: str
    at: datetime
    low: float
    observed: float | None
    high: float
    coverage: float
    band: str | None
    catalogue: str
    auditor: str
    digest: str


@dataclass(frozen=True, slots=True)
class Change:
    """A finding whose status differs from the run before. `whose`: `city` (it changed), `sight` (what we could see
    changed) or `method` (another catalogue)."""

    finding: Finding
    before: Status | None
    whose: Literal["city", "sight", "method"]
