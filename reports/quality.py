"""The quality of datasets as rooms read it: what to mend in each, and the two schemes for each producer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from auditor.model import Dataset, Measure, Resource
from auditor.model.measures import MEASURES


@dataclass(frozen=True)
class Producer:
    """The datasets of one OPD together. The bounds are means over its datasets; `mend`: what is missing most often."""

    name: str
    datasets: int
    mqa: tuple[float, float]
    satu_data: tuple[float, float]
    stale: int
    contradicted: int
    archives: int
    mend: tuple[tuple[Measure, int], ...]


def producers(datasets: Iterable[Dataset]) -> tuple[Producer, ...]:
    """By name; datasets whose producer the portal does not name stand together under an empty name, last."""
    some: dict[str, list[Dataset]] = {}
    for dataset in datasets:
        if dataset.quality is not None:
            some.setdefault(dataset.unit or "", []).append(dataset)
    return tuple(_producer(name, some[name]) for name in sorted(some, key=lambda name: (not name, name)))


def to_mend(dataset: Dataset, most: int = 6) -> tuple[Measure, ...]:
    """What was seen to be missing in one dataset, most points first; one wish that both schemes have stands once."""
    if dataset.quality is None:
        return ()
    ids = (*dataset.quality.mqa.missing, *dataset.quality.satu_data.missing)
    wishes = {MEASURES[id_].mend.id: MEASURES[id_] for id_ in reversed(ids)}
    return tuple(sorted(wishes.values(), key=lambda one: (-one.points, one.id)))[:most]


def flaw_of(resource: Resource) -> str:
    """What keeps a file of a dataset from being used; a table inside a PDF is named as such."""
    return resource.flaw or ("pdf" if resource.format == "pdf" else "")


def _producer(name: str, datasets: list[Dataset]) -> Producer:
    known = [dataset.quality for dataset in datasets if dataset.quality is not None]
    count = len(known)
    wishes: dict[str, int] = {}
    for dataset in datasets:
        for one in to_mend(dataset, len(MEASURES)):
            wishes[one.id] = wishes.get(one.id, 0) + 1
    often = sorted(wishes, key=lambda id_: (-wishes[id_], -MEASURES[id_].points, id_))[:5]
    return Producer(
        name,
        count,
        (sum(q.mqa.low for q in known) / count, sum(q.mqa.high for q in known) / count),
        (sum(q.satu_data.low for q in known) / count, sum(q.satu_data.high for q in known) / count),
        sum(dataset.fresh is False for dataset in datasets),
        sum(bool(dataset.contradiction) for dataset in datasets),
        sum(q.archive is not None for q in known),
        tuple((MEASURES[id_], wishes[id_]) for id_ in often),
    )
