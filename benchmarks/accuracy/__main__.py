"""`python -m benchmarks.accuracy`: measures every approach on the labelled files and writes results.json."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.accuracy import approaches
from benchmarks.accuracy.data import FILES, REAL, Row, digest, load
from benchmarks.accuracy.metrics import Answer, measure
from benchmarks.accuracy.summary import summary

RESULTS = Path(__file__).parent / "results.json"
SHIPPED = Path(__file__).parents[2] / "checks" / "accuracy.json"
"""What the methodology page prints; not part of the catalogue's version, for it changes no judgement."""

_BRIEF = ("macro_f1", "macro_f1_interval", "micro_f1", "said", "false", "missed", "years_right")


def run(folder: Path) -> dict[str, Any]:
    """Every figure: of the rules in full, of the other approaches in brief."""
    material = {file: load(folder / file) for file in FILES}
    results: dict[str, Any] = {"measured": date.today().isoformat(), "files": {}}
    for file, rows in material.items():
        others = [row for name, more in material.items() if name != file for row in more]
        results["files"][file] = _of_file(rows, others) | {"sha256": digest(folder / file)}
    return results


def _of_file(rows: Sequence[Row], others: Sequence[Row]) -> dict[str, Any]:
    guessed = approaches.guesses(rows, others)
    started = perf_counter()
    answers = {"rules": approaches.rules(rows)}
    seconds = perf_counter() - started
    answers["keywords"] = approaches.keywords(rows)
    answers["linear"] = approaches.learned(rows, guessed)
    answers["combined"] = approaches.combined(rows, guessed)
    held = [index for index, row in enumerate(rows) if row.held_out]
    sure = [index for index, row in enumerate(rows) if row.sure]
    print(f"{len(rows)} titles, {len(rows) / seconds:.0f} a second")
    return {
        "rules": measure(rows, answers["rules"]),
        "rules_held_out": _part(rows, answers["rules"], held),
        "rules_sure_labels": _brief(_part(rows, answers["rules"], sure)),
        "approaches": {
            name: {
                "all": _brief(measure(rows, given)),
                "held_out": _brief(_part(rows, given, held)),
            }
            for name, given in answers.items()
        },
    }


def _part(rows: Sequence[Row], answers: Sequence[Answer], places: Sequence[int]) -> dict[str, Any]:
    return measure([rows[place] for place in places], [answers[place] for place in places])


def _brief(figures: dict[str, Any]) -> dict[str, Any]:
    return {name: figures[name] for name in _BRIEF}


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    missing = [file for file in FILES if not (folder / file).exists()]
    if missing:
        print(f"no {' and no '.join(missing)} in {folder}: name the folder that holds them", file=sys.stderr)
        return 2
    results = run(folder)
    RESULTS.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    SHIPPED.write_text(json.dumps(summary(results), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for file, figures in results["files"].items():
        for name, parts in figures["approaches"].items():
            for part, values in parts.items():
                print(
                    f"{file:20} {name:9} {part:9} macro F1 {values['macro_f1']:.3f} "
                    f"{values['macro_f1_interval']} false {values['false']}/{values['said']} "
                    f"missed {values['missed']} years {values['years_right']:.3f}"
                )
    return 0


if __name__ == "__main__":
    sys.exit(main())
