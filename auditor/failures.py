"""Which failure ends a command with which exit code, and the one line that says what to do."""

from __future__ import annotations

import errno

EXIT_INCOMPLETE = 1
EXIT_USAGE = 2
EXIT_LOCKED = 3
EXIT_INTERRUPTED = 130


def exit_code(error: Exception) -> tuple[int, str]:
    """(exit code, the line for stderr)."""
    from auditor.agreement import CodedError
    from auditor.alone import AnotherRun
    from auditor.audit import Interrupted
    from auditor.collect.browser import BrowserMissing
    from auditor.collect.outage import NetworkGone
    from auditor.commands.shared import UsageError
    from auditor.config import ConfigError
    from auditor.evidence.errors import EvidenceError
    from auditor.fleet.cluster import NoScheduler
    from auditor.fleet.run import AnotherFleet
    from auditor.history import HistoryError
    from auditor.judged import EvidenceMissing
    from auditor.locks import LockLost
    from auditor.restore import BackupError
    from auditor.schedule import AnotherSchedule
    from checks.catalogue import CatalogueError

    if isinstance(error, (ConfigError, UsageError, CodedError, CatalogueError, BackupError, BrowserMissing)):
        return EXIT_USAGE, f"auditor: {error}"
    if isinstance(error, (AnotherRun, AnotherSchedule, AnotherFleet)):
        return EXIT_LOCKED, f"auditor: {error}"
    if isinstance(error, Interrupted):
        return EXIT_INTERRUPTED, f"auditor: {error}"
    if isinstance(error, (EvidenceMissing, EvidenceError, HistoryError, LockLost, NetworkGone, NoScheduler)):
        return EXIT_INCOMPLETE, f"auditor: {error}"
    if isinstance(error, OSError):
        return EXIT_INCOMPLETE, f"auditor: {_disk(error)}"
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return EXIT_INCOMPLETE, f"auditor: a defect of ours: {what}; run it again with `auditor --debug …` and report it"


def _disk(error: OSError) -> str:
    where = error.filename or "the data folder"
    if error.errno == errno.ENOSPC:
        return f"disk full while writing {where}; free some space and run again: what is archived stays"
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"no right to write {where}; give this user the right, or set another folder in [storage]"
    return f"{where}: {error.strerror or error}; mend that and run again: what is archived stays"
