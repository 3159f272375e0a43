"""What was collected: captures, what was refused, how each site went. Times are aware and in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Capture:
    """One HTTP exchange as archived, or the reason why there was none.

    `cause` is a word of `auditor.collect.causes`; `ok` means the server answered with a 2xx. `digest` is the sha-256
    (hex) of the payload and empty when nothing came. `via`, `anchor` and `context` say which link led here.
    `unchanged_since`: when the bytes came, where the server only said at `at` that they are still the same (304).
    """

    url: str
    site: str
    at: datetime
    cause: str
    status: int | None = None
    media_type: str = ""
    digest: str = ""
    size: int = 0
    location: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    via: str | None = None
    anchor: str = ""
    context: str = ""
    elapsed_ms: int = 0
    truncated: bool = False
    detail: str = ""
    warc: str = ""
    offset: int = -1
    unchanged_since: datetime | None = None

    def header(self, name: str) -> str:
        """The first header of that name, or an empty string."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), "")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A link that was seen and not followed, by a stated rule: `robots trap other-host scheme depth budget
    size mirror soft-404`."""

    url: str
    rule: str
    via: str | None = None
    anchor: str = ""
    context: str = ""


@dataclass(frozen=True, slots=True)
class Visit:
    """How the collection of one site went. `cause` is `ok` when its front page answered, else why it did not.

    `exhausted` is true when no link that may be followed was left; a site can be exhausted and still not be seen whole
    (pages that failed are captures with their own cause). `spent`: the budget that was used up first: `pages`, `bytes`,
    `time` or `addresses` (more than are remembered of one site); empty where none was. `against_robots`: addresses of a
    portal's API that were asked although robots.txt asks not to, because the operator said so
    (`obey_api_robots = false`).
    `second`: the cause through the second vantage, which is asked where a site seems gone; empty where it was not.
    """

    site: str
    cause: str
    exhausted: bool = False
    pages: int = 0
    refused: tuple[Refusal, ...] = ()
    detail: str = ""
    delay_seconds: float = 0.0
    spent: str = ""
    against_robots: int = 0
    second: str = ""
