"""`python -m benchmarks.personal [FOLDER]`: measures, writes results.json and the rows that the methodology prints."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from benchmarks.personal.measure import REAL, dump, made_up_others, people_lists, real, recall, summary

RESULTS = Path(__file__).with_name("results.json")
SHIPPED = Path(__file__).parents[2] / "checks" / "accuracy-personal.json"


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    if not folder.is_dir():
        print(f"{folder}: no such folder; name the one that holds e_tables and d_portal", file=sys.stderr)
        return 2
    results = {
        "measured": date.today().isoformat(),
        "recall": recall(),
        "people": people_lists(),
        "made_up_others": made_up_others(),
        "real": real(folder),
    }
    RESULTS.write_text(dump(results), encoding="utf-8")
    SHIPPED.write_text(dump(summary(results)), encoding="utf-8")
    print(dump(summary(results)), end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
