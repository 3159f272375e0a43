"""`auditor cite` on the demo's nights: the command and the published files say the same; a pin is kept."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from auditor.config import ConfigError
from auditor.pins import pin, pinned
from tests.whole.conftest import CODE, NIGHTS, Demo, auditor

FILES = {"bibtex": "citation.bib", "ris": "citation.ris", "csl": "citation.csl.json"}


@pytest.mark.parametrize("style", sorted(FILES))
def test_the_command_prints_what_is_published(demo: Demo, style: str) -> None:
    told = auditor("cite", "--config", demo.config, "--run", NIGHTS[0], "--style", style).stdout
    assert told == (demo.folder(1) / FILES[style]).read_text("utf-8")


def test_apa_is_the_default_and_the_latest_run_too(demo: Demo) -> None:
    told = auditor("cite", "--config", demo.config).stdout
    score = demo.json(2, "score.json")
    assert told.startswith("Transparency Auditor. (2026, 3 November). Transparency audit of")
    assert f"run {NIGHTS[1]}" in told
    assert f"{score['low']:.2f}–{score['high']:.2f} of 100" in told
    assert score["evidence"]["digest"] in told
    assert "Audit keterbukaan" in auditor("cite", "--config", demo.config, "--lang", "id").stdout


def test_an_unknown_run_and_an_unknown_style_are_said_in_a_line(demo: Demo) -> None:
    unknown = auditor("cite", "--config", demo.config, "--run", "20000101-01", "--pin", check=False)
    assert unknown.returncode == 1
    assert unknown.stdout == ""
    assert unknown.stderr.count("\n") == 1
    assert "20000101-01" in unknown.stderr
    assert "`auditor runs`" in unknown.stderr
    assert auditor("cite", "--config", demo.config, "--style", "mla", check=False).returncode == 2


def test_a_pin_is_kept_beside_the_history(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    shutil.copy(demo.config, copy / "config.toml")
    shutil.copytree(demo.directory / "var", copy / "var", ignore=shutil.ignore_patterns("evidence"))
    for run in (NIGHTS[1], NIGHTS[0], NIGHTS[1]):
        said = auditor("cite", "--config", copy / "config.toml", "--run", run, "--pin")
        assert f"run {run} is pinned" in said.stderr
    kept = json.loads((copy / "var" / "pinned.json").read_text("utf-8"))
    assert kept == {CODE: list(NIGHTS)}
    assert pinned(copy / "var", CODE) == set(NIGHTS)
    assert pinned(copy / "var", "32.71") == frozenset()


@pytest.mark.parametrize("content", ["{", "[]", '{"99.71": "20261102-01"}', '{"99.71": [7]}', "\x00"])
def test_a_damaged_list_of_pins_is_never_taken_for_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "pinned.json").write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"pinned\.json"):
        pinned(tmp_path, CODE)
    with pytest.raises(ConfigError):
        pin(tmp_path, CODE, NIGHTS[0])
    assert (tmp_path / "pinned.json").read_text("utf-8") == content


def test_publishing_again_changes_no_byte_of_a_citation(demo: Demo) -> None:
    folder = demo.directory / "public" / CODE
    names = ("CITATION.cff", "citation.*", "datapackage.json", "dcat.jsonld", "ro-crate-metadata.json", "cite.html")
    before = {path: path.read_bytes() for name in names for path in folder.rglob(name)}
    assert len(before) == 2 * 8 + 1
    auditor("report", "--config", demo.config)
    assert {path: path.read_bytes() for path in before} == before
