"""One night of a fleet from start to end: lock, night, tasks, results, the page of all bodies."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from auditor.config import Config
from auditor.fleet.bodies import Entry, Fleet
from auditor.fleet.night import Clock, Night, remember, tonight
from auditor.fleet.task import Result, Task
from auditor.locks import lock, place_of

Executor = Callable[[Sequence[Task]], Iterator[Result]]
Told = Callable[[Result], None]

BODIES_A_PROCESSOR = 16
BODY_MB = 256
"""What the process of one body of 1,500 pages holds (benchmarks/fleet), with some room."""


class AnotherFleet(Exception):
    """Another `auditor fleet` works on the same bodies."""


@dataclass(frozen=True, slots=True)
class FleetNight:
    night: Night
    results: tuple[Result, ...]  # in the order of bodies.toml
    notices: tuple[str, ...]

    @property
    def good(self) -> bool:
        return all(result.good for result in self.results)


def audit_fleet(
    fleet: Fleet,
    execute: Executor,
    *,
    now: datetime,
    at: datetime | None = None,
    told: Told | None = None,
    stop: threading.Event | None = None,
) -> FleetNight:
    """Audits every body that this night has not finished. `now` is aware. Raises AnotherFleet, LockLost."""
    told = told or (lambda result: None)
    stop = stop or threading.Event()
    clock = Clock()
    with ExitStack() as held:
        for place in dict.fromkeys((str(fleet.state), *_databases(fleet))):
            _alone(held, place, fleet)
        night, odd = tonight(fleet.state, now, at)
        remember(fleet.state, replace(night, done=False))
        untried = [_untried(entry) for entry in fleet.bodies if entry.config is None]
        for result in untried:
            told(result)
        tried = []
        for result in execute([_task(fleet, entry, entry.config, night, at) for entry in fleet.bodies if entry.config]):
            tried.append(result)
            told(result)
        _front_page(fleet.public)
        done = all(result.good for result in tried)
        remember(fleet.state, replace(night, done=done and not stop.is_set()))
    notices = tuple(filter(None, (odd, clock.jumped())))
    return FleetNight(night, tuple(sorted((*untried, *tried), key=lambda r: r.line)), notices)


def workers_by_default() -> int:
    """A body mostly waits for its sites: many for each processor, as long as half of the memory holds them."""
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(1, min(BODIES_A_PROCESSOR * (os.cpu_count() or 1), memory // 2 // BODY_MB))


def _databases(fleet: Fleet) -> list[str]:
    """Databases that several machines share."""
    urls = {e.config.storage.database for e in fleet.bodies if e.config}
    return sorted(url for url in urls if url.startswith("postgresql"))


def _alone(held: ExitStack, place: str, fleet: Fleet) -> None:
    one = lock(place, f"fleet {fleet.public.resolve()}")
    if not one.take():
        raise AnotherFleet(
            f"another `auditor fleet` works on {fleet.path}; wait until it has ended: "
            "what it finishes is not done twice"
        )
    held.callback(one.release)


def _untried(entry: Entry) -> Result:
    return Result(entry.code, entry.name, entry.line, "failed", reason=entry.trouble, attempts=0)


def _task(fleet: Fleet, entry: Entry, config: Config, night: Night, at: datetime | None) -> Task:
    locks = place_of(config.storage.database, fleet.state / "locks")
    return Task(config, entry.line, night.key, at, locks, entry.own, entry.memory_mb)


def _front_page(public: Path) -> None:
    """Written at the end only: each worker's would cost the ranks of all bodies, and not know the others' latest."""
    from auditor.publish import publish_front

    publish_front(public)
