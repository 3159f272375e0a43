"""`python -m benchmarks.politeness [--pages N] [--delay S]`: how near a polite night comes to the time it must take.

24 hosts, each with the same number of pages, a delay of 0.2 s, 20 ms from request to answer. The bound is the delay
times the requests of the host that saw most. Gaps are read at the servers, where they count.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from benchmarks.crawl.measure import Measured, measured
from benchmarks.crawl.server import city_of

RESULTS = Path(__file__).with_name("results.json")
PORT = 8801
LATENCY = 0.02
LIMITS = {"wall_by_bound": 1.05, "gaps_kept": 0.99, "at_once": 1}
KEPT = 0.9
"""A gap at the server is kept when it is that part of the delay."""


def judged(seen: Measured, delay: float) -> dict[str, Any]:
    times: dict[int, list[float]] = {}
    for moment, host, *_ in seen.log:
        times.setdefault(host, []).append(moment)
    gaps = sorted(after - before for one in times.values() for before, after in pairwise(sorted(one)))
    most = max(map(len, times.values()))
    moments = [moment for one in times.values() for moment in one]
    crawl = max(moments) - min(moments)
    # From the first request to the last: one gap fewer than requests.
    bound = (most - 1) * delay
    return {
        "hosts": len(times),
        "requests": len(seen.log),
        "requests_of_the_busiest_host": most,
        "bound_s": round(bound, 2),
        "first_to_last_request_s": round(crawl, 2),
        "wall_by_bound": round(crawl / bound, 4),
        "gaps_kept": round(sum(gap >= KEPT * delay for gap in gaps) / len(gaps), 4),
        "shortest_gap_s": round(gaps[0], 4),
        "first_percent_gap_s": round(gaps[len(gaps) // 100], 4),
        "at_once": max(together for *_, together in seen.log),
    }


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=2_000)
    options.add_argument("--delay", type=float, default=0.2)
    options.add_argument("--workers", type=int, default=8)
    asked = options.parse_args()
    source = f"{asked.pages},{PORT},even"
    city = city_of(source)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        seeds = folder / "seeds.txt"
        seeds.write_text("\n".join(city.seeds), encoding="utf-8")
        command = [
            sys.executable, "-m", "benchmarks.crawl.passes", "links", seeds, folder / "evidence", folder / "told.json",
            str(asked.workers), str(asked.delay),
        ]  # fmt: skip
        seen = measured(command, source, city, latency=LATENCY)
    told = judged(seen, asked.delay)
    reached = {
        "wall_by_bound": told["wall_by_bound"] <= LIMITS["wall_by_bound"],
        "gaps_kept": told["gaps_kept"] >= LIMITS["gaps_kept"],
        "at_once": told["at_once"] <= LIMITS["at_once"],
    }
    results = {
        "measured": date.today().isoformat(),
        "python": platform.python_version(),
        "delay_s": asked.delay,
        "latency_s": LATENCY,
        "workers": asked.workers,
        **told,
        "limits": LIMITS,
        "reached": reached,
    }
    print(json.dumps(results, indent=1))
    if (asked.pages, asked.delay) == (2_000, 0.2):
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return 0 if all(reached.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
