"""deploy/: what the container file and the units name is there, and is what the program knows."""

from __future__ import annotations

import configparser
import json
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer.main

from auditor.cli import app
from auditor.failures import EXIT_LOCKED, EXIT_USAGE

HOUSE = Path(__file__).parents[1]
DEPLOY = HOUSE / "deploy"
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
UNITS = sorted(DEPLOY.glob("*.service"))


def instructions() -> list[tuple[str, str]]:
    """The container file as (instruction, rest), lines that go on put together."""
    text = (DEPLOY / "Containerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(line.split(None, 1)[0], " ".join(line.split(None, 1)[1].split())) for line in lines]


def only(name: str) -> str:
    (found,) = [rest for instruction, rest in instructions() if instruction == name]
    return found


def known_to_the_program(words: list[str]) -> None:
    """`words` behind `auditor`: a command, and options that it has."""
    root: Any = typer.main.get_command(app)
    command = root.commands[words[0]]
    options = {name for parameter in command.params for name in (*parameter.opts, *parameter.secondary_opts)}
    assert {word for word in words[1:] if word.startswith("--")} <= options


def test_every_path_that_is_copied_exists_and_holds_all_that_is_installed() -> None:
    copied: set[str] = set()
    for _, rest in [one for one in instructions() if one[0] == "COPY"]:
        *sources, target = shlex.split(rest)
        assert target.startswith("/opt/auditor/")
        for source in sources:
            assert (HOUSE / source).exists(), source
        copied |= set(sources)
    needed = {*PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], PROJECT["project"]["readme"]}
    assert needed | {"pyproject.toml", "constraints.txt", "LICENSE"} == copied


def test_versions_are_those_of_constraints_and_python_is_one_that_is_supported() -> None:
    words = shlex.split(only("RUN"))
    assert words[words.index("--constraint") + 1] == "/opt/auditor/constraints.txt"
    (installed,) = [word for word in words if word.startswith("/opt/auditor[")]
    extras = installed.partition("[")[2].rstrip("]").split(",")
    assert set(extras) <= set(PROJECT["project"]["optional-dependencies"])
    tag = only("FROM").rpartition(":")[2]
    lowest = PROJECT["project"]["requires-python"].removeprefix(">=")
    version = [int(part) for part in tag.partition("-")[0].split(".")]
    assert version >= [int(part) for part in lowest.split(".")]
    pinned = (HOUSE / "constraints.txt").read_text("utf-8").split()
    assert all("==" in line for line in pinned)


def test_it_runs_as_nobody_special_and_starts_what_exists() -> None:
    order = [instruction for instruction, _ in instructions()]
    user = only("USER")
    assert user not in ("root", "0")
    assert f"useradd --uid 10001 --create-home {user}" in only("RUN")
    assert order.index("RUN") < order.index("USER") < order.index("ENTRYPOINT")
    assert json.loads(only("ENTRYPOINT")) == ["auditor"]
    assert "auditor" in PROJECT["project"]["scripts"]
    known_to_the_program(json.loads(only("CMD")))
    assert only("STOPSIGNAL") == "SIGTERM", "on which the schedule keeps its state"


def test_the_health_check_is_auditor_status() -> None:
    asked = json.loads(only("HEALTHCHECK").partition(" CMD ")[2])
    assert asked[:2] == ["auditor", "status"]
    known_to_the_program(asked[1:])


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_a_unit_starts_what_exists_and_lets_a_night_end(unit: Path) -> None:
    read = configparser.ConfigParser(interpolation=None)
    read.read(unit, encoding="utf-8")
    service = read["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert program.endswith("/.venv/bin/auditor")
    known_to_the_program(words)
    assert service["User"] != "root"
    assert service["TimeoutStopSec"] == "11min", "longer than any request waits"
    if "RestartPreventExitStatus" in service:
        assert service["RestartPreventExitStatus"].split() == [str(EXIT_USAGE), str(EXIT_LOCKED)]


def test_the_timer_belongs_to_a_unit_and_makes_up_for_a_missed_night() -> None:
    (timer,) = DEPLOY.glob("*.timer")
    assert timer.with_suffix(".service").exists()
    read = configparser.ConfigParser(interpolation=None)
    read.read(timer, encoding="utf-8")
    assert read["Timer"]["OnCalendar"] == "*-*-* 01:00:00 Asia/Jakarta"
    assert read["Timer"]["Persistent"] == "true"
