"""A real PostgreSQL of our own, for root too: a cluster in a folder, on a unix socket; it can go away and come back."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from urllib.parse import quote

USER, PASSWORD = "auditor", "rahasia/9#x"


@dataclass(frozen=True)
class Server:
    folder: Path
    numbers: count[int]

    @classmethod
    def made(cls) -> Server:
        folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))  # a socket's path has 107 bytes at most
        folder.chmod(0o755)
        word = folder / "password"
        word.write_text(PASSWORD)
        (folder / "data").mkdir()
        if os.geteuid() == 0:
            for path in (folder, word, folder / "data"):
                shutil.chown(path, "postgres", "postgres")
        server = cls(folder, count(1))
        server._run(
            "initdb", "-D", folder / "data", "-U", USER, "-A", "scram-sha-256", "--pwfile", word,
            "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        with (folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(
                f"listen_addresses = ''\nunix_socket_directories = '{folder}'\n"
                "fsync = off\nfull_page_writes = off\nshared_buffers = 32MB\n"
            )
        server.start()
        return server

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-l", self.folder / "log", "-w", "-t", "60", "start")

    def stop(self) -> None:
        self._run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def end(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    def url(self, name: str, password: str = PASSWORD, scheme: str = "postgresql+psycopg") -> str:
        return f"{scheme}://{USER}:{quote(password, safe='')}@/{name}?host={self.folder}"

    def database(self) -> str:
        """The URL of a new, empty database."""
        name = f"uji{next(self.numbers)}"
        self.sql("postgres", f"CREATE DATABASE {name} TEMPLATE template0")
        return self.url(name)

    def sql(self, name: str, statement: str) -> None:
        self._run("psql", "-h", self.folder, "-U", USER, "-d", name, "-qc", statement)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [str(_programs() / program), *map(str, arguments)]
        if os.geteuid() == 0:  # PostgreSQL refuses to be root
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", *command]
        subprocess.run(
            command, cwd=self.folder, check=True, stdout=subprocess.DEVNULL, timeout=120,
            env={**os.environ, "PGPASSWORD": PASSWORD},
        )  # fmt: skip


def _programs() -> Path:
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    found = str(kept[-1]) if kept else shutil.which("initdb")
    assert found, "PostgreSQL is not installed: apt-get install postgresql"
    return Path(found).parent
