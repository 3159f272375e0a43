"""The nouns made by hand, one at a time: criteria, findings, sites, documents, datasets."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from auditor.model import (
    Alternative,
    Basis,
    Bounds,
    Catalogue,
    Criterion,
    Dataset,
    Dimension,
    Document,
    Evidence,
    Finding,
    Indicator,
    Item,
    Part,
    Refusal,
    Resource,
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
