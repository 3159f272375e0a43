"""What is asked: criteria, indicators, the catalogue of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from auditor.model.body import Role
from auditor.model.text import Text


@dataclass(frozen=True, slots=True)
class Basis:
    """A legal basis with where it was taken from; `verified` only when the text of the article was read there."""

    article: str
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Criterion:
    """One question of the index. Everything a reader sees of it stands in its TOML entry."""

    id: str
    indicator: str
    level: Literal["core", "extended", "unobservable"]
    weight: float
    question: Text
    met: Text  # title when met
    unmet: Text  # title when not
    why: Text
    how: Text
    limits: Text
    basis: tuple[Basis, ...]
    remedies: Mapping[str, Text]  # reason code -> remedy; `default` always there
    actor: str  # who mends it, Indonesian
    since: str  # catalogue version that brought it
    judge: str
    params: Mapping[str, Any] = field(default_factory=dict)
    places: tuple[Role, ...] = ("ppid", "website")
    freshness: str | None = None  # code of the fiscal calendar, e.g. `F-DPA`
    dimension: str = "transparent-governance"  # Giffinger's part of smart governance


@dataclass(frozen=True, slots=True)
class Indicator:
    """One of the six indicators of Monev KIP; the weights of all sum to 100."""

    id: str  # jenis-informasi digitalisasi kualitas-informasi pelayanan-informasi komitmen-organisasi sarana-prasarana
    name: Text
    weight: float


@dataclass(frozen=True, slots=True)
class Dimension:
    """A part of smart governance by Giffinger et al. (2007); the index scores the first of a catalogue only."""

    id: str
    name: Text
    about: Text
    source: str
    verified: bool


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything under `checks/` as data. `version` is the digest of it: a change of method is seen as such."""

    version: str
    indicators: tuple[Indicator, ...]
    criteria: tuple[Criterion, ...]
    reasons: Mapping[str, Text]  # reason code -> what it says of a finding, with slots
    items: Mapping[str, float]  # available current series open searchable -> weight, sum 1
    bands: tuple[tuple[str, float], ...]  # label, lower edge; highest first
    calendar: Mapping[str, Mapping[str, Any]]
    dimensions: tuple[Dimension, ...] = ()
    item_names: Mapping[str, Text] = field(default_factory=dict)
    vanished_nights: int = 3  # so long a thing that vanished is unknown before it is unmet

    def band_of(self, points: float) -> str:
        """The band of an unrounded figure, 0 to 100; a lower edge belongs to its band."""
        return next((label for label, edge in self.bands if points >= edge), self.bands[-1][0])

    def criterion(self, criterion_id: str) -> Criterion:
        return next(c for c in self.criteria if c.id == criterion_id)
