"""The auditor as a crawler of the city: `python -m benchmarks.crawl.passes links|full SEEDS FOLDER RESULT [WORKERS]`.

`links`: every page fetched, its links taken, everything archived. `full`: then everything read, documents opened.
SEEDS is a file of front pages, one a line; RESULT gets what was found broken, as JSON, and the peak of collecting.
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import UTC, datetime
from pathlib import Path

from auditor.collect.crawl import collect
from auditor.config import Network
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.model import Body, Site
from auditor.read.facts import read_evidence
from benchmarks.crawl.city import name
from checks.interest import interest

BODY = Body("99.71", "Kota Contoh", "kota", timezone="Asia/Jakarta", units=())
ROLES = {"ppid": "ppid", "data": "portal", "covid19": "covid"}


def sites(seeds: list[str]) -> list[Site]:
    return [
        Site(name(n), ROLES.get(name(n), "website"), url, name(n), max_pages=1_000_000)  # type: ignore[arg-type]
        for n, url in enumerate(seeds)
    ]


def _read(folder: Path, chosen: list[Site]) -> tuple[int, int]:
    """How many pages and documents were read."""
    facts = read_evidence(Evidence(folder), BODY, chosen, datetime.now(UTC))
    return sum(len(site.pages) for site in facts.sites), sum(len(site.documents) for site in facts.sites)


def main(what: str, seeds: Path, folder: Path, result: Path, workers: int = 2, delay: float = 0.0) -> None:
    network = Network(
        delay_seconds=delay, timeout_seconds=20, retries=0, workers=workers, allow_private=("127.0.0.0/8",)
    )
    chosen = sites(seeds.read_text("utf-8").split())
    writer = EvidenceWriter(folder)
    try:
        collect(chosen, network, writer, interest=interest)
    finally:
        writer.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    pages, documents = _read(folder, chosen) if what == "full" else (0, 0)
    told = {"collecting_peak_mb": peak, "pages_read": pages, "documents_read": documents}
    result.write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    main(arguments[0], *map(Path, arguments[1:4]), *(map(int, arguments[4:5])), *(map(float, arguments[5:6])))  # type: ignore[arg-type]
