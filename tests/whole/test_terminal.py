"""What an operator sees: a table of the sites on a terminal, lines in a pipe, nothing beside JSON; and the log."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

from auditor.journal import BYTES, KEPT
from tests.badsite import BadSite, Reply, Route
from tests.whole.conftest import auditor, config_toml

NIK = "3271014506900001"
COLOUR = re.compile(rb"\x1b\[[0-9;]*(?:3[0-9]|4[0-9]|9[0-7]|38|48)[0-9;]*m")
MOVES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def city() -> dict[str, Route]:
    """Two sites on one host; one page is gone, one asks to be left alone for two seconds, one has a number in it."""
    links = "".join(f'<a href="/p{n}">Laporan {n}</a>' for n in range(30))
    front = f'<title>PPID</title>{links}<a href="/hilang?nik={NIK}">Daftar</a><a href="/sibuk">DPA 2026</a>'
    html = (("Content-Type", "text/html; charset=utf-8"),)
    routes: dict[str, Route] = {
        "/": Reply(front.encode()),
        "/www/": Reply(b"<title>Kota</title><p>Selamat datang di situs resmi.</p>"),
        "/sibuk": lambda asked: Reply(b"ya") if asked.number else Reply(b"nanti", 503, (*html, ("Retry-After", "2"))),
    }
    return routes | {f"/p{n}": Reply(f"<title>Laporan {n}</title><p>{'isi ' * 80}".encode()) for n in range(30)}


def configured(folder: Path, served: BadSite) -> Path:
    path = folder / "config.toml"
    config = config_toml(
        {"id": "ppid", "role": "ppid", "url": served.url("/"), "name": "PPID Kota Contoh"},
        {"id": "www", "role": "website", "url": served.url("/www/"), "name": "Situs resmi"},
        delay_seconds=0.02,
        retries=1,
    )
    path.write_text(config, encoding="utf-8")
    return path


def on_a_terminal(*arguments: str | Path, **environment: str) -> bytes:
    """All that a terminal of 24 lines of 80 characters is sent."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    kept = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    running = subprocess.Popen(
        [sys.executable, "-m", "auditor", *map(str, arguments)],
        stdin=theirs, stdout=theirs, stderr=theirs, env={**kept, "TERM": "xterm-256color", **environment},
    )  # fmt: skip
    os.close(theirs)
    sent = b""
    while True:
        try:
            some = os.read(ours, 65_536)
        except OSError:  # the other end was closed
            break
        if not some:
            break
        sent += some
    os.close(ours)
    assert running.wait(60) == 0, sent.decode()
    return sent


def test_a_terminal_shows_the_sites_then_a_summary_of_one_screen_and_no_color_is_respected(tmp_path: Path) -> None:
    with BadSite(city()) as served:
        path = configured(tmp_path, served)
        (tmp_path / "tanggapan.toml").write_text("[[tanggapan]]\ntemuan = 1\n")  # a notice, which is yellow otherwise
        sent = on_a_terminal("run", "--config", path, NO_COLOR="1")
    words = MOVES.sub("", sent.decode())
    assert "tanggapan.toml:1" in words
    assert COLOUR.search(sent) is None
    assert "a minute" in words
    assert "of 2 sites done" in words
    assert "takes turns with" in words or "for site.localhost" in words
    assert re.search(r"ppid +ok +\d+ pages, \d+ a minute", words)
    last = words[words.index("\nKota Contoh, ") :].strip("\r\n").splitlines()
    assert len(last) <= 23, "the last line is for the prompt"
    assert max(len(line) for line in last if not line.startswith("Report: ")) <= 80
    assert last[-1].startswith("Report: ")


def test_json_is_silent_otherwise_and_the_log_has_what_happened(tmp_path: Path) -> None:
    with BadSite(city()) as served:
        done = auditor("run", "--config", configured(tmp_path, served), "--json")
    told = json.loads(done.stdout)
    assert done.stderr == ""
    page = (Path(__file__).parents[2] / "docs" / "files.md").read_text("utf-8")
    assert list(told) == page.split("`auditor run --json`: `")[1].split("`")[0].split(), "what the docs name"
    log = tmp_path / "var" / "log" / "auditor.jsonl"
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {line["body"] for line in lines} == {"99.71"}
    assert {line["run"] for line in lines} == {told["run"]}
    assert all(line["time"].endswith("Z") and line["level"] in ("info", "warning", "error") for line in lines)
    events = [line["event"] for line in lines]
    assert events[0] == "run"
    assert events[-1] == "ended"
    gone = next(line for line in lines if line["event"] == "page" and "/hilang" in line["url"])
    assert (gone["site"], gone["cause"]) == ("ppid", "not-found")
    assert NIK not in log.read_text("utf-8")
    pause = next(line for line in lines if line["event"] == "pause")
    assert pause["host"] == "site.localhost"
    assert pause["seconds"] >= 2
    assert {line["site"]: line["cause"] for line in lines if line["event"] == "visit"} == {"ppid": "ok", "www": "ok"}


def test_a_run_that_could_not_begin_is_in_the_log_and_a_full_log_gives_way(tmp_path: Path) -> None:
    folder = tmp_path / "var" / "log"
    folder.mkdir(parents=True)
    (folder / "auditor.jsonl").write_bytes(b"{}\n" * (BYTES // 3 + 1))
    for n in range(1, KEPT + 1):
        (folder / f"auditor.jsonl.{n}").write_text(f"{n}")
    with BadSite(city()) as served:
        path = configured(tmp_path, served)
        path.write_text(path.read_text("utf-8") + '[storage]\ndatabase = "sqlite:////proc/none/auditor.sqlite"\n')
        done = auditor("run", "--config", path, check=False)
    assert done.returncode == 1
    (last,) = [json.loads(line) for line in (folder / "auditor.jsonl").read_text("utf-8").splitlines()]
    assert (last["event"], last["level"]) == ("failed", "error")
    assert last["detail"]
    assert len(list(folder.iterdir())) == KEPT + 1
    assert (folder / f"auditor.jsonl.{KEPT}").read_text() == str(KEPT - 1), "the oldest went"


def test_a_log_that_cannot_be_written_ends_no_run(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "log").write_text("in the way")
    with BadSite(city()) as served:
        done = auditor("run", "--config", configured(tmp_path, served), "--json")
    assert json.loads(done.stdout)["answered"]
