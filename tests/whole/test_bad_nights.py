"""What goes wrong on a night, through the command line: one clear line, the right exit code, nothing lost."""

from __future__ import annotations

import json
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from auditor.evidence.source import Evidence
from tests.whole.conftest import auditor, config_toml


def configured(folder: Path, url: str, delay: float = 0.0) -> Path:
    path = folder / "config.toml"
    site = {"id": "ppid", "role": "ppid", "url": url}
    path.write_text(config_toml(site, delay_seconds=delay, timeout_seconds=1), encoding="utf-8")
    return path


class _Pages(BaseHTTPRequestHandler):
    """A site of forty pages, the first leading to all others, or one without anything."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        number = int(self.path.strip("/p") or 0) if self.path.strip("/p").isdigit() or self.path == "/" else -1
        empty = getattr(self.server, "empty", False)
        known = self.path == "/" or (not empty and 0 <= number < 40)
        others = "".join(f'<a href="/p{n}">Laporan {n}</a>' for n in range(1, 40)) if number == 0 else ""
        text = f"<title>Informasi Berkala {number}</title><h1>Informasi Berkala</h1><p>{'isi ' * 100}{others}"
        body = b"" if empty else text.encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body) if known else 0))
        self.end_headers()
        if known:
            self.wfile.write(body)
        asked: list[str] = self.server.asked  # type: ignore[attr-defined]
        asked.append(self.path)

    def log_message(self, *_: object) -> None:
        return


@contextmanager
def site(*, empty: bool = False) -> Iterator[tuple[str, list[str]]]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Pages)
    server.asked = []  # type: ignore[attr-defined]
    server.empty = empty  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/", server.asked  # type: ignore[attr-defined]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("role = ", "rolle = "), "did you mean `role`?"),
        (('role = "ppid"', 'role = "pidi"'), "is not one of"),
        (('code = "99.71"\n', ""), "this key is missing"),
    ],
)
def test_a_wrong_configuration_is_usage(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    path = configured(tmp_path, "http://127.0.0.1:9/")
    path.write_text(path.read_text("utf-8").replace(*change), encoding="utf-8")
    done = auditor("run", "--config", path, check=False)
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_missing_configuration_and_a_wrong_word(tmp_path: Path) -> None:
    missing = auditor("run", "--config", tmp_path / "none.toml", check=False)
    assert (missing.returncode, "no such file" in missing.stderr) == (2, True)
    path = configured(tmp_path, "http://127.0.0.1:9/")
    only = auditor("run", "--config", path, "--only", "ppdi", check=False)
    assert (only.returncode, "did you mean 'ppid'?" in only.stderr) == (2, True)
    criterion = auditor("criteria", "show", "dpa-skdp", check=False)
    assert (criterion.returncode, "dpa-skpd" in criterion.stderr) == (2, True)
    date = auditor("run", "--config", path, "--at", "besok", check=False)
    assert (date.returncode, "2026-11-24" in date.stderr) == (2, True)


def refused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_an_unreachable_host_is_unknown_to_the_end(tmp_path: Path) -> None:
    done = auditor(
        "run", "--config", configured(tmp_path, f"http://127.0.0.1:{refused_port()}/"), "--json", check=False
    )
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert (told["low"], told["observed"], told["high"], told["coverage"]) == (0, None, 100, 0)
    assert told["findings"]["unmet"] == told["findings"]["met"] == 0
    assert told["sites"] == {"ppid": "refused"}
    assert Path(told["report"]).exists()


def test_a_port_that_accepts_and_says_nothing(tmp_path: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen(16)
        path = configured(tmp_path, f"http://127.0.0.1:{silent.getsockname()[1]}/")
        done = auditor("run", "--config", path, "--json", check=False)
    told = json.loads(done.stdout)
    assert done.returncode == 1
    assert told["sites"] == {"ppid": "read-timeout"}
    assert told["findings"]["unmet"] == 0


def test_an_empty_site_is_not_called_a_site_without_documents(tmp_path: Path) -> None:
    with site(empty=True) as (url, _):
        done = auditor("run", "--config", configured(tmp_path, url), check=False)
        findings = json.loads(auditor("findings", "--config", tmp_path / "config.toml", "--json").stdout)
    assert done.returncode == 0
    documents = [f for f in findings if f["criterion"] in ("rkpd", "perda-apbd", "lkpj")]
    assert {f["status"] for f in documents} == {"unknown"}


def test_a_full_disk_ends_in_one_line_and_the_next_run_goes_on(tmp_path: Path) -> None:
    with site() as (url, _):
        path = configured(tmp_path, url)

        def small() -> None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))

        done = subprocess.run(
            [sys.executable, "-m", "auditor", "run", "--config", str(path)],
            capture_output=True, text=True, timeout=120, preexec_fn=small, check=False,
        )  # fmt: skip
        assert done.returncode == 1
        assert "Traceback" not in done.stderr
        assert "run again" in done.stderr.strip().splitlines()[-1]


def run_in_background(path: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "auditor", "run", "--config", str(path)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=dict(os.environ),
    )  # fmt: skip


def wait_for(asked: list[str], count: int) -> None:
    deadline = time.monotonic() + 60
    while len(asked) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    assert len(asked) >= count


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_night_is_resumed_not_repeated(tmp_path: Path, how: signal.Signals) -> None:
    with site() as (url, asked):
        path = configured(tmp_path, url, delay=0.02)
        running = run_in_background(path)
        wait_for(asked, 12)
        running.send_signal(how)
        _, heard = running.communicate(timeout=60)
        if how is not signal.SIGKILL:
            assert running.returncode == 130
            assert "goes on from there" in heard
        before = list(asked)
        assert len(before) < 40
        done = auditor("run", "--config", path, "--json")
        repeated = [page for page in asked[len(before) :] if page in before]
    told = json.loads(done.stdout)
    assert told["resumed"] is True
    assert len(repeated) <= 1
    (folder,) = (tmp_path / "var" / "evidence").iterdir()
    pages = {capture.url for capture in Evidence(folder).captures() if capture.cause == "ok"}
    assert len(pages) == 40


def test_a_second_run_is_refused_while_one_works(tmp_path: Path) -> None:
    with site() as (url, asked):
        path = configured(tmp_path, url, delay=0.05)
        running = run_in_background(path)
        wait_for(asked, 3)
        second = auditor("run", "--config", path, check=False)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=60)
    assert second.returncode == 3
    assert "another run" in second.stderr


def test_a_table_that_is_none_and_a_schema_that_is_not_there(tmp_path: Path) -> None:
    table = tmp_path / "data.csv"
    rows = [f"Contoh Utara;{year};1.234,56" for year in range(2010, 2026)] + ["Contoh Utara;2026;banyak"]
    table.write_text("\n".join(["kecamatan;tahun;jumlah", *rows]), encoding="utf-8")
    wrong = auditor("check-table", table, "--schema", "apa", check=False)
    assert (wrong.returncode, "there are apbd" in wrong.stderr) == (2, True)
    found = auditor("check-table", table, "--json", check=False)
    told = json.loads(found.stdout)
    assert found.returncode == 1
    assert [(e["row"], e["column"], e["value"]) for e in told["errors"]] == [(18, "jumlah", "banyak")]
    table.write_bytes(b"%PDF-1.7 bukan tabel")
    none = auditor("check-table", table, check=False)
    assert none.returncode == 2
    assert "Traceback" not in none.stderr
