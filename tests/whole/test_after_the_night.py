"""What can be done with a finished run: rescore it from its evidence, prove our manners, look back, publish again."""

from __future__ import annotations

import json
import shutil
from collections import defaultdict
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from auditor.evidence.source import Evidence
from tests.whole.conftest import NIGHTS, Demo, auditor


@pytest.mark.parametrize("night", [1, 2])
def test_a_rescore_gives_the_published_bytes(demo: Demo, night: int, tmp_path: Path) -> None:
    """On another directory, without database or published files, in another time zone and locale."""
    (tmp_path / "var").mkdir()
    shutil.copytree(demo.directory / "var" / "evidence", tmp_path / "var" / "evidence")
    shutil.copy(demo.config, tmp_path / "config.toml")
    elsewhere = {"TZ": "America/Lima", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    options = ("--config", tmp_path / "config.toml", "--run", NIGHTS[night - 1], "--json", "--out", tmp_path / "out")
    done = auditor("rescore", *options, **elsewhere)
    assert done.stdout.encode() == (demo.folder(night) / "score.json").read_bytes()
    for name in ("score.json", "findings.json"):
        assert (tmp_path / "out" / name).read_bytes() == (demo.folder(night) / name).read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.toml", "out", "var"]


def test_a_rescore_at_another_date_judges_by_that_date(demo: Demo) -> None:
    later = json.loads(
        auditor("rescore", "--config", demo.config, "--run", NIGHTS[0], "--at", "2028-11-02", "--json").stdout
    )
    assert later["at"].startswith("2028-11-02T01:00:00+07:00")
    assert later["low"] < demo.json(1, "score.json")["low"]


def test_no_host_saw_two_requests_at_once_nor_sooner_than_its_delay(demo: Demo) -> None:
    for night in NIGHTS:
        by_host = defaultdict(list)
        for capture in Evidence(demo.directory / "var" / "evidence" / night).attempts():
            if capture.status is not None:  # what was not asked at all is kept too, with its reason
                by_host[urlsplit(capture.url).hostname].append(capture)
        assert len(by_host) >= 10
        for host, captures in by_host.items():
            captures.sort(key=lambda capture: capture.at)
            for one, following in pairwise(captures):
                assert following.at - one.at >= timedelta(seconds=0.05) - timedelta(milliseconds=1), host
                assert following.at >= one.at + timedelta(milliseconds=one.elapsed_ms - 1), host


def test_the_restricted_site_got_its_front_page_and_nothing_else(demo: Demo) -> None:
    asked = [
        urlsplit(capture.url).path
        for capture in Evidence(demo.directory / "var" / "evidence" / NIGHTS[0]).attempts()
        if urlsplit(capture.url).hostname == "internal.kotacontoh.localhost"
    ]
    assert sorted(asked) == ["/", "/robots.txt"]


def test_looking_back(demo: Demo) -> None:
    runs = json.loads(auditor("runs", "--config", demo.config, "--json").stdout)
    assert [run["run"] for run in runs] == [NIGHTS[1], NIGHTS[0]]
    findings = json.loads(auditor("findings", "--config", demo.config, "--json").stdout)
    assert findings == demo.json(2, "findings.json")
    unmet = json.loads(auditor("findings", "--config", demo.config, "--status", "unmet", "--json").stdout)
    assert {f["status"] for f in unmet} == {"unmet"}
    assert (
        auditor("score", "--config", demo.config, "--json").stdout.encode()
        == (demo.folder(2) / "score.json").read_bytes()
    )
    documents = json.loads(auditor("documents", "--config", demo.config, "--run", NIGHTS[0], "--json").stdout)
    assert {row["url"] for row in documents} == {row["url"] for row in demo.csv(1, "documents.csv")}
    difference = json.loads(auditor("diff", "--config", demo.config, "--json").stdout)
    assert (difference["a"], difference["b"]) == NIGHTS
    assert {change["whose"] for change in difference["changes"]} == {"city", "sight"}
    assert any(c["criterion"] == "rkpd" and c["now"] == "met" for c in difference["changes"])


def test_the_report_is_built_again_the_same(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "demo"
    shutil.copytree(demo.directory, copy)
    published = {p.relative_to(copy): p.read_bytes() for p in (copy / "public").rglob("*") if p.is_file()}
    shutil.rmtree(copy / "public")
    auditor("report", "--config", copy / "config.toml")
    again = {p.relative_to(copy): p.read_bytes() for p in (copy / "public").rglob("*") if p.is_file()}
    assert published.keys() == again.keys()
    assert [str(name) for name in published if published[name] != again[name]] == []


def test_damaged_evidence_is_named_and_unknown_never_absent(demo: Demo, tmp_path: Path) -> None:
    copy = tmp_path / "demo"
    shutil.copytree(demo.directory, copy)
    folder = copy / "var" / "evidence" / NIGHTS[0]
    warc = max(folder.glob("*.warc.gz"), key=lambda path: path.stat().st_size)
    content = bytearray(warc.read_bytes())
    middle = len(content) // 3
    content[middle : middle + 2000] = b"\0" * 2000
    warc.write_bytes(content)
    out = tmp_path / "out"
    done = auditor("rescore", "--config", copy / "config.toml", "--run", NIGHTS[0], "--out", out)
    assert "damaged evidence" in done.stdout
    was = {f["id"]: f for f in demo.json(1, "findings.json")}
    now = {f["id"]: f for f in json.loads((out / "findings.json").read_text("utf-8"))}
    worse = [
        f["criterion"] for key, f in now.items() if f["status"] == "unmet" and was[key]["status"] in ("met", "partly")
    ]
    assert worse == []


def test_a_person_codes_blind_and_settles(demo: Demo, tmp_path: Path) -> None:
    sheet = auditor("sample", "--config", demo.config, "--n", "30", "--seed", "3").stdout
    header, *rows = sheet.splitlines()
    assert header == "criterion,subject,question,evidence,status,coder,why"
    assert len(rows) == 30
    assert "unmet" not in sheet
    findings = {(f["criterion"], f["subject"]): f["status"] for f in demo.json(2, "findings.json")}
    coded = tmp_path / "coded.csv"
    lines = [f'{c},"{s}",{status},ani' for (c, s), status in list(findings.items())[:50]]
    coded.write_text("\n".join(["criterion,subject,status,coder", *lines]), encoding="utf-8")
    agreed = json.loads(auditor("agreement", coded, "--config", demo.config, "--json").stdout)
    assert agreed[0]["agree"] == 1.0
    coded.write_text("criterion,subject,status\ndip,99.71,unmet\n", encoding="utf-8")
    refused = auditor("settle", coded, "--config", demo.config, check=False)
    assert refused.returncode == 2
    assert "not for a person to decide" in refused.stderr
