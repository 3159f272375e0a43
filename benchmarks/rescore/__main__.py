"""`python -m benchmarks.rescore [--pages N] [--documents N]`: measures, compares the bytes, writes results.json."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from typing import Any
from zoneinfo import ZoneInfo

from auditor.facts_cache import FactsCache
from auditor.history import History, RunKey
from auditor.judged import judge_evidence
from auditor.model import Judgement
from benchmarks.rescore.city import CODE, RUN, build
from checks.catalogue import load
from reports.researcher.tables import scores_csv

RESULTS = Path(__file__).with_name("results.json")
LIMITS = {"nothing_cached": 60.0, "facts_cached": 15.0, "series": 5.0}


def rescore(config: Path) -> tuple[float, float, bytes]:
    """Seconds of `auditor rescore --json`, the start of the interpreter included, seconds of processor time of it and
    its worker, and what it printed."""
    begun, used = perf_counter(), _processor()
    command = [sys.executable, "-m", "auditor", "rescore", "--config", str(config), "--run", RUN, "--json"]
    done = subprocess.run(command, capture_output=True, check=True)
    return round(perf_counter() - begun, 2), round(_processor() - used, 2), done.stdout


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def series(judgement: Judgement, folder: Path, nights: int = 1_000) -> float:
    """Seconds to make the series of so many nights in a database into scores.csv."""
    history = History(f"sqlite:///{folder / 'series.sqlite'}")
    first = datetime(2024, 1, 1, 1, tzinfo=ZoneInfo("Asia/Jakarta"))
    nothing: dict[str, list[dict[str, Any]]] = {"findings": [], "documents": [], "datasets": []}
    for number in range(nights):
        at = first + timedelta(days=number)
        run, _, _ = history.begin(RunKey(CODE, "c", at.isoformat(), ""), at, at)
        night = replace(judgement, run=run, findings=(), facts=replace(judgement.facts, at=at))
        history.finish(night, at, nothing, answered=True)
    begun = perf_counter()
    written = scores_csv(history.series(CODE))
    spent = round(perf_counter() - begun, 3)
    assert written.count(b"\n") == nights + 1
    return spent


def measure(pages: int, documents: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as place:
        config = build(Path(place), pages, documents)
        cold, cold_used, cold_bytes = rescore(config)
        # What a night leaves behind; `rescore` itself writes nothing.
        data = config.parent / "var"
        judged = judge_evidence(data / "evidence" / RUN, load(), memory=FactsCache(data / "cache"))
        warm, warm_used, warm_bytes = rescore(config)
        in_series = series(judged.judgement, Path(place))
    return {
        "measured": date.today().isoformat(),
        "python": platform.python_version(),
        "pages": pages,
        "documents": documents,
        "seconds": {"nothing_cached": cold, "facts_cached": warm, "series": in_series},
        "processor_seconds": {"nothing_cached": cold_used, "facts_cached": warm_used},
        "load": round(os.getloadavg()[0], 1),
        "limits": LIMITS,
        "same_bytes": cold_bytes == warm_bytes,
        "score_sha256": hashlib.sha256(cold_bytes).hexdigest(),
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=2_000)
    options.add_argument("--documents", type=int, default=200)
    asked = options.parse_args()
    results = measure(asked.pages, asked.documents)
    print(json.dumps(results, indent=1))
    if (asked.pages, asked.documents) == (2_000, 200):
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    # The worker and its parent take turns: where nothing else runs, the processor time is the time that passes.
    spent = {**results["seconds"], **results["processor_seconds"]}
    slow = [name for name, limit in LIMITS.items() if spent[name] > limit]
    return 1 if slow or not results["same_bytes"] else 0


if __name__ == "__main__":
    sys.exit(main())
