"""What the documentation says is so: generated pages are current, files and keys are those that are written."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from auditor import reference
from auditor.cli import app
from auditor.model import Status
from tests.reports.builders import CODE, RUN, catalogue, finding, ordinary_stage

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"


def test_the_pages_made_from_the_program_are_current() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "auditor.reference", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_every_command_says_what_it_does_and_what_its_options_are() -> None:
    page = (DOCS / "commands.md").read_text(encoding="utf-8")
    assert app.info.help
    headings = re.findall(r"^## auditor (\S+)$", page, re.M)
    assert {"run", "demo", "findings", "rescore", "report", "serve", "status", "doctor"} <= set(headings)
    for block in page.split("\n## auditor ")[1:]:
        assert len(block.splitlines()[2]) > 10, block.splitlines()[0]
    for row in re.findall(r"^\| `--?\w.*$", page, re.M):
        assert row.count("|") >= 3, row


def test_every_key_of_the_configuration_is_explained() -> None:
    page = reference.configuration()
    for key, meaning in reference.MEANING.items():
        assert f"| `{key.partition('.')[2]}` |" in page, key
        assert meaning in page, key
    assert not re.findall(r"^\| `\w+` \| [^|]+ \|  \|$", page, re.M), "a key without a word about it"


@pytest.mark.parametrize(
    "page", ["README.md", "BACA.md", "CONTRIBUTING.md", *(f"docs/{p.name}" for p in sorted(DOCS.glob("*.md")))]
)
def test_links_and_pictures_of_a_page_are_there(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not link.startswith(("http", "mailto")):
            assert (ROOT / page).parent.joinpath(link).exists(), link


def test_pictures_are_small_and_each_page_of_the_door_has_some() -> None:
    pictures = sorted((DOCS / "pictures").glob("*.png"))
    assert len(pictures) >= 4
    assert all(path.stat().st_size < 200_000 for path in pictures)
    for page in ("README.md", "BACA.md"):
        assert (ROOT / page).read_text(encoding="utf-8").count("](docs/pictures/") >= 2, page
    for path in pictures:
        shown = [page for page in ("README.md", "BACA.md") if path.name in (ROOT / page).read_text(encoding="utf-8")]
        assert shown, path.name


def test_every_published_file_stands_in_the_page_of_files(tmp_path: Path) -> None:
    ordinary_stage().publish(tmp_path)
    page = (DOCS / "files.md").read_text(encoding="utf-8")
    for path in tmp_path.rglob("*"):
        relative = path.relative_to(tmp_path)
        if not path.is_file() or relative.parts[0] in ("en", "assets"):
            continue
        if "evidence" in relative.parts:
            name = f"<digest>{''.join(path.suffixes)}"
        elif "letters" in relative.parts:
            name = "letters/"
        elif "search" in relative.parts:
            name = "search/1.json"
        else:
            name = re.sub(r"-\d+\.html", ".html", path.name)
        assert name in page, relative


def test_the_keys_of_findings_and_score_are_those_of_the_page(tmp_path: Path) -> None:
    stage = ordinary_stage()
    open_data = finding(catalogue().criteria[8], Status.UNMET, reason="lies-open")
    judged = replace(stage.judgement, findings=(*stage.judgement.findings, open_data))
    replace(stage, judgement=judged).publish(tmp_path)
    page = " ".join((DOCS / "files.md").read_text(encoding="utf-8").split())
    folder = tmp_path / CODE / RUN
    found = json.loads((folder / "findings.json").read_bytes())
    assert any("severity" in one for one in found)
    known = set(re.findall(r"\w+", page.partition("each finding:")[2].partition("`score.json`")[0]))
    assert {key for one in found for key in one} <= known
    assert {key for one in found for proof in one["evidence"] for key in proof} <= known
    told = set(re.findall(r"\w+", page.partition("`score.json`: ")[2].partition("`auditor run")[0]))
    assert set(json.loads((folder / "score.json").read_bytes())) <= told
