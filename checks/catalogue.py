"""Reads the catalogue: every entry is proven whole before anything is judged by it.

Front door: `load()`. A catalogue that is not whole raises CatalogueError, whose text is one line
`file:line: [criterion X:] what is wrong; what to do`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from auditor.model import Basis, Catalogue, Criterion, Dimension, Indicator, Text
from checks import params, rules, words
from checks.entry import AgeRule, CriterionEntry, ReasonEntry, ScoringFile, YearRule
from checks.position import line_of

HOUSE = Path(__file__).parent
_HOUSE_FILES = ("reasons.toml", "scoring.toml", "calendar.toml")


class CatalogueError(Exception):
    """The catalogue is broken. `problems`: every one found, one line each; the text is the first of them."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = tuple(problems)
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        super().__init__(problems[0] + more)


@dataclass(frozen=True, slots=True)
class _File:
    name: str  # canonical, e.g. `criteria/digitalisasi.toml`: a copy elsewhere has the same
    shown: str
    text: str
    data: Mapping[str, Any]

    def problem(self, path: tuple[str | int, ...], what: str) -> str:
        return f"{self.shown}:{line_of(self.text, path)}: {what}"


@dataclass(slots=True)
class _Draft:
    """What has been read so far and what is wrong with it."""

    problems: list[str] = field(default_factory=list)
    entries: list[tuple[_File, int, CriterionEntry]] = field(default_factory=list)
    reasons: dict[str, ReasonEntry] = field(default_factory=dict)


def load(directory: Path | None = None) -> Catalogue:
    """The catalogue that ships with the auditor, or the one in `directory`.

    `directory` holds `criteria/*.toml`, or the criteria files themselves; `reasons.toml`, `scoring.toml` and
    `calendar.toml` are taken from it where present, else from the shipped catalogue. Raises CatalogueError.
    """
    texts = _texts(directory)
    files = {name: _parse(name, shown, text) for name, (shown, text) in texts.items() if name.endswith(".toml")}
    draft = _Draft()
    scoring = _scoring(files["scoring.toml"], draft)
    calendar = _calendar(files["calendar.toml"], draft)
    _reasons(files["reasons.toml"], draft)
    for name in sorted(files):
        if name.startswith("criteria/"):
            _criteria(files[name], draft)
    if scoring is not None:
        _check_entries(draft, scoring, calendar)
    if draft.problems or scoring is None:
        raise CatalogueError(draft.problems)
    return _assemble(_version(texts), scoring, calendar, draft)


# ---- files -----------------------------------------------------------------------------------------------------------


def _texts(directory: Path | None) -> dict[str, tuple[str, str]]:
    """Canonical name -> (name to show, text) of every file that the method consists of."""
    paths = {
        path.relative_to(HOUSE).as_posix(): path
        for suffix in ("*.py", "*.toml")
        for path in HOUSE.rglob(suffix)
        if "__pycache__" not in path.parts
    }
    if directory is not None:
        paths = {name: path for name, path in paths.items() if not name.startswith("criteria/")} | _given(directory)
    return {name: (_shown(path), _read(path)) for name, path in sorted(paths.items())}


def _given(directory: Path) -> dict[str, Path]:
    if not directory.is_dir():
        raise CatalogueError([f"{directory}:1: no such directory; give a folder that holds criteria files (*.toml)"])
    nested = directory / "criteria"
    folder = nested if nested.is_dir() else directory
    criteria = {f"criteria/{path.name}": path for path in folder.glob("*.toml") if path.name not in _HOUSE_FILES}
    if not criteria:
        raise CatalogueError([f"{folder}:1: holds no criteria file (*.toml); give a folder that does"])
    return criteria | {name: directory / name for name in _HOUSE_FILES if (directory / name).is_file()}


def _shown(path: Path) -> str:
    return path.relative_to(HOUSE.parent).as_posix() if path.is_relative_to(HOUSE.parent) else str(path)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError([f"{_shown(path)}:1: cannot be read as UTF-8 text ({error}); mend the file"]) from None


def _parse(name: str, shown: str, text: str) -> _File:
    try:
        return _File(name, shown, text, tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError([_syntax(shown, text, str(error))]) from None


def _syntax(shown: str, text: str, message: str) -> str:
    what, _, where = message.partition(" (at ")
    digits = "".join(c for c in where.partition(",")[0] if c.isdigit())
    line = digits or str(text.count("\n") + 1)
    return f"{shown}:{line}: is not TOML: {what}; mend the line"


def _version(texts: Mapping[str, tuple[str, str]]) -> str:
    digest = sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{len(texts[name][1])}\n{texts[name][1]}".encode())
    return digest.hexdigest()[:12]


# ---- models ----------------------------------------------------------------------------------------------------------


def _scoring(file: _File, draft: _Draft) -> ScoringFile | None:
    try:
        return ScoringFile.model_validate(file.data)
    except ValidationError as error:
        draft.problems.extend(_problems(file, (), "", error, ScoringFile))
        return None


def _calendar(file: _File, draft: _Draft) -> dict[str, Mapping[str, Any]]:
    for code, rule in file.data.items():
        model: type[BaseModel] = AgeRule if "max_age_days" in rule else YearRule
        try:
            model.model_validate(rule)
        except ValidationError as error:
            draft.problems.extend(_problems(file, (code,), f"calendar {code}: ", error, model))
    return dict(file.data)


def _reasons(file: _File, draft: _Draft) -> None:
    for code, entry in file.data.items():
        if code not in words.REASONS:
            what = f"reason {code}: is not a known reason code; use one of checks/words.py or add it there"
            draft.problems.append(file.problem((code,), what))
            continue
        try:
            draft.reasons[code] = ReasonEntry.model_validate(entry)
        except ValidationError as error:
            draft.problems.extend(_problems(file, (code,), f"reason {code}: ", error, ReasonEntry))
            continue
        for where, what in rules.of_reason(code, draft.reasons[code]):
            draft.problems.append(file.problem((code, *where), f"reason {code}: {what}"))
    for code in words.REASONS:
        if code not in file.data:
            draft.problems.append(file.problem((), f"reason {code}: is missing; write its sentence (id and en)"))


def _criteria(file: _File, draft: _Draft) -> None:
    for key in file.data:
        if key != "criterion":
            draft.problems.append(file.problem((key,), f"{key}: is not a known key; entries are [[criterion]] tables"))
    listed = file.data.get("criterion", [])
    if not isinstance(listed, list) or not listed:
        draft.problems.append(file.problem((), "holds no [[criterion]]; add one or remove the file"))
        return
    for index, raw in enumerate(listed):
        name = f"criterion {raw.get('id', index + 1)}: "
        try:
            draft.entries.append((file, index, CriterionEntry.model_validate(raw)))
        except ValidationError as error:
            draft.problems.extend(_problems(file, ("criterion", index), name, error, CriterionEntry))


def _check_entries(draft: _Draft, scoring: ScoringFile, calendar: Mapping[str, Any]) -> None:
    seen: dict[str, tuple[_File, int]] = {}
    for file, index, entry in draft.entries:
        at: tuple[str | int, ...] = ("criterion", index)
        found = list(rules.of_criterion(entry, file.name, scoring, calendar))
        if entry.id in seen:
            other, place = seen[entry.id]
            where = f"{other.shown}:{line_of(other.text, ('criterion', place, 'id'))}"
            found.append((("id",), f"is already written in {where}; give it another id or remove one"))
        seen.setdefault(entry.id, (file, index))
        draft.problems.extend(file.problem((*at, *step), f"criterion {entry.id}: {what}") for step, what in found)
        try:
            params.validate(entry.judge, entry.params)
        except ValidationError as error:
            name = f"criterion {entry.id}: "
            model = params.MODELS[entry.judge]
            draft.problems.extend(_problems(file, (*at, "params"), name, error, model, params_of=entry.judge))
    draft.problems.extend(rules.of_whole([entry for _, _, entry in draft.entries]) if not draft.problems else [])


def _problems(
    file: _File,
    base: tuple[str | int, ...],
    name: str,
    error: ValidationError,
    model: type[BaseModel],
    params_of: str = "",
) -> Iterator[str]:
    for detail in error.errors(include_url=False):
        location = tuple(detail["loc"])
        key = ".".join(str(step) for step in location)
        label = f"{'params.' if params_of else ''}{key}" if key else ("params" if params_of else "")
        yield file.problem((*base, *location), f"{name}{label}{' ' if label else ''}{_advice(dict(detail), model)}")


def _advice(detail: Mapping[str, Any], model: type[BaseModel]) -> str:
    if detail["type"] == "missing":
        return "is missing; write it"
    if detail["type"] == "extra_forbidden":
        near = get_close_matches(str(detail["loc"][-1]), list(model.model_fields), n=1)
        return "is not a known key; " + (f"did you mean {near[0]}?" if near else "remove it")
    message = str(detail["msg"]).removeprefix("Value error, ")
    return message if ";" in message else f"{message}; correct the value"


# ---- the catalogue ---------------------------------------------------------------------------------------------------


def _assemble(version: str, scoring: ScoringFile, calendar: Mapping[str, Any], draft: _Draft) -> Catalogue:
    general = {
        code: Text(entry.remedy.id, entry.remedy.en)
        for code, entry in draft.reasons.items()
        if entry.remedy is not None
    }
    order = {name: position for position, name in enumerate(words.INDICATORS)}
    entries = sorted((entry for _, _, entry in draft.entries), key=lambda entry: order[entry.indicator])
    return Catalogue(
        version=version,
        indicators=tuple(Indicator(i.id, Text(i.name.id, i.name.en), i.weight) for i in scoring.indicator),
        criteria=tuple(_criterion(entry, general) for entry in entries),
        reasons={code: Text(draft.reasons[code].id, draft.reasons[code].en) for code in words.REASONS},
        items={name: scoring.item[name].weight for name in words.ITEMS},
        bands=tuple((band.label, band.from_) for band in scoring.band),
        calendar=calendar,
        vanished_nights=scoring.vanished.nights,
        dimensions=tuple(
            Dimension(d.id, Text(d.name.id, d.name.en), Text(d.about.id, d.about.en), d.source, d.verified)
            for d in scoring.dimension
        ),
        item_names={name: Text(scoring.item[name].name.id, scoring.item[name].name.en) for name in words.ITEMS},
    )


def _criterion(entry: CriterionEntry, general: Mapping[str, Text]) -> Criterion:
    own = {reason: Text(text.id, text.en) for reason, text in entry.remedy.items()}
    return Criterion(
        id=entry.id,
        indicator=entry.indicator,
        level=entry.level,  # type: ignore[arg-type]
        weight=entry.weight,
        question=Text(entry.question.id, entry.question.en),
        met=Text(entry.met.id, entry.met.en),
        unmet=Text(entry.unmet.id, entry.unmet.en),
        why=Text(entry.why.id, entry.why.en),
        how=Text(entry.how.id, entry.how.en),
        limits=Text(entry.limits.id, entry.limits.en),
        basis=tuple(Basis(b.article, b.source, b.verified) for b in entry.basis),
        remedies={**general, **own},
        actor=entry.actor,
        since=entry.since,
        judge=entry.judge,
        params=entry.params,
        places=tuple(entry.places),  # type: ignore[arg-type]
        freshness=entry.freshness,
        dimension=entry.dimension,
    )
