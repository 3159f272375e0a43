"""The rows of one body out of a database and into another, of either kind: what a backup holds of the history."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Date, select
from sqlalchemy.orm import Session

from auditor.history.engine import of_the_body
from auditor.history.tables import Base, Moment, RunRow
from auditor.history.troubles import HistoryError

_CLASSES = {mapper.local_table: mapper.class_ for mapper in Base.registry.mappers}
_TABLES: dict[str, type[Base]] = {table.name: _CLASSES[table] for table in Base.metadata.sorted_tables}
"""All that there are, what is referred to before what refers to it."""

_BATCH = 1_000


def rows_out(session: Session, body: str, path: Path) -> None:
    """One JSON object a row and line, runs before their findings; moments in UTC with their offset."""
    with path.open("w", encoding="utf-8") as file:
        for name, table in _TABLES.items():
            columns = table.__table__.columns
            query = select(table).where(columns["body"] == body).execution_options(yield_per=_BATCH)
            for row in session.scalars(query):
                cells = {column.name: getattr(row, column.name) for column in columns}
                file.write(json.dumps({"table": name, **cells}, ensure_ascii=False, default=_written) + "\n")


def rows_in(session: Session, body: str, path: Path) -> int:
    """Puts the rows into a history that has none of this body. How many. Raises HistoryError and OSError."""
    of_the_body(session.connection(), body)
    if session.scalars(select(RunRow.run).where(RunRow.body == body)).first() is not None:
        raise HistoryError(
            f"the database has runs of {body} already; restore into an empty one: nothing is overwritten"
        )
    count, before = 0, ""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            cells = json.loads(line)
            name = cells.pop("table")
            if name != before:
                session.flush()  # a finding's run is there before it
            table, before = _TABLES[name], name
            session.add(
                table(**{column: _read(table.__table__.columns[column], value) for column, value in cells.items()})
            )
            count += 1
            if count % _BATCH == 0:
                session.flush()
                session.expunge_all()
    return count


def _written(value: object) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def _read(column: ColumnElement[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Moment):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value
