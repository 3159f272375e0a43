"""A large city at the end of a night: thousands of findings by the shipped catalogue, and what stands around them."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from auditor.model import (
    Body,
    Bounds,
    Capture,
    Catalogue,
    Change,
    Criterion,
    Dataset,
    Document,
    Evidence,
    Facts,
    Finding,
    Item,
    Judgement,
    Resource,
    RunSummary,
    Score,
    Searched,
    Site,
    SiteFacts,
    Status,
    Text,
    TitleFacts,
    Unit,
    Verdict,
    Visit,
)
from checks.judges.coverage import Cell

AT = datetime(2026, 11, 24, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
UNITS = tuple(Unit(f"Dinas Urusan {n:02d} Kota Besar") for n in range(40))
SITES = tuple(f"opd-{n:02d}" for n in range(60))
STATUSES = (Status.MET, Status.PARTLY, Status.UNMET, Status.UNKNOWN)
BOUNDS = {Status.MET: (1.0, 1.0), Status.PARTLY: (0.4, 0.6), Status.UNMET: (0.0, 0.0), Status.UNKNOWN: (0.0, 1.0)}
REASONS = {Status.MET: "found", Status.PARTLY: "stale", Status.UNMET: "not-found", Status.UNKNOWN: "site-timeout"}
PAGE = ("<!doctype html><title>Informasi Berkala</title>" + "<p>Laporan kinerja tahun anggaran 2025</p>" * 700).encode()


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def judgement(catalogue: Catalogue, findings: int, documents: int, captures: int) -> Judgement:
    """A run with so many findings, documents, and captures that findings lead to."""
    asked = [criterion for criterion in catalogue.criteria if criterion.level != "unobservable"]
    made = tuple(_finding(asked[n % len(asked)], n, captures) for n in range(findings))
    spread = tuple(_document(n) for n in range(documents))
    sites = tuple(_site(n, name, spread[n :: len(SITES)]) for n, name in enumerate(SITES))
    score = Score(
        Bounds(41.2, 55.0, 66.2, 0.75),
        tuple((one.id, one.weight, Bounds(30.0, 50.0, 60.0, 0.7)) for one in catalogue.indicators),
        "Kurang Informatif",
        "Cukup Informatif",
        None,
    )
    body = Body("99.99", "Kota Besar", "kota", "Asia/Jakarta", UNITS)
    return Judgement(
        "20261124-01", Facts(body, AT, sites), catalogue.version, "0.1.0", made, score, digest("bukti"), 60_000
    )


def _finding(criterion: Criterion, n: int, captures: int) -> Finding:
    status = STATUSES[n % 4]
    low, high = BOUNDS[status]
    unit = UNITS[n % len(UNITS)].name
    subject = f"{unit} {n // len(UNITS)}"
    seen = tuple(
        Evidence(
            f"https://{SITES[n % 60]}.kotabesar.example/halaman/{(n + k) % captures}",
            AT.astimezone(UTC) - timedelta(hours=3),
            digest(f"halaman {(n + k) % captures}"),
            f"{SITES[n % 60]}.warc.gz",
            f"Laporan nomor {n} tentang dokumen pelaksanaan anggaran tahun 2025 pada {unit}",
        )
        for k in range(2)
    )
    items = tuple(
        Item(name, Status.MET if k % 2 else Status.UNMET, "found")
        for k, name in enumerate(("available", "current", "series", "open", "searchable"))
    )
    verdict = Verdict(
        subject=subject,
        low=low,
        high=high,
        reason=REASONS[status],
        site=SITES[n % 60],
        unit=unit,
        evidence=() if status is Status.UNKNOWN else seen,
        items=items if status is Status.PARTLY else (),
        searched=(Searched(SITES[n % 60], "Informasi Berkala", 41, (("robots", 1), ("trap", 12)), True),)
        if status is Status.UNMET
        else (),
    )
    remedy = next(iter(criterion.remedies.values()))
    return Finding(
        digest(f"{criterion.id} {subject}")[:16],
        criterion,
        verdict,
        Text(f"Yang terlihat pada {unit}: {criterion.how.id[:160]}", f"Seen at {unit}: {criterion.how.en[:160]}"),
        remedy,
        0.0 if status is Status.MET else 0.01 + (n % 7) / 100,
        date(2026, 11, 1 + n % 23),
        None if status is Status.MET else "persisting",
    )


def _document(n: int) -> Document:
    unit = UNITS[n % len(UNITS)].name
    return Document(
        url=f"https://{SITES[n % 60]}.kotabesar.example/unduh/dokumen-pelaksanaan-anggaran-{n}.pdf",
        site=SITES[n % 60],
        title=f"Dokumen Pelaksanaan Anggaran (DPA) {unit} Tahun Anggaran {2018 + n % 9} nomor {n}",
        facts=TitleFacts("dpa", (2018 + n % 9,), None, unit, 0.9),
        found_on=f"https://{SITES[n % 60]}.kotabesar.example/informasi-berkala",
        digest=digest(f"dokumen {n}"),
        format="pdf",
        bytes=120_000 + n,
        pages=4,
        readable=n % 3 != 0,
    )


def _site(n: int, name: str, documents: tuple[Document, ...]) -> SiteFacts:
    roles = ("ppid", "portal", "covid", "service", "website")
    url = f"https://{name}.kotabesar.example/"
    site = Site(name, roles[n] if n < 5 else "website", url, f"Situs {name}", UNITS[n % len(UNITS)].name)
    datasets = tuple(
        Dataset(
            id=f"dataset-{k}",
            title=f"Jumlah penduduk menurut kelurahan {k}",
            site=name,
            url=f"{url}dataset/{k}",
            platform="ckan",
            unit=UNITS[k % len(UNITS)].name,
            licence="CC-BY-4.0",
            modified=date(2026, 3, 1),
            resources=(Resource("r", "penduduk.csv", f"{url}{k}.csv", "CSV", "csv"),),
            newest_period="2025",
            fresh=k % 2 == 0,
        )
        for k in range(500 if n == 1 else 0)
    )
    return SiteFacts(site, Visit(name, "ok", exhausted=True, pages=900, delay_seconds=1.0), documents=documents,
                     datasets=datasets)  # fmt: skip


def series(catalogue: Catalogue, nights: int = 365) -> tuple[RunSummary, ...]:
    return tuple(
        RunSummary(
            f"n{n:03d}", AT - timedelta(days=nights - n), 40.0 + n % 7, 50.0, 66.0, 0.75, None, catalogue.version,
            "0.1.0", digest(f"bukti {n}"),
        )
        for n in range(nights)
    )  # fmt: skip


def matrix() -> tuple[Cell, ...]:
    kinds, years = ("dip", "rka", "dpa", "lra", "renstra", "renja", "lkjip"), (2023, 2024, 2025, 2026)
    return tuple(
        Cell(unit.name, kind, year, STATUSES[(n + year) % 4], "https://ppid.kotabesar.example/unduh/dokumen.pdf", "")
        for n, (unit, kind, year) in enumerate(product(UNITS, kinds, years))
    )


def changes(findings: tuple[Finding, ...]) -> tuple[Change, ...]:
    return tuple(
        Change(finding, Status.UNKNOWN, "sight" if n % 3 else "city") for n, finding in enumerate(findings[:300])
    )


def capture(wanted: str) -> tuple[Capture, bytes]:
    """A page of some 30 kB, whatever was asked for."""
    headers = (("Server", "nginx"), ("Content-Type", "text/html; charset=utf-8"))
    return (
        Capture(
            url="https://opd-00.kotabesar.example/halaman", site="opd-00", at=AT.astimezone(UTC), cause="ok",
            status=200, media_type="text/html; charset=utf-8", digest=wanted, size=len(PAGE), headers=headers,
        ),
        PAGE,
    )  # fmt: skip
