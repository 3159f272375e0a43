"""config.toml -> the model, with errors that name the line, what is wrong and what to do.

The only place where an operator's numbers enter. Every key of the file is declared here; an unknown one is refused with
the nearest known name, because a misspelt key that is silently ignored is how a night goes wrong unseen.
"""

from __future__ import annotations

import csv
import ipaddress
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from auditor.config_errors import explain
from auditor.model import Body, Role, Site, Unit

EXAMPLE_CONTACT = "mailto:nama@contoh.go.id"
"""The contact of the example file: no public address is audited in that name."""


class ConfigError(Exception):
    """The configuration cannot be used; the message is one line that says where and what to do."""


@dataclass(frozen=True, slots=True)
class SharedHosts:
    """In a fleet every host is shared that is not in `own`: the names, without `www.`, of sites that this body alone
    has. `place`: where the locks of shared hosts are, a folder or a PostgreSQL URL."""

    place: str
    own: frozenset[str] = frozenset()

    def covers(self, host: str) -> bool:
        return host.removeprefix("www.") not in self.own


@dataclass(frozen=True, slots=True)
class Network:
    """How we behave as guests. `delay_seconds` is per host, from the start of one request to the start of the next."""

    contact: str = EXAMPLE_CONTACT
    delay_seconds: float = 1.0
    timeout_seconds: float = 30.0
    allow_private: tuple[str, ...] = ()
    workers: int = 8
    max_bytes: int = 25_000_000
    max_bytes_per_site: int = 5_000_000_000
    max_seconds_per_site: float = 4 * 3600.0
    retries: int = 2
    second_chance_seconds: float | None = None
    browser: bool = False
    second_vantage: str = ""
    obey_api_robots: bool = True
    despite_tls: bool = False
    shared: SharedHosts | None = None  # set by a fleet: no key of the file

    @property
    def later(self) -> float:
        """Seconds after which what failed for a while is asked once more: by default 300 times the delay."""
        if self.second_chance_seconds is not None:
            return self.second_chance_seconds
        return min(300 * self.delay_seconds, 900.0)


@dataclass(frozen=True, slots=True)
class Memento:
    """A web archive that is asked for the last copy of what is gone (RFC 7089); empty addresses: it is not asked."""

    timegate: str = ""
    timemap: str = ""
    most_per_site: int = 20


@dataclass(frozen=True, slots=True)
class Storage:
    """`evidence`: where finished evidence is copied to, an fsspec URL such as `s3://bucket/prefix`; empty: nowhere."""

    data: Path
    database: str
    public: Path
    database_wait_seconds: float = 90.0
    keep_days: int = 0
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Notify:
    """Apprise addresses: of the operator, and of OPD by their names."""

    urls: tuple[str, ...] = ()
    units: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Config:
    body: Body
    sites: tuple[Site, ...]
    network: Network
    storage: Storage
    path: Path
    ocr: bool = False
    cron: str = "0 1 * * *"
    notify: Notify = field(default_factory=Notify)
    objection_days: int = 0
    follow_up: str = "tindak-lanjut"  # relative to the configuration
    units_file: str | None = None  # relative to the configuration
    memento: Memento = field(default_factory=Memento)
    source: dict[str, Any] = field(default_factory=dict)  # what goes into the evidence: the file as read


def _timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError(
            f"no such time zone {name!r}; Indonesia has Asia/Jakarta, Asia/Makassar, Asia/Jayapura"
        ) from None
    return name


def _http_url(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{url!r} is no web address; write it with http:// or https:// and a host name")
    return url


def _archive(url: str) -> str:
    """An address that the one looked for is put behind, or in the place of `{url}`."""
    return _http_url(url) if url else url


def _network(text: str) -> str:
    try:
        ipaddress.ip_network(text)
    except ValueError:
        raise ValueError(f"{text!r} is no network; write it like 127.0.0.0/8") from None
    return text


def _proxy(url: str) -> str:
    if url and (urlsplit(url).scheme not in ("http", "https") or not urlsplit(url).hostname):
        raise ValueError("no address of a proxy; write it like http://proxy.example.org:3128")
    return url


def _apprise(url: str) -> str:
    import apprise

    if not apprise.Apprise().add(url):
        raise ValueError(
            f"the address that begins with {url.partition('://')[0]!r} is none that Apprise knows; "
            "write it like mailtos://user:password@host?to=name@example.go.id"
        )
    return url


_CRON_FIELDS = 5


def _cron(text: str) -> str:
    """Five fields. A weekday is a name: APScheduler counts them from Monday and cron from Sunday, so that a number
    would be another day than the operator means."""
    from apscheduler.triggers.cron import CronTrigger  # type: ignore[import-untyped]

    fields = text.split()
    if len(fields) == _CRON_FIELDS and re.search(r"\d", fields[-1]):
        raise ValueError(f"{text!r}: write the weekday as a name (mon tue wed thu fri sat sun); numbers are ambiguous")
    try:
        CronTrigger.from_crontab(text)
    except ValueError as error:
        raise ValueError(
            f'{text!r} is no schedule ({error}); write minute hour day month weekday, like "0 1 * * *"'
        ) from None
    return text


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _UnitsFile(_Strict):
    file: str


class _Body(_Strict):
    code: Annotated[str, Field(pattern=r"^\d\d(\.\d\d)?$")]
    name: Annotated[str, Field(min_length=1)]
    kind: Literal["kota", "kabupaten", "provinsi"]
    timezone: Annotated[str, AfterValidator(_timezone)] = "Asia/Jakarta"
    units: list[str | list[str]] | _UnitsFile = Field(default_factory=list)


class _Site(_Strict):
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    role: Role
    url: Annotated[str, AfterValidator(_http_url)] | None = None
    name: str | None = None
    unit: str | None = None
    hosts: list[str] = Field(default_factory=list)
    audience: Literal["public", "staff"] = "public"
    lifecycle: Literal["active", "archived"] = "active"
    started: date | None = None
    ended: date | None = None
    max_pages: Annotated[int, Field(ge=1, le=1_000_000)] = 2000
    max_bytes_per_site: Annotated[int, Field(ge=1000)] | None = None

    @model_validator(mode="after")
    def _ended_belongs_to_archived(self) -> _Site:
        if self.ended and self.lifecycle != "archived":
            raise ValueError('`ended` is for archived sites; add lifecycle = "archived" or take `ended` away')
        if self.started and self.ended and self.started > self.ended:
            raise ValueError("`started` is later than `ended`; mend one of them")
        return self


class _Network(_Strict):
    contact: Annotated[str, Field(pattern=r"^(mailto:.+@.+|https?://.+)$")] = EXAMPLE_CONTACT
    delay_seconds: Annotated[float, Field(ge=0, le=600)] = 1.0
    timeout_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    allow_private: list[Annotated[str, AfterValidator(_network)]] = Field(default_factory=list)
    workers: Annotated[int, Field(ge=1, le=64)] = 8
    max_bytes: Annotated[int, Field(ge=1000)] = 25_000_000
    max_bytes_per_site: Annotated[int, Field(ge=1000)] = 5_000_000_000
    max_seconds_per_site: Annotated[float, Field(gt=0)] = 4 * 3600.0
    retries: Annotated[int, Field(ge=0, le=5)] = 2
    second_chance_seconds: Annotated[float, Field(ge=0, le=7200)] | None = None
    browser: bool = False
    second_vantage: Annotated[str, AfterValidator(_proxy)] = ""
    obey_api_robots: bool = True
    despite_tls: bool = False


class _Storage(_Strict):
    data: str = "var"
    database: str = "sqlite:///var/auditor.sqlite"
    public: str = "public"
    database_wait_seconds: Annotated[float, Field(ge=0, le=3600)] = 90.0
    keep_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    evidence: Annotated[str, Field(pattern=r"^$|^[a-z0-9+]+://.+$")] = ""


class _Read(_Strict):
    ocr: bool = False


class _Schedule(_Strict):
    cron: Annotated[str, AfterValidator(_cron)] = "0 1 * * *"


class _Notify(_Strict):
    urls: list[Annotated[str, AfterValidator(_apprise)]] = Field(default_factory=list)
    units: dict[str, list[Annotated[str, AfterValidator(_apprise)]]] = Field(default_factory=dict)


class _Memento(_Strict):
    timegate: Annotated[str, AfterValidator(_archive)] = ""
    timemap: Annotated[str, AfterValidator(_archive)] = ""
    most_per_site: Annotated[int, Field(ge=1, le=1000)] = 20


class _Publish(_Strict):
    objection_days: Annotated[int, Field(ge=0, le=365)] = 0
    follow_up: str = "tindak-lanjut"


class _File(_Strict):
    body: _Body
    sites: Annotated[list[_Site], Field(min_length=1)]
    network: _Network = Field(default_factory=_Network)
    storage: _Storage = Field(default_factory=_Storage)
    read: _Read = Field(default_factory=_Read)
    schedule: _Schedule = Field(default_factory=_Schedule)
    notify: _Notify = Field(default_factory=_Notify)
    publish: _Publish = Field(default_factory=_Publish)
    memento: _Memento = Field(default_factory=_Memento)

    @field_validator("sites")
    @classmethod
    def _ids_are_unique(cls, sites: list[_Site]) -> list[_Site]:
        seen: set[str] = set()
        for site in sites:
            if site.id in seen:
                raise ValueError(f"two sites have the id {site.id!r}; give each its own")
            seen.add(site.id)
        return sites


_TABLES: dict[str, type[BaseModel]] = {
    "body": _Body,
    "sites": _Site,
    "network": _Network,
    "storage": _Storage,
    "read": _Read,
    "schedule": _Schedule,
    "notify": _Notify,
    "publish": _Publish,
    "memento": _Memento,
}


def load(path: Path) -> Config:
    """Read and check the file. Raises ConfigError with `file:line: what is wrong; what to do`."""
    text = _text(path)
    try:
        source = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: not TOML: {error}; mend that line") from None
    try:
        checked = _File.model_validate(source)
    except ValidationError as error:
        raise ConfigError(explain(path, text, error, _TABLES, _File)) from None
    return _to_model(path, checked, source)


def from_source(source: dict[str, Any], path: Path) -> Config:
    """The configuration as it was kept in a run's evidence: the units stand in it, no file is looked for."""
    return _to_model(path, _File.model_validate(source), source)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError(
            f"{path}: no such file; write one (see config.toml of the project) or give --config FILE"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: cannot be read: {error}; save it as UTF-8 text that this user may read") from None


def _to_model(path: Path, checked: _File, source: dict[str, Any]) -> Config:
    base = path.resolve().parent
    units = _units(checked.body.units, path)
    kept = {**source, "body": {**source["body"], "units": [[u.name, *u.aliases] for u in units]}}
    return Config(
        body=Body(checked.body.code, checked.body.name, checked.body.kind, checked.body.timezone, units),
        sites=tuple(_site(site) for site in checked.sites),
        network=Network(**{**checked.network.model_dump(), "allow_private": tuple(checked.network.allow_private)}),
        storage=Storage(
            data=base / checked.storage.data,
            database=_database(checked.storage.database, base),
            public=base / checked.storage.public,
            database_wait_seconds=checked.storage.database_wait_seconds,
            keep_days=checked.storage.keep_days,
            evidence=checked.storage.evidence,
        ),
        path=path,
        ocr=checked.read.ocr,
        cron=checked.schedule.cron,
        notify=Notify(tuple(checked.notify.urls), {unit: tuple(urls) for unit, urls in checked.notify.units.items()}),
        objection_days=checked.publish.objection_days,
        follow_up=checked.publish.follow_up,
        units_file=checked.body.units.file if isinstance(checked.body.units, _UnitsFile) else None,
        memento=Memento(**checked.memento.model_dump()),
        source=kept,
    )


def _site(site: _Site) -> Site:
    values = site.model_dump()
    values["name"] = site.name or site.id
    values["hosts"] = tuple(host.lower() for host in site.hosts)
    return Site(**values)


def _database(url: str, base: Path) -> str:
    prefix = "sqlite:///"
    if url.startswith(prefix) and url != "sqlite:///:memory:":
        return prefix + str(base / url.removeprefix(prefix))
    return url


def _units(units: list[str | list[str]] | _UnitsFile, path: Path) -> tuple[Unit, ...]:
    if isinstance(units, list):
        rows = [[unit] if isinstance(unit, str) else unit for unit in units]
        return tuple(Unit(row[0].strip(), tuple(row[1:])) for row in rows if row and row[0].strip())
    file = path.resolve().parent / units.file
    try:
        rows = list(csv.reader(file.read_text(encoding="utf-8-sig").splitlines()))
    except OSError as error:
        raise ConfigError(
            f"{path}: body.units names {units.file}, which cannot be read: {error.strerror}; mend the name"
        ) from None
    cells = [[cell.strip() for cell in row if cell.strip()] for row in rows if row]
    if cells and cells[0] and cells[0][0].lower() in ("name", "nama", "unit"):
        cells = cells[1:]
    return tuple(Unit(row[0], tuple(row[1:])) for row in cells if row)
