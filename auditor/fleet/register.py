"""A list of local governments and their sites -> bodies.toml and a config.toml each; what is missing is said."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from auditor.config import ConfigError, load
from auditor.console.lines import nearest
from auditor.fleet.regions import CODE, Region, column, kind_of, named, official, rows, timezone_of
from auditor.model import ROLES

ALWAYS = ("ppid", "website", "portal")
"""Roles that every body has a site for: without an address it is asked for."""

_OWN = ("code", "kode", "name", "nama", "kind", "jenis", "timezone", "contact")


@dataclass(frozen=True, slots=True)
class Listed:
    """One body to be written. `sites`: role -> addresses; `line` in the list, 0 where only the official list has it."""

    code: str
    name: str
    timezone: str
    sites: Mapping[str, tuple[str, ...]]
    line: int

    @property
    def kind(self) -> str:
        return kind_of(self.code)


@dataclass(frozen=True, slots=True)
class Registered:
    """`written` configs are new, `kept` ones were there and were left as they are; `missing` are lines to be read."""

    file: Path
    bodies: tuple[Listed, ...]
    written: int
    kept: int
    missing: tuple[str, ...]

    @property
    def kinds(self) -> dict[str, int]:
        return {kind: sum(b.kind == kind for b in self.bodies) for kind in ("provinsi", "kabupaten", "kota")}


def register(listing: Path, out: Path, *, codes: Path | None = None, contact: str | None = None) -> Registered:
    """With `codes`, the official list, each of its bodies is written, and the listing need only name them.

    Raises ConfigError for the first thing in the files that cannot be right.
    """
    regions = official(codes) if codes else {}
    bodies = _bodies(listing, regions)
    out.mkdir(parents=True, exist_ok=True)
    written = 0
    for body in bodies:
        place = out / body.code / "config.toml"
        if not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(_config(body, contact), encoding="utf-8")
            load(place)  # what is written can be read, or it is said here and not at night
            written += 1
    file = out / "bodies.toml"
    file.write_text(_listing(bodies), encoding="utf-8")
    return Registered(file, bodies, written, len(bodies) - written, tuple(_missing(bodies, regions)))


def _bodies(listing: Path, regions: Mapping[str, Region]) -> tuple[Listed, ...]:
    by_name = {_plain(region.name): region for region in regions.values()}
    found: dict[str, Listed] = {}
    for line, row in rows(listing):
        _known_columns(listing, row)
        body = _body(f"{listing}:{line}", line, row, regions, by_name)
        if body.code in found:
            raise ConfigError(f"{listing}:{line}: {body.code} is that of line {found[body.code].line} already")
        found[body.code] = body
    for region in regions.values():
        if region.code not in found:
            found[region.code] = Listed(region.code, region.name, timezone_of(region.code), {}, 0)
    if not found:
        raise ConfigError(f"{listing}: nobody stands in it; it needs the columns code,name and a column a role")
    return tuple(found[code] for code in sorted(found))


def _known_columns(listing: Path, row: Mapping[str, str]) -> None:
    known = (*_OWN, *ROLES)
    for name in row:
        if name and name not in known:
            raise ConfigError(f"{listing}:1: unknown column {name!r}; {nearest(name, known)}")


def _body(
    where: str, line: int, row: Mapping[str, str], regions: Mapping[str, Region], by_name: Mapping[str, Region]
) -> Listed:
    code, name = column(row, ("code", "kode")), column(row, ("name", "nama"))
    if not code:
        code = _code_of(where, name, by_name)
    if not CODE.fullmatch(code):
        raise ConfigError(f"{where}: {code!r} is no region code; a province has one like 32, a kabupaten or kota 32.71")
    if regions and code not in regions:
        raise ConfigError(f"{where}: the official list has no {code}; mend the code")
    name = named(code, name or (regions[code].name if regions else ""))
    if not name or name == "Provinsi ":
        raise ConfigError(f"{where}: {code} has no name; give it one")
    _agree(where, code, name, column(row, ("kind", "jenis")), regions)
    sites: dict[str, tuple[str, ...]] = {role: _addresses(where, role, row[role]) for role in ROLES if row.get(role)}
    return Listed(code, name, row.get("timezone") or timezone_of(code), sites, line)


def _code_of(where: str, name: str, by_name: Mapping[str, Region]) -> str:
    if not by_name:
        raise ConfigError(f"{where}: {name!r} has no code; give it one, or the official list with --codes")
    found = by_name.get(_plain(name)) or by_name.get(_plain(f"Provinsi {name}"))
    if found is None:
        raise ConfigError(f"{where}: the official list has no {name!r}; {nearest(_plain(name), by_name)}")
    return found.code


def _agree(where: str, code: str, name: str, kind: str, regions: Mapping[str, Region]) -> None:
    """Code, name, kind and official name say the same, or somebody has mistyped one of them."""
    said = kind.lower() or kind_of(code)
    if said != kind_of(code):
        raise ConfigError(
            f"{where}: {code} is the code of a {kind_of(code)}, and `kind` says {kind!r}; mend one of them"
        )
    first = name.split()[0].lower().rstrip(".")
    spoken = {"kab": "kabupaten", "prov": "provinsi"}.get(first, first)
    if spoken in ("kota", "kabupaten", "provinsi") and spoken != kind_of(code):
        raise ConfigError(
            f"{where}: {code} is the code of a {kind_of(code)}, and the name is {name!r}; mend one of them"
        )
    if regions and _plain(regions[code].name) != _plain(name):
        raise ConfigError(f"{where}: {code} is {regions[code].name!r} officially, and here {name!r}; mend one of them")


def _addresses(where: str, role: str, cell: str) -> tuple[str, ...]:
    found = tuple(part for part in re.split(r"[\s|]+", cell) if part)
    for url in found:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ConfigError(f"{where}: {role}: {url!r} is no web address; write it with http:// or https://")
    return found


def _missing(bodies: Sequence[Listed], regions: Mapping[str, Region]) -> list[str]:
    """What an operator still has to find out."""
    lines = []
    here = {body.code for body in bodies}
    for province in sorted({body.code[:2] for body in bodies} - here):
        lines.append(f"{province}: the province itself is not in the list")
    for body in bodies:
        if regions and not body.line:
            lines.append(f"{body.code} {body.name}: not in the list; only its name and code are known")
        elif without := [role for role in ALWAYS if not body.sites.get(role)]:
            lines.append(f"{body.code} {body.name}: no address of {', '.join(without)}")
    return lines


def _config(body: Listed, contact: str | None) -> str:
    parts = [
        f"# {body.name}. Made by `auditor bodies`; yours to complete: it is not written over.",
        "[body]",
        f"code = {json.dumps(body.code)}",
        f"name = {_quoted(body.name)}",
        f"kind = {json.dumps(body.kind)}",
        f"timezone = {json.dumps(body.timezone)}",
    ]
    for role in ROLES:
        addresses = body.sites.get(role, ())
        for number, url in enumerate(addresses or ((None,) if role in ALWAYS else ()), 1):
            parts += ["", "[[sites]]", f'id = "{role}{number if number > 1 else ""}"', f'role = "{role}"']
            parts += [f"url = {_quoted(url)}"] if url else []
            parts += ['audience = "staff"'] if role == "restricted" else []
    if contact:
        parts += ["", "[network]", f"contact = {_quoted(contact)}"]
    return "\n".join(parts) + "\n"


def _listing(bodies: Sequence[Listed]) -> str:
    head = ["# Whom `auditor fleet` audits. Made by `auditor bodies`.", 'public = "public"', ""]
    some = [
        f"[[bodies]]  # {' '.join(b.name.split())}\nconfig = {json.dumps(f'{b.code}/config.toml')}\n" for b in bodies
    ]
    return "\n".join([*head, *some])


def _quoted(text: str) -> str:
    """As a TOML string: its escapes are those of JSON."""
    return json.dumps(text, ensure_ascii=False)


def _plain(name: str) -> str:
    """How names are compared: `Kab. Aceh  Selatan` is `Kabupaten Aceh Selatan`."""
    words = re.sub(r"[^\w]+", " ", name.lower()).split()
    return " ".join([{"kab": "kabupaten", "prov": "provinsi"}.get(w, w) if n == 0 else w for n, w in enumerate(words)])
