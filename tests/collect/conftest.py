from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.collect.fetch import Door
from auditor.collect.reading import Ask
from auditor.config import Network
from auditor.evidence.store import EvidenceWriter, Origin

LOOPBACK = ("127.0.0.0/8",)


def network(**more: Any) -> Network:
    """Loopback allowed, no delay, short timeouts, no retries: what a test does not say."""
    return Network(
        **{"delay_seconds": 0.0, "timeout_seconds": 0.5, "allow_private": LOOPBACK, "retries": 0, "workers": 4, **more}
    )


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Callable[..., Door]]:
    """Makes a Door over an evidence folder of its own; closes both."""
    made: list[tuple[Door, EvidenceWriter]] = []

    def make(trust: bool | str = True, **more: Any) -> Door:
        writer = EvidenceWriter(tmp_path / f"evidence-{len(made)}")
        made.append((Door(network(**more), writer, trust=trust), writer))
        return made[-1][0]

    yield make
    for one, writer in made:
        one.close()
        writer.close()


def ask(url: str, **more: Any) -> Ask:
    return Ask(url, Origin("situs"), **more)
