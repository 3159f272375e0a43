"""Can this machine audit? One line a question, each with what to do when the answer is no."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from auditor.collect.guard import AddressRefused, Guard
from auditor.config import EXAMPLE_CONTACT, Config, ConfigError, load
from auditor.history import History, HistoryError

ROOM_BYTES = 2_000_000_000
"""A night of one city leaves well under this."""

BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock can be right that stands before this program was written."""


@dataclass(frozen=True, slots=True)
class Line:
    """`good` holds; `bad` stops an audit; else a thing worth knowing."""

    question: str
    answer: str
    good: bool
    bad: bool = False

    def shown(self) -> str:
        mark = "ok  " if self.good else "BAD " if self.bad else "note"
        return f"{mark}  {self.question}: {self.answer}"


def examine(config_path: Path) -> list[Line]:
    """All questions; the configuration's errors are a line, not an exception."""
    lines = [_python(), _clock()]
    try:
        config = load(config_path)
    except ConfigError as error:
        return [*lines, Line("configuration", str(error), good=False, bad=True)]
    return [*lines, *_of(config)]


def _of(config: Config) -> Iterator[Line]:
    named = [site for site in config.sites if site.url]
    yield Line("configuration", f"{config.path}: {config.body.name}, {len(config.sites)} sites", good=True)
    yield _contact(config)
    yield _writable(config.storage.data, "data folder")
    yield _writable(config.storage.public, "published folder")
    yield _room(config.storage.data)
    yield _database(config)
    yield _names(config)
    unknown = ", ".join(site.id for site in config.sites if site.url is None)
    if unknown:
        yield Line(
            "addresses", f"not known for {unknown}; their findings stay unknown until `url` is given", good=False
        )
    if not config.body.units:
        yield Line("units", "no OPD listed; give [body] units, or what is asked of each OPD stays unknown", good=False)
    if not named:
        yield Line("sites", "no site has an address: nothing can be audited; give `url`", good=False, bad=True)


def _python() -> Line:
    return Line("python", ".".join(str(part) for part in sys.version_info[:3]), good=True)


def _clock() -> Line:
    now = datetime.now(UTC)
    good = now > BUILT
    return Line(
        "clock", f"{now:%Y-%m-%d %H:%M} UTC" + ("" if good else "; set it: freshness depends on it"), good, not good
    )


def _contact(config: Config) -> Line:
    if config.network.contact == EXAMPLE_CONTACT:
        return Line(
            "contact", "still the example's; put your address into [network] contact, hosts will see it", good=False
        )
    return Line("contact", config.network.contact, good=True)


def _writable(folder: Path, question: str) -> Line:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return Line(question, f"{folder}: {error.strerror}; give this user the right to write there", False, True)
    return Line(question, str(folder), good=True)


def _room(folder: Path) -> Line:
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    shown = f"{free / 1e9:.1f} GB free"
    if free < ROOM_BYTES:
        return Line("disk", f"{shown}; a night may need {ROOM_BYTES / 1e9:.0f} GB: make room", good=False, bad=True)
    return Line("disk", shown, good=True)


def _database(config: Config) -> Line:
    try:
        runs = History(config.storage.database).runs(config.body.code)
    except HistoryError as error:
        return Line("database", str(error), good=False, bad=True)
    return Line("database", f"{len(runs)} runs of {config.body.name}", good=True)


def _names(config: Config) -> Line:
    hosts = sorted({urlsplit(site.url).hostname or "" for site in config.sites if site.url})
    silent = [host for host in hosts if not _resolves(host, Guard(config.network.allow_private))]
    if hosts and len(silent) == len(hosts):
        return Line(
            "names", "no host name resolves; is this machine on the internet? check its DNS", good=False, bad=True
        )
    if silent:
        return Line("names", f"do not resolve: {', '.join(silent)}; those sites will be unknown", good=False)
    return Line("names", f"all {len(hosts)} host names resolve", good=True)


def _resolves(host: str, guard: Guard) -> bool:
    try:
        return bool(guard.addresses(host, 80))
    except AddressRefused:
        return True
    except (OSError, UnicodeError):
        return False
