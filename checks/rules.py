"""What must hold of an entry beyond the shape of its fields: slots, levels, codes, and the catalogue as a whole.

Each rule yields (path within the entry, what is wrong and what to do).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import Any

from checks import words
from checks.entry import CriterionEntry, ReasonEntry, ScoringFile
from checks.params import Words

Problem = tuple[tuple[str | int, ...], str]


def of_reason(code: str, entry: ReasonEntry) -> Iterator[Problem]:
    yield from _slots(entry, words.SLOTS_OF_REASON.get(code, frozenset()), ())
    if entry.remedy is not None:
        yield from _slots(entry.remedy, words.SLOTS_ALWAYS, ("remedy",))


def of_criterion(
    entry: CriterionEntry, file_name: str, scoring: ScoringFile, calendar: Mapping[str, Any]
) -> Iterator[Problem]:
    stem = file_name.removeprefix("criteria/").removesuffix(".toml")
    if not stem.startswith(entry.indicator):
        yield ("indicator",), f"stands in {stem}.toml; move it to a file that begins with {entry.indicator}"
    allowed = scoring.weights.allowed(entry.level)
    if entry.weight not in allowed:
        listed = " or ".join(f"{weight:g}" for weight in allowed)
        yield ("weight",), f"weight {entry.weight:g} does not fit level {entry.level}; use {listed} (scoring.toml)"
    if entry.level == "unobservable" and entry.judge != "unobservable":
        yield ("judge",), f"judge {entry.judge} does not fit level unobservable; use unobservable"
    if entry.judge == "unobservable" and entry.weight > 0:
        yield ("weight",), "what no machine observes cannot be scored; use weight 0"
    if entry.dimension != words.DIMENSIONS[0] and entry.weight > 0:
        yield (
            ("dimension",),
            f"the index scores {words.DIMENSIONS[0]} only; give weight 0, which shows it as evidence",
        )
    if entry.freshness is not None and entry.freshness not in calendar:
        yield (
            ("freshness",),
            f"freshness {entry.freshness} is not in calendar.toml; use one of {', '.join(sorted(calendar))}",
        )
    for name in ("question", "met", "unmet", "why", "how", "limits"):
        yield from _slots(getattr(entry, name), frozenset(), (name,))
    yield from _remedies(entry)
    yield from _current_has_a_rule(entry)


def of_whole(entries: Sequence[CriterionEntry]) -> Iterator[str]:
    """Problems that no single line holds."""
    for judge in words.JUDGES:
        if not any(entry.judge == judge for entry in entries):
            yield f"checks/criteria:1: judge {judge} has no criterion; remove the judge or write a criterion for it"
    for indicator in words.INDICATORS:
        if not any(entry.indicator == indicator and entry.weight > 0 for entry in entries):
            yield f"checks/criteria:1: indicator {indicator} has no scored criterion; write one with weight above 0"


def _remedies(entry: CriterionEntry) -> Iterator[Problem]:
    if "default" not in entry.remedy:
        yield ("remedy",), "remedy.default is missing; write what to do (id and en)"
    fiscal = words.SLOTS_FISCAL if entry.freshness is not None else frozenset[str]()
    always = words.SLOTS_ALWAYS | fiscal | words.SLOTS_ALWAYS_OF_JUDGE.get(entry.judge, frozenset())
    for reason, text in entry.remedy.items():
        if reason != "default" and reason not in words.REASONS:
            yield ("remedy", reason), f"remedy for the unknown reason {reason}; use a code of reasons.toml"
        known = always if reason == "default" else always | words.SLOTS_OF_JUDGE[entry.judge]
        yield from _slots(text, known, ("remedy", reason))


def _current_has_a_rule(entry: CriterionEntry) -> Iterator[Problem]:
    """A document cannot be current without saying of which year or age."""
    aged = any(key in entry.params for key in ("max_age_days", "max_age_years", "min_year"))
    if entry.judge == "document" and "current" in entry.params.get("items", ()) and not (entry.freshness or aged):
        yield (
            ("params", "items"),
            "item current has no rule; give freshness, max_age_days, max_age_years or min_year",
        )


def _slots(text: Words, known: frozenset[str], where: tuple[str | int, ...]) -> Iterator[Problem]:
    for language in ("id", "en"):
        sentence = getattr(text, language)
        try:
            names = {name for _, name, _, _ in Formatter().parse(sentence) if name is not None}
        except ValueError as error:
            yield (*where, language), f"has a brace that is not a slot ({error}); write {{name}} or remove it"
            continue
        for name in sorted(names - known):
            usable = ", ".join(sorted(known)) or "none"
            yield (*where, language), f"slot {{{name}}} is filled by no judge here; use one of: {usable}"
