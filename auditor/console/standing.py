"""`auditor status`: how the nights stand, in a few lines that a person or a script can read."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from auditor.config import Config
from auditor.console.lines import out, show_json
from auditor.schedule import Status


def show(stands: Status, settings: Config, *, as_json: bool) -> None:
    """Times are the body's on the screen and ISO 8601 with their offset in JSON."""
    zone = ZoneInfo(settings.body.timezone)
    if as_json:
        show_json(
            {
                "run": stands.run,
                "finished": stands.finished.astimezone(zone).isoformat() if stands.finished else None,
                "next": stands.next.isoformat(),
                "missed": stands.missed,
                "overdue": stands.overdue,
                "unfinished": stands.unfinished,
                "scheduler": stands.scheduler,
            }
        )
        return
    last = f"{stands.run}, ended {stands.finished.astimezone(zone):%Y-%m-%d %H:%M}" if stands.finished else "none yet"
    out.print(f"last finished run: {last}")
    out.print(f"next run: {stands.next.astimezone(zone):%Y-%m-%d %H:%M %Z} (schedule {stands.scheduler})")
    if stands.unfinished:
        out.print(f"unfinished: {stands.unfinished}; `auditor run` goes on with it")
    if stands.missed:
        out.print(f"nights that did not happen since: {stands.missed}")
    if stands.overdue:
        out.print("OVERDUE: no run was finished in the last 26 hours; see the log, then `auditor doctor`")
