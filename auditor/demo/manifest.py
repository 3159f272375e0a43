"""manifest.toml as nouns: what is truly in Kota Contoh on each night, for tests to hold the audit against."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auditor.demo.city import DOMAIN

BODY = "99.71"
_FILE = Path(__file__).with_name("manifest.toml")
_BOTH = (1, 2)


@dataclass(frozen=True, slots=True)
class Place:
    """An address in the city. `host` is the short name (`ppid`), `target` the path with its query."""

    host: str
    target: str

    @classmethod
    def parse(cls, short: str) -> Place:
        """`ppid/kontak` -> host `ppid`, target `/kontak`."""
        host, _, rest = short.partition("/")
        return cls(host, "/" + rest)

    @property
    def name(self) -> str:
        """The full host name, as the Host header has it."""
        return f"{self.host}.{DOMAIN}"

    def url(self, port: int) -> str:
        return f"http://{self.name}:{port}{self.target}"


@dataclass(frozen=True, slots=True)
class TrueDocument:
    """A document that is there. `years`: none, one, or first and last of a period. `unit` None: nothing claimed."""

    place: Place
    title: str
    kind: str
    years: tuple[int, ...]
    format: str
    readable: bool
    found_on: Place
    unit: str | None = None
    period: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class FalseDocument:
    """What looks like a document and is none. `place` None: it is named without a link."""

    place: Place | None
    title: str
    reason: str
    found_on: Place


@dataclass(frozen=True, slots=True)
class TrueDataset:
    """A dataset of the portal. `fresh` None: it cannot be said."""

    slug: str
    unit: str
    licensed: bool
    cadence: str
    newest: str
    rows: int
    flaw: str
    fresh: bool | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class TrueFinding:
    """What a criterion must come to. `reason` None: nothing claimed about it."""

    criterion: str
    subject: str
    status: str
    why: str
    reason: str | None = None
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Night:
    number: int
    documents: tuple[TrueDocument, ...]
    false_documents: tuple[FalseDocument, ...]
    datasets: tuple[TrueDataset, ...]
    findings: tuple[TrueFinding, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A difference of night 2: `appeared`, `changed`, `gone`, `unreachable` (path `*`: all of the host)."""

    host: str
    path: str
    what: str


@dataclass(frozen=True, slots=True)
class Manifest:
    nights: tuple[Night, ...]
    changes: tuple[Change, ...]

    def night(self, number: int) -> Night:
        """The truth of that night; from the second on it stays the same."""
        return self.nights[min(number, len(self.nights)) - 1]


def load() -> Manifest:
    """Read the manifest that ships with the city."""
    raw = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    nights = tuple(
        Night(
            number,
            tuple(_document(entry) for entry in _of(raw["documents"], number)),
            tuple(_false(entry) for entry in _of(raw["false_documents"], number)),
            tuple(TrueDataset(**entry) for entry in _of(raw["datasets"], number)),
            tuple(TrueFinding(**{"subject": BODY, **entry}) for entry in _of(raw["findings"], number)),
        )
        for number in _BOTH
    )
    return Manifest(nights, tuple(Change(**entry) for entry in raw["changes"]))


def _of(entries: list[dict[str, Any]], night: int) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in entry.items() if key != "nights"}
        for entry in entries
        if night in entry.get("nights", _BOTH)
    ]


def _document(entry: dict[str, Any]) -> TrueDocument:
    values = {key: value for key, value in entry.items() if key not in ("url", "years", "found_on")}
    years = tuple(int(year) for year in entry["years"].split(";") if year)
    return TrueDocument(place=Place.parse(entry["url"]), years=years, found_on=Place.parse(entry["found_on"]), **values)


def _false(entry: dict[str, Any]) -> FalseDocument:
    place = Place.parse(entry["url"]) if entry["url"] else None
    return FalseDocument(place, entry["title"], entry["reason"], Place.parse(entry["found_on"]))
