"""A person's decision on what only a person can see, kept beside the evidence and shown with who, when and why.

Only an unknown that says `human-…` is settled: nobody overrules what was seen, and nothing of ours is talked away.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from auditor.agreement import Coded
from auditor.model import Criterion, Status, Verdict
from auditor.whole import write_whole

_BOUNDS = {Status.MET: (1.0, 1.0), Status.PARTLY: (0.5, 0.5), Status.UNMET: (0.0, 0.0)}


def settled_file(data: Path) -> Path:
    """Where the decisions are kept between the nights."""
    return data / "settled.json"


def keep(path: Path, coded: Iterable[Coded], today: date) -> int:
    """Add decisions to the file; a later one on the same criterion and subject replaces the earlier. How many."""
    settled = {(entry["criterion"], entry["subject"]): entry for entry in kept(path)}
    count = 0
    for row in coded:
        entry = {"criterion": row.criterion, "subject": row.subject, "status": row.status, "who": row.coder,
                 "why": row.why, "when": today.isoformat()}  # fmt: skip
        settled[row.criterion, row.subject] = entry
        count += 1
    write_whole(path, json.dumps([settled[key] for key in sorted(settled)], ensure_ascii=False, indent=1) + "\n")
    return count


def kept(path: Path) -> list[dict[str, str]]:
    return json.loads(path.read_text("utf-8")) if path.exists() else []


def settle(
    judged: Sequence[tuple[Criterion, Verdict]], answers: Sequence[Mapping[str, str]]
) -> list[tuple[Criterion, Verdict]]:
    """The verdicts with every `human-` unknown that a person has decided taking that decision; pure."""
    decided = {(answer["criterion"], answer["subject"]): answer for answer in answers}
    return [
        (criterion, _settled(verdict, decided.get((criterion.id, verdict.subject)))) for criterion, verdict in judged
    ]


def _settled(verdict: Verdict, answer: Mapping[str, str] | None) -> Verdict:
    if answer is None or verdict.status is not Status.UNKNOWN or not verdict.reason.startswith("human-"):
        return verdict
    slots = {**verdict.slots, **{name: answer[name] for name in ("who", "when", "why")}}
    status = Status(answer["status"])
    if status is Status.NOT_APPLICABLE:
        return replace(verdict, applicable=False, reason="settled", slots=slots)
    if status not in _BOUNDS:
        return verdict
    low, high = _BOUNDS[status]
    return replace(verdict, low=low, high=high, reason="settled", slots=slots)
