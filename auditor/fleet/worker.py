"""A process that audits one body and ends: `python -m auditor.fleet.worker`, spoken to by auditor.fleet.local.

The task comes in by stdin; JSON lines go out by stdout: `{"pages": n}` now and then, `{"result": {…}}` at the end.
When stdin ends (the parent stops, or is gone) the audit stops after the requests under way.
"""

from __future__ import annotations

import json
import os
import pickle
import sys
import threading
import time
from dataclasses import asdict
from typing import Any, BinaryIO

from auditor.fleet.task import Task, audit_body

TELL_SECONDS = 1.0


def main() -> None:
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # whatever a library prints goes to the log
    task: Task = pickle.load(sys.stdin.buffer)  # noqa: S301  (from our own parent)
    stop = threading.Event()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, stop), daemon=True).start()
    guard = threading.Lock()
    told = time.monotonic()

    def say(message: dict[str, Any]) -> None:
        with guard:
            out.write(json.dumps(message) + "\n")
            out.flush()

    def pages(count: int) -> None:
        nonlocal told
        if time.monotonic() - told > TELL_SECONDS:
            told = time.monotonic()
            say({"pages": count})

    say({"result": asdict(audit_body(task, pages, stop))})


def _listen(pipe: BinaryIO, stop: threading.Event) -> None:
    pipe.read()
    stop.set()


if __name__ == "__main__":
    main()
