"""A backup put back: into empty places only, after every member was held against the manifest."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from auditor.backup import CONFIG, DATA, FORMAT, HISTORY, MANIFEST, PUBLIC
from auditor.config import Config, load
from auditor.history import History

_CHUNK = 1 << 20


class BackupError(Exception):
    """The file cannot be put back; one line that says what to do. Nothing was changed."""


@dataclass(frozen=True, slots=True)
class Restored:
    """`rows`: of the history. `wrote_config`: the configuration came from the backup too."""

    config: Config
    files: int
    rows: int
    wrote_config: bool


def restore(source: Path, config_path: Path) -> Restored:
    """Puts a backup back where the configuration says. Without a file at `config_path` it comes from the backup.

    Raises BackupError, ConfigError, HistoryError, OSError; before anything is in its place, except for OSError.
    """
    home = config_path.resolve().parent
    home.mkdir(parents=True, exist_ok=True)
    staging = home / f".restoring-{os.getpid()}"
    try:
        manifest = _unpacked(source, staging)
        written = not config_path.exists()
        if written:
            _moved(staging / CONFIG, home, renamed=(manifest["config"], config_path.name))
        try:
            config = load(config_path)
            _fits(config, manifest, source)
            history = History(config.storage.database, config.storage.database_wait_seconds)
            rows = history.copy_in(config.body.code, staging / HISTORY)
        except BaseException:
            if written:
                config_path.unlink(missing_ok=True)
            raise
        _moved(staging / DATA, config.storage.data)
        _moved(staging / PUBLIC, config.storage.public)
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    return Restored(config, len(manifest["files"]), rows, written)


def _fits(config: Config, manifest: dict[str, Any], source: Path) -> None:
    if config.body.code != manifest["body"]:
        raise BackupError(
            f"{source} is of body {manifest['body']} ({manifest['name']}), {config.path} of {config.body.code}; "
            "give --config another file"
        )
    for folder, key in ((config.storage.data / "evidence", "data"), (config.storage.public, "public")):
        if folder.is_dir() and any(folder.iterdir()):
            raise BackupError(
                f"{folder} is not empty; move it away or give [storage] {key} another folder: nothing is overwritten"
            )


def _unpacked(source: Path, staging: Path) -> dict[str, Any]:
    """Every member in `staging`, each as the manifest names it. Raises BackupError."""
    digests: dict[str, str] = {}
    content = b""
    try:
        with tarfile.open(source, mode="r|") as tar:
            for member in tar:
                file = tar.extractfile(member)
                if file is None or not _is_ours(member.name):
                    raise BackupError(f"{source}: {member.name!r} does not belong into a backup; nothing was restored")
                if member.name == MANIFEST:
                    content = file.read()
                    continue
                path = staging / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                digests[member.name] = _copied(file, path)
    except (tarfile.TarError, EOFError) as error:
        raise BackupError(f"{source} is damaged or no backup ({error}); take another copy") from None
    except IsADirectoryError:
        raise BackupError(f"{source} is a folder; name the file that `auditor backup` made") from None
    return _checked(source, content, digests)


def _checked(source: Path, content: bytes, digests: dict[str, str]) -> dict[str, Any]:
    if not content:
        raise BackupError(f"{source} was cut off: its last member is missing; take another copy")
    try:
        manifest: dict[str, Any] = json.loads(content)
        named, version = manifest["files"], manifest["format"]
    except (ValueError, KeyError, TypeError):
        raise BackupError(f"{source}: its manifest cannot be read; take another copy") from None
    if version != FORMAT:
        raise BackupError(f"{source} was made by auditor {manifest.get('auditor')}; install that one or a later one")
    wrong = sorted(name for name in {*named, *digests} if named.get(name) != digests.get(name))
    if wrong:
        raise BackupError(f"{source} is damaged: {wrong[0]} and {len(wrong) - 1} more differ; take another copy")
    return manifest


def _is_ours(name: str) -> bool:
    path = PurePosixPath(name)
    inside = not path.is_absolute() and ".." not in path.parts
    return inside and (name in (MANIFEST, HISTORY) or path.parts[0] in (CONFIG, DATA, PUBLIC))


def _copied(file: Any, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as target:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()


def _moved(source: Path, target: Path, renamed: tuple[str, str] = ("", "")) -> None:
    """Every file below `source` to its place below `target`, across file systems too."""
    for path in sorted(source.rglob("*")):
        if not path.is_file():
            continue
        relative = path.relative_to(source)
        if str(relative) == renamed[0]:
            relative = Path(renamed[1])
        place = target / relative
        if place.exists():
            continue  # an operator's own file beside the configuration stays as it is
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(path, place)
