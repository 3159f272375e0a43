"""`python -m benchmarks.identity [FOLDER]`: measures and writes results.json, and the rows of the methodology page."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.identity.measure import REAL, real, written

RESULTS = Path(__file__).parent / "results.json"
SHIPPED = Path(__file__).parents[2] / "checks" / "accuracy-identity.json"

_ROWS = (
    ("real", "pages", "Halaman pemerintah yang nyata, keliru disebut sisipan atau parkir",
     "Real government pages wrongly called injected or parked"),
    ("real", "texts", "Teks dokumen pemerintah yang nyata, keliru disebut iklan judi",
     "Real government documents wrongly called gambling advertisements"),
    ("real", "titles", "Judul dan tautan pemerintah yang nyata, keliru disebut iklan judi",
     "Real government titles wrongly called gambling advertisements"),
    ("real", "doorway_titles", "Judul iklan judi yang nyata, dikenali satu per satu",
     "Real gambling doorway titles recognised one by one"),
    ("real", "own", "Halaman pemerintah yang nyata, keliru disebut milik pihak lain (domain yang dapat dibeli)",
     "Real government pages wrongly called a stranger's (on a domain that can be bought)"),
    ("real", "strangers", "Halaman asing yang nyata, dikenali sebagai milik pihak lain",
     "Real pages of strangers recognised as such"),
    ("written", "advertisements", "Sisipan judi buatan sendiri (24 cara penyamaran), dikenali",
     "Gambling injections written for this test (24 disguises), recognised"),
    ("written", "false_alarms", "Berita dan urusan biasa buatan sendiri, keliru disebut sisipan",
     "News and ordinary business written for this test, wrongly called injected"),
)  # fmt: skip


def summary(results: dict[str, Any]) -> dict[str, Any]:
    """As `checks/accuracy.json`: the few figures that a reader of the methodology needs, in two languages."""
    rows = []
    for part, name, indonesian, english in _ROWS:
        measured = results[part][name]
        low, high = measured["interval"]
        what = {"id": indonesian, "en": english}
        rows.append({"what": what, "n": measured["of"], "value": measured["share"], "low": low, "high": high})
    return {"measured": results["measured"], "rows": rows}


def main() -> int:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else REAL
    if not folder.is_dir():
        print(f"no folder {folder}: name the one that holds the real pages, texts and titles", file=sys.stderr)
        return 2
    results = {"measured": date.today().isoformat(), "written": written(), "real": real(folder)}
    for path, content in ((RESULTS, results), (SHIPPED, summary(results))):
        path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for row in summary(results)["rows"]:
        print(f"{row['value']:.4f}  n = {row['n']:5}  {row['what']['en']}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
