"""Around a run: who is to be told gets told, also of a run that failed; never twice, never at the cost of the run."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from auditor import notify
from auditor.config import Config
from auditor.console.lines import err
from auditor.failures import EXIT_INCOMPLETE, exit_code
from auditor.read.personal import mask

if TYPE_CHECKING:
    from auditor.audit import Outcome


@contextlib.contextmanager
def telling(settings: Config, *, partial: bool) -> Iterator[Callable[[Outcome], None]]:
    """A run of --only is somebody's trial and is told to nobody, as is one that a person stopped."""

    def told(messages: tuple[notify.Message, ...], key: str) -> None:
        for line in notify.send(messages, settings.storage.data / "notified.json", key):
            err.print(line, style="yellow")

    def tell(outcome: Outcome) -> None:
        if not partial:
            told(notify.after_a_night(outcome, settings), outcome.judgement.run)

    try:
        yield tell
    except Exception as error:
        code, line = exit_code(error)
        line = mask(line)
        if code == EXIT_INCOMPLETE and not partial:
            with contextlib.suppress(OSError):
                told(notify.after_a_failure(line, settings), hashlib.sha256(line.encode()).hexdigest()[:16])
        raise
