"""Executor `dask`: the bodies as tasks of a dask.distributed scheduler, on this machine or by its address.

A worker that dies gives its task back, and another one goes on from the evidence; one that kills its workers again and
again is reported failed. When the scheduler itself goes away, what had not ended is handed in again as soon as there is
one: a task is known by body and night, so that what ended meanwhile is not done twice.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from auditor.fleet.task import Result, Task, audit_body

if TYPE_CHECKING:
    from distributed import Client, Future

CONNECT_SECONDS = 10
SCHEDULER_AWAY_SECONDS = 300.0
"""So long a scheduler that went away is waited for."""

WATCH_SECONDS = 0.5
FETCH_SECONDS = 5.0


class NoScheduler(Exception):
    """No dask scheduler can be reached or started; one line that says what to do."""


def audited_by_dask(
    tasks: Sequence[Task], scheduler: str, workers: int, stop: threading.Event, patience: float = SCHEDULER_AWAY_SECONDS
) -> Iterator[Result]:
    """Results as they come. `scheduler`: its address; empty starts `workers` processes here. Raises NoScheduler when
    none could be reached for `patience` seconds before anything was done; later, what is left is reported failed."""
    _needed()
    with _cluster(scheduler, workers) as address:
        left = {task.key: task for task in tasks}
        while left and not stop.is_set():
            try:
                with closing(_client(address, patience, stop)) as client:
                    yield from _round(client, left, stop)
            except NoScheduler as error:
                if len(left) == len(tasks):
                    raise
                yield from (task.failed(f"{error}; the next fleet goes on with it") for task in left.values())
                return
    yield from (replace(task.failed("stopped before it ended"), state="interrupted") for task in left.values())


def _round(client: Client, left: dict[str, Task], stop: threading.Event) -> Iterator[Result]:
    """What ends under this scheduler; takes it from `left`. Ends early when the scheduler is gone."""
    futures = {key: client.submit(audit_body, task, key=key, pure=False) for key, task in left.items()}
    while futures and client.status == "running" and not stop.is_set():
        stop.wait(WATCH_SECONDS)
        for key in [key for key, future in futures.items() if future.done()]:
            try:
                result = _result(futures[key], left[key])
            except TimeoutError:
                continue  # on its way, or its worker died with it and another one is asked: looked at again
            except (CancelledError, OSError):
                return  # the scheduler lost it: all that is left is handed in again
            del futures[key], left[key]
            yield result
    if stop.is_set():
        client.cancel(list(futures.values()), force=True)


def _result(future: Future, task: Task) -> Result:
    """Raises TimeoutError where it is not here yet, CancelledError and OSError where the scheduler has lost it."""
    from distributed import KilledWorker

    try:
        made: Result = future.result(timeout=FETCH_SECONDS)
    except KilledWorker:
        return task.failed(
            "every worker that audited it died, perhaps for want of memory: give the workers more "
            "(--memory-limit of dask worker), or set a smaller max_pages; what is archived stays"
        )
    except (CancelledError, TimeoutError, OSError):
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        return task.failed(f"its worker could not do it: {what}; is the same auditor installed there?")
    return made


def _client(address: str, patience: float, stop: threading.Event) -> Client:
    from distributed import Client

    deadline = time.monotonic() + patience
    while True:
        try:
            return Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            if time.monotonic() > deadline or stop.is_set() or isinstance(error, ValueError):
                raise NoScheduler(
                    f"no dask scheduler answers at {address}; start `dask scheduler` there and `dask worker`, "
                    "or mend --scheduler"
                ) from None
        stop.wait(1.0)


def _cluster(scheduler: str, workers: int) -> AbstractContextManager[str]:
    return _Given(scheduler) if scheduler else _Here(workers)


class _Given(AbstractContextManager[str]):
    def __init__(self, address: str) -> None:
        self._address = address if "://" in address else f"tcp://{address}"

    def __enter__(self) -> str:
        return self._address

    def __exit__(self, *_: object) -> None:
        return None


class _Here(AbstractContextManager[str]):
    """A scheduler and worker processes on this machine, one body at a time in each."""

    def __init__(self, workers: int) -> None:
        self._workers = workers
        self._cluster: Any = None

    def __enter__(self) -> str:
        from distributed import LocalCluster

        self._cluster = LocalCluster(
            n_workers=self._workers,
            threads_per_worker=1,
            processes=True,
            host="127.0.0.1",
            dashboard_address=None,
            silence_logs=50,
        )
        return str(self._cluster.scheduler_address)

    def __exit__(self, *_: object) -> None:
        self._cluster.close()


def _needed() -> None:
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise NoScheduler(
            "dask.distributed is not installed; install it with `pip install 'transparency-auditor[fleet]'`, "
            "or leave --executor at local"
        ) from None
