"""Runs within their window of objection: drafts until a day, then published for good.

The day follows from the evidence (date of the run, `objection_days` as configured then); `drafts.json` in the data
folder only remembers which runs are waiting, so that no night has to open the evidence of all nights before.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from auditor.model import RunSummary
from auditor.whole import write_whole

Drafts = dict[str, date]


def waiting(data: Path) -> Drafts:
    """Run -> the day on which its window closes."""
    path = data / "drafts.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return {run: date.fromisoformat(day) for run, day in kept.items()}


def remember(data: Path, run: str, closes: date | None) -> None:
    """The run waits until that day, or (None) no longer."""
    drafts = waiting(data)
    drafts.pop(run, None)
    if closes is not None:
        drafts[run] = closes
    path = data / "drafts.json"
    if not drafts and not path.exists():
        return
    write_whole(path, json.dumps({run: drafts[run].isoformat() for run in sorted(drafts)}, indent=1) + "\n")


def still_open(closes: date | None, today: date) -> date | None:
    """The day on which the window closes, while it is open; on that day it is closed."""
    return closes if closes is not None and today < closes else None


def without_drafts(series: Sequence[RunSummary], drafts: Drafts) -> tuple[RunSummary, ...]:
    """The series that the public sees."""
    return tuple(summary for summary in series if summary.run not in drafts)
