"""Runs and findings kept and looked back at: each step is one transaction, tried again while its trouble may pass."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

from sqlalchemy import Select, delete, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, defer

from auditor.addresses import Record
from auditor.history import addresses
from auditor.history.copying import rows_in, rows_out
from auditor.history.engine import BUSY_SECONDS, WRITES, of_the_body, open_engine
from auditor.history.schema import bring_up
from auditor.history.tables import FindingRow, RunRow
from auditor.history.troubles import HistoryError, explained, passing
from auditor.model import Judgement, Prior, PriorFinding, RunSummary

T = TypeVar("T")

USUAL_NIGHTS = 7
"""Nights whose page counts say what is usual for a site, and within which a flickering finding flickers."""

STALE_HOURS = 12
"""An unfinished run older than this is closed as unfinished instead of being resumed."""

FIRST_PAUSE, LONGEST_PAUSE = 0.1, 5.0
"""Seconds between two tries at a database that is locked or away."""


@dataclass(frozen=True, slots=True)
class RunKey:
    """What makes two starts the same audit: a run is resumed only under the same key."""

    body: str
    config: str
    asked_at: str
    only: str


class History:
    """Runs of all bodies. Every method is one transaction."""

    def __init__(self, url: str, wait_seconds: float = BUSY_SECONDS) -> None:
        """`wait_seconds`: how long a locked or absent database is waited for. Raises HistoryError."""
        self._url = url
        self._wait = wait_seconds
        try:
            self._engine = open_engine(url, min(wait_seconds, BUSY_SECONDS))
        except (SQLAlchemyError, ImportError, OSError, ValueError) as error:
            raise explained(url, error) from None
        self._patiently(lambda: bring_up(self._engine, url))

    def _patiently(self, work: Callable[[], T]) -> T:
        """Does `work`, again while what hinders it may pass by itself. Work is one transaction: half of it is none."""
        deadline = time.monotonic() + self._wait
        pause = FIRST_PAUSE
        while True:
            try:
                return work()
            except (SQLAlchemyError, OSError) as error:
                if not passing(error) or time.monotonic() + pause > deadline:
                    raise explained(self._url, error) from None
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _reading(self, work: Callable[[Session], T]) -> T:
        return self._patiently(lambda: self._once(work, {}))

    def _writing(self, work: Callable[[Session], T]) -> T:
        return self._patiently(lambda: self._once(work, WRITES))

    def _once(self, work: Callable[[Session], T], options: dict[str, Any]) -> T:
        with Session(self._engine.execution_options(**options), expire_on_commit=False) as session, session.begin():
            return work(session)

    # ---- a run's life

    def begin(self, key: RunKey, at: datetime, started: datetime) -> tuple[str, datetime, bool]:
        """(run id, its `at`, whether it is resumed). Unfinished runs that cannot be resumed are closed.

        Begun twice by two processes, the same run is one run.
        """

        def begun(session: Session) -> tuple[str, datetime, bool]:
            of_the_body(session.connection(), key.body)
            for row in session.scalars(_newest(key.body).where(RunRow.state == "running")).all():
                fresh = started - row.started < timedelta(hours=STALE_HOURS)
                if fresh and (row.config, row.asked_at, row.only) == (key.config, key.asked_at, key.only):
                    return row.run, row.at, True
                row.state = "unfinished"
            taken = set(session.scalars(select(RunRow.run).where(RunRow.body == key.body)))
            run = _free_id(at, taken)
            session.add(
                RunRow(
                    body=key.body, run=run, at=at, asked_at=key.asked_at, only=key.only, config=key.config,
                    started=started,
                )
            )  # fmt: skip
            return run, at, False

        return self._writing(begun)

    def finish(
        self,
        judgement: Judgement,
        finished: datetime,
        rows: Mapping[str, Sequence[dict[str, Any]]],
        *,
        answered: bool,
    ) -> None:
        """Keep a judged run, once, however often it is said. `rows`: `findings`, `documents`, `datasets` as published.

        A run that the database has lost meanwhile (another one was put in its place) is kept all the same.
        """
        body, run = judgement.facts.body.code, judgement.run

        def kept(session: Session) -> None:
            of_the_body(session.connection(), body)
            row = session.get(RunRow, (body, run))
            if row is None:
                row = RunRow(
                    body=body, run=run, at=judgement.facts.at, only=",".join(judgement.partial), config="",
                    started=finished,
                )  # fmt: skip
                session.add(row)
            _fill(row, judgement, rows, "finished" if answered else "failed", finished)
            session.flush()
            session.execute(delete(FindingRow).where(FindingRow.body == body, FindingRow.run == run))
            session.add_all(_finding_rows(judgement, rows["findings"]))
            addresses.keep(session, judgement)

        self._writing(kept)

    # ---- what a judgement needs of earlier nights

    def prior(self, body: str, before: datetime, run: str) -> Prior:
        """Earlier whole nights as a judgement sees them; empty for a first night."""

        def seen(session: Session) -> Prior:
            nights = session.scalars(
                _newest(body)
                .where(RunRow.state == "finished", RunRow.only == "", RunRow.run != run, RunRow.at <= before)
                .limit(USUAL_NIGHTS)
            ).all()
            if not nights:
                return Prior()
            told = {
                night.run: {
                    row.id: row
                    for row in session.scalars(
                        select(FindingRow)
                        .where(FindingRow.body == body, FindingRow.run == night.run)
                        .options(defer(FindingRow.document))
                    )
                }
                for night in nights
            }
            return Prior(
                run=nights[0].run,
                at=nights[0].at.date(),
                findings={key: _prior_finding(key, nights, told) for key in told[nights[0].run]},
                pages=_usual_pages(nights),
            )

        return self._reading(seen)

    def addresses(self, body: str, urls: Iterable[str], night: date) -> dict[str, Record]:
        """How addresses stood before that night; those that no earlier night asked for are left out."""
        wanted = tuple(urls)
        return self._reading(lambda session: addresses.before(session, body, wanted, night))

    # ---- looking back

    def runs(self, body: str | None = None) -> list[RunRow]:
        """All runs, newest first, without their documents and datasets (`run` gives those)."""
        return self._reading(lambda session: list(session.scalars(_newest(body)).all()))

    def run(self, body: str, run: str | None = None) -> RunRow:
        """One run, by default the latest judged one. Raises HistoryError when there is none."""
        query = _newest(body, whole_rows=True).where(RunRow.state.in_(("finished", "failed")))
        row = self._reading(lambda session: session.scalars(query.where(RunRow.run == run) if run else query).first())
        if row is None:
            known = f"no judged run {run!r}" if run else "no run has been judged yet"
            raise HistoryError(f"{known} for body {body}; `auditor runs` lists them, `auditor run` makes one")
        return row

    def judged(self, body: str) -> list[RunRow]:
        """Every judged run, oldest first."""
        return [row for row in reversed(self.runs(body)) if row.state in ("finished", "failed")]

    def findings(self, body: str, run: str) -> list[dict[str, Any]]:
        """The findings of a run as they were published."""
        query = select(FindingRow.document).where(FindingRow.body == body, FindingRow.run == run)
        documents = self._reading(lambda session: session.scalars(query).all())
        return sorted(documents, key=lambda f: (f["criterion"], f["subject"], f["id"]))

    def told(self, body: str, run: str) -> dict[str, tuple[str, float, float]]:
        """Finding id -> (status, low, high) as that run said it."""
        return {f["id"]: (f["status"], f["low"], f["high"]) for f in self.findings(body, run)}

    # ---- backup

    def copy_out(self, body: str, path: Path) -> None:
        """Writes every row of a body, all as of one moment, as lines of JSON. Raises HistoryError and OSError."""
        self._reading(lambda session: rows_out(session, body, path))

    def copy_in(self, body: str, path: Path) -> int:
        """Puts such lines into a history without runs of this body, all or none; how many. Raises HistoryError."""
        return self._writing(lambda session: rows_in(session, body, path))

    def series(self, body: str) -> tuple[RunSummary, ...]:
        """Every whole, finished night, oldest first."""
        query = _newest(body).where(RunRow.state == "finished", RunRow.only == "")
        return tuple(_summary(row) for row in reversed(self._reading(lambda session: session.scalars(query).all())))


def _newest(body: str | None, *, whole_rows: bool = False) -> Select[RunRow]:
    query = select(RunRow).order_by(RunRow.at.desc(), RunRow.started.desc(), RunRow.run.desc())
    if not whole_rows:
        query = query.options(defer(RunRow.documents), defer(RunRow.datasets))
    return query.where(RunRow.body == body) if body else query


def _free_id(at: datetime, taken: set[str]) -> str:
    day = at.strftime("%Y%m%d")
    return next(name for name in (f"{day}-{n:02d}" for n in range(1, 10_000)) if name not in taken)


def _fill(
    row: RunRow,
    judgement: Judgement,
    rows: Mapping[str, Sequence[dict[str, Any]]],
    state: str,
    finished: datetime,
) -> None:
    whole = judgement.score.whole
    row.finished, row.state = finished, state
    row.catalogue, row.auditor, row.digest = judgement.catalogue, judgement.auditor, judgement.evidence_digest
    row.low, row.observed, row.high, row.coverage = whole.low, whole.observed, whole.high, whole.coverage
    row.band = judgement.score.band
    row.pages = {s.site.id: len(s.pages) for s in judgement.facts.sites if s.visit.cause == "ok"}
    row.documents, row.datasets = list(rows["documents"]), list(rows["datasets"])


def _finding_rows(judgement: Judgement, documents: Iterable[dict[str, Any]]) -> Iterator[FindingRow]:
    shown = {document["id"]: document for document in documents}
    for finding in judgement.findings:
        yield FindingRow(
            body=judgement.facts.body.code,
            run=judgement.run,
            id=finding.id,
            status=finding.status.value,
            reason=finding.verdict.reason,
            since=finding.since,
            document=shown[finding.id],
        )


def _prior_finding(key: str, nights: Sequence[RunRow], told: Mapping[str, Mapping[str, FindingRow]]) -> PriorFinding:
    rows = [told[night.run].get(key) for night in nights]
    newest = rows[0]
    if newest is None:
        raise HistoryError(f"finding {key} is not of the newest night; this is a defect, please report it")
    missing, seen = 0, ""
    for row in rows:
        if row is not None and row.status != "unknown":
            seen = row.status
            break
        missing += row is not None and row.reason == "site-vanished"
    # Under another catalogue another thing was asked: what differs from there is no flicker of the city.
    same = itertools.takewhile(lambda pair: pair[0].catalogue == nights[0].catalogue, zip(nights, rows, strict=True))
    statuses = [row.status for _, row in same if row is not None]
    flips = sum(1 for a, b in itertools.pairwise(statuses) if a != b)
    return PriorFinding(status=newest.status, since=newest.since, missing=missing, changes=flips, seen=seen)


def _usual_pages(nights: Sequence[RunRow]) -> dict[str, int]:
    counts: dict[str, list[int]] = {}
    for night in nights:
        for site, pages in night.pages.items():
            counts.setdefault(site, []).append(pages)
    return {site: int(median(pages)) for site, pages in sorted(counts.items())}


def _summary(row: RunRow) -> RunSummary:
    return RunSummary(
        run=row.run,
        at=row.at,
        low=row.low or 0.0,
        observed=row.observed,
        high=row.high if row.high is not None else 100.0,
        coverage=row.coverage or 0.0,
        band=row.band,
        catalogue=row.catalogue,
        auditor=row.auditor,
        digest=row.digest,
    )
