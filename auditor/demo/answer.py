"""What a host answers to one path, and the city as a table of these answers; pure, no socket here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from email.utils import format_datetime
from urllib.parse import urlsplit

from auditor.demo.clock import at_noon

HTML = "text/html; charset=utf-8"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"
JSON = "application/json; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
XML = "application/xml; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. A text body may hold `{port}`, which the server fills: the city does not know its own port."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type without its parameters, or an empty string."""
        return next((value.split(";")[0] for name, value in self.headers if name == "Content-Type"), "")


Pages = dict[str, Answer]
Endless = Callable[[str], Answer | None]


def no_end(_: str) -> Answer | None:
    """The rule of a host without endless pages."""
    return None


@dataclass(frozen=True, slots=True)
class Host:
    """One virtual host: its pages by path (with query), what it says to all other paths, and pages made on demand."""

    pages: Mapping[str, Answer]
    otherwise: Answer
    endless: Endless = no_end

    def answer(self, target: str) -> Answer:
        """The answer to a request target. An unknown query is ignored, as most web frameworks do."""
        known = self.pages.get(target) or self.endless(target)
        if known is None and "?" in target:
            known = self.pages.get(urlsplit(target).path)
        return known or self.otherwise


@dataclass(frozen=True, slots=True)
class City:
    """All hosts of one night. Names are without port, e.g. `ppid.kotacontoh.localhost`."""

    night: int
    hosts: Mapping[str, Host] = field(default_factory=dict)

    def answer(self, host: str, target: str) -> Answer:
        """What `host` answers to `target`; a name that is not of this city gets a plain 404."""
        known = self.hosts.get(host.lower())
        return known.answer(target) if known else text("Situs tidak dikenal\n", status=404)


def html(body: str, status: int = 200) -> Answer:
    """A page."""
    return Answer(status, (("Content-Type", HTML),), body.encode())


def text(body: str, status: int = 200, media_type: str = TEXT) -> Answer:
    """Plain text, XML or JSON."""
    return Answer(status, (("Content-Type", media_type),), body.encode())


def file(body: bytes, media_type: str, modified: date | None = None) -> Answer:
    """A file to download; with `modified` it carries Last-Modified, and the server adds an ETag."""
    headers: tuple[tuple[str, str], ...] = (("Content-Type", media_type),)
    if modified:
        headers += (("Last-Modified", format_datetime(at_noon(modified), usegmt=True)),)
    return Answer(200, headers, body)


def moved(location: str, status: int = 301) -> Answer:
    """A redirect; `location` may be relative or hold `{port}`."""
    return Answer(status, (("Content-Type", HTML), ("Location", location)), b"<html><body>Pindah</body></html>")
