"""A score that can be recomputed: other catalogues, other versions, bad evidence, kept readings."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

import checks
from auditor.evidence.source import Evidence
from auditor.evidence.store import EvidenceWriter
from auditor.facts_cache import FactsCache
from auditor.model import TitleFacts
from tests.whole.conftest import NIGHTS, Demo, auditor


@pytest.fixture
def copy(demo: Demo, tmp_path: Path) -> Path:
    """The evidence of the demo and its configuration, elsewhere; nothing else."""
    shutil.copytree(demo.directory / "var" / "evidence" / NIGHTS[0], tmp_path / "var" / "evidence" / NIGHTS[0])
    shutil.copy(demo.config, tmp_path / "config.toml")
    return tmp_path


def rescore(copy: Path, *options: str | Path, check: bool = True) -> Any:
    return auditor("rescore", "--config", copy / "config.toml", "--run", NIGHTS[0], *options, check=check)


def catalogue(folder: Path) -> Path:
    shutil.copytree(Path(checks.__file__).parent / "criteria", folder / "criteria")
    shutil.copy(Path(checks.__file__).parent / "scoring.toml", folder / "scoring.toml")
    return folder


def test_score_json_holds_parts_and_the_range_under_other_methods(demo: Demo) -> None:
    read = demo.json(1, "score.json")
    assert read["sensitivity"]["low"] <= read["low"] <= read["high"] <= read["sensitivity"]["high"]
    assert {role["role"] for role in read["roles"]} >= {"ppid", "website"}
    findings = demo.json(1, "findings.json")
    assert {unit["unit"] for unit in read["units"]} <= {finding["unit"] for finding in findings}
    for part in (*read["units"], *read["roles"], *read["indicators"]):
        assert (part["band"]["label"] is None) == (part["band"]["low"] != part["band"]["high"])
    for language, words in (("", "Bila dihitung dengan cara lain"), ("en", "If computed in other ways")):
        page = (demo.directory / "public" / language / "99.71" / NIGHTS[0] / "index.html").read_text("utf-8")
        assert words in page
        assert 'aria-labelledby="sen-t sen-d"' in page


def test_another_catalogue_is_told_criterion_by_criterion(copy: Path, demo: Demo) -> None:
    folder = catalogue(copy / "kriteria")
    path = folder / "criteria" / "komitmen-organisasi.toml"
    text = path.read_text("utf-8")
    first, sk, *rest = text.split("[[criterion]]")
    narrower = sk.replace('items = ["available", "current", "searchable"]', 'items = ["available"]')
    path.write_text("[[criterion]]".join([first, narrower, *rest[:-1]]), "utf-8")
    removed = re.search(r'id = "([\w-]+)"', rest[-1])
    assert removed is not None
    scoring = folder / "scoring.toml"
    changed = (
        scoring.read_text("utf-8").replace("weight = 40", "weight = 30", 1).replace("weight = 20", "weight = 30", 1)
    )
    scoring.write_text(changed, "utf-8")
    out = copy / "out"
    done = rescore(copy, "--criteria", folder, "--json", "--out", out)
    assert json.loads(done.stdout)["catalogue"] != demo.json(1, "score.json")["catalogue"]
    assert done.stdout.encode() == (out / "score.json").read_bytes()
    told = json.loads((out / "differences.json").read_text("utf-8"))
    assert told["before"]["low"] == demo.json(1, "score.json")["low"]
    assert {i["id"]: (i["before"], i["after"]) for i in told["indicators"]} == {
        "jenis-informasi": (40, 30),
        "digitalisasi": (20, 30),
    }
    changes = {one["criterion"]: one["changes"] for one in told["criteria"]}
    assert changes.pop(removed[1]) == ["removed"]
    assert set(changes) <= {"sk-ppid"}
    assert "the method changed, not the city" in done.stderr
    assert f"{removed[1]}: removed" in done.stderr


def test_a_catalogue_whose_weights_do_not_sum_is_refused(copy: Path) -> None:
    folder = catalogue(copy / "kriteria")
    scoring = folder / "scoring.toml"
    scoring.write_text(scoring.read_text("utf-8").replace("weight = 40", "weight = 45", 1), "utf-8")
    done = rescore(copy, "--criteria", folder, check=False)
    assert done.returncode == 2
    assert "sum to 105; they must sum to 100" in done.stderr
    assert done.stdout == ""


def test_a_run_of_a_newer_version_says_so(copy: Path) -> None:
    folder = copy / "var" / "evidence" / NIGHTS[0]
    record = Evidence(folder).records("run")[-1]
    _write(folder, {**record, "auditor": "99.1.0"})
    done = rescore(copy, "--json")
    assert json.loads(done.stdout)["auditor"] == "99.1.0"
    assert "first judged by auditor 99.1.0, newer than this one" in done.stderr
    _write(folder, {"run": NIGHTS[0], "auditor": "99.1.0", "jadwal": {}})
    done = rescore(copy, "--json", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert "install auditor 99.1.0 or later" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def _write(folder: Path, record: dict[str, Any]) -> None:
    writer = EvidenceWriter(folder)
    writer.record("run", record)
    writer.close()


def test_a_file_that_is_missing_is_named_and_what_it_held_is_unknown(copy: Path, demo: Demo) -> None:
    """The captures and the run's own records in two files, of which the first is gone."""
    folder = copy / "var" / "evidence" / NIGHTS[0]
    evidence = Evidence(folder)
    kept = {name: evidence.records(name)[-1] for name in ("run",)}
    (warc,) = folder.glob("*.warc.gz")
    index = (folder / "index.cdxj").read_bytes()
    warc.rename(folder / "away")
    _write(folder, kept["run"])
    next(folder.glob("*.warc.gz")).rename(folder / "captures-00002.warc.gz")
    (folder / "index.cdxj").write_bytes(index)
    (folder / "away").unlink()
    done = rescore(copy, "--out", copy / "out")
    assert "captures-00001.warc.gz: the file is missing; restore it from a copy" in done.stdout
    was = {f["id"]: f["status"] for f in demo.json(1, "findings.json")}
    now = {f["id"]: f["status"] for f in json.loads((copy / "out" / "findings.json").read_text("utf-8"))}
    assert "unmet" not in {now[key] for key in now if was[key] != "unmet"}
    (folder / "captures-00002.warc.gz").unlink()
    gone = rescore(copy, check=False)
    assert gone.returncode == 1
    assert "no `run` record" in gone.stderr


def test_kept_readings_change_no_byte_and_a_damaged_one_is_read_again(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "demo"
    shutil.copytree(demo.directory, copy)
    entries = [path for path in (copy / "var" / "cache" / "facts").rglob("*") if path.is_file()]
    assert len(entries) > 50
    before = {path: path.read_bytes() for path in entries}
    for number, path in enumerate(entries):
        if number % 3:
            path.write_bytes(b"" if number % 3 == 1 else path.read_bytes()[:-9] + b"terganggu")
    done = rescore(copy, "--json")
    assert done.stdout.encode() == (demo.folder(1) / "score.json").read_bytes()
    assert [p for p in entries if p.read_bytes() == before[p]] == entries[::3]  # a rescore writes nothing


def test_a_kept_reading_that_is_not_a_fact_is_not_made(tmp_path: Path) -> None:
    cache = FactsCache(tmp_path)
    cache.put("ab12", TitleFacts("dpa"))
    assert cache.get("ab12", TitleFacts) == TitleFacts("dpa")
    assert cache.get("ab12", dict) is None
    cache.put("cd34", Path("/etc"))
    assert cache.get("cd34", Path) is None
    assert cache.get("ef56", TitleFacts) is None


def test_readings_of_other_versions_go_and_the_oldest_where_there_are_too_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "facts" / "0123456789abcdef" / "ab" / "ab12"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"x")
    FactsCache(tmp_path, writes=False)
    assert other.exists()
    cache = FactsCache(tmp_path)
    assert not other.exists()
    for number, key in enumerate(("aa01", "bb02", "cc03")):
        cache.put(key, TitleFacts("dpa"))
        (path,) = (tmp_path / "facts").glob(f"*/*/{key}")
        os.utime(path, (number, number))
    monkeypatch.setattr("auditor.facts_cache.MOST_BYTES", 2 * path.stat().st_size)
    kept = FactsCache(tmp_path)
    assert [kept.get(key, TitleFacts) is not None for key in ("aa01", "bb02", "cc03")] == [False, True, True]


def test_a_clock_set_back_is_said(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "demo"
    shutil.copytree(demo.directory, copy)
    done = auditor("run", "--config", copy / "config.toml", "--at", "2026-10-01", check=False)
    assert f"before run {NIGHTS[1]} that is already there" in done.stderr
    assert "clock was set back" in done.stderr
