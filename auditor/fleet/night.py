"""Which night it is. It begins once and goes on until every body is done, also behind midnight and a dead scheduler.

The clock is asked when a night begins and when it goes on; a clock that was set back is named and begins no new night.
"""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

from auditor.whole import write_whole

STALE = timedelta(hours=20)
"""An unfinished night older than this is left: the next one begins."""

JUMP_SECONDS = 60.0
"""Less is what a time server mends."""

FILE = "night.json"


@dataclass(frozen=True, slots=True)
class Night:
    """`key` is its date (or what `--at` said); `began` in the time zone of whoever began it."""

    key: str
    began: str
    done: bool = False


def tonight(state: Path, now: datetime, at: datetime | None) -> tuple[Night, str]:
    """The night to work on, and a line where the clock is not to be believed (else empty)."""
    kept = _kept(state)
    if at is not None:
        key = at.isoformat()
        return (kept if kept and kept.key == key else Night(key, now.isoformat())), ""
    if kept is None or "T" in kept.key:
        return Night(now.date().isoformat(), now.isoformat()), ""
    began, today = datetime.fromisoformat(kept.began), now.date().isoformat()
    odd = ""
    if now < began:
        odd = (
            f"this machine's clock shows {now.isoformat(timespec='seconds')}, before the night {kept.key} began "
            f"({began.isoformat(timespec='seconds')}): it was set back; set it right. What a night of this date has "
            "finished is not done again"
        )
    if kept.key == today or (not kept.done and now - began < STALE):
        return kept, odd
    return Night(today, now.isoformat()), odd


class Clock:
    """Notices when the wall clock was set while a night was under way. Durations are never taken from it."""

    def __init__(self) -> None:
        self._ahead = time.time() - time.monotonic()

    def jumped(self) -> str:
        """A line where it was set by more than JUMP_SECONDS since this object was made; else empty."""
        seconds = time.time() - time.monotonic() - self._ahead
        if abs(seconds) < JUMP_SECONDS:
            return ""
        return (
            f"this machine's clock was set {'forward' if seconds > 0 else 'back'} by {abs(seconds):.0f} s during the "
            "night; nothing is counted by it, but dates of runs and captures from then on are the new clock's"
        )


def remember(state: Path, night: Night) -> None:
    write_whole(state / FILE, json.dumps(asdict(night), indent=1) + "\n")


def _kept(state: Path) -> Night | None:
    try:
        read = json.loads((state / FILE).read_text(encoding="utf-8"))
        night = Night(str(read["key"]), str(read["began"]), bool(read["done"]))
        datetime.fromisoformat(night.began)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return night
