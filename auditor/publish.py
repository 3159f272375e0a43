"""From a judged run to its published folder: gives the reports what they need of history and evidence."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from auditor.collect.causes import CAUSES
from auditor.collect.fetch import user_agent
from auditor.collect.oddities import ODDITIES
from auditor.collect.urls import host
from auditor.config import Config
from auditor.drafts import still_open, waiting, without_drafts
from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.follow_up import follow_up
from auditor.history import History
from auditor.judged import Judged
from auditor.masked import masked
from auditor.model import Capture, Catalogue, Facts, Judgement, Manners
from auditor.ranks import Standing, ranks
from auditor.read.manners import manners
from auditor.sealing import sealed
from checks.accuracy import measured_accuracy
from checks.judges.coverage import matrix
from checks.schemas import REGISTRY
from reports.findings_json import findings_json
from reports.national import publish_national, read
from reports.publish import SEVERAL, publish
from reports.researcher.tables import DATASETS, DOCUMENTS, Field, datasets_csv, documents_csv
from reports.run import Run


def rows_of(judgement: Judgement, catalogue: Catalogue) -> dict[str, list[dict[str, Any]]]:
    """The rows that history keeps, as they are published."""
    run = Run(judgement, catalogue, (), (), (), judgement.facts.at.date())
    return {
        "findings": json.loads(findings_json(judgement)),
        "documents": _typed(documents_csv(run), DOCUMENTS),
        "datasets": _typed(datasets_csv(run), DATASETS),
    }


def _typed(table: bytes, fields: Sequence[Field]) -> list[dict[str, Any]]:
    kinds = {field.name: field.type for field in fields}
    return [
        {name: _value(cell, kinds[name]) for name, cell in row.items()}
        for row in csv.DictReader(io.StringIO(table.decode("utf-8"), newline=""))
    ]


def _value(cell: str, kind: str) -> Any:
    if cell == "" and kind != "string":
        return None
    if kind == "boolean":
        return cell == "true"
    return int(cell) if kind == "integer" else float(cell) if kind == "number" else cell


def publish_run(judged: Judged, catalogue: Catalogue, config: Config, history: History, today: date) -> Path:
    """Write the run's folder and what is made of all runs. The front page of the run.

    While its window of objection is open on `today`, a run is a draft in a folder of its own.
    """
    path = _publish_run(judged, catalogue, config, history, today)
    if config.network.shared is None:  # a fleet draws the page of all bodies once, at its end
        publish_front(config.storage.public)
    return path


def publish_front(public: Path) -> None:
    """Where several bodies are published together: the page of all of them, with their ranks.

    Only what one catalogue judged compares: the one of most bodies, the newest of those where it is a tie.
    """
    bodies = read(public)
    if len(bodies) < SEVERAL:
        return
    counts = Counter(body.catalogue for body in bodies)
    newest = {body.catalogue: max(b.at for b in bodies if b.catalogue == body.catalogue) for body in bodies}
    method = max(counts, key=lambda catalogue: (counts[catalogue], newest[catalogue]))
    same = [body for body in bodies if body.catalogue == method]
    weights = {key: weight for body in same for key, (weight, _, _) in body.indicators.items()}
    standings = [
        Standing(b.low, b.high, {key: (low, high) for key, (_, low, high) in b.indicators.items()}) for b in same
    ]
    found = ranks(standings, weights, " ".join(f"{body.code} {body.run}" for body in same))
    publish_national(public, bodies, {body.code: rank for body, rank in zip(same, found, strict=True)})


def _publish_run(judged: Judged, catalogue: Catalogue, config: Config, history: History, today: date) -> Path:
    evidence = judged.evidence
    by_digest = {capture.digest: capture for capture in evidence.captures() if capture.digest}
    series = without_drafts(history.series(config.body.code), waiting(config.storage.data))
    later = [row.at for row in series if row.at > judged.judgement.facts.at]
    returned = follow_up(config, before=min(later, default=None))  # what was kept for good is not told anew
    return publish(
        judged.judgement,
        catalogue,
        public=config.storage.public,
        series=series,
        draft_until=still_open(judged.closes, today),
        changes=judged.changes,
        matrix=matrix(judged.judgement.facts, catalogue),
        captures=lambda digest: _shown(evidence, by_digest, digest),
        sealed=sealed(judged.judgement, evidence),
        warc_member=lambda digest: evidence.member(by_digest[digest]) if digest in by_digest else None,
        generated_for=judged.judgement.facts.at.date(),
        accuracy=measured_accuracy(),
        causes={name: cause.text for name, cause in CAUSES.items()} | ODDITIES,
        user_agent=user_agent(config.network),
        manners=_manners(evidence, judged.judgement.facts, config.network.delay_seconds),
        tables=REGISTRY.sources(),
        follow_up=returned.written,
        unread=returned.troubles,
    )


def _manners(evidence: Evidence, facts: Facts, otherwise: float) -> Manners:
    """Read from the index of the captures. The delay of a host is that of the visit it was the site of."""
    delays = {host(site.site.url): site.visit.delay_seconds for site in facts.sites if site.site.url}
    usual = min((delay for delay in delays.values() if delay), default=otherwise)
    return manners(evidence.attempts(), delays, usual)


def _shown(evidence: Evidence, by_digest: Mapping[str, Capture], digest: str) -> tuple[Capture, bytes] | None:
    capture = by_digest.get(digest)
    if capture is None:
        return None
    try:
        return masked(capture), evidence.payload(capture)
    except EvidenceError:
        return None
