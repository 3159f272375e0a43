"""What can be wrong with a database, in one line that says what to do and never holds a password."""

from __future__ import annotations

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError


class HistoryError(Exception):
    """The database cannot be used; one line that says what to do."""


_STAYS = "what is archived stays"

_TROUBLES = (
    # part of what the driver says, whether it may pass by itself, what to do
    ("locked", True, f"another program holds it; end that one and run again: {_STAYS}"),
    ("lock timeout", True, f"another program holds it; end that one and run again: {_STAYS}"),
    ("readonly", False, "is read-only; give this user the right to write the file and its folder"),
    ("read-only", False, "is read-only; give this user the right to write, or name the primary server"),
    ("disk is full", False, f"disk full; free some space and run again: {_STAYS}"),
    ("no space left", False, f"the server's disk is full; free some space there and run again: {_STAYS}"),
    ("disk i/o error", False, f"disk full or broken; free some space and run again: {_STAYS}"),
    ("unable to open database file", False, "cannot be opened; give this user the right to write its folder"),
    ("not a database", False, "is no SQLite database; name another file, or put a backup copy in its place"),
    ("malformed", False, "is damaged; put a backup copy in its place: rescore needs the evidence only"),
    ("password", False, "wrong user or password; mend them in [storage] database"),
    ("authentication failed", False, "wrong user or password; mend them in [storage] database"),
    ("pg_hba.conf", False, "the server admits no such user from here; mend its pg_hba.conf or [storage] database"),
    ("permission denied", False, "this user may not write there; grant it the database and its schema"),
    ("starting up", True, f"the server is starting; run again in a moment: {_STAYS}"),
    ("shutting down", True, f"the server is stopping; start it and run again: {_STAYS}"),
    ("too many clients", True, f"the server has no connection left; raise max_connections and run again: {_STAYS}"),
    ("deadlock", True, f"two writers waited for each other; run again: {_STAYS}"),
    ("name or service not known", True, f"no such host; mend [storage] database and run again: {_STAYS}"),
    (
        "does not exist",
        False,
        "the server has no such database or user; make it, or mend [storage] database",
    ),
    ("connection", True, f"no PostgreSQL answers there; start it and run again: {_STAYS}"),
)
_OTHER = f"check [storage] database and run again: {_STAYS}"


def passing(error: Exception) -> bool:
    """Whether the trouble may pass by itself: a lock, a server that is away for a moment."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if not isinstance(error, (OperationalError, InterfaceError)):
        return False
    return _trouble(error)[0]


def explained(url: str, error: Exception) -> HistoryError:
    if isinstance(error, ImportError):
        return HistoryError(
            f"database {shown(url)}: its driver is not installed; "
            "install it with `pip install 'transparency-auditor[postgres]'`"
        )
    if isinstance(error, (ArgumentError, ValueError)):
        return HistoryError(f"database {shown(url)}: {refused()}")
    said = _without_password(_first_line(error), url)
    return HistoryError(f"database {shown(url)}: {_trouble(error)[1]} ({said})")


def refused() -> str:
    return "not understood; write sqlite:///FILE or postgresql://USER:PASSWORD@HOST/NAME in [storage] database"


def shown(url: str) -> str:
    """The URL without a password, wherever it stands in it."""
    parsed = _parsed(url)
    return "(unreadable)" if parsed is None else _open(parsed).render_as_string(hide_password=True)


def _open(url: URL) -> URL:
    return url.difference_update_query([name for name in url.query if "pass" in name.lower()])


def _parsed(url: str) -> URL | None:
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        return None


def _trouble(error: Exception) -> tuple[bool, str]:
    said = str(getattr(error, "orig", None) or error).lower()
    for part, passes, way_out in _TROUBLES:
        if part in said:
            return passes, way_out
    return False, _OTHER


def _first_line(error: Exception) -> str:
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__


def _without_password(said: str, url: str) -> str:
    parsed = _parsed(url)
    if parsed is None:
        return said
    secrets = [parsed.password, *(parsed.query.get(name) for name in parsed.query if "pass" in name.lower())]
    for secret in secrets:
        if secret:
            said = said.replace(str(secret), "***")
    return said
