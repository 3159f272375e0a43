"""`python -m benchmarks.crawl.page [--check]`: writes docs/performance.md from the committed results."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PAGE = HERE.parents[1] / "docs" / "performance.md"

_HEAD = """\
# Where the time goes

Written by `python -m benchmarks.crawl.page` from `benchmarks/crawl/results.json`, `benchmarks/crawl/where.json` and
`benchmarks/politeness/results.json`. Measured on {processors} processors with a load average of {load} by other work on
the same machine: CPU seconds are those of each process and its children, and ratios are within one round; both move by
a fifth from round to round. Repeat it with `python -m benchmarks.crawl --bench FOLDER` (a folder with `gen_site.py`;
without one it serves a city of its own), `python -m benchmarks.crawl.where` and `python -m benchmarks.politeness`.

At a delay of one second a night is waiting, not computing; CPU matters where many bodies share one machine.
"""

_DONE = """\
## What was done about it

- While crawling, only links to addresses not met before are looked at closely: a menu that stood on the page before
  costs its hrefs and nothing else (`read/links.py`, `Known`). Hrefs that every page of an origin resolves alike are
  known without being resolved.
- An address without query, escapes or default port is its own key; only others are canonicalised (`collect/urls.py`).
- Nothing of BeautifulSoup runs while a site is fetched; pages are read after collecting, once for each digest, and the
  readings are kept for the nights after (`facts_cache.py`).
- A WARC record is written in one pass, compressed at zlib level 1 outside the writer's lock, byte for byte as warcio
  would (`evidence/serial.py`).
- Hosts are asked over one kept connection each; the frontier hands a host to one worker at a time.
- Regions of a page are told apart without a CSS engine (`read/holds.py`), attributes are not split into lists, and
  what a menu says is asked once whether it advertises gambling.
- A night alone does not load the database's locks.
"""


def page() -> str:
    results = json.loads((HERE / "results.json").read_text("utf-8"))
    where = json.loads((HERE / "where.json").read_text("utf-8"))
    polite = json.loads((HERE.parent / "politeness" / "results.json").read_text("utf-8"))
    parts = [
        _HEAD.format(processors=results["processors"], load=results["load_average"]),
        _beside(results),
        _against(results),
        _where(where),
        _DONE,
        _before(json.loads((HERE / "before.json").read_text("utf-8"))),
        _polite(polite),
    ]
    return "\n".join(parts)


def _beside(results: dict[str, Any]) -> str:
    lines = [
        "## Beside other crawlers",
        "",
        "The same city on loopback, no delay. A page is an answer of 200 for an address that can be reached. Scrapy",
        "takes links only; wget writes a WARC; `auditor-links` fetches, takes links and archives; `auditor-full` then",
        "reads everything, documents too.",
        "",
        "| runner | CPU s / 1,000 pages | peak MB | requests | coverage | broken named | not named |",
        "|---|---|---|---|---|---|---|",
    ]
    for number, one in enumerate(results["rounds"], 1):
        lines += [_row(f"{name} (round {number})", row) for name, row in one.items()]
    lines += [_row(name, row) for name, row in results["others"].items()]
    return "\n".join(lines) + "\n"


def _row(name: str, row: dict[str, Any]) -> str:
    missed = ", ".join(row["broken_missed"]) or "–"
    return (
        f"| {name} | {row['cpu_s_per_1000']:.2f} | {row['peak_mb']:.0f} | {row['requests']} | {row['coverage']:.3f} "
        f"| {row['broken_named']} of {row['broken']} | {missed} |"
    )


def _against(results: dict[str, Any]) -> str:
    named = {
        "links": "CPU of fetching, links and WARC, by tuned Scrapy's",
        "full": "CPU with everything read, by tuned Scrapy's",
        "memory": "peak memory of collecting, by tuned Scrapy's",
    }
    lines = ["## Against what is asked", "", "| what | measured | limit | reached |", "|---|---|---|---|"]
    for name, words in named.items():
        reached = "yes" if results["reached"][name] else "**no**"
        lines.append(f"| {words} | {results['ratios_to_scrapy_tuned'][name]} | {results['limits'][name]} | {reached} |")
    large = results["large"]
    if large:
        reached = "yes" if results["reached"]["flat"] else "**no**"
        words = f"peak memory of collecting {large['pages']} pages, MB"
        lines.append(
            f"| {words} | {large['collecting_peak_mb']:.0f} | {results['limits']['flat_mb']:.0f} | {reached} |"
        )
    return "\n".join(lines) + "\n"


def _where(where: dict[str, Any]) -> str:
    lines = [
        "## Part by part",
        "",
        "Shares of CPU under a profiler, one worker.",
        "",
        "| collecting | share |",
        "|---|---|",
    ]
    lines += [f"| {name} | {share:.0%} |" for name, share in where["collecting"].items()]
    lines += ["", "| reading | share |", "|---|---|"]
    lines += [f"| {name} | {share:.0%} |" for name, share in where["reading"].items()]
    return "\n".join(lines) + "\n"


def _before(before: dict[str, Any]) -> str:
    cpu = before["cpu_s_per_1000"]
    theirs = cpu["scrapy-tuned"]
    return "\n".join(
        [
            f"Before, on a quiet machine, fetching, links and WARC took {cpu['auditor-links']} s of CPU for 1,000,",
            f"{cpu['auditor-links'] / theirs:.2f} times tuned Scrapy ({theirs} s), and everything read "
            f"{cpu['auditor-full']} s, {cpu['auditor-full'] / theirs:.1f} times.",
            "",
        ]
    )


def _polite(polite: dict[str, Any]) -> str:
    return "\n".join(
        [
            "## As fast as politeness allows",
            "",
            f"{polite['hosts']} hosts, a delay of {polite['delay_s']} s, {polite['workers']} workers: from the first",
            f"request to the last {polite['first_to_last_request_s']} s, {polite['wall_by_bound']} times the bound of",
            f"{polite['bound_s']} s (the delay times the requests of the busiest host). At the servers",
            f"{polite['gaps_kept']:.2%} of the gaps are at least 0.9 of the delay, and no host saw two at once.",
            "",
        ]
    )


def main() -> int:
    if "--check" in sys.argv[1:]:
        return 0 if PAGE.read_text("utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
