"""The nights of one body: when they are due, which were missed, and a process that stays up and runs them.

APScheduler 3 keeps the time and nothing else: no job store, because a restart that adds its job again loses the night
that was due (its issue 696). What is due is asked of the history instead. Each night is a process of its own, so that
one that is killed for its memory does not take the schedule with it; the run's own lock keeps two from working at once.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import FrameType
from zoneinfo import ZoneInfo

from apscheduler.schedulers.background import BackgroundScheduler  # type: ignore[import-untyped]
from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

from auditor.alone import AnotherRun, alone, held
from auditor.banner import tell_readers
from auditor.config import Config, ConfigError
from auditor.history import History, HistoryError
from auditor.retention import plan, prune
from auditor.whole import write_whole

OVERDUE = timedelta(hours=26)
"""A night each day, and two hours for its length to vary."""

GRACE = timedelta(hours=6)
"""A night that could not begin on time (a suspended machine, a clock set forward) is still begun so much later."""

BEAT = 30.0
STOP_SECONDS = 600.0
"""How long a night under way is waited for after it was told to stop: its requests under way have their own limit."""


class AnotherSchedule(Exception):
    """Another `auditor schedule` works on this data folder."""


@dataclass(frozen=True, slots=True)
class Status:
    """`finished`: when the last whole night ended on which a site answered. `missed`: nights due since then."""

    run: str | None
    finished: datetime | None
    next: datetime
    missed: int
    overdue: bool
    unfinished: str | None
    scheduler: str


def trigger(config: Config) -> CronTrigger:
    """In the body's time zone. The expression was checked when the configuration was read."""
    return CronTrigger.from_crontab(config.cron, timezone=ZoneInfo(config.body.timezone))


def status(config: Config, history: History, now: datetime) -> Status:
    """How the nights stand. A run of `--only`, or one on which no site answered, is no night."""
    rows = history.runs(config.body.code)
    whole = [row for row in rows if row.state == "finished" and not row.only and row.finished]
    last = max(whole, key=lambda row: row.finished or now, default=None)
    finished = last.finished if last else None
    running = next((row.run for row in rows if row.state == "running"), None)
    due = trigger(config)
    missed = 0
    if finished is not None:
        missed = max(0, sum(1 for _ in _due_between(due, finished, now)) - (1 if running else 0))
    return Status(
        run=last.run if last else None,
        finished=finished,
        next=due.get_next_fire_time(None, now),
        missed=missed,
        overdue=finished is None or now - finished > OVERDUE,
        unfinished=running,
        scheduler=_scheduler_state(config, now),
    )


def _due_between(due: CronTrigger, after: datetime, until: datetime, most: int = 1000) -> Iterator[datetime]:
    moment = due.get_next_fire_time(None, after + timedelta(seconds=1))
    for _ in range(most):
        if moment is None or moment > until:
            return
        yield moment
        moment = due.get_next_fire_time(moment, moment + timedelta(seconds=1))


def health_file(config: Config) -> Path:
    return config.storage.data / "schedule.json"


def _scheduler_state(config: Config, now: datetime) -> str:
    """`running`, `waiting`, `stopped`, or `silent` where it says it lives and has not beaten for a while."""
    try:
        told = json.loads(health_file(config).read_text("utf-8"))
        beat = datetime.fromisoformat(told["beat"])
        state = str(told["state"])
    except (OSError, ValueError, KeyError, TypeError):
        return "stopped"
    if state != "stopped" and now - beat > timedelta(seconds=10 * BEAT):
        return "silent"
    return state


class Nights:
    """Stays up and runs the nights until it is told to stop. `say` gets one line for each thing that happens."""

    def __init__(self, config: Config, history: History) -> None:
        self._config = config
        self._history = history
        self._stop = threading.Event()
        self._one = threading.Lock()
        self._told: dict[str, object] = {"last_exit": None}
        self._trouble = ""

    def run(self) -> int:
        """0 when it was told to stop. Raises AnotherSchedule."""
        data = self._config.storage.data
        another = AnotherSchedule(
            f"another `auditor schedule` works on {data}; stop it first, or give this one its own [storage]"
        )
        with held(data / "schedule.lock", another), self._listening():
            return self._up()

    def _up(self) -> int:
        scheduler = BackgroundScheduler(timezone=ZoneInfo(self._config.body.timezone))
        scheduler.add_job(
            self.night,
            trigger(self._config),
            coalesce=True,
            max_instances=1,
            misfire_grace_time=int(GRACE.total_seconds()),
        )
        scheduler.start()
        try:
            if self._was_missed():
                _say("the last night did not happen; it is made up for now")
                self.night()
            while not self._stop.is_set():
                self._beat("waiting")
                self._tell_readers()
                self._stop.wait(BEAT)
        finally:
            # With wait=True the loop runs once more behind the closed executor, and a night that is due is lost.
            scheduler.shutdown(wait=False)
            with self._one:
                self._beat("stopped")
        _say("stopped; what a night under way had archived is kept, and the next one goes on from there")
        return 0

    def _was_missed(self) -> bool:
        """Also where a night was left unfinished: it goes on now, and not from the beginning tomorrow."""
        stands = status(self._config, self._history, datetime.now(UTC))
        return stands.missed > 0 or stands.unfinished is not None

    def _tell_readers(self) -> None:
        """Pages whose banner cannot be brought up to date are no reason to miss the next night."""
        try:
            tell_readers(self._config, self._history, datetime.now(UTC))
        except (OSError, HistoryError) as error:
            trouble = f"the banner of the published pages could not be brought up to date: {error}"
            if trouble != self._trouble:
                _say(trouble)
            self._trouble = trouble
        else:
            self._trouble = ""

    def night(self) -> None:
        """One `auditor run` in its own process, and its exit code in the health file."""
        if self._stop.is_set() or not self._one.acquire(blocking=False):
            return
        try:
            self._beat("running")
            _say("a night begins")
            command = [sys.executable, "-m", "auditor", "run", "--config", str(self._config.path)]
            # A session of its own: a Ctrl-C at the terminal reaches it once, through us.
            child = subprocess.Popen(command, start_new_session=True, stdin=subprocess.DEVNULL)  # noqa: S603
            code = self._waited_for(child)
            self._told["last_exit"] = code
            if code == 0:
                self._prune()
            _say(_ENDS.get(code, f"the night ended with exit code {code}; its own words stand above"))
        finally:
            self._beat("waiting")
            self._one.release()

    def _prune(self) -> None:
        """What `[storage] keep_days` says; evidence that cannot be removed is no reason to miss the next night."""
        days = self._config.storage.keep_days
        if not days:
            return
        now = datetime.now(UTC)
        try:
            with alone(self._config.storage.data):
                going = [one for one in plan(self._config, self._history, now, days) if not one.why]
                prune(self._config, going, now.astimezone(ZoneInfo(self._config.body.timezone)).date())
        except (AnotherRun, ConfigError, HistoryError, OSError) as error:
            _say(f"old evidence could not be removed: {error}")
        else:
            if going:
                _say(f"evidence older than {days} days was removed: {', '.join(one.run for one in going)}")

    def _waited_for(self, child: subprocess.Popen[bytes]) -> int:
        """Its exit code. Told to stop, it is asked to stop, and ended where it does not."""
        beaten = time.monotonic()
        asked: float | None = None
        while True:
            try:
                return child.wait(0.5)
            except subprocess.TimeoutExpired:
                now = time.monotonic()
            if now - beaten >= BEAT:
                beaten = now
                self._beat("running")
            if self._stop.is_set() and asked is None:
                asked = now
                child.terminate()
            elif asked is not None and now - asked > STOP_SECONDS:
                child.kill()

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        before = {number: signal.signal(number, self._told_to_stop) for number in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _told_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _beat(self, state: str) -> None:
        """A supervisor reads it: written whole or not at all."""
        now = datetime.now(UTC)
        following = trigger(self._config).get_next_fire_time(None, now)
        told = {
            "pid": os.getpid(),
            "state": "stopped" if state == "waiting" and self._stop.is_set() else state,
            "beat": now.isoformat(timespec="seconds"),
            "next": following.isoformat(),
            **self._told,
        }
        file = health_file(self._config)
        try:
            write_whole(file, json.dumps(told, indent=1) + "\n")
        except OSError as error:
            _say(f"{file}: {error.strerror}; the supervisor cannot see that the schedule lives")


_ENDS = {
    0: "the night is done",
    1: "the night could not be completed; see the lines above and `auditor doctor`",
    2: "the night could not begin: the configuration is wrong; mend what the line above names",
    3: "another run holds the lock; this night is left to it",
    130: "the night was interrupted; the next one goes on from there",
}


def _say(line: str) -> None:
    print(f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} schedule: {line}", file=sys.stderr, flush=True)  # noqa: T201
