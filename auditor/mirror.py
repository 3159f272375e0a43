"""Finished evidence, copied to where it is kept (`[storage] evidence`, any fsspec URL) and brought back when needed.

While a run collects, its evidence lies on this machine, where a crash leaves what was written. Whole files are copied
when the run has ended, each is read back and compared by sha-256, and `SHA256SUMS` is written last: a folder there
without it is not whole and is not believed. Credentials and endpoint come from the environment (AWS_…), never from
config.toml.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from auditor.config import Config
from auditor.evidence.errors import EvidenceError
from auditor.whole import write_whole

SUMS = "SHA256SUMS"
COPIED = "copied.json"
_BLOCK = 1 << 20


class MirrorError(EvidenceError):
    """The place of the evidence cannot be used, or what lies there is not what was copied; says what to do."""


def copy_out(config: Config, runs: Iterable[str]) -> tuple[str, ...]:
    """Copies those of the runs that are here and not there yet, oldest first. Gives a line for each that failed: its
    evidence stays here, and the next run or fleet copies it."""
    place = config.storage.evidence
    if not place:
        return ()
    done = _copied(config)
    lines = []
    for run in sorted(set(runs) - set(done)):
        folder = config.storage.data / "evidence" / run
        if not folder.is_dir():
            continue
        try:
            done[run] = _copy(folder, place, f"{config.body.code}/{run}")
        except MirrorError as error:
            lines.append(f"evidence of run {run} is not copied yet: {error}; it stays in {folder}")
        else:
            _remember(config, done)
    return tuple(lines)


def is_copied(config: Config, run: str) -> bool:
    return not config.storage.evidence or run in _copied(config)


def evidence_kept(config: Config, run: str) -> Path:
    """The folder of a run's evidence: here, or brought from where it is kept. Raises MirrorError.

    A run that is nowhere gives the folder where it should be.
    """
    here = config.storage.data / "evidence" / run
    if here.is_dir() or not config.storage.evidence:
        return here
    brought = config.storage.data / "cache" / "evidence" / run
    if (brought / SUMS).is_file():
        return brought
    return brought if _bring(config.storage.evidence, f"{config.body.code}/{run}", brought) else here


def runs_kept(config: Config) -> list[str]:
    """Names of all runs whose evidence is here or there, oldest first. Raises MirrorError."""
    here = {path.name for path in (config.storage.data / "evidence").glob("*") if path.is_dir()}
    place = config.storage.evidence
    if not place:
        return sorted(here)
    with _telling(place), _opened(place) as (files, root):
        found = files.glob(f"{root}/{config.body.code}/*/{SUMS}")
    return sorted(here | {str(name).rsplit("/", 2)[1] for name in found})


def _copy(folder: Path, place: str, name: str) -> str:
    """Copies what differs; the digest of what is there then."""
    sums = {path.name: _digest(path.open("rb")) for path in sorted(folder.iterdir()) if path.is_file()}
    listing = "".join(f"{digest}  {file}\n" for file, digest in sorted(sums.items()))
    with _telling(place), _opened(place) as (files, root):
        target = f"{root}/{name}"
        there = _sums(files, target)
        if there != sums:
            files.makedirs(target, exist_ok=True)
            for file, digest in sums.items():
                if there.get(file) != digest:
                    files.put_file(str(folder / file), f"{target}/{file}")
                    _compare(digest, _digest(files.open(f"{target}/{file}", "rb")), f"{place}/{name}/{file}")
            files.pipe_file(f"{target}/{SUMS}", listing.encode())
    return hashlib.sha256(listing.encode()).hexdigest()


def _bring(place: str, name: str, to: Path) -> bool:
    """False where nothing whole is there."""
    with _telling(place), _opened(place) as (files, root):
        sums = _sums(files, f"{root}/{name}")
        if not sums:
            return False
        to.mkdir(parents=True, exist_ok=True)
        for file, digest in sums.items():
            part = to / f".{file}.part"
            files.get_file(f"{root}/{name}/{file}", str(part))
            _compare(digest, _digest(part.open("rb")), f"{place}/{name}/{file}")
            part.replace(to / file)
        (to / SUMS).write_text("".join(f"{digest}  {file}\n" for file, digest in sums.items()), encoding="utf-8")
    return True


def _sums(files: Any, folder: str) -> dict[str, str]:
    """File -> sha-256; empty where the folder is not whole. A name that leads elsewhere is none."""
    try:
        listing = files.cat_file(f"{folder}/{SUMS}").decode("utf-8")
    except FileNotFoundError:
        return {}
    pairs = (re.fullmatch(r"([0-9a-f]{64})  ([\w.-]+)", line) for line in listing.splitlines())
    return {found[2]: found[1] for found in pairs if found and not found[2].startswith(".")}


def _compare(wanted: str, found: str, name: str) -> None:
    if wanted != found:
        raise MirrorError(f"{name} is not what was copied (its sha-256 differs); put back a good copy")


def _digest(opened: Any) -> str:
    digest = hashlib.sha256()
    with opened as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


@contextmanager
def _opened(place: str) -> Iterator[tuple[Any, str]]:
    from fsspec.core import url_to_fs

    files, root = url_to_fs(place, use_listings_cache=False, skip_instance_cache=True)
    yield files, root.rstrip("/")


@contextmanager
def _telling(place: str) -> Iterator[None]:
    """Every storage has exceptions of its own; they become one line."""
    shown = re.sub(r"//[^/@]*@", "//", place)
    try:
        yield
    except MirrorError:
        raise
    except ImportError as error:
        raise MirrorError(
            f"{shown} needs a library that is not installed ({error}); "
            "install it with `pip install 'transparency-auditor[fleet]'`"
        ) from None
    except ValueError as error:
        raise MirrorError(f"{shown} is no place that is known ({_first(error)}); mend [storage] evidence") from None
    except Exception as error:
        raise MirrorError(
            f"{shown} cannot be used ({_first(error)}); see whether it is there, and its credentials in the environment"
        ) from None


def _first(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200] or type(error).__name__


def _copied(config: Config) -> dict[str, str]:
    try:
        kept = json.loads((config.storage.data / COPIED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    there = kept.get(config.storage.evidence) if isinstance(kept, dict) else None
    return there if isinstance(there, dict) else {}


def _remember(config: Config, done: dict[str, str]) -> None:
    copied = {config.storage.evidence: done}
    write_whole(config.storage.data / COPIED, json.dumps(copied, indent=1, sort_keys=True) + "\n")
