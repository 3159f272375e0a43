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

from auditor.model import Link, Site


@dataclass(frozen=True, slots=True)
class Outcome:
    """`platform` is empty where none was recognised; `shown_by` is the address that decided. `declared`: how many
    datasets the portal says it has; `enumerated`: all of them were listed; `error`: why not, in one sentence."""

    platform: str
    shown_by: str
    declared: int | None = None
    enumerated: bool = False
    error: str = ""


class Client(Protocol):
    """What the crawl lends to a portal."""

    agent: str
    timeout: float
    session: requests.Session  # every request of it goes through the door and is archived

    def may_ask(self, url: str) -> bool:
        """robots.txt and the operator allow it; where not, the refusal is recorded."""
        ...


class Platform(Protocol):
    """A module of this package."""

    def harvest(self, site: Site, client: Client) -> Generator[tuple[Link, ...], None, Outcome]: ...
