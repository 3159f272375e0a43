"""Fails when the recognition is worse than its floors, or when the labelled files are not those it was measured on.

`python -m benchmarks.accuracy.gate [FOLDER]`: exit 0 above every floor, 1 below one, 2 when a file is absent or other.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path
from typing import Any

from benchmarks.accuracy import approaches
from benchmarks.accuracy.data import FILES, REAL, digest, load
from benchmarks.accuracy.metrics import measure

FLOORS = Path(__file__).parent / "floors.toml"


def floors(file: str) -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads(FLOORS.read_text(encoding="utf-8"))[file]
    return found


def failures(folder: Path, file: str) -> list[str]:
    """What is below its floor on one labelled file, as sentences; empty when all is well. Raises `OSError`."""
    rows, floor = load(folder / file), floors(file)
    held = [row for row in rows if row.held_out]
    whole, rest = measure(rows, approaches.rules(rows)), measure(held, approaches.rules(held))
    checks = [
        ("macro F1", whole["macro_f1"], floor["macro_f1"]),
        ("macro F1 on held-out bodies", rest["macro_f1"], floor["held_out_macro_f1"]),
        ("years right", whole["years_right"], floor["years_right"]),
        ("said kinds that are right", 1 - whole["false_rate"], 1 - floor["false_rate"]),
    ]
    return [f"{file}: {name} is {value:.4f}, floor {least:.4f}" for name, value, least in checks if value < least]


def main(folder: Path = REAL) -> int:
    """Prints what failed and returns the exit code."""
    other = [file for file in FILES if not (folder / file).exists() or digest(folder / file) != floors(file)["sha256"]]
    if other:
        print(f"not the files that the floors were set on: {', '.join(other)} in {folder}")
        return 2
    failed = [line for file in FILES for line in failures(folder, file)]
    print("\n".join(failed) or "above every floor")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL))
