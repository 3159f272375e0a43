"""Whether the nights still happen, said in the published pages themselves."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from auditor.config import Config
from auditor.history import History


def tell_readers(config: Config, history: History, now: datetime) -> None:
    """Shows or takes away the banner of all pages of the body. Nothing published yet: nothing to say.

    Raises OSError and HistoryError.
    """
    from auditor.schedule import OVERDUE, status  # both import slowly
    from reports.standing import stand

    public = config.storage.public
    if not (public / config.body.code).is_dir():
        return
    finished = status(config, history, now).finished
    local = finished.astimezone(ZoneInfo(config.body.timezone)) if finished else None
    stand(public, config.body.code, local, now, OVERDUE)
