"""A worker process that may die: every document is opened there, never here.

Spreadsheets of two kilobytes can abort an interpreter and PDFs can spin for ever; no exception handler helps against
that. The worker has a limit of address space and of processor time, and its parent waits only so long.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import resource
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import TracebackType
from typing import Any, TypeVar

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 30
WALL_SECONDS = 60.0
JOBS_PER_WORKER = 2_000
"""A worker that has done so many jobs is replaced, so that what libraries leak stays bounded."""

_STARTING_SECONDS = 60.0
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Broken:
    """The job did not end well. `reason`: `died` `timeout` `memory` `error`; `detail`: for a log, never for a reader."""

    reason: str
    detail: str = ""


class Sandbox:
    """Runs picklable functions in one reusable worker; thread-safe; a context manager.

    The functions must be importable (module level), so must their arguments and results be picklable.
    """

    def __init__(
        self, *, memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self._memory = memory_bytes
        self._cpu = cpu_seconds
        self._wall = wall_seconds
        self._lock = threading.Lock()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None
        self._jobs = 0

    def call(self, function: Callable[..., _T], *arguments: Any) -> _T | Broken:
        """The function's result, or `Broken`; never raises for anything that the job did."""
        with self._lock:
            try:
                pipe = self._ready()
                pipe.send((function, arguments))
                if not pipe.poll(self._wall):
                    self._stop()
                    return Broken("timeout", f"longer than {self._wall:g} s")
                good, value = pipe.recv()
            except (EOFError, OSError, BrokenPipeError) as error:
                code = self._stop()
                return Broken("died", f"exit {code}; {error.__class__.__name__}")
            self._jobs += 1
            if not good and value.reason == "memory":
                # What it had allocated is not worth trusting.
                self._stop()
            return value

    def close(self) -> None:
        with self._lock:
            self._stop()

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _ready(self) -> Connection:
        if self._jobs >= JOBS_PER_WORKER:
            self._stop()
        if self._process is None or self._pipe is None or not self._process.is_alive():
            self._stop()
            context = multiprocessing.get_context("spawn")
            ours, theirs = context.Pipe()
            process = context.Process(
                target=_work, args=(theirs, self._memory, self._cpu), daemon=True, name="auditor-reader"
            )
            process.start()
            theirs.close()
            self._process, self._pipe, self._jobs = process, ours, 0
            if not ours.poll(_STARTING_SECONDS):
                raise EOFError("the worker did not start")
            ours.recv()
        return self._pipe

    def _stop(self) -> int | None:
        process, pipe, self._process, self._pipe, self._jobs = self._process, self._pipe, None, None, 0
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        process.join(0.2)
        if process.is_alive():
            process.kill()
            process.join(5)
        code = process.exitcode
        with contextlib.suppress(ValueError):
            process.close()
        return code


def _work(pipe: Connection, memory: int, cpu: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Libraries in distress write their own obituary; it is none of the reader's.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    pipe.send("ready")
    while True:
        try:
            function, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        used = resource.getrusage(resource.RUSAGE_SELF)
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + cpu + 1, hard))
        pipe.send(_answer(function, arguments))


def _answer(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        return True, function(*arguments)
    except MemoryError:
        return False, Broken("memory")
    except Exception as error:
        return False, Broken("error", f"{error.__class__.__name__}: {error}"[:300])
