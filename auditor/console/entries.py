"""The catalogue's entries and the state of one table."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from auditor.console.lines import out, say, show_json, show_rows
from auditor.model import Basis, Catalogue, Criterion, Table


def criteria(catalogue: Catalogue, *, as_json: bool, lang: str) -> None:
    if as_json:
        show_json({"version": catalogue.version, "criteria": [_plain(c) for c in catalogue.criteria]})
        return
    shown = [
        {"id": c.id, "indicator": c.indicator, "weight": c.weight, "level": c.level, "question": say(c.question, lang)}
        for c in catalogue.criteria
    ]
    out.print(f"catalogue {catalogue.version}: {len(shown)} criteria")
    show_rows(shown, ("id", "indicator", "weight", "level", "question"), as_json=False)


def criterion(one: Criterion, *, as_json: bool, lang: str) -> None:
    if as_json:
        show_json(_plain(one))
        return
    out.print(f"{one.id}  {one.indicator}, weight {one.weight:g}, {one.level}, judge {one.judge}")
    for name in ("question", "why", "how", "limits"):
        out.print(f"{name:<10} {say(getattr(one, name), lang)}")
    for basis in one.basis:
        _basis(basis)
    for reason, text in one.remedies.items():
        out.print(f"{'remedy':<10} {reason}: {say(text, lang)}")


def _basis(basis: Basis) -> None:
    mark = "" if basis.verified else "  (belum diverifikasi / unverified)"
    out.print(f"{'basis':<10} {basis.article}{mark}  [{basis.source}]")


def table(checked: Table, basis: Sequence[Basis], *, as_json: bool, lang: str) -> None:
    """`basis`: where the rules of its schema were read."""
    if as_json:
        show_json({**_plain(checked), "basis": [_plain(one) for one in basis]})
        return
    out.print(f"schema {checked.schema}: {checked.rows} rows, {len(checked.columns)} columns, "
              f"newest period {checked.newest_period or '-'}, {checked.error_count} errors")  # fmt: skip
    for error in checked.errors:
        more = f" (+{error.more})" if error.more else ""
        row = "" if error.row is None else f"baris {error.row}" if lang == "id" else f"row {error.row}"
        place = ", ".join(part for part in (row, error.column) if part)
        out.print(f"  {place}: {say(error.message, lang)} [{error.value}]{more}")
    for one in basis:
        _basis(one)


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(asdict(value), default=str))
