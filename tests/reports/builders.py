"""Judgements made by hand: small, large, hostile and empty ones, for every room of the reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from auditor.model import (
    Body,
    Bounds,
    Capture,
    Catalogue,
    Change,
    Dataset,
    Facts,
    Finding,
    Judgement,
    Part,
    Portal,
    RunSummary,
    Score,
    Sensitivity,
    SiteFacts,
    Status,
    Table,
    TableError,
    Text,
    TitleFacts,
    Visit,
)
from auditor.model.follow_up import FOLLOW_UP, FollowUp, Written
from reports.publish import publish
from tests.reports.atoms import (
    AT,
    BANDS,
    BOUNDS_OF,
    CODE,
    INDICATORS,
    PARTS,
    REASON_OF,
    RUN,
    SENSITIVITY,
    ZONE,
    Cell,
    catalogue,
    criterion,
    dataset,
    digest,
    document,
    finding,
    site_facts,
)
from tests.reports.payloads import HOSTILE, HOSTILE_URLS

__all__ = [
    "AT",
    "BANDS",
    "BOUNDS_OF",
    "CODE",
    "HOSTILE",
    "HOSTILE_URLS",
    "HTML",
    "INDICATORS",
    "PARTS",
    "REASON_OF",
    "RUN",
    "SENSITIVITY",
    "ZONE",
    "Cell",
    "Stage",
    "catalogue",
    "cells",
    "criterion",
    "dataset",
    "digest",
    "document",
    "finding",
    "hostile_stage",
    "judgement",
    "ordinary",
    "ordinary_stage",
    "sent_back",
    "series",
    "site_facts",
]


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


def sent_back(stage: Stage) -> dict[str, Any]:
    """What officers wrote beside the findings of a stage, and what of it could not be read: arguments of `publish`."""
    written = [Written(status, "Ani", date(2026, 12, 1), "naskah") for status in FOLLOW_UP]
    findings = stage.judgement.findings
    trouble = Text("a.xlsx: lembar “Semua”, baris 3: bukan tanggal", "a.xlsx: sheet “Semua”, row 3: no date")
    return {
        "follow_up": {f.id: FollowUp(one, date(2026, 11, 2)) for f, one in zip(findings, written * 99, strict=False)},
        "unread": (trouble,),
    }


def _hostile_dataset(number: int, text: str) -> Dataset:
    """Payloads as the portal's words, the file's name, its columns and its cells."""
    made = dataset(number, text, HOSTILE_URLS[number % len(HOSTILE_URLS)])
    wrong = TableError(5, text, text, "number", Text(f"bukan bilangan: {text}", f"not a number: {text}"), more=2)
    table = Table(text, (text, "jumlah"), 68, (wrong,), 3, text)
    resource = replace(made.resources[0], name=text, url=HOSTILE_URLS[number % len(HOSTILE_URLS)], table=table)
    return replace(made, unit=text, licence=text, cadence=text, newest_period=text, resources=(resource,))


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
    datasets = tuple(_hostile_dataset(n, text) for n, text in enumerate(HOSTILE))
    matrix = tuple(
        Cell(text, "dpa", 2025, list(Status)[n % 5], HOSTILE_URLS[n % len(HOSTILE_URLS)])
        for n, text in enumerate(HOSTILE)
    )
    sites = (
        site_facts(documents=documents),
        site_facts("data", "portal", datasets=datasets, portal=Portal("data", HOSTILE[0], "api", detail=HOSTILE[1])),
        *(
            replace(made, site=replace(made.site, name=text, unit=text))
            for n, text in enumerate(HOSTILE[:6])
            for made in [site_facts(f"c{n}", "covid" if n % 2 else "service")]
        ),
    )
    parts = tuple(replace(PARTS[0], name=text) for text in HOSTILE)
    return Stage(
        judgement(findings, sites=sites, parts=parts, name="Kota </title><script>alert(1)</script>"),
        catalogue=catalogue(known),
        changes=tuple(Change(f, Status.MET, "city") for f in findings),
        matrix=matrix,
        payload="\n".join(HOSTILE).encode("utf-8", "replace"),
        headers=tuple(("X-Uji", text) for text in HOSTILE),
    )
