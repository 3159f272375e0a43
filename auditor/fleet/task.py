"""One body of a fleet as a task: the same wherever it is done, and done once however often it is begun."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Literal

from auditor import audit
from auditor.audit import Outcome
from auditor.config import Config, SharedHosts
from auditor.console.telling import telling
from auditor.failures import exit_code
from auditor.history import History, RunRow
from auditor.locks import lock, waited_for
from auditor.mirror import copy_out, is_copied

State = Literal["done", "before", "failed", "interrupted"]
"""`before`: done in this night already, not audited again."""

LOCK_SECONDS = 900.0
"""So long another worker that has this body is waited for: the lock of a dead one is free in a moment, and of one that
lives (its scheduler was restarted) the result is taken over when it ends."""


@dataclass(frozen=True, slots=True)
class Task:
    """All that a worker needs. `night` is the key of the fleet's night; `locks` the place of what is shared."""

    config: Config
    line: int
    night: str
    at: datetime | None
    locks: str
    own: frozenset[str]
    memory_mb: int | None = None

    @property
    def key(self) -> str:
        """The same task in the same night, whoever asks for it."""
        return f"audit {self.config.body.code} {self.night}"

    def failed(self, reason: str = "") -> Result:
        """What is said of it where nothing better is known."""
        return Result(self.config.body.code, self.config.body.name, self.line, "failed", reason)


@dataclass(frozen=True, slots=True)
class Result:
    """How it went with one body. `reason` is one line for a failed one, else a notice or empty; scores are 0 to 100."""

    code: str
    name: str
    line: int
    state: State
    reason: str = ""
    run: str = ""
    low: float | None = None
    observed: float | None = None
    high: float | None = None
    coverage: float | None = None
    pages: int = 0
    resumed: bool = False
    seconds: float = 0.0
    attempts: int = 1

    @property
    def good(self) -> bool:
        return self.state in ("done", "before")


def audit_body(task: Task, pages: Callable[[int], None] | None = None, stop: threading.Event | None = None) -> Result:
    """Audits the body unless this night has it already. Whatever goes wrong is in the result; raises nothing of it.

    `pages` is told how many pages were asked for so far.
    """
    began = time.monotonic()
    stop = stop or threading.Event()
    try:
        made = _alone(task, pages, stop)
    except MemoryError:
        made = task.failed("out of memory; give its worker more, or set a smaller max_pages or max_bytes")
    except audit.Interrupted as error:
        made = replace(task.failed(str(error)), state="interrupted")
    except Exception as error:
        made = task.failed(exit_code(error)[1].removeprefix("auditor: "))
    return replace(made, seconds=round(time.monotonic() - began, 3))


def _alone(task: Task, pages: Callable[[int], None] | None, stop: threading.Event) -> Result:
    patience = task.config.storage.database_wait_seconds
    with waited_for(lock(task.locks, task.key), stop, patience, busy_seconds=LOCK_SECONDS) as held:
        if stop.is_set():
            return replace(task.failed("stopped before it began"), state="interrupted")
        if not held:
            return task.failed("another worker audits this body now; it is left to that one")
        return _audited(task, pages, stop)


def _audited(task: Task, pages: Callable[[int], None] | None, stop: threading.Event) -> Result:
    config = task.config
    before = finished(History(config.storage.database, config.storage.database_wait_seconds), task)
    if before is not None:
        troubles = copy_out(config, [before.run])
        return replace(
            task.failed("; ".join(troubles)), state="failed" if troubles else "before", run=before.run,
            low=before.low, observed=before.observed, high=before.high, coverage=before.coverage,
            pages=sum((before.pages or {}).values()),
        )  # fmt: skip
    shared = SharedHosts(task.locks, task.own)
    config = replace(config, network=replace(config.network, shared=shared))
    with telling(config, partial=False) as tell:
        outcome = audit.run(
            config,
            started=datetime.now(UTC),
            at=task.at,
            night=task.night,
            stop=stop,
            progress=_counting(pages) if pages else None,
        )
        tell(outcome)
    return _told(outcome, task, copied=is_copied(config, outcome.judgement.run))


def finished(history: History, task: Task) -> RunRow | None:
    """The run of this body that this night has finished."""
    rows = history.runs(task.config.body.code)
    return next((r for r in rows if r.asked_at == task.night and r.state == "finished" and r.only == ""), None)


def _told(outcome: Outcome, task: Task, *, copied: bool) -> Result:
    judgement, whole = outcome.judgement, outcome.judgement.score.whole
    troubles = [*outcome.notices, *(f"a check of ours crashed: {crash}" for crash in outcome.crashes)]
    if not outcome.answered:
        troubles.insert(0, "no site answered; nothing could be judged")
    return replace(
        task.failed("; ".join(troubles)),
        state="done" if outcome.answered and copied else "failed",
        run=judgement.run,
        low=whole.low,
        observed=whole.observed,
        high=whole.high,
        coverage=whole.coverage,
        pages=sum(len(site.pages) for site in judgement.facts.sites),
        resumed=outcome.resumed,
    )


def _counting(pages: Callable[[int], None]) -> audit.Progress:
    asked = 0
    guard = threading.Lock()

    def told(event: str, _what: dict[str, object]) -> None:
        nonlocal asked
        if event == "page":
            with guard:
                asked += 1
                pages(asked)

    return told
