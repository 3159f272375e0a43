"""Tables of one Covid site against each other: what its places add up to, and what it says of the whole city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from auditor.model import Dataset, Table


def with_contradictions(datasets: Sequence[Dataset]) -> tuple[Dataset, ...]:
    """The same, those by place with a contradiction where their sum is not the city's figure of the same day.

    Tables of different days are not compared, nor one that names no day with one that does: nothing is guessed.
    """
    whole = {(t.newest_period, kind): (figure, d) for d, t in _tables(datasets, False) for kind, figure in t.cases}
    said: dict[str, str] = {}
    for dataset, table in _tables(datasets, True):
        for kind, figure in table.cases:
            other = whole.get((table.newest_period, kind))
            if other is not None and abs(other[0] - figure) > 0.5 and dataset.id not in said:
                said[dataset.id] = (
                    f"jumlah {kind} menurut wilayah {figure:.0f}, angka kota {other[0]:.0f} ({other[1].title})"
                )
    return tuple(replace(d, contradiction=said[d.id]) if d.id in said else d for d in datasets)


def _tables(datasets: Sequence[Dataset], by_place: bool) -> Iterator[tuple[Dataset, Table]]:
    for dataset in datasets:
        for resource in dataset.resources:
            table = resource.table
            if table is not None and table.cases and bool(table.kelurahan or table.kecamatan) == by_place:
                yield dataset, table
