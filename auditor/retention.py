"""Which evidence is kept, and how the rest goes: by age, never what is cited or still needed.

What was published of a run stays, and so do its rows in history and the captures that its findings lead to; without
its evidence it cannot be judged again, and `pruned.json` says since when.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from auditor.config import Config
from auditor.drafts import waiting
from auditor.history import History, RunRow
from auditor.mirror import is_copied
from auditor.pins import pinned
from auditor.whole import write_whole

PRUNED = "pruned.json"
_GOING = ".going-"
_JUDGED = ("finished", "failed")


@dataclass(frozen=True, slots=True)
class Kept:
    """One folder of evidence. `why` it is kept; empty where it goes. `bytes` on disk."""

    run: str
    why: str
    bytes: int


def plan(config: Config, history: History, now: datetime, days: int) -> list[Kept]:
    """What would happen to each folder of evidence, by run. `days`: age from which it may go; 0 keeps all.

    Raises ConfigError where it cannot be read which runs are pinned, and HistoryError.
    """
    rows = {row.run: row for row in history.runs(config.body.code)}
    cited = pinned(config.storage.data, config.body.code)
    drafts = waiting(config.storage.data)
    nights = [row for row in rows.values() if row.state == "finished" and not row.only]
    newest = max(nights, key=lambda row: (row.at, row.run), default=None)
    made = []
    for folder in sorted(path for path in _evidence(config).glob("*") if path.is_dir() and path.name[0] != "."):
        why = _why(folder.name, rows, newest, cited, drafts, now - timedelta(days=days) if days else None)
        if not why and rows[folder.name].state in _JUDGED and not is_copied(config, folder.name):
            why = "not copied yet to where evidence is kept"
        made.append(Kept(folder.name, why, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())))
    return made


def _why(
    run: str,
    rows: Mapping[str, RunRow],
    newest: RunRow | None,
    cited: frozenset[str],
    drafts: Mapping[str, date],
    before: datetime | None,
) -> str:
    row = rows.get(run)
    if row is None:
        return "not in the history"
    if run in cited:
        return "cited"
    if run in drafts:
        return f"draft until {drafts[run].isoformat()}"
    if newest is not None and run == newest.run:
        return "the latest night, which the next one builds on"
    if row.state == "running":
        return "not finished; `auditor run` goes on with it or closes it"
    if before is None or row.at >= before:
        return "recent"
    return ""


def prune(config: Config, going: Sequence[Kept], today: date) -> None:
    """Removes the evidence of what is `going`. Killed half-way, the rest is taken for no evidence. Raises OSError."""
    folder = _evidence(config)
    for half in folder.glob(f"{_GOING}*"):
        shutil.rmtree(half)
    for one in going:
        _remember(config.storage.data, one.run, today)
        away = folder / f"{_GOING}{one.run}"
        os.replace(folder / one.run, away)
        shutil.rmtree(away)


def pruned(data: Path) -> dict[str, str]:
    """Run -> the day on which its evidence was removed."""
    path = data / PRUNED
    return json.loads(path.read_text("utf-8")) if path.exists() else {}


def _remember(data: Path, run: str, today: date) -> None:
    known = {**pruned(data), run: today.isoformat()}
    write_whole(data / PRUNED, json.dumps(known, indent=1, sort_keys=True) + "\n")


def _evidence(config: Config) -> Path:
    return config.storage.data / "evidence"
