"""The log of the nights: JSON lines in `<data>/log/auditor.jsonl`, one event a line, for `jq` or a log collector.

Every line has `time` (UTC), `level`, `event`, `body` and, once it is known, `run`; what happened to an address has
`site`, `url` and `cause`. Numbers of people and passwords in addresses are masked. The file is rotated and bounded:
some 50 MB in all. A log that cannot be written never ends a run.
"""

from __future__ import annotations

import contextlib
import logging
import re
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING, Any

import structlog

from auditor.config import Config
from auditor.read.personal import mask

if TYPE_CHECKING:
    from auditor.audit import Outcome

Progress = Callable[[str, dict[str, Any]], None]

BYTES, KEPT = 5_000_000, 9
_LONGEST = 2_000
_SECRET = re.compile(r"(?<=://)[^/?#\s@]+@|(?<=[?&])((?:token|key|api_?key|password|secret)=)[^&#\s]+", re.IGNORECASE)


class Journal:
    """Writes events of one run. `run` is learnt from the event of that name."""

    def __init__(self, logger: Any) -> None:
        self._logger = logger

    def through(self, progress: Progress | None) -> Progress:
        """A progress that writes what matters and passes everything on."""

        def told(event: str, what: dict[str, Any]) -> None:
            self._take(event, what)
            if progress is not None:
                progress(event, what)

        return told

    def _take(self, event: str, what: Mapping[str, Any]) -> None:
        if event == "run":
            self._logger = self._logger.bind(run=what["run"])
            self._logger.info("run", **{name: value for name, value in what.items() if name != "run"})
        elif event == "page":
            if what.get("cause") != "ok":
                self._logger.info("page", site=what["site"], url=what["url"], cause=what["cause"])
        else:
            self._logger.info(event, **what)

    def ended(self, outcome: Outcome) -> None:
        """The end of a run that was judged: the interval, what crashed of ours, and where the report is."""
        whole = outcome.judgement.score.whole
        for crash in outcome.crashes:
            self._logger.error("crash", detail=crash)
        for notice in outcome.notices:
            self._logger.warning("notice", detail=notice)
        self._logger.info(
            "ended",
            low=round(whole.low, 4),
            high=round(whole.high, 4),
            coverage=round(whole.coverage, 4),
            answered=outcome.answered,
            resumed=outcome.resumed,
            report=str(outcome.report),
        )

    def failed(self, error: BaseException) -> None:
        self._logger.error("failed", error=type(error).__name__, detail=str(error))


@contextlib.contextmanager
def journal(config: Config) -> Iterator[Journal]:
    """The log of a run; what ends it early is written too and passes on."""
    handler = _open(config)
    kept = Journal(_logger(handler).bind(body=config.body.code))
    try:
        yield kept
    except BaseException as error:
        kept.failed(error)
        raise
    finally:
        handler.close()


class _Quiet(RotatingFileHandler):
    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A full disk is told by what the run itself cannot write."""


def _open(config: Config) -> logging.Handler:
    folder = config.storage.data / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _Quiet(folder / "auditor.jsonl", maxBytes=BYTES, backupCount=KEPT, encoding="utf-8")
    except OSError:
        return logging.NullHandler()


def _logger(handler: logging.Handler) -> Any:
    target = logging.Logger("auditor.journal")
    target.addHandler(handler)
    return structlog.wrap_logger(
        target,
        processors=[
            structlog.stdlib.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _masked,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _masked(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {name: _safe(value) if isinstance(value, str) else value for name, value in event.items()}


def _safe(text: str) -> str:
    return mask(
        _SECRET.sub(lambda found: f"{found[1] or ''}***" + ("" if found[1] else "@"), text[:_LONGEST]), phones=True
    )
