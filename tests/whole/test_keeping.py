"""Retention and backup as an operator does them: other processes, real files, and a restored copy judged again."""

from __future__ import annotations

import json
import shutil
import tarfile
from datetime import timedelta
from pathlib import Path

import pytest
from filelock import FileLock
from sqlalchemy import create_engine, text

from auditor.config import load
from auditor.history import History
from tests.badsite import BadSite, Reply, html
from tests.whole.conftest import auditor
from tests.whole.test_doctor import written

CODE = "99.73"
DATES = ("2026-10-01", "2026-10-02", "2026-10-03", "2026-10-04")
RUNS = tuple(f"{day.replace('-', '')}-01" for day in DATES)


@pytest.fixture(scope="module")
def nights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four nights of one small city; its configuration."""
    folder = tmp_path_factory.mktemp("kota")
    page = html(f"<h1>Kota</h1><p>{'Pemerintah Kota ' * 60}</p><a href='/dip.csv'>Daftar Informasi Publik 2026</a>")
    table = Reply(b"No,Judul\n1,RKA\n", headers=(("Content-Type", "text/csv"),))
    with BadSite({"/": page, "/dip.csv": table}) as site:
        config = written(folder, site.url(), more="[storage]\nkeep_days = 20")
        (folder / "tanggapan.toml").write_text("", encoding="utf-8")
        for day in DATES:
            auditor("run", "--config", config, "--at", day)
    return config


@pytest.fixture
def copy(nights: Path, tmp_path: Path) -> Path:
    shutil.copytree(nights.parent, tmp_path / "kota")
    return tmp_path / "kota" / "config.toml"


def evidence(config: Path) -> set[str]:
    return {path.name for path in (config.parent / "var" / "evidence").iterdir()}


def aged(config: Path, run: str, days: int) -> None:
    engine = create_engine(load(config).storage.database)
    with engine.begin() as connection:
        at = History(load(config).storage.database).run(CODE, run).at - timedelta(days=days)
        connection.execute(
            text("update runs set at = :at where run = :run"),
            {"at": at.strftime("%Y-%m-%d %H:%M:%S.%f"), "run": run},
        )
    engine.dispose()


# ---- retention -------------------------------------------------------------------------------------------------------


def test_old_evidence_goes_but_never_what_is_cited_or_newest(copy: Path) -> None:
    auditor("cite", "--config", copy, "--run", RUNS[1], "--pin")
    told = auditor("prune", "--config", copy, "--dry-run").stdout
    assert evidence(copy) == set(RUNS)
    assert "would be freed" in told
    assert told.count("would be removed") == 2
    assert "MB  removed" not in told
    shown = json.loads(auditor("prune", "--config", copy, "--days", "20", "--json").stdout)
    assert {one["run"]: one["kept"] for one in shown} == {
        RUNS[0]: None,
        RUNS[1]: "cited",
        RUNS[2]: None,
        RUNS[3]: "the latest night, which the next one builds on",
    }
    assert evidence(copy) == {RUNS[1], RUNS[3]}
    assert [row["run"] for row in json.loads(auditor("runs", "--config", copy, "--json").stdout)] == [*reversed(RUNS)]
    assert (copy.parent / "public" / CODE / RUNS[0] / "index.html").exists()


def test_what_was_removed_is_said_and_the_rest_goes_on(copy: Path) -> None:
    auditor("prune", "--config", copy)
    gone = auditor("rescore", "--config", copy, "--run", RUNS[0], check=False)
    assert gone.returncode == 2
    assert "was removed by `auditor prune` on" in gone.stderr
    assert auditor("report", "--config", copy, "--run", RUNS[0], check=False).returncode == 2
    report = auditor("report", "--config", copy).stdout.split()
    assert [Path(path).parent.name for path in report] == [RUNS[3]]
    published = (copy.parent / "public" / CODE / RUNS[3] / "score.json").read_text("utf-8")
    assert auditor("rescore", "--config", copy, "--run", RUNS[3], "--json").stdout == published


def test_recent_evidence_stays_and_so_does_what_no_history_knows(copy: Path) -> None:
    for run in RUNS:
        aged(copy, run, -3000)
    (copy.parent / "var" / "evidence" / "catatan").mkdir()
    shown = json.loads(auditor("prune", "--config", copy, "--json").stdout)
    assert {one["kept"] for one in shown} == {
        "recent",
        "the latest night, which the next one builds on",
        "not in the history",
    }
    assert evidence(copy) == {*RUNS, "catatan"}


def test_without_a_say_all_is_kept_and_a_run_under_way_is_not_disturbed(copy: Path) -> None:
    with FileLock(copy.parent / "var" / "lock"):
        busy = auditor("prune", "--config", copy, check=False)
        assert busy.returncode == 3
        assert auditor("backup", "--config", copy, copy.parent / "a.tar", check=False).returncode == 3
        assert not (copy.parent / "a.tar").exists()
    copy.write_text(copy.read_text("utf-8").replace("keep_days = 20", ""), encoding="utf-8")
    said = auditor("prune", "--config", copy, check=False)
    assert (said.returncode, evidence(copy)) == (2, set(RUNS))
    assert "keep_days" in said.stderr


def test_what_is_not_copied_yet_stays(copy: Path) -> None:
    place = (copy.parent / "jauh").as_uri()
    named = copy.read_text("utf-8").replace("keep_days = 20", f'keep_days = 20\nevidence = "{place}"')
    copy.write_text(named, encoding="utf-8")
    listed = json.loads(auditor("prune", "--config", copy, "--json").stdout)
    assert evidence(copy) == set(RUNS)
    assert "not copied yet to where evidence is kept" in {one["kept"] for one in listed}
    (copy.parent / "var" / "copied.json").write_text(json.dumps({place: dict.fromkeys(RUNS, "")}), encoding="utf-8")
    auditor("prune", "--config", copy)
    assert evidence(copy) < set(RUNS)


def test_unreadable_pins_remove_nothing(copy: Path) -> None:
    (copy.parent / "var" / "pinned.json").write_text("{", encoding="utf-8")
    assert auditor("prune", "--config", copy, check=False).returncode == 2
    assert evidence(copy) == set(RUNS)


# ---- backup ----------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def saved(nights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("salinan") / "kota.tar"
    auditor("cite", "--config", nights, "--run", RUNS[0], "--pin")
    said = auditor("backup", "--config", nights, target).stdout
    assert "passwords" in said
    assert target.stat().st_mode & 0o077 == 0
    return target


def test_a_restored_copy_is_the_same_and_judges_to_the_same_bytes(nights: Path, saved: Path, tmp_path: Path) -> None:
    config = tmp_path / "lain" / "config.toml"
    said = auditor("restore", "--config", config, saved).stdout
    assert "the configuration came with it" in said
    assert (config.parent / "tanggapan.toml").exists()
    for run in RUNS:
        before = (nights.parent / "public" / CODE / run / "score.json").read_text("utf-8")
        assert auditor("rescore", "--config", config, "--run", run, "--json").stdout == before
    for command in ("runs", "findings", "documents", "datasets", "diff"):
        then = auditor(command, "--config", nights, "--json").stdout
        assert auditor(command, "--config", config, "--json").stdout == then, command
    pages = sorted(path.relative_to(nights.parent) for path in (nights.parent / "public").rglob("*") if path.is_file())
    assert pages == sorted(
        path.relative_to(config.parent) for path in (config.parent / "public").rglob("*") if path.is_file()
    )
    assert all((nights.parent / path).read_bytes() == (config.parent / path).read_bytes() for path in pages)
    again = tmp_path / "lagi.tar"
    auditor("backup", "--config", config, again)
    assert rows(again) == rows(saved)
    assert {json.loads(row)["table"] for row in rows(saved)} == {"runs", "findings", "addresses"}
    kept = json.loads(auditor("prune", "--config", config, "--days", "1", "--json").stdout)
    assert next(one for one in kept if one["run"] == RUNS[0])["kept"] == "cited"


def rows(backup: Path) -> list[str]:
    """What a backup holds of the history."""
    with tarfile.open(backup) as tar:
        member = tar.extractfile("history.jsonl")
        assert member is not None
        return sorted(member.read().decode("utf-8").splitlines())


def test_nothing_is_overwritten(copy: Path, saved: Path) -> None:
    told = auditor("restore", "--config", copy, saved, check=False)
    assert told.returncode == 2
    assert "nothing is overwritten" in told.stderr
    shutil.rmtree(copy.parent / "var" / "evidence")
    shutil.rmtree(copy.parent / "public")
    told = auditor("restore", "--config", copy, saved, check=False)
    assert told.returncode == 1
    assert "the database has runs" in told.stderr
    assert not (copy.parent / "public").exists()


@pytest.mark.parametrize("harm", ["cut", "flipped", "strange", "newer", "none"])
def test_a_damaged_backup_is_refused_and_leaves_nothing(saved: Path, tmp_path: Path, harm: str) -> None:
    bad = tmp_path / "rusak.tar"
    content = bytearray(saved.read_bytes())
    if harm == "cut":
        bad.write_bytes(content[: len(content) // 2])
    elif harm == "flipped":
        place = content.find(b"WARC") if b"WARC" in content else content.find(b"\x1f\x8b")
        content[place + 40] ^= 0xFF
        bad.write_bytes(content)
    elif harm == "newer":
        bad.write_bytes(content.replace(b'"format": 1', b'"format": 9'))
    elif harm == "strange":
        with tarfile.open(bad, "w") as tar:
            for name in ("data/ok", "../../keluar"):
                member = tarfile.TarInfo(name)
                tar.addfile(member)
    else:
        bad.write_bytes(b"bukan tar")
    config = tmp_path / "baru" / "config.toml"
    told = auditor("restore", "--config", config, bad, check=False)
    assert told.returncode == 2, told.stderr
    assert "rusak.tar" in told.stderr
    assert [path for path in config.parent.rglob("*") if path.is_file()] == []
    assert not (tmp_path.parent / "keluar").exists()


def test_another_bodys_backup_is_refused(saved: Path, tmp_path: Path) -> None:
    config = written(tmp_path, "http://site.localhost:9/")
    config.write_text(config.read_text("utf-8").replace(CODE, "99.74"), encoding="utf-8")
    told = auditor("restore", "--config", config, saved, check=False)
    assert told.returncode == 2
    assert "99.73" in told.stderr
    assert not (tmp_path / "public").exists()
