"""Which night it is. It begins once and goes on until every body is done, also behind midnight and a dead scheduler.

The clock is asked when a night begins and when it goes on; a clock that was set back is named and begins no new night.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

STALE = timedelta(hours=20)
"""An unfinished night older than this is left: the next one begins."""

FILE = "night.json"


@dataclass(frozen=True, slots=True)
class Night:
    """`key` is its date (or what `--at` said); `began` in the time zone of whoever began it."""

    key: str
    began: str
    done: bool = False

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.key) if "T" in self.key else datetime.fromisoformat(self.began)


def tonight(state: Path, now: datetime, at: datetime | None) -> tuple[Night, str]:
    """The night to work on, and a line where the clock is not to be believed (else empty)."""
    kept = _kept(state)
    if at is not None:
        key = at.isoformat()
        return (kept if kept and kept.key == key else Night(key, now.isoformat())), ""
    if kept is None or "T" in kept.key:
        return Night(now.date().isoformat(), now.isoformat()), ""
    began = datetime.fromisoformat(kept.began)
    if now < began:
        return kept, (
            f"this machine's clock shows {now.isoformat(timespec='seconds')}, before the night {kept.key} began "
            f"({began.isoformat(timespec='seconds')}): it was set back; set it right. That night goes on, none is added"
        )
    if not kept.done and now - began < STALE:
        return kept, ""
    if kept.key == now.date().isoformat():
        return kept, ""
    return Night(now.date().isoformat(), now.isoformat()), ""


def remember(state: Path, night: Night) -> None:
    state.mkdir(parents=True, exist_ok=True)
    beside = state / f"{FILE}.new"
    beside.write_text(json.dumps(asdict(night), indent=1) + "\n", encoding="utf-8")
    beside.replace(state / FILE)


def _kept(state: Path) -> Night | None:
    try:
        read = json.loads((state / FILE).read_text(encoding="utf-8"))
        night = Night(str(read["key"]), str(read["began"]), bool(read["done"]))
        datetime.fromisoformat(night.began)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return night
