"""What the nights before said: runs, findings, documents and datasets in a database.

The database is a convenience over the evidence: everything a judgement needs of it is copied into the run's evidence
before judging (`prior`), so that a rescore never opens it.
"""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    Engine,
    Select,
    String,
    create_engine,
    delete,
    event,
    select,
    update,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column
from sqlalchemy.types import TypeDecorator

from auditor.model import Judgement, Prior, PriorFinding, RunSummary

BUSY_SECONDS = 10
USUAL_NIGHTS = 7
"""Nights whose page counts say what is usual for a site, and within which a flickering finding flickers."""

STALE_HOURS = 12
"""An unfinished run older than this is closed as unfinished instead of being resumed."""


class HistoryError(Exception):
    """The database cannot be used; one line that says what to do."""


class _Aware(TypeDecorator[datetime]):
    """SQLite gives naive times back: they are stored and returned in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=value.tzinfo or UTC) if value is not None else None


class _Table(DeclarativeBase):
    pass


class RunRow(_Table):
    """One audit. `state`: running, finished, failed (no site answered), unfinished (closed without an end)."""

    __tablename__ = "runs"
    body: Mapped[str] = mapped_column(String(16), primary_key=True)
    run: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(_Aware)
    asked_at: Mapped[str] = mapped_column(String(40), default="")
    only: Mapped[str] = mapped_column(String(120), default="")
    config: Mapped[str] = mapped_column(String(64))
    started: Mapped[datetime] = mapped_column(_Aware)
    finished: Mapped[datetime | None] = mapped_column(_Aware)
    state: Mapped[str] = mapped_column(String(12), default="running")
    catalogue: Mapped[str] = mapped_column(String(64), default="")
    auditor: Mapped[str] = mapped_column(String(32), default="")
    digest: Mapped[str] = mapped_column(String(64), default="")
    low: Mapped[float | None]
    observed: Mapped[float | None]
    high: Mapped[float | None]
    coverage: Mapped[float | None]
    band: Mapped[str | None] = mapped_column(String(40))
    pages: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    documents: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    datasets: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)


class FindingRow(_Table):
    __tablename__ = "findings"
    body: Mapped[str] = mapped_column(String(16), primary_key=True)
    run: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class RunKey:
    """What makes two starts the same audit: a run is resumed only under the same key."""

    body: str
    config: str
    asked_at: str
    only: str


class History:
    """Runs of all bodies. Every method is one transaction."""

    def __init__(self, url: str) -> None:
        try:
            self._engine = _engine(url)
            _Table.metadata.create_all(self._engine)
        except (SQLAlchemyError, OSError) as error:
            raise HistoryError(f"database {_shown(url)}: {_first_line(error)}; {_way_out(error)}") from None

    @contextlib.contextmanager
    def _session(self) -> Iterator[Session]:
        try:
            with Session(self._engine) as session, session.begin():
                yield session
        except SQLAlchemyError as error:
            raise HistoryError(f"database: {_first_line(error)}; {_way_out(error)}") from None

    # ---- a run's life

    def begin(self, key: RunKey, at: datetime, started: datetime) -> tuple[str, datetime, bool]:
        """(run id, its `at`, whether it is resumed). Unfinished runs that cannot be resumed are closed."""
        with self._session() as session:
            open_runs = session.scalars(_newest(key.body).where(RunRow.state == "running")).all()
            for row in open_runs:
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

    def finish(
        self,
        judgement: Judgement,
        finished: datetime,
        rows: Mapping[str, Sequence[dict[str, Any]]],
        *,
        answered: bool,
    ) -> None:
        """Keep a judged run. `rows`: `findings`, `documents`, `datasets` as they are published."""
        body, run = judgement.facts.body.code, judgement.run
        whole = judgement.score.whole
        pages = {s.site.id: len(s.pages) for s in judgement.facts.sites if s.visit.cause == "ok"}
        with self._session() as session:
            session.execute(delete(FindingRow).where(FindingRow.body == body, FindingRow.run == run))
            session.add_all(_finding_rows(judgement, rows["findings"]))
            session.execute(
                update(RunRow)
                .where(RunRow.body == body, RunRow.run == run)
                .values(
                    finished=finished,
                    state="finished" if answered else "failed",
                    catalogue=judgement.catalogue,
                    auditor=judgement.auditor,
                    digest=judgement.evidence_digest,
                    low=whole.low,
                    observed=whole.observed,
                    high=whole.high,
                    coverage=whole.coverage,
                    band=judgement.score.band,
                    pages=pages,
                    documents=list(rows["documents"]),
                    datasets=list(rows["datasets"]),
                )
            )

    # ---- what a judgement needs of earlier nights

    def prior(self, body: str, before: datetime, run: str) -> Prior:
        """Earlier whole nights as a judgement sees them; empty for a first night."""
        with self._session() as session:
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
                        select(FindingRow).where(FindingRow.body == body, FindingRow.run == night.run)
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

    # ---- looking back

    def runs(self, body: str | None = None) -> list[RunRow]:
        """All runs, newest first."""
        with self._session() as session:
            rows = session.scalars(_newest(body)).all()
            session.expunge_all()
            return list(rows)

    def run(self, body: str, run: str | None = None) -> RunRow:
        """One run, by default the latest judged one. Raises HistoryError when there is none."""
        query = _newest(body).where(RunRow.state.in_(("finished", "failed")))
        with self._session() as session:
            row = session.scalars(query.where(RunRow.run == run) if run else query).first()
            if row is None:
                known = f"no judged run {run!r}" if run else "no run has been judged yet"
                raise HistoryError(f"{known} for body {body}; `auditor runs` lists them, `auditor run` makes one")
            session.expunge_all()
            return row

    def judged(self, body: str) -> list[RunRow]:
        """Every judged run, oldest first."""
        return [row for row in reversed(self.runs(body)) if row.state in ("finished", "failed")]

    def findings(self, body: str, run: str) -> list[dict[str, Any]]:
        with self._session() as session:
            rows = session.scalars(
                select(FindingRow).where(FindingRow.body == body, FindingRow.run == run).order_by(FindingRow.id)
            )
            by_id = {row.id: row.document for row in rows}
        return sorted(by_id.values(), key=lambda f: (f["criterion"], f["subject"]))

    def told(self, body: str, run: str) -> dict[str, tuple[str, float, float]]:
        """Finding id -> (status, low, high) as that run said it."""
        return {f["id"]: (f["status"], f["low"], f["high"]) for f in self.findings(body, run)}

    def series(self, body: str) -> tuple[RunSummary, ...]:
        """Every whole, finished night, oldest first."""
        with self._session() as session:
            rows = session.scalars(_newest(body).where(RunRow.state == "finished", RunRow.only == "")).all()
            return tuple(_summary(row) for row in reversed(rows))


def _newest(body: str | None) -> Select[RunRow]:
    query = select(RunRow).order_by(RunRow.at.desc(), RunRow.started.desc(), RunRow.run.desc())
    return query.where(RunRow.body == body) if body else query


def _free_id(at: datetime, taken: set[str]) -> str:
    day = at.strftime("%Y%m%d")
    return next(name for name in (f"{day}-{n:02d}" for n in range(1, 10_000)) if name not in taken)


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
    missing = 0
    for row in rows:
        if row is None or row.reason != "site-vanished":
            break
        missing += 1
    statuses = [row.status for row in rows if row is not None]
    flips = sum(1 for a, b in itertools.pairwise(statuses) if a != b)
    return PriorFinding(status=newest.status, since=newest.since, missing=missing, changes=flips)


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


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(url)
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})

    @event.listens_for(engine, "connect")
    def _journal(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")

    return engine


def _shown(url: str) -> str:
    return make_url(url).render_as_string(hide_password=True)


def _first_line(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _way_out(error: Exception) -> str:
    if "disk" in str(error):
        return "is the disk full? free some space and run again: what is archived stays"
    return "check [storage] database and run again: what is archived stays"
