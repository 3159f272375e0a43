"""The run whose judgement has begun and whose report is not whole: history may call it finished, its readers may not.

Kept beside the lock, so that a run killed while it is published is concluded by the next one, and not collected anew.
"""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from auditor.history import RunKey
from auditor.history.store import STALE_HOURS
from auditor.whole import write_whole

FILE = "concluding.json"


@dataclass(frozen=True, slots=True)
class Concluding:
    """`began`: when its conclusion was first begun (UTC)."""

    run: str
    at: datetime
    key: RunKey
    began: datetime


def keep(data: Path, one: Concluding) -> None:
    """Raises OSError."""
    key = {name: getattr(one.key, name) for name in ("body", "config", "asked_at", "only")}
    told = {"run": one.run, "at": one.at.isoformat(), "key": key, "began": one.began.isoformat()}
    write_whole(data / FILE, json.dumps(told))


def left(data: Path, key: RunKey, now: datetime) -> Concluding | None:
    """What the run before left unfinished under the same key, unless it is too old to go on with."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        told = json.loads((data / FILE).read_text(encoding="utf-8"))
        at, began = datetime.fromisoformat(told["at"]), datetime.fromisoformat(told["began"])
        one = Concluding(told["run"], at, RunKey(**told["key"]), began)
        if one.key == key and timedelta(0) <= now - began < timedelta(hours=STALE_HOURS):
            return one
    return None


def clear(data: Path) -> None:
    (data / FILE).unlink(missing_ok=True)
