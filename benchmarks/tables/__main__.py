"""`python -m benchmarks.tables [ROWS ...]`: makes its own data, runs every tool on it, writes results.json, README.md.

CPU seconds of the whole process, imports included. frictionless runs up to 1,000,000 rows only: it is linear. Each
tool runs `TIMES` times, frictionless once; the quickest counts.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from benchmarks.tables.rules import DISTRICTS, SOURCES
from benchmarks.tables.tools import TOOLS

HERE = Path(__file__).parent
ROWS = (100_000, 1_000_000, 3_000_000)
SLOW = 1_000_000
TIMES = 3
PLACES = 600
HEADER = (
    "tanggal,kode_wilayah,kecamatan,kelurahan,suspek,positif,sembuh,meninggal,aktif,persen_sembuh,sumber,keterangan"
)


def make(path: Path, rows: int) -> None:
    """A Covid series by place and day, seeded, with about one fault in 600 rows."""
    chance = random.Random(7)
    with path.open("w", encoding="utf-8") as out:
        out.write(HEADER + "\n")
        for number in range(rows):
            day, place = date(2020, 3, 1) + timedelta(number // PLACES), number % PLACES
            healed, dead, active = chance.randint(0, 400), chance.randint(0, 20), chance.randint(0, 90)
            cases = healed + dead + active + (3 if chance.random() < 0.0008 else 0)
            suspected = -1 if chance.random() < 0.0008 else chance.randint(0, 99)
            share = round(100 * healed / max(1, cases), 2)
            note = "" if chance.random() < 0.8 else "data sementara"
            code = f"32.99.{1 + place % 6:02d}.{1001 + place // 6}"
            cells = (day, code, DISTRICTS[place % 6], f"Kelurahan {place}", suspected, cases, healed, dead, active)
            out.write(",".join(map(str, (*cells, share, chance.choice(SOURCES), note))) + "\n")


def measured(tool: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.tables.tools", tool, str(path)]
    # Libraries are compiled once and kept, as on any machine that is used twice.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        return {"failed": (done.stderr.strip().splitlines() or [f"exit {done.returncode}"])[-1][:200]}
    return dict(json.loads(done.stdout.splitlines()[-1]))


def quickest(tool: str, path: Path) -> dict[str, Any]:
    found = [measured(tool, path) for _ in range(1 if tool == "frictionless" else TIMES)]
    good = [one for one in found if "failed" not in one]
    return min(good, key=lambda one: one["cpu_s"]) if good else found[0]


def page(results: dict[str, Any]) -> str:
    lines = [
        "# Tables: speed and memory of validation",
        "",
        "`python -m benchmarks.tables` (extra `bench`) makes the data, runs each tool in its own process and writes",
        "this page. CPU seconds of the whole process with its imports; warm: without them, as in a night's worker that",
        "opens table after table. Peak resident memory. A ratio of 2 is twice the auditor's CPU or memory.",
        "",
        "`auditor`, polars, duckdb and frictionless check the same eight constraints (`benchmarks/tables/rules.py`) on",
        "the same 12 columns; the auditor finds dialect, header, periods, personal data besides and names the faults.",
        "`auditor-covid` is the shipped schema with its own rules. polars and duckdb are bare: one query that counts.",
        "",
        "| rows | tool | faults | CPU s | warm CPU s | peak MB | CPU / auditor | warm / auditor | memory / auditor |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for rows, tools in results["rows"].items():
        own = tools["auditor"]
        for tool, one in tools.items():
            if "failed" in one:
                lines.append(f"| {rows} | {tool} | {one['failed']} | | | | | | |")
                continue
            measures = ("cpu_s", "warm_cpu_s", "peak_mb")
            ratios = [""] * 3 if "failed" in own else [f"{one[name] / own[name]:.2f}" for name in measures]
            figures = (f"{one['cpu_s']:.2f}", f"{one['warm_cpu_s']:.2f}", f"{one['peak_mb']:.0f}")
            cells = (rows, tool, one["faults"], *figures, *ratios)
            lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    results: dict[str, Any] = {"measured": date.today().isoformat(), "rows": {}}
    with tempfile.TemporaryDirectory() as folder:
        for rows in [int(given) for given in sys.argv[1:]] or ROWS:
            path = Path(folder) / f"covid-{rows}.csv"
            make(path, rows)
            small = Path(folder) / "small.csv"
            make(small, 1_000)
            for tool in TOOLS:
                measured(tool, small)
            tools = [tool for tool in TOOLS if tool != "frictionless" or rows <= SLOW]
            results["rows"][str(rows)] = {tool: quickest(tool, path) for tool in tools}
            path.unlink()
    (HERE / "results.json").write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    (HERE / "README.md").write_text(page(results), encoding="utf-8")
    print(page(results))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
