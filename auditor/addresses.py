"""What nights before know of an address: its last success, its first failure since, how often it failed; pure.

Kept in the history over the nights; what a judgement needs of it (the addresses that failed tonight) goes into the
`run` record before judging, so that a rescore says the same words without the history.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from auditor.model import Capture, Facts, Finding, Status, Text

SUCCESS = frozenset({"ok", "redirect"})
NOT_ASKED = frozenset({"robots", "not-answered", "evidence-damaged", "address-not-known", "bad-address"})
"""Causes that say nothing of the address itself."""

_ASKING = frozenset({Status.PARTLY, Status.UNMET, Status.UNKNOWN})
_MONTHS_ID = ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
              "November", "Desember")  # fmt: skip
_MONTHS_EN = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Record:
    """`first_failure`: the first night of the failures that have lasted until now; None while it answers.
    `last_success`: None where it never answered. `failures`: nights since `first_failure` on which it failed."""

    first_failure: date | None = None
    last_success: date | None = None
    failures: int = 0

    def after(self, failed: bool, night: date) -> Record:
        """As it stands after one more night."""
        if not failed:
            return Record(None, night, 0)
        return replace(self, first_failure=self.first_failure or night, failures=self.failures + 1)


def outcomes(captures: Iterable[Capture]) -> dict[str, bool]:
    """Address -> whether it failed tonight; addresses that were not asked are left out. Asked for several sites, one
    success is enough."""
    found: dict[str, bool] = {}
    for capture in captures:
        if capture.cause not in NOT_ASKED:
            failed = capture.cause not in SUCCESS
            found[capture.url] = failed and found.get(capture.url, True)
    return found


def to_json(records: Mapping[str, Record]) -> dict[str, list[Any]]:
    return {
        url: [_iso(record.first_failure), _iso(record.last_success), record.failures]
        for url, record in sorted(records.items())
    }


def from_json(kept: Mapping[str, Sequence[Any]]) -> dict[str, Record]:
    return {url: Record(_date(first), _date(last), int(failures)) for url, (first, last, failures) in kept.items()}


def told(findings: Sequence[Finding], facts: Facts, before: Mapping[str, Record]) -> tuple[Finding, ...]:
    """The findings; where one asks something of somebody and rests on an address that failed tonight and that earlier
    nights knew, its message says since when. Of several the one that has failed the longest."""
    if not before:
        return tuple(findings)
    tonight = {capture.url: capture for site in facts.sites for capture in site.captures}
    failed = {url for url, bad in outcomes(c for s in facts.sites for c in s.captures).items() if bad and url in before}
    night = facts.at.date()
    now = {url: before[url].after(True, night) for url in failed}
    said = []
    for finding in findings:
        urls = sorted(_addresses(finding) & now.keys(), key=lambda url: (now[url].first_failure or night, url))
        if finding.status in _ASKING and urls:
            words = sentence(urls[0], now[urls[0]], answered=tonight[urls[0]].status is not None)
            message = Text(f"{finding.message.id} {words.id}", f"{finding.message.en} {words.en}")
            finding = replace(finding, message=message)
        said.append(finding)
    return tuple(said)


def _addresses(finding: Finding) -> set[str]:
    """What a finding rests on: its evidence, and the holes that its search names."""
    holes = str(finding.verdict.slots.get("urls", "")).split(", ")
    return {entry.url for entry in finding.verdict.evidence} | set(holes)


def sentence(url: str, record: Record, *, answered: bool) -> Text:
    """`https://… tidak menjawab sejak 3 November 2026 (5 malam); terakhir terlihat 2 November 2026.`"""
    since = record.first_failure
    verb = ("tidak dapat dibuka", "cannot be opened") if answered else ("tidak menjawab", "not answering")
    seen_id = f"terakhir terlihat {_long(record.last_success, _MONTHS_ID)}"
    seen_en = f"last seen {_long(record.last_success, _MONTHS_EN)}"
    if record.last_success is None:
        seen_id, seen_en = "belum pernah terlihat", "never seen"
    nights = "night" if record.failures == 1 else "nights"
    return Text(
        f"{url} {verb[0]} sejak {_long(since, _MONTHS_ID)} ({record.failures} malam); {seen_id}.",
        f"{url}: {verb[1]} since {_long(since, _MONTHS_EN)}, {record.failures} {nights}; {seen_en}.",
    )


def _long(day: date | None, months: Sequence[str]) -> str:
    return f"{day.day} {months[day.month - 1]} {day.year}" if day is not None else "–"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day is not None else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
