"""A worker process that may die: every document is opened there, never here.

Spreadsheets of two kilobytes can abort an interpreter and PDFs can spin for ever; no exception handler helps against
that. The worker has a limit of address space and of processor time, and its parent waits only so long.
"""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Any, TypeVar

MEMORY_BYTES = 2 * 1024**3
CPU_SECONDS = 30
WALL_SECONDS = 60.0
JOBS_PER_WORKER = 2_000
"""A worker that has done so many jobs is replaced, so that what libraries leak stays bounded."""

_STARTING_SECONDS = 60.0
_START = "import sys; from auditor.read.sandbox import serve; serve(*map(int, sys.argv[1:]))"
_T = TypeVar("_T")


class SandboxError(RuntimeError):
    """No worker can be started on this machine: nothing can be read, and that is no document's fault."""


@dataclass(frozen=True, slots=True)
class Broken:
    """The job did not end well. `reason`: `died` `timeout` `memory` `error`; `detail` is for a log."""

    reason: str
    detail: str = ""


class Sandbox:
    """Runs picklable functions in one reusable worker; thread-safe; a context manager.

    The functions must be importable (module level), their arguments and results picklable. The worker is a fresh
    interpreter that knows nothing of the calling program: a script without a `__main__` guard is not run twice.
    """

    def __init__(
        self, *, memory_bytes: int = MEMORY_BYTES, cpu_seconds: int = CPU_SECONDS, wall_seconds: float = WALL_SECONDS
    ) -> None:
        self._memory = memory_bytes
        self._cpu = cpu_seconds
        self._wall = wall_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._jobs = 0

    def call(self, function: Callable[..., _T], *arguments: Any) -> _T | Broken:
        """The function's result, or `Broken`; never raises for what the job did. Raises SandboxError where no worker
        can be started at all."""
        with self._lock:
            pipe = self._ready()
            try:
                pipe.send((function, arguments))
                if not pipe.poll(self._wall):
                    self._stop()
                    return Broken("timeout", f"longer than {self._wall:g} s")
                good, value = pipe.recv()
            except (EOFError, OSError) as error:
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
        if self._pipe is not None and self._process is not None and self._process.poll() is None:
            return self._pipe
        self._stop()
        ours, theirs = socket.socketpair()
        with theirs:
            command = [sys.executable, "-c", _START, str(theirs.fileno()), str(self._memory), str(self._cpu)]
            # The worker finds the same packages, also in a checkout that is not installed.
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
            self._process = subprocess.Popen(  # noqa: S603  (our own interpreter, no shell, nothing from outside)
                command, pass_fds=(theirs.fileno(),), stdin=subprocess.DEVNULL, env=environment
            )
        self._pipe = Connection(ours.detach())
        try:
            started = self._pipe.poll(_STARTING_SECONDS) and self._pipe.recv() == "ready"
        except (EOFError, OSError):
            started = False
        if not started:
            raise SandboxError(f"the reader's worker did not start (exit {self._stop()})")
        return self._pipe

    def _stop(self) -> int | None:
        process, pipe, self._process, self._pipe, self._jobs = self._process, self._pipe, None, None, 0
        if pipe is not None:
            pipe.close()
        if process is None:
            return None
        try:
            # It ends by itself when its pipe is gone, unless it is busy.
            return process.wait(0.2)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def serve(descriptor: int, memory: int, cpu: int) -> None:
    """The worker's loop: what `Sandbox` starts, nobody else calls it."""
    pipe = Connection(descriptor)
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
