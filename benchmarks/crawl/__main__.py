"""`python -m benchmarks.crawl [--bench FOLDER] [--pages N] [--large N] [--rounds N]`: measures and writes results.json.

`--bench`: a folder with a generator of cities (`gen_site.py --pages N --out DIR`); without one our own city is served.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from auditor.evidence.source import Evidence
from benchmarks.crawl.city import City
from benchmarks.crawl.measure import Measured, measured
from benchmarks.crawl.peers import Peer, broken, peers, versions
from benchmarks.crawl.server import city_of

RESULTS = Path(__file__).with_name("results.json")
LIMITS = {"links": 0.6, "full": 1.0, "memory": 1.5}
FLAT_MB = 400.0
PORT = 8800


def source_of(bench: Path | None, pages: int, folder: Path) -> str:
    if bench is None:
        return f"{pages},{PORT}"
    place = folder / f"city-{pages}"
    command = [sys.executable, bench / "gen_site.py", "--pages", str(pages), "--out", place]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return str(place)


def ours(what: str, source: str, city: City, place: Path) -> tuple[Measured, dict[str, Any], set[str]]:
    """One pass of the auditor; what it told, and the addresses that its evidence names as broken."""
    place.mkdir()
    seeds, evidence, told = place / "seeds.txt", place / "evidence", place / "told.json"
    seeds.write_text("\n".join(city.seeds), encoding="utf-8")
    command = [sys.executable, "-m", "benchmarks.crawl.passes", what, seeds, evidence, told]
    seen = measured(command, source, city)
    print(f"auditor-{what}: {seen.cpu:.1f} s of CPU for {seen.pages} pages", file=sys.stderr, flush=True)
    archive = Evidence(evidence)
    bad = {capture.url: capture.cause for capture in archive.captures()}
    via = {capture.url: capture.via for capture in archive.captures()}
    named = {url for url, cause in bad.items() if cause not in ("ok", "redirect")}
    # A loop is named at the hop that closes it; the link that led into it is the hop's `via`.
    named |= {str(via[url]) for url in tuple(named) if bad[url] in ("redirect-loop", "too-many-redirects")}
    return seen, json.loads(told.read_text("utf-8")), named


def row(seen: Measured, city: City, named: set[str]) -> dict[str, Any]:
    missed = sorted(set(city.broken) - named)
    return {
        "cpu_s": round(seen.cpu, 2),
        "cpu_s_per_1000": round(seen.cpu_per_1000, 3),
        "wall_s": round(seen.wall, 1),
        "peak_mb": round(seen.peak_mb, 1),
        "pages": seen.pages,
        "requests": seen.requests,
        "coverage": round(seen.coverage, 4),
        "broken_named": len(city.broken) - len(missed),
        "broken": len(city.broken),
        "broken_missed": sorted({city.broken[url] for url in missed}),
    }


def one_round(source: str, city: City, folder: Path) -> dict[str, dict[str, Any]]:
    """The auditor's two passes with Scrapy between them, in the same minutes."""
    rows: dict[str, dict[str, Any]] = {}
    scrapy = peers(city, folder)[0]
    for what in ("links", "full"):
        place = folder / what
        seen, told, named = ours(what, source, city, place)
        rows[f"auditor-{what}"] = row(seen, city, named) | {"collecting_peak_mb": round(told["collecting_peak_mb"], 1)}
        if what == "full":
            rows["auditor-full"] |= {name: told[name] for name in ("pages_read", "documents_read")}
        else:
            rows[scrapy.name] = _peer(scrapy, source, city, folder)
        shutil.rmtree(place)
    return rows


def _peer(peer: Peer, source: str, city: City, folder: Path) -> dict[str, Any]:
    seen = measured(peer.command, source, city, folder=folder)
    print(f"{peer.name}: {seen.cpu:.1f} s of CPU for {seen.pages} pages", file=sys.stderr, flush=True)
    return row(seen, city, broken(peer, folder))


def median_of(rounds: list[dict[str, dict[str, Any]]], ours_name: str, what: str) -> float:
    """The median over the rounds of our figure by Scrapy's of the same round."""
    return round(statistics.median(one[ours_name][what] / one["scrapy-tuned"]["cpu_s_per_1000"] for one in rounds), 3)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--bench", type=Path, default=None)
    options.add_argument("--pages", type=int, default=2_000)
    options.add_argument("--large", type=int, default=20_000)
    options.add_argument("--rounds", type=int, default=3)
    asked = options.parse_args()
    keeps = (asked.pages, asked.large) == (2_000, 20_000)
    results: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o777)  # LinkChecker, started by root, goes on as nobody
        # Compiled once before anything is measured.
        subprocess.run([sys.executable, "-m", "compileall", "-q", "auditor", "benchmarks", "checks"], check=False)
        for results in stages(asked, folder):
            if keeps:
                RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=1))
    return 0 if all(results["reached"].values()) else 1


def stages(asked: argparse.Namespace, folder: Path) -> Iterator[dict[str, Any]]:
    """The results so far, after each round and each of the slow ones; what takes longest comes last."""
    source = source_of(asked.bench, asked.pages, folder)
    city = city_of(source)
    rounds: list[dict[str, dict[str, Any]]] = []
    others: dict[str, Any] = {}
    for _ in range(asked.rounds):
        rounds.append(one_round(source, city, folder))
        yield told_of(asked, rounds, others, {})
    large_source = source_of(asked.bench, asked.large, folder)
    seen, told, _ = ours("links", large_source, city_of(large_source), folder / "large")
    large = {
        "pages": seen.pages,
        "cpu_s_per_1000": round(seen.cpu_per_1000, 3),
        "coverage": round(seen.coverage, 4),
        "collecting_peak_mb": round(told["collecting_peak_mb"], 1),
    }
    yield told_of(asked, rounds, others, large)
    for peer in peers(city, folder)[1:]:
        others[peer.name] = _peer(peer, source, city, folder)
        yield told_of(asked, rounds, others, large)


def told_of(
    asked: argparse.Namespace, rounds: list[dict[str, dict[str, Any]]], others: dict[str, Any], large: dict[str, Any]
) -> dict[str, Any]:
    scrapy_mb = statistics.median(one["scrapy-tuned"]["peak_mb"] for one in rounds)
    collecting = statistics.median(one["auditor-links"]["collecting_peak_mb"] for one in rounds)
    ratios = {
        "links": median_of(rounds, "auditor-links", "cpu_s_per_1000"),
        "full": median_of(rounds, "auditor-full", "cpu_s_per_1000"),
        "memory": round(collecting / scrapy_mb, 3),
    }
    reached = {name: ratios[name] <= limit for name, limit in LIMITS.items()}
    if large:
        reached["flat"] = large["collecting_peak_mb"] <= FLAT_MB
    return {
        "measured": date.today().isoformat(),
        "python": platform.python_version(),
        "processors": os.cpu_count(),
        "load_average": round(os.getloadavg()[1], 1),
        "versions": versions(),
        "city": "given" if asked.bench else "made",
        "ratios_to_scrapy_tuned": ratios,
        "limits": {**LIMITS, "flat_mb": FLAT_MB},
        "reached": reached,
        "large": large,
        "others": dict(others),
        "rounds": rounds,
    }


if __name__ == "__main__":
    sys.exit(main())
