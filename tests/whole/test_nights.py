"""`auditor schedule` and `auditor status` as a supervisor sees them: other processes, real clock, real signals."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from auditor.config import load
from auditor.history import History
from auditor.schedule import status
from tests.badsite import BadSite, html
from tests.whole.conftest import auditor

NIGHTLY = "0 1 * * *"
PAGES = 20


def written(folder: Path, url: str, cron: str = NIGHTLY, delay: float = 0.0) -> Path:
    config = folder / "config.toml"
    config.write_text(
        f"""
[body]
code = "99.72"
name = "Kota Malam"
kind = "kota"

[[sites]]
id = "www"
role = "website"
url = "{url}"

[network]
contact = "mailto:malam@example.org"
delay_seconds = {delay}
allow_private = ["127.0.0.0/8"]
retries = 0

[schedule]
cron = "{cron}"
""",
        encoding="utf-8",
    )
    return config


@pytest.fixture
def site() -> Iterator[BadSite]:
    pages = {f"/p{n}": html(f"<p>{'isi halaman ' * 40}</p>", f"p{n}") for n in range(PAGES)}
    links = "".join(f'<a href="/p{n}">p{n}</a>' for n in range(PAGES))
    with BadSite({"/": html(f"<h1>Kota Malam</h1><p>{'Pemerintah Kota Malam ' * 20}</p>{links}"), **pages}) as serving:
        yield serving


def asked(site: BadSite) -> list[str]:
    return [seen.target for seen in site.log if seen.target.startswith("/p")]


def told(config: Path) -> dict[str, object]:
    done = auditor("status", "--config", config, "--json", check=False)
    return {"exit": done.returncode, **json.loads(done.stdout)}


def warned(config: Path) -> bool:
    """Whether the pages of the body show their banner."""
    return "display: block" in (config.parent / "public" / "99.72" / "standing.css").read_text("utf-8")


def shift(config: Path, by: timedelta) -> None:
    """The finished runs of that history ended so much earlier."""
    engine = create_engine(load(config).storage.database)
    with engine.begin() as connection:
        for run, finished in connection.execute(text("select run, finished from runs")).all():
            earlier = datetime.fromisoformat(str(finished)) - by
            connection.execute(
                text("update runs set finished = :at where run = :run"),
                {"at": earlier.strftime("%Y-%m-%d %H:%M:%S.%f"), "run": run},
            )
    engine.dispose()


def until(what: Callable[[], bool], seconds: float = 60.0) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.1)
    return False


@contextlib.contextmanager
def scheduling(config: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "auditor", "schedule", "--config", str(config)],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "NO_COLOR": "1"},
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.communicate()


def health(config: Path) -> dict[str, object]:
    try:
        return json.loads((config.parent / "var" / "schedule.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}


def test_status_before_after_and_overdue(tmp_path: Path, site: BadSite) -> None:
    config = written(tmp_path, site.url("/"))
    before = told(config)
    assert (before["exit"], before["run"], before["overdue"]) == (1, None, True)
    auditor("run", "--config", config)
    after = told(config)
    assert (after["exit"], after["overdue"], after["missed"], after["scheduler"]) == (0, False, 0, "stopped")
    assert not warned(config)
    shift(config, timedelta(days=3))
    late = told(config)
    assert warned(config)
    assert (late["exit"], late["overdue"]) == (1, True)
    assert late["missed"] == 3
    shown = auditor("status", "--config", config, check=False)
    assert "nights that did not happen since: 3" in shown.stdout
    assert "auditor doctor" in shown.stdout
    auditor("run", "--config", config)
    assert not warned(config)


def test_a_schedule_that_finds_itself_late_says_so_in_the_pages(tmp_path: Path, site: BadSite) -> None:
    far = f"0 0 1 {1 + datetime.now(UTC).month % 12} *"  # no night is due, and the last one is long ago
    config = written(tmp_path, site.url("/"), cron=far)
    auditor("run", "--config", config)
    shift(config, timedelta(hours=27))
    with scheduling(config):
        assert until(lambda: warned(config))


def test_a_night_on_which_no_site_answered_is_no_night(tmp_path: Path) -> None:
    config = written(tmp_path, "http://127.0.0.1:9/")
    assert auditor("run", "--config", config, check=False).returncode == 1
    assert told(config)["run"] is None


def test_a_partial_run_is_no_night(tmp_path: Path, site: BadSite) -> None:
    config = written(tmp_path, site.url("/"))
    auditor("run", "--config", config, "--only", "website")
    assert told(config)["run"] is None


def test_a_missed_night_is_made_up_for_and_sigterm_ends_it_cleanly(tmp_path: Path, site: BadSite) -> None:
    config = written(tmp_path, site.url("/"))
    auditor("run", "--config", config)
    shift(config, timedelta(days=2))
    with scheduling(config) as process:
        assert until(lambda: health(config).get("last_exit") == 0)
        assert until(lambda: health(config).get("state") == "waiting")
        assert told(config)["scheduler"] == "waiting"
        assert told(config)["overdue"] is False
        assert auditor("status", "--config", config, "--scheduler").returncode == 0
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "it is made up for now" in err
    assert "the night is done" in err
    assert health(config)["state"] == "stopped"
    assert auditor("status", "--config", config, "--scheduler", check=False).returncode == 1
    assert len(History(load(config).storage.database).runs("99.72")) == 2


def test_sigterm_in_the_middle_of_a_night_keeps_what_was_archived(tmp_path: Path, site: BadSite) -> None:
    config = written(tmp_path, site.url("/"), delay=0.3)
    command = [sys.executable, "-m", "auditor", "run", "--config", str(config)]
    begun = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    assert until(lambda: len(asked(site)) > 3)
    begun.kill()
    begun.wait()
    seen = len(asked(site))
    with scheduling(config) as process:
        assert until(lambda: len(asked(site)) > seen + 2)
        process.send_signal(signal.SIGTERM)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "interrupted" in err
    assert told(config)["unfinished"] is not None
    auditor("run", "--config", config)
    assert sorted(set(asked(site))) == sorted(f"/p{n}" for n in range(PAGES))
    assert len(asked(site)) <= PAGES + 2
    assert told(config)["unfinished"] is None


def test_two_schedules_at_once(tmp_path: Path, site: BadSite) -> None:
    config = written(tmp_path, site.url("/"))
    with scheduling(config) as process:
        assert until(lambda: health(config).get("state") == "waiting")
        second = auditor("schedule", "--config", config, check=False)
        assert second.returncode == 3
        assert "another `auditor schedule` works on" in second.stderr
        process.kill()
        process.communicate()
    with scheduling(config) as process:
        assert until(lambda: health(config).get("pid") == process.pid)
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=60)
    assert process.returncode == 0


@pytest.mark.parametrize(
    ("cron", "says"),
    [("0 1 * * 0", "write the weekday as a name"), ("jam satu", "is no schedule"), ("0 25 * * *", "is no schedule")],
)
def test_a_schedule_that_cannot_be_meant(tmp_path: Path, cron: str, says: str) -> None:
    done = auditor("status", "--config", written(tmp_path, "http://127.0.0.1:9/", cron), check=False)
    assert done.returncode == 2
    assert "config.toml:19: schedule.cron" in done.stderr
    assert says in done.stderr


def test_the_next_night_is_by_the_clock_of_the_body(tmp_path: Path) -> None:
    config = load(written(tmp_path, "http://127.0.0.1:9/", "30 1 * * sun"))
    stands = status(config, History(config.storage.database), datetime(2026, 11, 24, 12, tzinfo=UTC))
    assert stands.next.isoformat() == "2026-11-29T01:30:00+07:00"
