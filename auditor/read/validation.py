"""A table against a pandera schema -> faults with row, column, value and rule.

pandas is imported only where it is used: in the sandbox's worker and in `auditor check-table`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
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


def validate(
    table: RawTable, schemas: Schemas, at: date, wanted: str | None
) -> tuple[TableSchema, list[TableError], int]:
    """`(schema, faults, number of all faults)`. Raises ValueError for a schema that there is not."""
    names = unique(table.columns)
    schema = schemas.choose(names, wanted)
    errors, count = _ragged(table)
    frame = _frame(table, names)
    context = TableContext(at, styles(table, names))
    faults = _failures(schema.build(names, context), frame)
    shown, total = _named(faults, table, schema)
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
    sample = table.rows[:3_000]
    own = {name: column_style(row[number] for row in sample) for number, name in enumerate(names)}
    if "en" in own.values():
        # A file is written by one programme: a column without decimals follows the others.
        clear = Counter(own.values())
        if not any(_leaves_doubt(sample, number, "id") for number in range(len(names))) and clear["en"]:
            return dict.fromkeys(names, "en")
    return own


def _leaves_doubt(rows: Sequence[Sequence[str]], number: int, style: Style) -> bool:
    return any("," in row[number] and row[number].strip()[:1].isdigit() for row in rows) and (
        column_style(row[number] for row in rows) == style
    )


def _frame(table: RawTable, names: list[str]) -> Any:
    import pandas  # type: ignore[import-untyped]

    if not table.rows:
        return pandas.DataFrame([], columns=names, dtype=object)
    # Column by column: pandas takes three times as long over a list of rows.
    columns = [pandas.Series(cells, dtype=object) for cells in zip(*table.rows, strict=True)]
    frame = pandas.concat(columns, axis=1)
    frame.columns = names
    return frame


def _failures(schema: Any, frame: Any) -> list[tuple[int | None, str, str, str]]:
    """`(index, column, value, code)` of every failure."""
    import pandera.errors

    try:
        schema.validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as caught:
        cases = caught.failure_cases
        return [
            (None, str(column or ""), "", str(code))
            if index is None or index != index
            else (int(index), str(column or ""), _cell(value), str(code))
            for index, column, value, code in zip(
                cases["index"], cases["column"], cases["failure_case"], cases["check"], strict=True
            )
        ]
    return []


def _named(
    faults: list[tuple[int | None, str, str, str]], table: RawTable, schema: TableSchema
) -> tuple[list[TableError], int]:
    groups: dict[tuple[str, str], list[tuple[int | None, str]]] = {}
    seen: set[tuple[int | None, str, str]] = set()
    for index, column, value, code in faults:
        if code in schema.row_rules:
            # A rule over a whole row is reported once for each of its cells.
            column, value = "", ""
        if (index, column, code) in seen:
            continue
        seen.add((index, column, code))
        groups.setdefault((column, code), []).append((index, value))
    errors = []
    for (column, code), cells in sorted(groups.items()):
        cells.sort(key=lambda cell: -1 if cell[0] is None else cell[0])
        message = schema.messages.get(code, _UNKNOWN)
        for number, (index, value) in enumerate(cells[:SHOWN]):
            more = len(cells) - SHOWN if number == SHOWN - 1 and len(cells) > SHOWN else 0
            row = file_row(table, index) if index is not None else None
            said = message.fill(rule=code, value=value, column=column)
            errors.append(TableError(row, column, value, code, said, more))
    return errors, sum(len(cells) for cells in groups.values())


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


def _cell(value: object) -> str:
    text = "" if value is None or value != value else str(value)
    return mask(text, phones=True)[:_CELL]
