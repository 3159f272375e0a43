"""`python -m benchmarks.crawl.where [--bench FOLDER] [--pages N]`: where the time of a night goes, part by part.

One worker, so that threads do not wait for each other; CPU, under cProfile, whose own cost is in every figure: read the
shares, not the seconds. Writes where.json.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from benchmarks.crawl import passes
from benchmarks.crawl.__main__ import source_of
from benchmarks.crawl.server import city_of, serving

RESULTS = Path(__file__).with_name("where.json")

PORT = 8802

COLLECTING = {
    "asking for the page": ("collect/reading.py", "run"),
    "archiving the answer": ("collect/reading.py", "archive"),
    "links of the page": ("collect/page_links.py", "of"),
    "which links to follow": ("collect/intake.py", "offer"),
    "what a portal's page describes": ("collect/page_links.py", "described"),
}
READING = {
    "opening the archive": ("evidence/source.py", "__init__"),
    "reading pages": ("read/facts.py", "_read_page"),
    "... of which the light tree": ("read/tree.py", "grow"),
    "... of which BeautifulSoup": ("bs4/__init__.py", "_feed"),
    "... of which links": ("read/links.py", "links"),
    "... of which gambling": ("read/gambling.py", "injected"),
    "... of which the outline": ("read/outline.py", "outline_of"),
    "opening documents, in the sandbox": ("read/facts.py", "_open"),
}


@contextmanager
def _profiled(found: list[cProfile.Profile]) -> Iterator[None]:
    """Also the threads that are started inside."""
    run = threading.Thread.run

    def profiled(thread: threading.Thread) -> None:
        profile = cProfile.Profile(time.thread_time)
        found.append(profile)
        profile.runcall(run, thread)

    threading.Thread.run = profiled  # type: ignore[method-assign]
    own = cProfile.Profile(time.thread_time)
    found.append(own)
    own.enable()
    try:
        yield
    finally:
        own.disable()
        threading.Thread.run = run  # type: ignore[method-assign]


def shares(stats: pstats.Stats, parts: dict[str, tuple[str, str]], whole: tuple[str, str]) -> dict[str, float]:
    """The part of `whole`'s time that each function took, with all it called."""
    took: dict[tuple[str, str], float] = {}
    for (file, _, function), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        for part in (whole, *parts.values()):
            if file.endswith(part[0]) and function == part[1]:
                took[part] = max(took.get(part, 0.0), cumulative)
    return {name: round(took.get(part, 0.0) / took[whole], 3) for name, part in parts.items()}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bench", type=Path, default=None)
    options.add_argument("--pages", type=int, default=500)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        source = source_of(asked.bench, asked.pages, folder) if asked.bench else f"{asked.pages},{PORT}"
        seeds = folder / "seeds.txt"
        seeds.write_text("\n".join(city_of(source).seeds), encoding="utf-8")
        found: list[cProfile.Profile] = []
        with serving(source), _profiled(found):
            passes.main("full", seeds, folder / "evidence", folder / "told.json", 1)
    stats = pstats.Stats(*found)
    told: dict[str, Any] = {
        "pages": asked.pages,
        "city": "given" if asked.bench else "made",
        "collecting": shares(stats, COLLECTING, ("collect/pool.py", "_work")),
        "reading": shares(stats, READING, ("benchmarks/crawl/passes.py", "_read")),
    }
    print(json.dumps(told, indent=1))
    RESULTS.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
