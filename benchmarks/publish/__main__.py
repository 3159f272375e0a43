"""`python -m benchmarks.publish [--findings N] [--documents N]`: publishes a large run in a process of its own."""

from __future__ import annotations

import argparse
import json
import platform
import resource
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

RESULTS = Path(__file__).with_name("results.json")
LIMITS = {
    "wall_seconds": 10.0,
    "cpu_seconds": 10.0,
    "peak_mib": 300.0,
    "largest_page": 1_000_000,
    "front_page": 150_000,
}
FULL = (5_000, 10_000)


def once(findings: int, documents: int, public: Path) -> dict[str, Any]:
    """Publishes in this process. The peak is that of the whole process, libraries and judgement included."""
    from benchmarks.publish import city
    from checks.catalogue import load
    from reports.publish import publish

    catalogue = load()
    captures = max(1, findings * 2 // 5)
    judged = city.judgement(catalogue, findings, documents, captures)
    series, changes, matrix = city.series(catalogue), city.changes(judged.findings), city.matrix()
    before, begun = _cpu(), perf_counter()
    publish(
        judged, catalogue, public=public, series=series, changes=changes, matrix=matrix, captures=city.capture,
        sealed=frozenset(), warc_member=lambda digest: b"\x1f\x8b" + bytes(6_000), generated_for=judged.facts.at.date(),
    )  # fmt: skip
    wall, cpu = perf_counter() - begun, _cpu() - before
    pages = [path.stat().st_size for path in public.rglob("*.html")]
    return {
        "cpu_seconds": round(cpu, 2),
        "wall_seconds": round(wall, 2),
        "peak_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "pages": len(pages),
        "files": sum(path.is_file() for path in public.rglob("*")),
        "largest_page": max(pages),
        "front_page": (public / "99.99" / "index.html").stat().st_size,
    }


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--findings", type=int, default=FULL[0])
    options.add_argument("--documents", type=int, default=FULL[1])
    options.add_argument("--once", type=Path, help=argparse.SUPPRESS)
    asked = options.parse_args()
    if asked.once:
        print(json.dumps(once(asked.findings, asked.documents, asked.once)))
        return 0
    with tempfile.TemporaryDirectory() as place:
        command = [sys.executable, "-m", "benchmarks.publish", "--once", place,
                   "--findings", str(asked.findings), "--documents", str(asked.documents)]  # fmt: skip
        measured = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    results = {
        "measured": date.today().isoformat(),
        "python": platform.python_version(),
        "findings": asked.findings,
        "documents": asked.documents,
        **measured,
        "limits": LIMITS,
    }
    print(json.dumps(results, indent=1))
    if (asked.findings, asked.documents) == FULL:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    return int(any(results[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
