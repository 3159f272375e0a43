"""The country in a night: `python -m benchmarks.fleet`; what it measures and projects is in README.md.

Exit 1 where a limit is passed. A full run (the defaults) writes results.json; a smaller one only prints.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.fleet.measure import SITES, Measured, fleet

BODIES, PAGES, CORES, MEMORY_GB = 552, 1_500, 2, 24
HOURS, RATIO, FLAT, REAL_PAGES = 8.0, 1.6, 1.25, 10_000
LATENCY, DELAY, POLITE_DELAY = 0.3, 0.5, 1.0
HERE = Path(__file__).parent


def main() -> int:
    given = argparse.ArgumentParser(prog="python -m benchmarks.fleet")
    given.add_argument("--bodies", type=int, default=10)
    given.add_argument("--pages", type=int, default=PAGES)
    given.add_argument("--slots", type=int, default=5)
    given.add_argument("--pair-pages", type=int, default=180, help="pages a body where 1 and 2 workers are compared")
    chosen = given.parse_args()
    full = (chosen.bodies * chosen.pages, chosen.pair_pages) >= (REAL_PAGES, 180)
    load = os.getloadavg()[0]
    one = fleet(2, chosen.pair_pages, 1, DELAY, LATENCY)
    two = fleet(2, chosen.pair_pages, 2, DELAY, LATENCY)
    night = fleet(chosen.bodies, chosen.pages, chosen.slots, DELAY, LATENCY)
    told = summary(night, one, two) | {"load_of_others": {"before": load, "after": os.getloadavg()[0]}}
    sys.stdout.write(json.dumps(told, indent=1) + "\n")
    passed = [line for line, good in limits(told).items() if not good]
    for line in passed:
        sys.stderr.write(f"limit passed: {line}\n")
    if full:
        (HERE / "results.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 1 if passed else 0


def summary(night: Measured, one: Measured, two: Measured) -> dict[str, object]:
    per_page = night.cpu_seconds / night.pages
    body = median(night.body_seconds)
    polite = body + night.pages / night.bodies / SITES * (POLITE_DELAY - DELAY)
    samples = [total for _, total, _ in night.memory_mb]
    own = [coordinator for _, _, coordinator in night.memory_mb]
    return {
        "run": {
            "bodies": night.bodies, "slots": night.slots, "pages": night.pages, "sites_a_body": SITES,
            "delay_seconds": DELAY, "latency_seconds": LATENCY, "seconds": round(night.seconds, 1),
            "pages_per_second": round(night.pages / night.seconds, 2),
            "seconds_a_body": round(body, 1), "cpu_ms_a_page": round(1000 * per_page, 2),
        },
        "memory_mb": {
            "all_processes": _halves(samples),
            "coordinator": _halves(own),
            "worker_peak": night.worker_peak_mb,
        },
        "workers": {
            "pages": one.pages, "one_seconds": round(one.seconds, 1), "two_seconds": round(two.seconds, 1),
            "ratio": round(one.seconds / two.seconds, 2),
        },
        "a_page": {"warc_bytes": night.warc_bytes // night.pages},
        "a_body_and_night": {
            "database_bytes": night.database_bytes // night.bodies, "public_bytes": night.public_bytes // night.bodies,
        },
        "projected": projected(per_page, polite, night.worker_peak_mb),
        "processors": os.cpu_count(),
    }  # fmt: skip


def _halves(samples: Sequence[int]) -> dict[str, int]:
    """The most in each half of the run."""
    middle = len(samples) // 2
    return {"first_half": max(samples[:middle]), "second_half": max(samples[middle:])}


def projected(cpu_seconds_a_page: float, seconds_a_body: float, worker_peak_mb: int) -> dict[str, object]:
    """552 bodies of 1,500 pages on 2 processors: the slots that the memory holds, half of it left to the system; the
    night ends when both the processors and the delays allow it."""
    slots = min(64, MEMORY_GB * 1024 // 2 // max(1, worker_peak_mb))
    cpu_hours = BODIES * PAGES * cpu_seconds_a_page / CORES / 3600
    delay_hours = -(-BODIES // slots) * seconds_a_body / 3600
    return {
        "bodies": BODIES, "pages": BODIES * PAGES, "slots": slots, "cpu_hours": round(cpu_hours, 2),
        "delay_hours": round(delay_hours, 2), "hours": round(max(cpu_hours, delay_hours), 2),
        "pages_per_second_needed": round(BODIES * PAGES / HOURS / 3600, 2),
    }  # fmt: skip


def limits(told: dict[str, object]) -> dict[str, bool]:
    memory, workers, night = told["memory_mb"], told["workers"], told["projected"]
    assert isinstance(memory, dict)
    assert isinstance(workers, dict)
    assert isinstance(night, dict)
    both = memory["all_processes"]
    return {
        f"projected at most {HOURS:g} h": night["hours"] <= HOURS,
        f"1 to 2 workers at least {RATIO:g} times": workers["ratio"] >= RATIO,
        f"memory of the second half at most {FLAT:g} of the first": both["second_half"] <= FLAT * both["first_half"],
    }


if __name__ == "__main__":
    sys.exit(main())
