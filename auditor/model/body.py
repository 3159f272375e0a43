"""Whom we audit: a body, its units and its sites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Role = Literal["ppid", "portal", "covid", "website", "service", "app", "restricted"]
ROLES: tuple[Role, ...] = ("ppid", "portal", "covid", "website", "service", "app", "restricted")


@dataclass(frozen=True, slots=True)
class Unit:
    """An OPD (perangkat daerah) of the body, with the other names people write it by (`Dinkes`)."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    """A badan publik by its Kemendagri code, e.g. Kota Bogor 32.71."""

    code: str
    name: str
    kind: Literal["kota", "kabupaten", "provinsi"]
    timezone: str
    units: tuple[Unit, ...] = ()


@dataclass(frozen=True, slots=True)
class Site:
    """A web presence of the body. `url` is None where the address is not known: it is asked for, never guessed."""

    id: str
    role: Role
    url: str | None
    name: str
    unit: str | None = None
    hosts: tuple[str, ...] = ()
    audience: Literal["public", "staff"] = "public"
    lifecycle: Literal["active", "archived"] = "active"
    started: date | None = None
    ended: date | None = None
    max_pages: int = 2000
    max_bytes_per_site: int | None = None  # None: as for all sites
