"""What the recognition of injected pages must not fall below; a floor is raised when a change earns it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from benchmarks.identity.measure import REAL, real, written

FLOORS = {("written", "advertisements"): 1.0, ("real", "doorway_titles"): 0.84, ("real", "strangers"): 0.9}
CEILINGS = {
    ("written", "false_alarms"): 0.0,
    ("real", "pages"): 0.0,
    ("real", "texts"): 0.0,
    ("real", "titles"): 0.0,
    ("real", "own"): 0.0,
}


def failures(results: dict[str, Any]) -> list[str]:
    """What is worse than it may be, as sentences; parts that were not measured are left out."""
    low = [
        f"{part} {name}: {results[part][name]['share']:.4f} recognised, floor {floor}"
        for (part, name), floor in FLOORS.items()
        if part in results and results[part][name]["share"] < floor
    ]
    high = [
        f"{part} {name}: {results[part][name]['n']} false alarms"
        for (part, name), ceiling in CEILINGS.items()
        if part in results and results[part][name]["share"] > ceiling
    ]
    return low + high


def main(folder: Path = REAL) -> int:
    failed = failures({"written": written(), **({"real": real(folder)} if folder.is_dir() else {})})
    print("\n".join(failed) or "above every floor")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else REAL))
