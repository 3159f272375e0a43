"""What the collection witnessed beside the answers themselves: certificates, names, copies in web archives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate that a host showed. `not_before` and `not_after` are ISO 8601 in UTC; `names`: the host names it
    is for. `verified`: it passed the check, so what was read came from that host."""

    host: str
    port: int
    names: tuple[str, ...]
    issuer: str
    not_before: str
    not_after: str
    sha256: str
    verified: bool

    @property
    def ends(self) -> datetime:
        return datetime.fromisoformat(self.not_after).astimezone(UTC)

    @property
    def begins(self) -> datetime:
        return datetime.fromisoformat(self.not_before).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Memento:
    """The last archived copy of an address that is gone (RFC 7089). `memento`: where it is kept, empty where the
    archive was asked and has none; `at`: its Memento-Datetime, ISO 8601 in UTC. `asked`: the address at the archive;
    `cause`: a word of `auditor.collect.causes` for what the archive answered; `fetched_at`, `digest`, `warc`: the copy
    as we archived it in turn."""

    site: str
    url: str
    asked: str
    cause: str
    memento: str = ""
    at: str = ""
    fetched_at: str = ""
    digest: str = ""
    warc: str = ""
    front: bool = False  # the site's own front page, not one of its documents


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A domain whose name server answers for every host name: `probe` is a name that nobody can have given out."""

    site: str
    domain: str
    probe: str
    same_address: bool  # the made-up name leads to the same addresses as the site's own


Opened = Literal["login", "refused", "absent", "people", "records", "index", "debug", "phpinfo", "admin", "plain"]


@dataclass(frozen=True, slots=True)
class Exposure:
    """What the front page of a staff system shows to somebody who is not one of the staff. `login`, `refused` (401) and
    `absent` (404, 410) are right; `plain` is a page that shows neither a login nor anything that lies open; all others
    lie open. `words`: what decided, without a single value of anybody."""

    kind: Opened
    words: str
