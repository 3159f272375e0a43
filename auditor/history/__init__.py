"""What the nights before said: runs, findings, documents and datasets in a database (SQLite or PostgreSQL by URL).

The database is a convenience over the evidence: everything a judgement needs of it is copied into the run's evidence
before judging (`prior`), so that a rescore never opens it.
"""

from auditor.history.store import STALE_HOURS, USUAL_NIGHTS, History, RunKey
from auditor.history.tables import FindingRow, RunRow
from auditor.history.troubles import HistoryError

__all__ = ["STALE_HOURS", "USUAL_NIGHTS", "FindingRow", "History", "HistoryError", "RunKey", "RunRow"]
