"""A fleet's night on a terminal: a line a body as it ends, one now and then in between, a summary."""

from __future__ import annotations

import threading
import time
from dataclasses import asdict
from typing import Any

from auditor.console.lines import err, out, rounded, show_json
from auditor.fleet.run import FleetNight
from auditor.fleet.task import Result

_QUIET_SECONDS = 10.0
_WORDS = {"done": "done", "before": "done before", "failed": "FAILED", "interrupted": "stopped"}


class Progress:
    """Safe to tell from several threads."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._ended = 0
        self._pages = 0
        self._under_way: dict[str, int] = {}
        self._lock = threading.Lock()
        self._began = self._said = time.monotonic()

    def pages(self, code: str, count: int) -> None:
        with self._lock:
            self._under_way[code] = count
            if time.monotonic() - self._said > _QUIET_SECONDS:
                self._said = time.monotonic()
                err.print(f"  … {self._rate()}; under way: {', '.join(sorted(self._under_way)[:8])}")

    def ended(self, result: Result) -> None:
        with self._lock:
            self._ended += 1
            self._under_way.pop(result.code, None)
            self._pages += result.pages if result.state == "done" else 0
            self._said = time.monotonic()
            err.print(f"[{self._ended:>{len(str(self._total))}}/{self._total}] {line(result)}")

    def _rate(self) -> str:
        seconds = time.monotonic() - self._began
        pages = self._pages + sum(self._under_way.values())
        return f"{self._ended} of {self._total} bodies, {pages} pages, {pages / seconds:.1f} a second"


def line(result: Result) -> str:
    """`32.71 Kota Bogor: done, 41.2 to 63.0, run 20261124-01, 1500 pages, 812 s`."""
    named = " ".join(filter(None, (result.code, result.name)))
    parts = [_WORDS[result.state]]
    if result.low is not None and result.high is not None:
        parts.append(f"{result.low:.1f} to {result.high:.1f}")
    if result.run:
        parts += [f"run {result.run}", f"{result.pages} pages"]
    if result.attempts > 1:
        parts.append(f"{result.attempts} attempts")
    if result.resumed:
        parts.append("went on from an interrupted one")
    parts.append(f"{result.seconds:.0f} s")
    said = f"line {result.line}: {named}: {', '.join(parts)}"
    return f"{said}: {result.reason}" if result.reason else said


def summary(night: FleetNight, public: str, *, as_json: bool) -> None:
    for notice in night.notices:
        err.print(notice, style="yellow")
    counts = {state: sum(r.state == state for r in night.results) for state in _WORDS}
    if as_json:
        show_json({"night": night.night.key, "began": night.night.began, **counts, "notices": list(night.notices),
                   "bodies": [_row(result) for result in night.results]})  # fmt: skip
        return
    told = ", ".join(f"{count} {_WORDS[state]}" for state, count in counts.items() if count)
    out.print(f"Night {night.night.key}: {len(night.results)} bodies: {told}")
    for result in night.results:
        if not result.good:
            out.print(f"  {line(result)}")
    out.print(f"Report: {public}")


def _row(result: Result) -> dict[str, Any]:
    return {name: rounded(value) if isinstance(value, float) else value for name, value in asdict(result).items()}
