"""`python -m benchmarks.second_night [--pages N]`: two nights of the bench city, compared with what they could cost
least and with a second night that knows nothing of the first; writes results.json beside it."""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from auditor.evidence.source import Evidence
from auditor.model import Capture
from benchmarks.second_night.city import configured, generate, serving

RESULTS = Path(__file__).with_name("results.json")
FULL = 2_000
LIMITS = {"bytes": 1.05, "cpu": 1.5}
NIGHTS = ("2026-11-02T01:00:00+07:00", "2026-11-03T01:00:00+07:00")
_OF_THE_NIGHT = frozenset(("at", "seen_at", "captured", "warc", "offset", "capture", "archived", "evidence"))


def child(module: str, *arguments: str | Path) -> dict[str, Any]:
    command = [sys.executable, "-m", f"benchmarks.second_night.{module}", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def validators(capture: Capture | None) -> dict[str, str]:
    """What a client that kept the first night's headers sends."""
    if capture is None or capture.cause != "ok":
        return {}
    sent = {"If-None-Match": capture.header("etag"), "If-Modified-Since": capture.header("last-modified")}
    return {name: value for name, value in sent.items() if value}


def questions(first: Evidence, second: Evidence) -> list[tuple[str, dict[str, str]]]:
    """Every request of the second night in its order, as a bare client would make it."""
    before = {capture.url: capture for capture in first.captures()}
    asked = sorted((c for c in second.attempts() if c.status is not None), key=lambda c: c.at)
    return [(capture.url, validators(before.get(capture.url))) for capture in asked]


def told(night: dict[str, Any]) -> dict[str, Any]:
    """The findings, without the times of the requests."""
    return {one["id"]: _timeless(one) for one in night["findings"]}


def _timeless(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _timeless(item) for key, item in value.items() if key not in _OF_THE_NIGHT}
    return [_timeless(item) for item in value] if isinstance(value, list) else value


def measure(pages: int, place: Path) -> dict[str, Any]:
    city, known, anew = place / "city", place / "known", place / "anew"
    generate(city, pages)
    config = configured(place, city)
    with serving(city) as server:
        with server.counted() as first_served:
            first = child("night", config, NIGHTS[0], known, "1")
        server.night(2)
        with server.counted() as served:
            second = child("night", config, NIGHTS[1], known, "2", "1")
        evidence = [Evidence(known / "evidence" / run) for run in ("1", "2")]
        asked = place / "asked.json"
        asked.write_text(json.dumps(questions(*evidence)), encoding="utf-8")
        with server.counted() as least_served:
            least = child("bare", asked)
        with server.counted() as anew_served:
            scratch = child("night", config, NIGHTS[1], anew, "2")  # no earlier night to ask about, nothing read
    findings, expected = told(second), told(scratch)
    differing = sorted(key for key in findings.keys() | expected.keys() if findings.get(key) != expected.get(key))
    captures = evidence[1].captures()
    return {
        "measured": date.today().isoformat(),
        "python": platform.python_version(),
        "pages": pages,
        "first_night": _served(first, first_served),
        "second_night": _served(second, served),
        "bare_requests": _served(least, least_served),
        "second_night_from_scratch": _served(scratch, anew_served),
        "unchanged": sum(capture.unchanged_since is not None for capture in captures),
        "ratios": {
            "bytes": round(served["bytes"] / least_served["bytes"], 4),
            "cpu": round(second["cpu"] / least["cpu"], 3),
            "requests": round(served["req"] / least_served["req"], 4),
        },
        "limits": LIMITS,
        "findings": {"compared": len(expected), "differing": differing},
    }


def _served(spent: dict[str, Any], served: dict[str, Any]) -> dict[str, Any]:
    figures = {name: round(spent[name], 2) for name in ("cpu", "wall", "rss_mb") if name in spent}
    return {**figures, "requests": served["req"], "bytes": served["bytes"], "not_modified": served["s304"]}


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=FULL)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        results = measure(asked.pages, Path(place))
    print(json.dumps(results, indent=1))
    if asked.pages == FULL:
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    ratios = results["ratios"]
    missed = [name for name, limit in LIMITS.items() if ratios[name] > limit]
    return 1 if missed or results["findings"]["differing"] else 0


if __name__ == "__main__":
    sys.exit(main())
