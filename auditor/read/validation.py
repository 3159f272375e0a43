"""A table against a pandera schema -> faults with row, column, value and rule.

pandas is imported only where it is used: in the sandbox's worker and in `auditor check-table`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from auditor.model import TableError, Text
from auditor.read.numbers import Style, column_style
from auditor.read.personal import mask
from auditor.read.rows import RawTable, file_row
from auditor.read.schema import Schemas, TableContext, TableSchema

SHOWN = 5
"""Faults of one rule in one column that are named; the rest is counted."""

RAGGED = Text(
    "Baris ini berisi {found} sel, padahal judul kolom ada {wanted}.",
    "This row has {found} cells, but the header has {wanted}.",
)
_UNKNOWN = Text("Isi kolom tidak sesuai aturan {rule}.", "The cell breaks the rule {rule}.")
_CELL = 120
_SAMPLE = 3_000
"""Different cells of a column that tell how it writes decimals."""


def validate(
    table: RawTable, schemas: Schemas, at: date, wanted: str | None
) -> tuple[TableSchema, list[TableError], int]:
    """`(schema, faults, number of all faults)`. Raises ValueError for a schema that there is not."""
    names = unique(table.columns)
    schema = schemas.choose(names, wanted)
    errors, count = _ragged(table)
    frame = _frame(table, names)
    context = TableContext(at, styles(table, names))
    shown, total = _named(_broken(schema.build(names, context), frame), table, names, schema)
    return schema, [*errors, *shown], count + total


def unique(columns: Sequence[str]) -> list[str]:
    """Column names made distinct, an empty one called `kolom 3`."""
    seen: Counter[str] = Counter()
    names = []
    for number, column in enumerate(columns, 1):
        name = column or f"kolom {number}"
        seen[name] += 1
        names.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return names


def styles(table: RawTable, names: Sequence[str]) -> dict[str, Style]:
    """How each column writes decimals; a spreadsheet's own figures always come with a dot."""
    if table.sheet or (not table.delimiter and not table.sheet):
        return dict.fromkeys(names, "en")
    samples = [column.values[:_SAMPLE] for column in table.cells]
    own = {name: column_style(sample) for name, sample in zip(names, samples, strict=True)}
    # A file is written by one programme: a column without decimals follows the others.
    if "en" in own.values() and not any(_with_comma(sample, own[n]) for n, sample in zip(names, samples, strict=True)):
        return dict.fromkeys(names, "en")
    return own


def _with_comma(sample: Sequence[str], style: Style) -> bool:
    return style == "id" and any("," in value and value.strip()[:1].isdigit() for value in sample)


def _frame(table: RawTable, names: list[str]) -> Any:
    """A frame of categories: a rule asks each different cell once, and a row costs what its code costs."""
    import pandas  # type: ignore[import-untyped]

    return pandas.DataFrame(
        {
            name: pandas.Categorical.from_codes(column.codes, pandas.Index(column.values, dtype=object))
            for name, column in zip(names, table.cells, strict=True)
        }
    )


def _broken(schema: Any, frame: Any) -> Iterator[tuple[str, str, Any]]:
    """`(column, code, rows)` of every rule that does not hold; `rows` is None for one that no row is to blame for.

    The rules are asked one by one: pandera's own report of a rule that a million rows break holds each of their cells.
    """
    for name, column in schema.columns.items():
        if name in frame:
            for check in column.checks:
                yield from _asked(check, frame[name], name)
    for check in schema.checks:
        yield from _asked(check, frame, "")


def _asked(check: Any, cells: Any, column: str) -> Iterator[tuple[str, str, Any]]:
    import numpy as np

    held = check(cells).check_output
    if isinstance(held, bool | np.bool_):
        if not held:
            yield column, check.error, None
        return
    rows = np.flatnonzero(~held.to_numpy(dtype=bool))
    if len(rows):
        yield column, check.error, rows


def _named(
    faults: Iterable[tuple[str, str, Any]], table: RawTable, names: list[str], schema: TableSchema
) -> tuple[list[TableError], int]:
    import numpy as np

    groups: dict[tuple[str, str], Any] = {}
    for column, code, rows in faults:
        # A rule over a whole row is said once, however many of its columns were compared.
        place = ("" if code in schema.row_rules else column, code)
        known = groups.get(place)
        groups[place] = rows if known is None or rows is None else np.union1d(known, rows)
    errors, count = [], 0
    for (column, code), rows in sorted(groups.items(), key=lambda group: group[0]):
        message = schema.messages.get(code, _UNKNOWN)
        found = 1 if rows is None else len(rows)
        count += found
        for number, index in enumerate([None] if rows is None else rows[:SHOWN].tolist()):
            value = _cell(table.cells[names.index(column)][index]) if column and index is not None else ""
            said = message.fill(rule=code, value=value, column=column)
            more = found - SHOWN if number == SHOWN - 1 else 0
            row = file_row(table, index) if index is not None else None
            errors.append(TableError(row, column, value, code, said, more))
    return errors, count


def _ragged(table: RawTable) -> tuple[list[TableError], int]:
    wanted = len(table.columns)
    shown = table.ragged[:SHOWN]
    errors = [
        TableError(
            row,
            "",
            str(found),
            "jumlah-sel",
            RAGGED.fill(found=found, wanted=wanted),
            table.ragged_count - SHOWN if number == SHOWN - 1 and table.ragged_count > SHOWN else 0,
        )
        for number, (row, found) in enumerate(shown)
    ]
    return errors, table.ragged_count


def _cell(value: str) -> str:
    return mask(value, phones=True)[:_CELL]
