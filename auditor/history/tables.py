"""The tables as the newest migration leaves them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, ForeignKeyConstraint, Index, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class Moment(TypeDecorator[datetime]):
    """A moment, stored in UTC and returned in UTC: SQLite gives naive times back."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC) if value is not None else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    pass


class RunRow(Base):
    """One audit. `state`: running, finished, failed (no site answered), unfinished (closed without an end)."""

    __tablename__ = "runs"
    __table_args__ = (Index("runs_by_time", "body", "at"),)
    body: Mapped[str] = mapped_column(String(16), primary_key=True)
    run: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    asked_at: Mapped[str] = mapped_column(String(40), default="")
    only: Mapped[str] = mapped_column(String(120), default="")
    config: Mapped[str] = mapped_column(String(64))
    started: Mapped[datetime] = mapped_column(Moment)
    finished: Mapped[datetime | None] = mapped_column(Moment)
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


class FindingRow(Base):
    """What one run said of one criterion and subject; `document` is the finding as published."""

    __tablename__ = "findings"
    __table_args__ = (
        ForeignKeyConstraint(["body", "run"], ["runs.body", "runs.run"], name="findings_of_a_run", ondelete="CASCADE"),
    )
    body: Mapped[str] = mapped_column(String(16), primary_key=True)
    run: Mapped[str] = mapped_column(String(32), primary_key=True)
    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(String(40))
    since: Mapped[date]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)


class AddressRow(Base):
    """How an address of a body stands after `night`, the last one that asked for it. `key`: a digest of the address."""

    __tablename__ = "addresses"
    body: Mapped[str] = mapped_column(String(16), primary_key=True)
    key: Mapped[str] = mapped_column(String(32), primary_key=True)
    url: Mapped[str] = mapped_column(Text)
    night: Mapped[date]
    first_failure: Mapped[date | None]
    last_success: Mapped[date | None]
    failures: Mapped[int]
