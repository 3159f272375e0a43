"""Executor `local`: several bodies at once on this machine, each in a process of its own.

A process that dies (killed, out of memory, crashed in a library) takes one body with it and nothing else; that body is
begun again and goes on from its evidence. A process that needs more memory than it may is ended and named.
"""

from __future__ import annotations

import json
import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import replace
from pathlib import Path
from typing import IO

from auditor.fleet.task import Result, Task

ATTEMPTS = 3
WATCH_SECONDS = 0.5
_MB = 1024 * 1024

Pages = Callable[[str, int], None]


def audited(
    tasks: Sequence[Task], workers: int, logs: Path, stop: threading.Event, pages: Pages | None = None
) -> Iterator[Result]:
    """Results as they come. `logs`: folder of a file a body with what its process said on stderr.

    `pages` is told (body code, pages so far). Once `stop` is set, what runs is stopped and nothing more begun.
    """
    logs.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(workers, thread_name_prefix="body") as pool:
        left: set[Future[Result]] = {pool.submit(_body, task, logs, stop, pages) for task in tasks}
        while left:
            ended, left = wait(left, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()


def _body(task: Task, logs: Path, stop: threading.Event, pages: Pages | None) -> Result:
    log = logs / f"{task.config.body.code}.log"
    died = ""
    for attempt in range(1, ATTEMPTS + 1):
        if stop.is_set():
            return replace(task.failed("stopped before it began"), state="interrupted", attempts=attempt)
        made = _Process(task, log, stop, pages).result()
        if isinstance(made, Result):
            return replace(made, attempts=attempt)
        died, again = made
        if not again:
            break
    return replace(task.failed(f"{died}; its own words are in {log}; what is archived stays"), attempts=attempt)


class _Process:
    """One try at one body."""

    def __init__(self, task: Task, log: Path, stop: threading.Event, pages: Pages | None) -> None:
        self._task = task
        self._log = log
        self._stop = stop
        self._pages = pages
        self._too_much = 0

    def result(self) -> Result | tuple[str, bool]:
        """The result, or how the process died and whether it is worth another try."""
        with self._log.open("ab") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "auditor.fleet.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                start_new_session=True,  # a Ctrl-C at the terminal reaches it through us
            )
        assert child.stdin is not None
        assert child.stdout is not None
        over = threading.Event()
        watching = threading.Thread(target=self._watch, args=(child, child.stdin, over), daemon=True)
        watching.start()
        try:
            child.stdin.write(pickle.dumps(self._task))
            child.stdin.flush()
            made = self._read(child.stdout)
        except BrokenPipeError:
            made = None
        finally:
            code = child.wait()
            over.set()
            watching.join()
            child.stdout.close()
        return made if made is not None else self._death(code)

    def _read(self, pipe: IO[bytes]) -> Result | None:
        made = None
        for line in pipe:
            message = json.loads(line)
            if "result" in message:
                made = Result(**message["result"])
            elif self._pages is not None:
                self._pages(self._task.config.body.code, int(message["pages"]))
        return made

    def _watch(self, child: subprocess.Popen[bytes], told: IO[bytes], over: threading.Event) -> None:
        """Ends a process that is over its memory; tells it to stop when everything is to stop."""
        limit = self._task.memory_mb
        while not over.wait(WATCH_SECONDS):
            used = _resident_mb(child.pid)
            if limit is not None and used > limit:
                self._too_much = used
                child.kill()
                break
            if self._stop.is_set():
                break
        try:
            told.close()
        except BrokenPipeError:
            return

    def _death(self, code: int) -> tuple[str, bool]:
        if self._too_much:
            limit = self._task.memory_mb
            return f"out of memory: it used {self._too_much} MB, memory_mb allows {limit}; give it more", False
        if code < 0:
            name = signal.Signals(-code).name
            hint = ", perhaps for want of memory" if name == "SIGKILL" else ""
            return f"its worker process was killed ({name}{hint}) {ATTEMPTS} times", True
        return f"its worker process ended with exit code {code}", True


def _resident_mb(pid: int) -> int:
    """What the process holds in memory; 0 where the system does not tell."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE") // _MB
