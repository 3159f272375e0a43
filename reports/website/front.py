"""The front page of everything that was published, while that is one body: `reports.national` has that of several."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reports import bodies
from reports.website import method


def context(public: Path) -> dict[str, Any]:
    """The bodies, and the versions of the method."""
    return {"bodies": bodies.read(public), "methods": method.versions(public)}
