"""Evidence and catalogue -> judgement, and nothing else: no network, no database, no clock.

`auditor run` judges by this and `auditor rescore` calls it again, years later, on the same folder. What it needs
besides the captures stands in the evidence as one `run` record, written before judging: the configuration, the date,
the decisions of people, and what the nights before had said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from auditor import __version__, addresses
from auditor.config import Config, ConfigError, from_source
from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.findings import Told, changes, findings
from auditor.hearing import from_json, heard
from auditor.masked import masked
from auditor.model import Catalogue, Change, Judgement, Objection, Prior, PriorFinding, PriorFront, Status, Verdict
from auditor.parts import parts
from auditor.read.facts import read_evidence
from auditor.read.memory import Memory
from auditor.read.personal import mask
from auditor.score import score
from auditor.sensitivity import sensitivity
from auditor.settling import settle
from checks.judging import judge


class EvidenceNewer(EvidenceError):
    """The run was recorded by a newer version whose record this one does not understand."""


class EvidenceMissing(Exception):
    """The evidence of a run is not where it should be; one line that says what to do."""


@dataclass(frozen=True, slots=True)
class RunRecord:
    """The `run` record in the evidence, as read back."""

    run: str
    at: datetime
    config: Config
    only: tuple[str, ...]
    prior: Prior
    told: Mapping[str, Told]
    prior_catalogue: str | None
    settled: tuple[Mapping[str, str], ...]
    objections: tuple[Objection, ...]
    addresses: Mapping[str, addresses.Record]
    auditor: str


@dataclass(frozen=True, slots=True)
class Judged:
    judgement: Judgement
    changes: tuple[Change, ...]
    crashes: tuple[str, ...]
    evidence: Evidence
    closes: date | None = None  # the day on which its window of objection closes


def judge_evidence(
    folder: Path, catalogue: Catalogue, at: datetime | None = None, memory: Memory | None = None
) -> Judged:
    """Evidence and catalogue -> judgement, and nothing else: no network, no database, no clock.

    `at` judges as of another moment than the run's; `memory` spares reading the same bytes again, and changes nothing
    else. Raises EvidenceMissing.
    """
    evidence = Evidence(folder)
    record = read_run_record(evidence, folder)
    moment = at.astimezone(ZoneInfo(record.config.body.timezone)) if at else record.at
    facts = read_evidence(
        evidence, record.config.body, record.config.sites, moment, record.prior, record.settled, memory=memory
    )
    crashes: list[str] = []
    seen = judge(facts, catalogue, lambda crash: crashes.append(f"{crash.criterion}: {crash.error!r}"))
    if evidence.damaged:
        seen = [(criterion, _not_absent(verdict)) for criterion, verdict in seen]
    judged = settle(seen, record.settled)
    same_method = record.prior_catalogue in (None, catalogue.version)
    found = findings(judged, catalogue, record.prior, moment.date(), same_method=same_method)
    found = heard(found, record.objections, facts, evidence)
    found = addresses.told(found, facts, record.addresses)
    pairs = [(f.criterion, f.verdict) for f in found]
    scored = score(pairs, catalogue)
    judgement = masked(
        Judgement(
            run=record.run,
            facts=facts,
            catalogue=catalogue.version,
            auditor=record.auditor,
            findings=found,
            score=scored,
            evidence_digest=evidence.digest(),
            captures=len(evidence.captures()),
            partial=record.only,
            sensitivity=sensitivity(scored, record.run),
            parts=parts(pairs, record.config.sites, catalogue),
        )
    )
    changed = changes(judgement.findings, record.told, catalogue.version, record.prior_catalogue)
    return Judged(judgement, changed, tuple(map(mask, crashes)), evidence, closes_on(record))


_SEEN = frozenset({"bad-found", "other-hands", "expiring", "expired", "lies-open", "site-gone"})


def _not_absent(verdict: Verdict) -> Verdict:
    """What was lost may be what was looked for: with a damaged copy only what was seen to be bad stays unmet."""
    if verdict.status is not Status.UNMET or verdict.reason in _SEEN:
        return verdict
    return replace(verdict, low=0.0, high=1.0, reason="auditor-evidence-damaged", slots={}, items=(), searched=())


def closes_on(record: RunRecord) -> date | None:
    """The day on which the run's window of objection closes; None without one."""
    days = record.config.objection_days
    return record.at.date() + timedelta(days=days) if days else None


def read_run_record(evidence: Evidence, folder: Path) -> RunRecord:
    records = evidence.records("run")
    if not records:
        raise EvidenceMissing(
            f"{folder} has no `run` record: this run was never collected to its end; `auditor run` makes a new one"
        )
    record = records[-1]
    try:
        return _run_record(record, folder)
    except (ConfigError, KeyError, TypeError, ValueError) as error:
        by = record.get("auditor")
        if not is_newer(by, __version__):
            raise
        raise EvidenceNewer(
            f"{folder} was recorded by auditor {by}, newer than this one ({__version__}), which does not understand "
            f"its `run` record ({error}); install auditor {by} or later"
        ) from None


def notes(judged: Judged, version: str) -> list[str]:
    """What a reader of a rescore must know besides its bytes. `version`: of the auditor that judges now."""
    first = judged.judgement.auditor
    said = [f"damaged evidence, judged as not seen: {damaged}" for damaged in judged.evidence.damaged]
    if is_newer(first, version):
        said.append(
            f"this run was first judged by auditor {first}, newer than this one ({version}): what differs from the "
            f"published score may be ours; install auditor {first} or later"
        )
    elif first != version:
        said.append(f"this run was first judged by auditor {first}; this is auditor {version}")
    return said


def is_newer(one: object, other: str) -> bool:
    """By the numbers of the release; what is no version is not newer."""
    return _release(str(one)) > _release(other)


def _release(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdecimal())


def _run_record(record: Mapping[str, Any], folder: Path) -> RunRecord:
    config = from_source(record["config"], folder / "config.toml")
    zone = ZoneInfo(config.body.timezone)
    return RunRecord(
        run=record["run"],
        at=datetime.fromisoformat(record["at"]).astimezone(zone),
        config=config,
        only=tuple(record["only"]),
        prior=prior_from_json(record["prior"]),
        told={key: (status, low, high) for key, (status, low, high) in record["told"].items()},
        prior_catalogue=record["prior_catalogue"],
        settled=tuple(record["settled"]),
        objections=from_json(record.get("answers", ())),  # runs before there were answers have none
        addresses=addresses.from_json(record.get("addresses", {})),
        auditor=record["auditor"],
    )


def prior_to_json(prior: Prior) -> dict[str, Any]:
    return {
        "run": prior.run,
        "at": prior.at.isoformat() if prior.at else None,
        "pages": dict(prior.pages),
        "findings": {
            key: [f.status, f.since.isoformat(), f.missing, f.changes, f.seen]
            for key, f in sorted(prior.findings.items())
        },
        "fronts": {site: [f.at.isoformat(), f.title, f.language] for site, f in sorted(prior.fronts.items())},
    }


def prior_from_json(kept: Mapping[str, Any]) -> Prior:
    return Prior(
        run=kept["run"],
        at=date.fromisoformat(kept["at"]) if kept["at"] else None,
        pages=kept["pages"],
        findings={
            key: PriorFinding(status, date.fromisoformat(since), missing, flips, *seen)
            for key, (status, since, missing, flips, *seen) in kept["findings"].items()
        },
        fronts={
            site: PriorFront(date.fromisoformat(at), title, language)
            for site, (at, title, language) in kept.get("fronts", {}).items()  # older runs did not keep them
        },
    )
