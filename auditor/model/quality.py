"""How well a dataset is described and how new its data are: what was measured, each measure with its points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from auditor.model.criterion import Basis
from auditor.model.text import Text

Scheme = Literal["mqa", "satu-data"]


@dataclass(frozen=True, slots=True)
class Measure:
    """One question about a dataset's metadata. `points`: what its scheme gives for it; `mend`: what an officer does."""

    id: str
    scheme: Scheme
    group: str
    points: int
    mend: Text


@dataclass(frozen=True, slots=True)
class Measured:
    """The answer for one dataset. `met` is None where it was not seen: never a failure."""

    id: str
    met: bool | None


@dataclass(frozen=True, slots=True)
class Rating:
    """Points of one scheme as bounds: `low` takes all that is unknown as missing, `high` as there.

    `measured` are the answers of the file that stands best: of several files a dataset has the points of that one.
    """

    scheme: Scheme
    low: int
    high: int
    most: int
    measured: tuple[Measured, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What was seen to be missing, in the scheme's order."""
        return tuple(one.id for one in self.measured if one.met is False)


@dataclass(frozen=True, slots=True)
class Recency:
    """How new a dataset is and what says so: `data`, else `title`, `portal` (its date of change) or `http`."""

    newest: str = ""
    basis: Literal["data", "title", "portal", "http", ""] = ""
    fresh: bool | None = None


@dataclass(frozen=True, slots=True)
class Archive:
    """A dataset that ended for good. `said`: the words, or the lifecycle, that say so. Each of the others may be None:
    not seen. `whole`: its rows reach from the first to the last year that it is to cover; `kept`: it can be downloaded.
    """

    said: str
    first: str | None = None
    last: str | None = None
    ended: date | None = None
    whole: bool | None = None
    kept: bool | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    mqa: Rating
    satu_data: Rating
    recency: Recency = Recency()
    archive: Archive | None = None


@dataclass(frozen=True, slots=True)
class TableRules:
    """A schema that tables are checked against, and where its rules were read."""

    name: str
    title: Text
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeSource:
    """Where a scheme and its points were read."""

    scheme: Scheme
    name: Text
    how: Text
    basis: tuple[Basis, ...] = ()
