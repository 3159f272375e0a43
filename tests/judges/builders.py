"""Small worlds for the judges: a site with pages and documents, seen whole unless the test says otherwise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from auditor.model import (
    Basis,
    Body,
    Capture,
    Catalogue,
    Criterion,
    Dataset,
    Document,
    Facts,
    Indicator,
    Link,
    Page,
    Portal,
    Prior,
    Refusal,
    Role,
    Site,
    SiteFacts,
    Status,
    Text,
    TitleFacts,
    Unit,
    Verdict,
    Visit,
)
from checks.judging import judge

AT = datetime(2026, 11, 2, 1, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
SEEN = datetime(2026, 11, 1, 18, 0, tzinfo=UTC)
UNITS = (
    Unit("Dinas Kesehatan", ("Dinkes",)),
    Unit("Dinas Pendidikan", ("Disdik",)),
    Unit("Badan Keuangan dan Aset Daerah", ("BKAD",)),
)
ITEMS = {"available": 0.4, "current": 0.3, "series": 0.1, "open": 0.1, "searchable": 0.1}
ALL = list(ITEMS)


def text(words: str) -> Text:
    return Text(words, words)


def rule(month: int, day: int, offset: int, **more: Any) -> dict[str, Any]:
    words = {"id": "aturan", "en": "rule"}
    return {"month": month, "day": day, "offset": offset, "name": words, "legal": words, **more}


CALENDAR: Mapping[str, Mapping[str, Any]] = {
    "F-DPA": rule(1, 31, 0, grace_days=28),
    "F-RPJMD": rule(10, 1, 0, covers=True),
    "F-LRA-M": {"max_age_days": 122, "name": {"id": "LRA", "en": "LRA"}, "legal": {"id": "praktik", "en": "practice"}},
}


def criterion(
    judge_name: str,
    params: Mapping[str, Any] | None = None,
    *,
    places: Sequence[Role] = ("ppid", "website"),
    freshness: str | None = None,
    key: str = "uji",
) -> Criterion:
    return Criterion(
        id=key,
        indicator="jenis-informasi",
        level="core",
        weight=1.0,
        question=text("Apakah ada?"),
        met=text("ada"),
        unmet=text("tidak ada"),
        why=text("sebab"),
        how=text("cara"),
        limits=text("batas"),
        basis=(Basis("UU 14/2008 Pasal 9", "ingatan, belum diperiksa", verified=False),),
        remedies={"default": text("unggah")},
        actor="PPID",
        since="1",
        judge=judge_name,
        params=params or {},
        places=tuple(places),
        freshness=freshness,
    )


def catalogue(*criteria: Criterion) -> Catalogue:
    return Catalogue(
        version="uji",
        indicators=(Indicator("jenis-informasi", text("jenis"), 100.0),),
        criteria=criteria,
        reasons={},
        items=ITEMS,
        bands=(("Informatif", 90.0), ("Tidak Informatif", 0.0)),
        calendar=CALENDAR,
    )


def digest_of(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def page(url: str, title: str = "", words: str = "", **more: Any) -> Page:
    return Page(url=url, site="", digest=digest_of(url), at=SEEN, title=title or url, text=words, size=1000, **more)


def document(
    url: str,
    kind: str | None = "dpa",
    *years: int,
    title: str = "",
    unit: str | None = None,
    revised: bool = False,
    period: str | None = None,
    **more: Any,
) -> Document:
    """A PDF that can be searched, unless told otherwise."""
    more = {"format": "pdf", "readable": True, "pages": 4, "found_on": "", **more}
    facts = TitleFacts(kind, years, period, unit, 0.95 if kind else 0.0, revised)
    name = title or f"{(kind or 'berkas').upper()} {' '.join(map(str, years))}"
    return Document(url=url, site="", title=name, facts=facts, digest=digest_of(url), at=SEEN, **more)


def site(
    key: str = "ppid",
    role: Role = "ppid",
    *,
    pages: Sequence[Page] = (),
    documents: Sequence[Document] = (),
    datasets: Sequence[Dataset] = (),
    portal: Portal | None = None,
    refused: Sequence[Refusal] = (),
    cause: str = "ok",
    exhausted: bool = True,
    captures: Sequence[Capture] = (),
    front: Page | None = None,
    scheme: str = "https",
    **more: Any,
) -> SiteFacts:
    """A site that answered and was read whole: a front page, the pages, and what each document's link led to."""
    url = f"{scheme}://{key}.contoh.go.id/"
    one = (
        Site(id=key, role=role, url=url, name=key.upper(), **more)
        if "url" not in more
        else Site(id=key, role=role, name=key.upper(), **more)
    )
    if one.url is None or cause != "ok":
        return SiteFacts(site=one, visit=Visit(key, cause), captures=tuple(captures))
    front = front or page(url, "Beranda", links=tuple(Link(p.url, p.title, region="menu") for p in pages))
    every = tuple(replace(p, site=key) for p in (front, *pages))
    owned = tuple(replace(d, site=key, found_on=d.found_on or front.url) for d in documents)
    seen = [capture(p.url, key, "ok", digest=p.digest, via=None if p is every[0] else front.url) for p in every]
    seen += [capture(d.url, key, _cause(d), digest=d.digest, anchor=d.title, via=d.found_on) for d in owned]
    return SiteFacts(
        site=one,
        visit=Visit(key, "ok", exhausted=exhausted, pages=len(every), refused=tuple(refused)),
        captures=(*seen, *captures),
        pages=every,
        documents=owned,
        datasets=tuple(replace(d, site=key) for d in datasets),
        portal=replace(portal, site=key) if portal else None,
    )


def _cause(one: Document) -> str:
    return {"failed": "read-timeout", "dead": "not-found", "too-large": "too-large"}.get(one.flaw, "ok")


def capture(url: str, key: str = "ppid", cause: str = "ok", **more: Any) -> Capture:
    status = {"ok": 200, "not-found": 404, "gone": 410, "forbidden": 403, "redirect": 302}.get(cause)
    kind = "text/html" if cause == "ok" else ""
    return Capture(
        url=url, site=key, at=SEEN, cause=cause, status=status, **{"media_type": kind, "warc": "a.warc.gz", **more}
    )


def facts(*sites: SiteFacts, units: Sequence[Unit] = UNITS, prior: Prior | None = None) -> Facts:
    body = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta", tuple(units))
    return Facts(body=body, at=AT, sites=tuple(sites), prior=prior or Prior())


def answer(question: Criterion, *sites: SiteFacts, **more: Any) -> Verdict:
    """The one verdict that a question gets."""
    verdicts = answers(question, *sites, **more)
    assert len(verdicts) == 1
    return verdicts[0]


def answers(question: Criterion, *sites: SiteFacts, **more: Any) -> list[Verdict]:
    crashes: list[object] = []
    judged = judge(facts(*sites, **more), catalogue(question), crashes.append)
    assert not crashes
    return [verdict for _, verdict in judged]


def items_of(verdict: Verdict) -> dict[str, Status]:
    return {item.item: item.status for item in verdict.items}


def modified(days_ago: int) -> date:
    return date.fromordinal(AT.date().toordinal() - days_ago)
