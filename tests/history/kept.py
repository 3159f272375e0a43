"""Runs that are kept in a history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from auditor.history import History, RunKey
from auditor.model import Catalogue, Finding, Judgement, Status
from auditor.publish import rows_of
from tests.reports import builders

AT = datetime(2026, 11, 3, 1, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
CODE = builders.CODE


def key(body: str = CODE, asked_at: str = "", config: str = "c") -> RunKey:
    return RunKey(body, config, asked_at, "")


def judged(run: str, at: datetime = AT, body: str = CODE, findings: Sequence[Finding] | None = None) -> Judgement:
    made = builders.judgement(findings if findings is not None else builders.ordinary(), run=run, at=at)
    return replace(made, facts=replace(made.facts, body=replace(made.facts.body, code=body)))


def one(status: Status, reason: str = "") -> Finding:
    return builders.finding(builders.criterion(1, "jenis-informasi"), status, reason=reason)


def finish(history: History, judgement: Judgement, known: Catalogue | None = None) -> None:
    rows = rows_of(judgement, known or builders.catalogue())
    history.finish(judgement, datetime.now(UTC), rows, answered=True)


def night(history: History, number: int, findings: Sequence[Finding], catalogue: str | None = None) -> str:
    """A finished night, `number` days after AT."""
    at = AT + timedelta(days=number)
    run, at, _ = history.begin(key(asked_at=at.isoformat()), at, at.astimezone(UTC))
    made = judged(run, at, findings=findings)
    finish(history, replace(made, catalogue=catalogue) if catalogue else made)
    return run


def as_dicts(findings: Sequence[dict[str, Any]]) -> dict[str, str]:
    return {finding["id"]: finding["status"] for finding in findings}
