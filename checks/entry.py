"""The files of the catalogue as pydantic models: an unknown key, a missing text or an empty one is refused."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from auditor.model import ROLES
from checks import words
from checks.params import Filled, Strict, Words, one_of

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def _slug(value: str) -> str:
    if not _ID.fullmatch(value):
        raise ValueError("must be lower-case words joined by hyphens")
    return value


class BasisEntry(Strict):
    article: Filled
    source: Filled
    verified: bool

    @field_validator("verified")
    @classmethod
    def _verified_names_where(cls, verified: bool, info: ValidationInfo) -> bool:
        if verified and not str(info.data.get("source", "")).startswith(("https://", "http://")):
            raise ValueError("needs in source the address where the article was read; give it or write false")
        return verified


class CriterionEntry(Strict):
    id: Annotated[str, AfterValidator(_slug)]
    indicator: Annotated[str, one_of(words.INDICATORS)]
    level: Annotated[str, one_of(words.LEVELS)]
    weight: float = Field(ge=0)
    judge: Annotated[str, one_of(words.JUDGES)]
    places: list[Annotated[str, one_of(ROLES)]] = Field(min_length=1)
    freshness: str | None = None
    dimension: Annotated[str, one_of(words.DIMENSIONS)] = words.DIMENSIONS[0]
    since: Filled
    actor: Filled
    question: Words
    met: Words
    unmet: Words
    why: Words
    how: Words
    limits: Words
    basis: list[BasisEntry] = Field(min_length=1)
    remedy: dict[str, Words]
    params: dict[str, Any] = Field(default_factory=dict)


class ReasonEntry(Words):
    remedy: Words | None = None


class IndicatorEntry(Strict):
    id: Annotated[str, one_of(words.INDICATORS)]
    weight: float = Field(gt=0)
    name: Words


class ItemEntry(Strict):
    weight: float = Field(gt=0)
    name: Words


class BandEntry(Strict):
    label: Filled
    from_: float = Field(alias="from", ge=0, lt=100)


class WeightsEntry(Strict):
    core: list[float]
    extended: list[float]
    unobservable: list[float]
    why: Words

    def allowed(self, level: str) -> list[float]:
        return {"core": self.core, "extended": self.extended}.get(level, self.unobservable)


class InstrumentEntry(Strict):
    questionnaire: float
    visit: float
    source: Filled


class DimensionEntry(Strict):
    """A part of smart governance; `source` and `verified` as those of a legal basis."""

    id: Annotated[str, one_of(words.DIMENSIONS)]
    name: Words
    about: Words
    source: Filled
    verified: bool


class VanishedEntry(Strict):
    nights: int = Field(ge=1, le=6)


class ScoringFile(Strict):
    indicator: list[IndicatorEntry]
    item: dict[Annotated[str, one_of(words.ITEMS)], ItemEntry]
    band: list[BandEntry] = Field(min_length=1)
    dimension: list[DimensionEntry]
    weights: WeightsEntry
    instrument: InstrumentEntry
    vanished: VanishedEntry

    @model_validator(mode="after")
    def _adds_up(self) -> ScoringFile:
        total = sum(indicator.weight for indicator in self.indicator)
        if abs(total - 100) > 1e-9:
            raise ValueError(f"the weights of the indicators sum to {total:g}; they must sum to 100")
        names = [indicator.id for indicator in self.indicator]
        if sorted(names) != sorted(words.INDICATORS):
            raise ValueError(f"indicators must be exactly {', '.join(words.INDICATORS)}, each once")
        if [dimension.id for dimension in self.dimension] != list(words.DIMENSIONS):
            raise ValueError(f"dimensions must be exactly {', '.join(words.DIMENSIONS)}, in this order")
        share = sum(item.weight for item in self.item.values())
        if set(self.item) != set(words.ITEMS) or abs(share - 1) > 1e-9:
            raise ValueError(f"items must be exactly {', '.join(words.ITEMS)} with weights that sum to 1")
        edges = [band.from_ for band in self.band]
        if edges != sorted(set(edges), reverse=True) or edges[-1] != 0:
            raise ValueError("bands must stand highest first, each once, the last from 0")
        return self


class YearRule(Strict):
    month: int = Field(ge=1, le=12)
    day: int = Field(ge=1, le=31)
    offset: int = Field(ge=-2, le=2)
    covers: bool = False
    grace: Literal["contained", "publication", "added"]
    grace_days: int = Field(default=0, ge=0, le=60)
    name: Words
    legal: Words
    basis: list[BasisEntry] = Field(default_factory=list)

    @model_validator(mode="after")
    def _is_a_day(self) -> YearRule:
        if self.day > (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[self.month - 1]:
            raise ValueError(f"month {self.month} has no day {self.day} in every year")
        if (self.grace == "added") != (self.grace_days > 0):
            raise ValueError('grace_days belongs to grace = "added" and to nothing else')
        return self


class AgeRule(Strict):
    max_age_days: int = Field(ge=1)
    grace: Literal["contained"]
    name: Words
    legal: Words
    basis: list[BasisEntry] = Field(default_factory=list)
