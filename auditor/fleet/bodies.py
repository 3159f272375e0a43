"""bodies.toml -> whom a fleet audits. A body that cannot be read is kept as such: it fails alone, by name and line."""

from __future__ import annotations

import itertools
import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from auditor.collect.scope import hosts_of
from auditor.config import Config, ConfigError, load
from auditor.console.lines import nearest


@dataclass(frozen=True, slots=True)
class Fleet:
    """`public`, `database`, `evidence` take the place of each body's own; the last two are empty where they stay.

    `state`: folder of the fleet's locks and of its night. `memory_mb`: what one body's audit may use.
    """

    path: Path
    public: Path
    state: Path
    database: str = ""
    evidence: str = ""
    memory_mb: int | None = None
    bodies: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One `[[bodies]]`, `line` from 1. `config` is None where `trouble` says why it cannot be audited."""

    line: int
    file: Path
    code: str
    name: str
    config: Config | None = None
    trouble: str = ""
    memory_mb: int | None = None
    own: frozenset[str] = field(default_factory=frozenset)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Body(_Strict):
    config: Annotated[str, Field(min_length=1)]
    memory_mb: Annotated[int, Field(ge=64)] | None = None


class _File(_Strict):
    public: str = "public"
    state: str = "fleet"
    database: str = ""
    evidence: Annotated[str, Field(pattern=r"^$|^[a-z0-9+]+://.+$")] = ""
    memory_mb: Annotated[int, Field(ge=64)] | None = None
    bodies: Annotated[list[dict[str, Any]], Field(min_length=1)]


def read(path: Path) -> Fleet:
    """Raises ConfigError only for what makes the whole file unusable."""
    text, source = _source(path)
    try:
        checked = _File.model_validate(source)
    except ValidationError as error:
        raise ConfigError(f"{path}: {_sentence(error, _File)}") from None
    base = path.resolve().parent
    lines = itertools.chain(_lines(text), itertools.repeat(1))  # an inline list has no line a body
    entries = [_entry(base, line, given) for line, given in zip(lines, checked.bodies, strict=False)]
    fleet = Fleet(
        path=path,
        public=base / checked.public,
        state=base / checked.state,
        database=_database(checked.database, base),
        evidence=checked.evidence,
        memory_mb=checked.memory_mb,
    )
    placed = [_placed(entry, fleet) for entry in entries]
    return replace(fleet, bodies=tuple(_with_own_hosts(_without_doubles(placed))))


def _source(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
        return text, tomllib.loads(text)
    except FileNotFoundError:
        raise ConfigError(f"{path}: no such file; `auditor bodies LIST.csv --out DIR` writes one") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}; mend that line") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; save it as UTF-8 text that this user may read") from None


def _lines(text: str) -> list[int]:
    """Line of each `[[bodies]]`, from 1."""
    return [n for n, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*bodies\s*\]\]", line)]


def _database(url: str, base: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and not url.startswith("sqlite:////"):
        return f"{prefix}{base / url.removeprefix(prefix)}"
    return url


def _entry(base: Path, line: int, given: Mapping[str, Any]) -> Entry:
    named = str(given.get("config", "?"))
    broken = Entry(line, base / named, "", Path(named).parent.name or named)
    try:
        checked = _Body.model_validate(given)
        config = load(base / checked.config)
    except ValidationError as error:
        return replace(broken, trouble=_sentence(error, _Body))
    except ConfigError as error:
        return replace(broken, trouble=str(error))
    return Entry(line, config.path, config.body.code, config.body.name, config, memory_mb=checked.memory_mb)


def _placed(entry: Entry, fleet: Fleet) -> Entry:
    """The body with the fleet's public folder, and its database and evidence where it names them."""
    if entry.config is None:
        return entry
    storage = replace(entry.config.storage, public=fleet.public)
    if fleet.database:
        storage = replace(storage, database=fleet.database)
    if fleet.evidence:
        storage = replace(storage, evidence=fleet.evidence)
    memory = entry.memory_mb or fleet.memory_mb
    return replace(entry, config=replace(entry.config, storage=storage), memory_mb=memory)


def _without_doubles(entries: Iterable[Entry]) -> list[Entry]:
    """The second body of one code, or of one data folder, is not audited: their nights would mix."""
    codes: dict[str, int] = {}
    folders: dict[Path, int] = {}
    kept = []
    for entry in entries:
        trouble = ""
        if entry.config is not None:
            data = entry.config.storage.data.resolve()
            if entry.code in codes:
                trouble = f"the body {entry.code} stands in line {codes[entry.code]} already; take one of them away"
            elif data in folders:
                trouble = f"its data folder {data} is that of line {folders[data]}; give it another [storage] data"
            codes.setdefault(entry.code, entry.line)
            folders.setdefault(data, entry.line)
        kept.append(replace(entry, config=None, trouble=trouble) if trouble else entry)
    return kept


def _with_own_hosts(entries: Sequence[Entry]) -> list[Entry]:
    """Each body with the hosts that no other body of the fleet names: only there it need not ask for a turn."""
    named = [frozenset(h for s in e.config.sites for h in hosts_of(s)) if e.config else frozenset() for e in entries]
    counts: dict[str, int] = {}
    for hosts in named:
        for host in hosts:
            counts[host] = counts.get(host, 0) + 1
    return [
        replace(entry, own=frozenset(host for host in hosts if counts[host] == 1))
        for entry, hosts in zip(entries, named, strict=True)
    ]


def _sentence(error: ValidationError, model: type[BaseModel]) -> str:
    first = min(error.errors(), key=lambda one: one["type"] != "extra_forbidden")  # it explains what is missing
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "extra_forbidden":
        return f"{where}: unknown key; {nearest(str(first['loc'][-1]), model.model_fields)}"
    if first["type"] == "missing":
        return f"{where}: this key is missing; add it"
    return f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}; mend the value {first['input']!r}"
