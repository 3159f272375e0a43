"""The end of a run on one screen: the interval, what would raise it most, what changed, where the report is."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from auditor.config import Config
from auditor.console.lines import err, out, rounded, say
from auditor.model import Change, Finding, Judgement, Status, actions, asked, headline

if TYPE_CHECKING:
    from auditor.audit import Outcome

_MOST, _SITES = 4, 8
_CHANGES, _SHOWN = 4, 3
"""Changes in all and in one group: with the rest of the summary they fill 22 lines of 80 characters at most."""


def summary(outcome: Outcome, settings: Config, *, lang: str, as_json: bool, later: Sequence[str] = ()) -> None:
    """The score with its interval, what would raise it most, what changed, where the report is; fits 24 lines of 80.

    `later`: finished runs that are dated after this one. As JSON everything is on stdout and nothing on stderr.
    """
    if as_json:
        told = {**_summary_json(outcome), "later": list(later)}
        sys.stdout.buffer.write(json.dumps(told, ensure_ascii=False, indent=1).encode() + b"\n")
        return
    for notice in outcome.notices:
        err.print(notice, style="yellow")
    for site, (seen, usual) in _less(outcome).items():
        err.print(f"saw {seen} pages of {site} instead of about {usual}: not judged by this night", style="yellow")
    judgement = outcome.judgement
    out.print()
    _line(f"{judgement.facts.body.name}, {judgement.facts.at:%Y-%m-%d %H:%M %Z}, run {judgement.run}")
    if not outcome.answered:
        _nothing_answered(outcome, lang)
    _interval(outcome)
    _unchanged(outcome)
    if outcome.answered:
        _most(judgement.findings, lang)
        _changed(outcome.changes, lang)
    for crash in outcome.crashes:
        err.print(f"a check of ours crashed: {crash}", style="bold red")
    if not outcome.answered:
        out.print("No site answered, so nothing is judged. `make demo` shows a whole audit without")
        out.print("the internet.")
    out.print(f"Report: {outcome.report}")


def _line(text: str, style: str | None = None) -> None:
    """One line of the screen; what does not fit a terminal is cut, a pipe gets all of it."""
    width = max(out.width, 40)
    cut = out.is_terminal and len(text) > width
    out.print(text[: width - 1] + "…" if cut else text, style=style)


def _summary_json(outcome: Outcome) -> dict[str, Any]:
    judgement, whole = outcome.judgement, outcome.judgement.score.whole
    return {
        "run": judgement.run,
        "body": judgement.facts.body.code,
        "at": judgement.facts.at.isoformat(),
        **{name: rounded(getattr(whole, name)) for name in ("low", "observed", "high", "coverage")},
        "band": judgement.score.band,
        "answered": outcome.answered,
        "answers": judgement.captures,
        "unchanged": _count_unchanged(judgement),
        "resumed": outcome.resumed,
        "sites": {s.site.id: s.visit.cause for s in judgement.facts.sites},
        "less_than_usual": {site: list(pages) for site, pages in _less(outcome).items()},
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


def _less(outcome: Outcome) -> dict[str, tuple[int, int]]:
    """Site -> (pages seen, pages usual) where a run saw so much less than before that the site is not judged."""
    facts = outcome.judgement.facts
    seen = {s.site.id: max(len(s.pages), s.visit.pages) for s in facts.sites if s.visit.cause == "ok"}
    usual = {site: facts.prior.pages.get(site, 0) for site in seen}
    return {site: (pages, usual[site]) for site, pages in seen.items() if pages * 10 < usual[site]}


def _counts(findings: Sequence[Finding]) -> dict[str, int]:
    return {status.value: sum(f.status is status for f in findings) for status in Status}


def _nothing_answered(outcome: Outcome, lang: str) -> None:
    from auditor.collect.causes import CAUSES

    out.print("Nothing could be reached:")
    sites = outcome.judgement.facts.sites
    for facts in sites[:_SITES]:
        address = facts.site.url or "-"
        _line(f"  {facts.site.id:<14} {address:<42} {say(CAUSES[facts.visit.cause].text, lang)}", "yellow")
    if len(sites) > _SITES:
        out.print(f"  and {len(sites) - _SITES} more sites")


def _interval(outcome: Outcome) -> None:
    score = outcome.judgement.score
    whole = score.whole
    observed = f", observed {whole.observed:.1f}" if whole.observed is not None else ""
    band = score.band or f"between {score.band_low} and {score.band_high}"
    out.print(
        f"Score {whole.low:.1f} to {whole.high:.1f} of 100{observed}; {whole.coverage:.0%} of the weight is known"
    )
    out.print(f"Band: {band}")
    counts = ", ".join(f"{count} {name}" for name, count in _counts(outcome.judgement.findings).items() if count)
    _line(f"Findings: {counts}")
    out.print("(our own estimate from the sites alone; not the Monev KIP score, not IKIP)", style="dim")


def _most(findings: Sequence[Finding], lang: str) -> None:
    """What one remedy mends is one line; where it lets things be seen only, its gain is what it may add at most."""
    wanted = [action for action in actions((finding, "") for finding in asked(findings)) if action.gain > 0]
    if not wanted:
        return
    out.print("\nWhat would raise it most:")
    for action in wanted[:_MOST]:
        up_to = "up to " if action.opens else ""
        about = f" ({len(action.findings)} findings)" if len(action.findings) > 1 else ""
        _line(f"  {up_to}+{action.gain:.1f}{about}  {say(action.remedy, lang)}")


def _changed(changes: Sequence[Change], lang: str) -> None:
    if not changes:
        return
    out.print("\nSince the night before (`auditor diff` shows all):")
    titles = {"city": "the city changed", "sight": "we could see more or less", "method": "our method changed"}
    groups = [(title, [c for c in changes if c.whose == whose]) for whose, title in titles.items()]
    room = _CHANGES
    for title, some in groups:
        if not some:
            continue
        _line(f"  {title}: {len(some)}")
        shown = some[: max(1, min(_SHOWN, room))]
        room -= len(shown)
        for change in shown:
            _line(f"    {change_line(change, lang)}")


def change_line(change: Change, lang: str) -> str:
    finding = change.finding
    title = _title(finding, lang)
    whose = finding.verdict.unit or finding.verdict.site
    return f"{change.before or 'new'} -> {finding.status}: {title}{f' ({whose})' if whose else ''}"


def _title(finding: Finding, lang: str) -> str:
    return say(headline(finding), lang)
