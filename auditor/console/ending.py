"""The end of a run on one screen: the interval, what would raise it most, what changed, where the report is."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from auditor.config import Config
from auditor.console.lines import err, out, rounded, say
from auditor.model import Change, Finding, Judgement, Status, headline

if TYPE_CHECKING:
    from auditor.audit import Outcome

_SHOWN = 5


def summary(outcome: Outcome, settings: Config, *, lang: str, as_json: bool) -> None:
    """The score with its interval, what would raise it most, what changed, where the report is; fits a screen."""
    for notice in outcome.notices:
        err.print(notice, style="yellow")
    if as_json:
        sys.stdout.buffer.write(json.dumps(_summary_json(outcome), ensure_ascii=False, indent=1).encode() + b"\n")
        return
    judgement = outcome.judgement
    out.print()
    out.print(f"{judgement.facts.body.name}, {judgement.facts.at:%Y-%m-%d %H:%M %Z}, run {judgement.run}")
    if not outcome.answered:
        _nothing_answered(outcome, lang)
    _interval(outcome)
    _unchanged(outcome)
    if outcome.answered:
        _most(judgement.findings, lang)
    _changed(outcome.changes, lang)
    for crash in outcome.crashes:
        err.print(f"a check of ours crashed: {crash}", style="bold red")
    out.print(f"Report: {outcome.report}")
    if not outcome.answered:
        out.print("No site answered, so nothing is judged. `make demo` shows a whole audit without the internet.")


def _summary_json(outcome: Outcome) -> dict[str, Any]:
    judgement, whole = outcome.judgement, outcome.judgement.score.whole
    return {
        "run": judgement.run,
        "body": judgement.facts.body.code,
        "at": judgement.facts.at.isoformat(),
        **{name: rounded(value) for name, value in asdict(whole).items()},
        "band": judgement.score.band,
        "answered": outcome.answered,
        "answers": judgement.captures,
        "unchanged": _count_unchanged(judgement),
        "resumed": outcome.resumed,
        "sites": {s.site.id: s.visit.cause for s in judgement.facts.sites},
        "findings": _counts(judgement.findings),
        "changes": [
            {"id": c.finding.id, "criterion": c.finding.criterion.id, "subject": c.finding.verdict.subject,
             "before": c.before, "now": c.finding.status, "whose": c.whose}
            for c in outcome.changes
        ],
        "crashes": list(outcome.crashes),
        "notices": list(outcome.notices),
        "report": str(outcome.report),
    }  # fmt: skip


def _count_unchanged(judgement: Judgement) -> int:
    """Answers that an earlier night has fetched, and of which the server only said that they are still right."""
    return sum(c.unchanged_since is not None for site in judgement.facts.sites for c in site.captures)


def _unchanged(outcome: Outcome) -> None:
    count = _count_unchanged(outcome.judgement)
    if count:
        out.print(f"{count} of {outcome.judgement.captures} answers were unchanged and not downloaded again")


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {status.value: sum(f.status is status for f in findings) for status in Status}


def _nothing_answered(outcome: Outcome, lang: str) -> None:
    from auditor.collect.causes import CAUSES

    out.print("Nothing could be reached:")
    for facts in outcome.judgement.facts.sites:
        address = facts.site.url or "-"
        out.print(f"  {facts.site.id:<14} {address:<42} {say(CAUSES[facts.visit.cause].text, lang)}", style="yellow")


def _interval(outcome: Outcome) -> None:
    score = outcome.judgement.score
    whole = score.whole
    observed = f", observed {whole.observed:.1f}" if whole.observed is not None else ""
    band = score.band or f"between {score.band_low} and {score.band_high}"
    out.print(
        f"Score {whole.low:.1f} to {whole.high:.1f} of 100{observed}; {whole.coverage:.0%} of the weight "
        f"is known; {band}"
    )
    counts = ", ".join(f"{count} {name}" for name, count in _counts(outcome.judgement.findings).items() if count)
    out.print(f"Findings: {counts}")
    out.print("(our own estimate from the sites alone; not the Monev KIP score, not IKIP)", style="dim")


def _most(findings: Sequence[Finding], lang: str) -> None:
    asked = sorted((f for f in findings if f.gain > 0), key=lambda f: (-f.gain, f.criterion.id, f.verdict.subject))
    if not asked:
        return
    out.print("\nWhat would raise it most:")
    for finding in asked[:_SHOWN]:
        whose = (
            f" ({finding.verdict.unit or finding.verdict.site})" if finding.verdict.unit or finding.verdict.site else ""
        )
        out.print(f"  +{finding.gain:.1f}  {_title(finding, lang)}{whose}: {say(finding.remedy, lang)}")


def _changed(changes: Sequence[Change], lang: str) -> None:
    if not changes:
        return
    out.print("\nSince the night before:")
    titles = {"city": "the city changed", "sight": "we could see more or less", "method": "our method changed"}
    for whose, title in titles.items():
        some = [change for change in changes if change.whose == whose]
        if some:
            out.print(f"  {title}:")
        for change in some[:_SHOWN]:
            out.print(f"    {change_line(change, lang)}")
        if len(some) > _SHOWN:
            out.print(f"    and {len(some) - _SHOWN} more (`auditor diff`)")


def change_line(change: Change, lang: str) -> str:
    finding = change.finding
    title = _title(finding, lang)
    whose = finding.verdict.unit or finding.verdict.site
    return f"{change.before or 'new'} -> {finding.status}: {title}{f' ({whose})' if whose else ''}"


def _title(finding: Finding, lang: str) -> str:
    return say(headline(finding), lang)
