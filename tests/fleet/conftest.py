"""Fleets that a test started end with it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.fleet.made import end_started


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    yield
    end_started()
