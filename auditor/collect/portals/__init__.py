"""Data portals that have an API: one protocol, one file a platform.

A harvest is a generator, so that no worker is held by a portal: each step makes at most one request through the one
door and yields the links (dataset pages, resource files) that it found; its return value says how it ended. What the
datasets are is read later, from the archived answers.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from typing import Protocol

import requests

from auditor.evidence.earlier import Known
from auditor.model import Capture, Link, Site


@dataclass(frozen=True, slots=True)
class Tried:
    """A platform that was asked for: the address, and in one sentence what came of it."""

    platform: str
    url: str
    answer: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """`platform` is empty where none was recognised; `shown_by` is the address that decided. `declared`: how many
    datasets the portal says it has; `enumerated`: all of them were listed; `error`: why not, in one sentence.
    `answers`: the addresses of the archived answers that list the datasets, in their order. `because`: why it was taken
    for this platform. `tried`: the platforms that were asked for, in that order."""

    platform: str
    shown_by: str
    declared: int | None = None
    enumerated: bool = False
    error: str = ""
    answers: tuple[str, ...] = ()
    because: str = ""
    tried: tuple[Tried, ...] = ()


@dataclass(frozen=True, slots=True)
class Hints:
    """What the front page says of the software behind it, which costs no request. `generator`: its own word, in lower
    case; `addresses`: every address that it links, declares or loads from, in their order."""

    generator: str = ""
    addresses: tuple[str, ...] = ()

    def first(self, part: str) -> str:
        """The first address that contains `part`, or nothing."""
        return next((url for url in self.addresses if part in url.lower()), "")


class Client(Protocol):
    """What the crawl lends to a portal."""

    agent: str
    timeout: float
    session: requests.Session  # every request of it goes through the door and is archived
    hints: Hints
    asked: str  # the address of the last request

    def may_ask(self, url: str) -> bool:
        """robots.txt and the operator allow it; where not, the refusal is recorded."""
        ...

    def ask(self, url: str) -> tuple[Capture, bytes]:
        """One polite, archived GET with its retries and redirects; no bytes where no whole answer came."""
        ...

    def before(self, part: str) -> list[Known]:
        """Whole answers of this site on an earlier night whose addresses contain `part`, by time."""
        ...

    def carry(self, known: Known) -> Capture:
        """Takes one of them into tonight's evidence. Raises EvidenceDamaged."""
        ...


class Platform(Protocol):
    """A module of this package."""

    PLATFORM: str

    def harvest(self, site: Site, client: Client) -> Generator[tuple[Link, ...], None, Outcome]: ...
