"""A night over real sockets, read and judged as `auditor run` does: sites in, findings out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from auditor.collect.crawl import collect
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.model import Body, Catalogue, Facts, Site, SiteFacts, Verdict
from auditor.read.facts import read_evidence
from checks.catalogue import load
from checks.judging import judge
from tests.collect.conftest import network

BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")
ZONE = ZoneInfo("Asia/Jakarta")


@cache
def catalogue(*ids: str) -> Catalogue:
    """The shipped catalogue, or the criteria of it that are named."""
    whole = load()
    return replace(whole, criteria=tuple(c for c in whole.criteria if not ids or c.id in ids))


@dataclass(frozen=True)
class Judged:
    facts: Facts
    verdicts: dict[tuple[str, str], Verdict]
    evidence: Evidence
    catalogue: Catalogue

    def site(self, name: str) -> SiteFacts:
        return self.facts.site(name)

    def message(self, criterion: str, subject: str, language: str = "id") -> str:
        verdict = self.verdicts[criterion, subject]
        said = self.catalogue.reasons[verdict.reason].fill(**verdict.slots)
        return said.id if language == "id" else said.en


def judged(
    folder: Path,
    sites: Sequence[Site],
    *criteria: str,
    at: datetime | None = None,
    trust: bool | str = True,
    **more: Any,
) -> Judged:
    """`at`: by default now; `criteria`: ids, by default all; `more`: keys of [network]."""
    writer = EvidenceWriter(folder)
    try:
        collect(sites, network(**more), writer, interest=lambda link: 0.0, trust=trust)
    finally:
        writer.close()
    evidence = Evidence(folder)
    facts = read_evidence(evidence, BODY, sites, at or datetime.now(ZONE))
    asked = catalogue(*criteria)
    crashes: list[object] = []
    found = judge(facts, asked, crashes.append)
    assert crashes == []
    return Judged(facts, {(c.id, v.subject): v for c, v in found}, evidence, asked)
