"""The same tests on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.history.postgres import Server


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    made = Server.made()
    yield made
    made.end()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.services)])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'var' / 'auditor.sqlite'}"
    server: Server = request.getfixturevalue("server")
    return server.database()
