"""What a criterion may tell its judge: one model a judge, so that a misspelt parameter is an error, not a silence."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from checks import words


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _filled(value: str) -> str:
    if not value.strip():
        raise ValueError("is empty; write the text")
    return value


def _regex(value: str) -> str:
    try:
        re.compile(value)
    except re.error as error:
        raise ValueError(f"is not a regular expression ({error}); mend the pattern") from None
    return value


def one_of(known: tuple[str, ...] | frozenset[str]) -> AfterValidator:
    def check(value: str) -> str:
        if value not in known:
            raise ValueError(f"{value!r} is not known; use one of {', '.join(sorted(known))}")
        return value

    return AfterValidator(check)


Filled = Annotated[str, AfterValidator(_filled)]
Regex = Annotated[str, AfterValidator(_regex)]
Regexes = Annotated[list[Regex], Field(min_length=1)]
Kind = Annotated[str, one_of(words.KINDS)]
ItemName = Annotated[str, one_of(words.ITEMS)]
Share = Annotated[float, Field(ge=0, le=1)]
# The reason to give instead of `unmet` where absence on a site proves nothing.
Absent = Literal["human-event-dependent", "human-not-observable"]


class Words(Strict):
    id: Filled
    en: Filled


class Part(Strict):
    """A part that a text must hold: any one of the patterns."""

    name: Words
    any: Regexes


class DocumentPart(Strict):
    """A part that is a document of its own."""

    name: Words
    kinds: list[Kind] = Field(min_length=1)
    revised: bool | None = None
    title_words: list[Regex] = []


class OutgoingLink(Strict):
    hosts: Regexes
    specific: list[Regex] = []
    texts: list[Regex] = []


class DocumentParams(Strict):
    kinds: list[Kind] = []
    all_of: list[DocumentPart] = []
    need: int | None = Field(default=None, ge=1)
    items: list[ItemName] = Field(min_length=1)
    series_years: int = Field(default=3, ge=2)
    revised: bool | None = None
    unit_ok: bool = False
    page_ok: bool = False
    period: bool = False
    in_year: bool = False
    title_words: list[Regex] = []
    title_not: list[Regex] = []
    near_miss: bool = False
    max_age_days: int | None = Field(default=None, ge=1)
    max_age_years: int | None = Field(default=None, ge=1)
    min_year: int | None = None
    contents: list[Part] = []
    need_contents: int | None = Field(default=None, ge=1)
    link: OutgoingLink | None = None

    @model_validator(mode="after")
    def _asks_for_something(self) -> DocumentParams:
        if bool(self.kinds) == bool(self.all_of):
            raise ValueError("give either kinds or all_of")
        if self.need is not None and self.need > len(self.all_of):
            raise ValueError("need asks for more than all_of lists")
        if (self.need_contents or 0) > len(self.contents) or bool(self.contents) != bool(self.need_contents):
            raise ValueError("contents and need_contents belong together, need_contents at most their number")
        return self


class CoverageParams(Strict):
    kinds: list[Kind] = Field(min_length=1)
    revised: bool | None = None
    consolidated: list[Regex] = []
    title_words: list[Regex] = []
    title_not: list[Regex] = []
    period: bool = False
    max_age_years: int | None = Field(default=None, ge=1)


class PagePartsParams(Strict):
    section: Regexes
    parts: list[Part] = Field(min_length=1)
    need: int = Field(ge=1)
    image_partly: bool = False
    documents_ok: bool = False
    links: bool = False
    absent: Absent | None = None

    @model_validator(mode="after")
    def _can_be_met(self) -> PagePartsParams:
        if self.need > len(self.parts):
            raise ValueError("need asks for more than parts lists")
        return self


class ServiceParams(Strict):
    """`need` of the parts, on any page or document of each site; `section`: where they would stand."""

    section: Regexes
    parts: list[Part] = Field(min_length=1)
    need: int = Field(ge=1)
    links: bool = False

    @model_validator(mode="after")
    def _can_be_met(self) -> ServiceParams:
        if self.need > len(self.parts):
            raise ValueError("need asks for more than parts lists")
        return self


class ListingParams(Strict):
    section: Regexes
    min_documents: int = Field(ge=1)
    max_age_days: int | None = Field(default=None, ge=1)
    partly_age_days: int | None = Field(default=None, ge=1)
    min_alive: Share | None = None
    dated_items: bool = False
    parts: list[Part] = []
    kinds_min: int | None = Field(default=None, ge=1)
    absent: Absent | None = None


class LinkTargetParams(Strict):
    hosts: Regexes
    specific: list[Regex] = []
    texts: list[Regex] = []
    min_links: int = Field(default=1, ge=1)
    kinds: list[Kind] = []
    own_ok: bool = False


class FormParams(Strict):
    section: Regexes
    fields: list[Part] = Field(min_length=1)
    min_fields: int = Field(ge=1)
    external_hosts: list[Regex] = []
    login_partly: bool = False


class ShareDocumentsParams(Strict):
    measure: Literal["readable", "alive", "current", "titled", "dated", "unique", "linked-rows"]
    met_at: float
    partly_at: float
    kinds: list[Kind] = []
    section: list[Regex] = []


class PortalParams(Strict):
    measure: Literal[
        "active", "count", "fresh", "metadata", "format", "licence", "units", "names", "budget-data", "covid-data"
    ]
    met_at: float | None = None
    partly_at: float | None = None
    max_age_days: int | None = Field(default=None, ge=1)
    fields: list[str] = []
    words: list[Regex] = []
    parts: list[Part] = []
    min_rows: int | None = Field(default=None, ge=1)


class SiteParams(Strict):
    measure: Literal["answers", "https", "mobile", "search", "accessibility", "wcag", "sitemap", "menu", "social"]
    per: Literal["site", "body"]
    met_at: float | None = None
    partly_at: float | None = None
    hosts: list[Regex] = []
    words: list[Regex] = []
    parts: list[Part] = []
    max_bytes: int | None = Field(default=None, ge=1)
    max_elapsed_ms: int | None = Field(default=None, ge=1)


class IdentityParams(Strict):
    """`warn_days`: of days to go from which a certificate is about to end; authorities renew a month before."""

    warn_days: int = Field(default=14, ge=1, le=30)


class PersonalParams(Strict):
    kinds: list[Literal["nik", "kk", "phone", "patient"]] = Field(min_length=1)


class PreservedParams(Strict):
    patterns: Regexes


class RestrictedParams(Strict):
    pass


class ArchiveParams(Strict):
    measure: Literal["reachable", "dated", "regions", "note"]
    patterns: list[Regex] = []
    parts: list[Part] = []
    met_at: int | None = None
    partly_at: int | None = None


class UnobservableParams(Strict):
    pass


MODELS: dict[str, type[Strict]] = {
    "archive": ArchiveParams,
    "coverage": CoverageParams,
    "document": DocumentParams,
    "form": FormParams,
    "identity": IdentityParams,
    "link_target": LinkTargetParams,
    "listing": ListingParams,
    "page_parts": PagePartsParams,
    "personal": PersonalParams,
    "portal": PortalParams,
    "service": ServiceParams,
    "preserved": PreservedParams,
    "restricted": RestrictedParams,
    "share_documents": ShareDocumentsParams,
    "site": SiteParams,
    "unobservable": UnobservableParams,
}


def validate(judge: str, params: dict[str, Any]) -> None:
    """Raises pydantic.ValidationError where `params` are not what `judge` understands."""
    MODELS[judge].model_validate(params)
