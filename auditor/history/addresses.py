"""The addresses of a body over the nights, in the database: one row an address, its standing after its last night."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from auditor.addresses import Record, outcomes
from auditor.history.tables import AddressRow
from auditor.model import Judgement

_AT_ONCE = 500
"""Keys in one query: SQLite takes a limited number of parameters."""


def keep(session: Session, judgement: Judgement) -> None:
    """Adds a judged night, once, however often it is said; a night older than the one that is kept changes nothing."""
    body, night = judgement.facts.body.code, judgement.facts.at.date()
    tonight = outcomes(c for site in judgement.facts.sites for c in site.captures)
    rows = _rows(session, body, tonight)
    for url, failed in tonight.items():
        row = rows.get(url)
        if row is None:
            row = AddressRow(body=body, key=_key(url), url=url, night=night, failures=0)
            session.add(row)
        elif row.night >= night:
            continue
        after = Record(row.first_failure, row.last_success, row.failures or 0).after(failed, night)
        row.night, row.first_failure, row.last_success = night, after.first_failure, after.last_success
        row.failures = after.failures


def before(session: Session, body: str, urls: Iterable[str], night: date) -> dict[str, Record]:
    """How addresses stood before a night; those that no earlier night asked for are left out."""
    found = {}
    for url, row in _rows(session, body, urls).items():
        record = Record(row.first_failure, row.last_success, row.failures)
        if row.night == night and record.failures:  # this night was judged before: it is taken back
            first = record.first_failure if record.failures > 1 else None
            record = replace(record, first_failure=first, failures=record.failures - 1)
        if row.night <= night and (record.failures or record.last_success):
            found[url] = record
    return found


def _rows(session: Session, body: str, urls: Iterable[str]) -> dict[str, AddressRow]:
    keys = [_key(url) for url in urls]
    found = {}
    for start in range(0, len(keys), _AT_ONCE):
        query = select(AddressRow).where(AddressRow.body == body, AddressRow.key.in_(keys[start : start + _AT_ONCE]))
        found.update({row.url: row for row in session.scalars(query)})
    return found


def _key(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()[:32]
