"""Can this machine audit? One line a question, each with what to do when the answer is no."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from auditor.collect.browser import BrowserMissing, chromium
from auditor.config import Config, ConfigError, load
from auditor.contact import nobody, public_hosts
from auditor.doctor.line import Line, bad, good, note
from auditor.doctor.network import examine_network
from auditor.history import History, HistoryError

__all__ = ["Line", "examine"]

ROOM_BYTES = 2_000_000_000
"""A night of one city leaves well under this."""

BUILT = datetime(2026, 11, 1, tzinfo=UTC)
"""No clock can be right that stands before this program was written."""


def examine(config_path: Path) -> list[Line]:
    """All questions; the configuration's errors are a line, not an exception."""
    lines = [_python(), _clock()]
    try:
        config = load(config_path)
    except ConfigError as error:
        return [*lines, bad("configuration", str(error))]
    return [*lines, *_of(config)]


def _of(config: Config) -> Iterator[Line]:
    named = [site for site in config.sites if site.url]
    yield good("configuration", f"{config.path}: {config.body.name}, {len(config.sites)} sites")
    yield _contact(config)
    yield _writable(config.storage.data, "data folder")
    yield _writable(config.storage.public, "published folder")
    yield _room(config.storage.data)
    yield _database(config)
    yield from _browser(config)
    yield from examine_network(config)
    unknown = ", ".join(site.id for site in config.sites if site.url is None)
    if unknown:
        yield note("addresses", f"not known for {unknown}; their findings stay unknown until `url` is given")
    if not config.body.units:
        yield note("units", "no OPD listed; give [body] units, or what is asked of each OPD stays unknown")
    if not named:
        yield bad("sites", "no site has an address: nothing can be audited; give `url`")


def _python() -> Line:
    return good("python", ".".join(str(part) for part in sys.version_info[:3]))


def _clock() -> Line:
    now = datetime.now(UTC)
    if now > BUILT:
        return good("clock", f"{now:%Y-%m-%d %H:%M} UTC")
    return bad("clock", f"{now:%Y-%m-%d %H:%M} UTC; set it: freshness depends on it")


def _contact(config: Config) -> Line:
    if not nobody(config.network.contact):
        return good("contact", config.network.contact)
    hosts = public_hosts(config)
    what = "still the example's; put your address into [network] contact, hosts will see it"
    return bad("contact", f"{what}; no public address is audited before") if hosts else note("contact", what)


def _writable(folder: Path, question: str) -> Line:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".doctor"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        return bad(question, f"{folder}: {error.strerror}; give this user the right to write there")
    return good(question, str(folder))


def _room(folder: Path) -> Line:
    free = shutil.disk_usage(folder if folder.exists() else folder.parent).free
    shown = f"{free / 1e9:.1f} GB free"
    if free < ROOM_BYTES:
        return bad("disk", f"{shown}; a night may need {ROOM_BYTES / 1e9:.0f} GB: make room (`auditor prune`)")
    return good("disk", shown)


def _browser(config: Config) -> Iterator[Line]:
    if not config.network.browser:
        return
    try:
        yield good("browser", chromium())
    except BrowserMissing as error:
        yield bad("browser", str(error))


def _database(config: Config) -> Line:
    try:
        runs = History(config.storage.database).runs(config.body.code)
    except HistoryError as error:
        return bad("database", str(error))
    ahead = max((row.finished for row in runs if row.finished), default=None)
    if ahead is not None and ahead > datetime.now(UTC):
        return bad(
            "database",
            f"the last run ended {ahead:%Y-%m-%d %H:%M} UTC, after this machine's clock: set the clock",
        )
    return good("database", f"{len(runs)} runs of {config.body.name}")
