"""findings.json: every finding of a run. Pure: `auditor rescore` compares these very bytes."""

from __future__ import annotations

from typing import Any

from auditor.model import Finding, Heard, Judgement, Status, Text
from reports.canonical import dump, instant, number


def findings_json(judgement: Judgement) -> bytes:
    """A list of findings, ordered by criterion, subject and id; numbers rounded to four decimals.

    `searched` stands in every `unmet` (and wherever places were looked through); `items` where the criterion has them;
    `answer` where an officer answered; `severity` where it is critical.
    """
    ordered = sorted(judgement.findings, key=lambda f: (f.criterion.id, f.verdict.subject, f.id))
    return dump([_finding(finding) for finding in ordered])


def _finding(finding: Finding) -> dict[str, Any]:
    criterion, verdict = finding.criterion, finding.verdict
    entry: dict[str, Any] = {
        "id": finding.id,
        "criterion": criterion.id,
        "indicator": criterion.indicator,
        "dimension": criterion.dimension,
        "subject": verdict.subject,
        "site": verdict.site,
        "unit": verdict.unit,
        "status": str(finding.status),
        "reason": verdict.reason,
        "low": number(verdict.low),
        "high": number(verdict.high),
        "message": _text(finding.message),
        "basis": [{"article": b.article, "source": b.source, "verified": b.verified} for b in criterion.basis],
        "remedy": _text(finding.remedy),
        "gain": number(finding.gain),
        "evidence": [
            {
                "url": e.url,
                "fetched_at": instant(e.fetched_at),
                "digest": e.digest,
                "warc": e.warc,
                "quote": e.quote,
            }
            for e in verdict.evidence
        ],
        "since": finding.since.isoformat(),
        "state": finding.state,
    }
    if finding.critical:
        entry["severity"] = "critical"
    if finding.answer is not None:
        entry["answer"] = _answer(finding.answer)
    if verdict.items:
        entry["items"] = [{"item": i.item, "status": str(i.status), "reason": i.reason} for i in verdict.items]
    if verdict.searched or finding.status is Status.UNMET:
        entry["searched"] = [
            {
                "site": s.site,
                "section": s.section,
                "pages": s.pages,
                "refused": [{"rule": rule, "count": count} for rule, count in s.refused],
                "complete": s.complete,
            }
            for s in verdict.searched
        ]
    return entry


def _answer(heard: Heard) -> dict[str, Any]:
    given = heard.objection
    return {
        "url": given.url,
        "reason": given.reason,
        "note": given.note,
        "who": given.who,
        "date": given.date.isoformat(),
        "outcome": heard.outcome,
        "seen": _text(heard.seen),
    }


def _text(text: Text) -> dict[str, str]:
    return {"id": text.id, "en": text.en}
