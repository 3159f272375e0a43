"""A fixed number of workers that take tasks from the frontier until nothing is left, somebody stops, or one breaks."""

from __future__ import annotations

import threading
from collections.abc import Callable

from auditor.collect.frontier import Frontier, Task
from auditor.collect.gate import Stopped
from auditor.collect.outage import NetworkGone
from auditor.evidence.errors import EvidenceError


class Pool:
    """`do` one task; `hurt` is told what went wrong in our own code over it; `ended` is called with each site of which
    nothing is left, by one worker only."""

    def __init__(
        self,
        frontier: Frontier,
        stop: threading.Event,
        *,
        do: Callable[[Task], None],
        hurt: Callable[[Task, Exception], None],
        ended: Callable[[str], None],
    ) -> None:
        self._frontier = frontier
        self._stop = stop
        self._do = do
        self._hurt = hurt
        self._ended = ended
        self._broken: BaseException | None = None

    def run(self, number: int) -> None:
        """Works to the end. Raises what broke a worker; KeyboardInterrupt stops the others first."""
        workers = [threading.Thread(target=self._work, name=f"collect-{n}") for n in range(number)]
        try:
            for worker in workers:
                worker.start()
            for worker in workers:
                while worker.is_alive():
                    worker.join(0.2)
        except KeyboardInterrupt:
            self._stop.set()
            raise
        finally:
            for worker in workers:
                if worker.ident is not None:
                    worker.join()
        if self._broken is not None:
            raise self._broken

    def _work(self) -> None:
        while (task := self._frontier.take()) is not None:
            try:
                self._do(task)
            except Stopped:
                return
            except (EvidenceError, NetworkGone) as error:
                self._break(error)
                return
            except Exception as error:  # rule 5: nothing from outside ends a run
                self._hurt(task, error)
            try:
                if self._frontier.done(task):
                    self._ended(task.site)
            except Stopped:
                return
            except BaseException as error:
                self._break(error)
                return

    def _break(self, error: BaseException) -> None:
        self._broken = self._broken or error
        self._stop.set()
