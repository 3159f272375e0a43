"""Runs that somebody cites: `<data>/pinned.json`, by body. `auditor prune` keeps their evidence for good."""

from __future__ import annotations

import json
from pathlib import Path

from filelock import FileLock

from auditor.config import ConfigError
from auditor.whole import write_whole

PINNED = "pinned.json"


def pinned(data: Path, body: str) -> frozenset[str]:
    """The pinned runs of a body. Raises ConfigError where the file is not readable: then nothing may be removed."""
    return frozenset(_read(data / PINNED).get(body, ()))


def pin(data: Path, body: str, run: str) -> None:
    """Keeps the evidence of a run for good."""
    data.mkdir(parents=True, exist_ok=True)
    path = data / PINNED
    with FileLock(f"{path}.lock"):
        known = _read(path)
        known[body] = sorted({*known.get(body, ()), run})
        write_whole(path, json.dumps(known, indent=1, sort_keys=True) + "\n")


def _read(path: Path) -> dict[str, list[str]]:
    if not path.exists():
        return {}
    try:
        known = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"{path}: {error}; mend it or restore it from a backup, it says which evidence is kept"
        ) from None
    if not isinstance(known, dict) or not all(
        isinstance(runs, list) and all(isinstance(run, str) for run in runs) for runs in known.values()
    ):
        raise ConfigError(f'{path} is not {{"body": ["run"]}}; mend it, it says which evidence is kept')
    return known
