"""One night in a process of its own: collected, judged, and what the collection cost. Prints JSON.

Measured is all of the collection and nothing else: opening tonight's archive and the index of the night before,
frontier, links, requests, WARC, the index at the end. Not the start of the interpreter, nor the judgement.

    night.py CONFIG AT DATA RUN [EARLIER RUN]
"""

from __future__ import annotations

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from auditor.collect.crawl import collect
from auditor.config import Config, load
from auditor.evidence.store import EvidenceWriter
from auditor.facts_cache import FactsCache
from auditor.judged import judge_evidence, prior_to_json
from auditor.model import Prior
from checks.catalogue import load as load_catalogue
from checks.interest import interest
from reports.findings_json import findings_json


def collected(config: Config, data: Path, run: str, earlier: list[str]) -> dict[str, float]:
    cpu, wall = process_time(), perf_counter()
    folder = data / "evidence" / run
    writer = EvidenceWriter(folder, [data / "evidence" / one for one in earlier])
    memory = FactsCache(data / "cache")
    collect(config.sites, config.network, writer, interest=interest, memory=memory)
    writer.close()
    rss = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"cpu": process_time() - cpu, "wall": perf_counter() - wall, "rss_mb": rss}


def judged(config: Config, data: Path, run: str, at: str) -> list[dict[str, Any]]:
    """The findings as they are published."""
    folder = data / "evidence" / run
    writer = EvidenceWriter(folder)
    kept = {name: config.source[name] for name in ("body", "sites", "network")}
    told = {"run": run, "at": at, "config": kept, "only": [], "auditor": "0", "prior": prior_to_json(Prior())}
    writer.record("run", {**told, "told": {}, "prior_catalogue": None, "settled": [], "answers": []})
    writer.close()
    night = judge_evidence(folder, load_catalogue(), memory=FactsCache(data / "cache"))
    findings: list[dict[str, Any]] = json.loads(findings_json(night.judgement))
    return findings


def main(path: str, at: str, data: str, run: str, *earlier: str) -> None:
    config, place = load(Path(path)), Path(data)
    spent = collected(config, place, run, list(earlier))
    print(json.dumps({**spent, "findings": judged(config, place, run, datetime.fromisoformat(at).isoformat())}))


if __name__ == "__main__":
    main(*sys.argv[1:])
