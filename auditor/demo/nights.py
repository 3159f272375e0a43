"""The main job on a machine without the internet: audit Kota Contoh over real HTTP on loopback, night after night."""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from auditor import audit
from auditor.config import ConfigError, load
from auditor.console import ending, live
from auditor.console.lines import err, out
from auditor.demo.city import build
from auditor.demo.config import config_text
from auditor.demo.server import serve

FIRST = datetime.fromisoformat("2026-11-02T01:00:00+07:00")
"""The first night; the city changes on the second and stays as it is from then on."""

PORT = 8799
"""Asked for first, so that the addresses in two demos are the same; another one is taken when it is in use."""


def run_nights(directory: Path, nights: int, *, lang: str) -> None:
    """Audit the city `nights` times and print the summary of the last one. Everything is written under `directory`."""
    _make_room(directory)
    with serve(build(1), _free(PORT)) as running:
        path = directory / "config.toml"
        path.write_text(config_text(running.port), encoding="utf-8")
        config = load(path)
        for number in range(1, nights + 1):
            at = FIRST + timedelta(days=number - 1)
            running.set_night(number)
            err.print(f"Kota Contoh, night {number} of {nights} ({at:%Y-%m-%d}), on 127.0.0.1:{running.port}")
            with live.stopping() as stop, live.progress(config, silent=False) as progress:
                outcome = audit.run(config, started=datetime.now(UTC), at=at, progress=progress, stop=stop)
        ending.summary(outcome, config, lang=lang, as_json=False)
        out.print(f"Look at it: {_command()} serve --config {path}")


def _command() -> str:
    """How this very command is called from here."""
    called = Path(sys.argv[0])
    if called.name == "__main__.py":
        return "python -m auditor"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _make_room(directory: Path) -> None:
    """An earlier demo's files are taken away; anything else in the folder is left and refused."""
    directory.mkdir(parents=True, exist_ok=True)
    config = directory / "config.toml"
    ours = config.exists() and 'name = "Kota Contoh"' in config.read_text(encoding="utf-8", errors="replace")
    if any(directory.iterdir()) and not ours:
        raise ConfigError(f"{directory} is not empty and holds no earlier demo; give --dir another folder")
    for name in ("var", "public"):
        shutil.rmtree(directory / name, ignore_errors=True)


def _free(port: int) -> int:
    import socket

    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return 0
    return port
