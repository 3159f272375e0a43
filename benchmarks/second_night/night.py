"""One `auditor run` in a process of its own, and what its collection cost: prints JSON.

Measured is all of the collection and nothing else: opening the archive and the index of the night before, frontier,
links, requests, WARC, closing the index. Not the start of the interpreter, nor the judgement.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from auditor import audit
from auditor.config import load


def main(config: str, at: str) -> None:
    spent: dict[str, float] = {}
    collected = audit._collect

    def timed(*arguments: Any) -> Any:
        cpu, wall = process_time(), perf_counter()
        try:
            return collected(*arguments)
        finally:
            spent.update(cpu=process_time() - cpu, wall=perf_counter() - wall)
            spent["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

    audit._collect = timed
    moment = datetime.fromisoformat(at)
    outcome = audit.run(load(Path(config)), started=moment, at=moment)
    print(json.dumps({**spent, "run": outcome.judgement.run, "captures": outcome.judgement.captures}))


if __name__ == "__main__":
    main(*sys.argv[1:])
