"""`auditor fleet` on this machine: real processes, real HTTP on loopback, the page of all bodies."""

from __future__ import annotations

import csv
import json
import os
import signal
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from tests.badsite import BadSite, Reply, Request, html
from tests.fleet.made import BODIES, WORDS, begun, held, host_of, pages, pages_asked, told, until, written
from tests.whole.conftest import auditor


def finished_runs(folder: Path, code: str) -> list[tuple[str, str]]:
    engine = create_engine(f"sqlite:///{folder / code / 'var' / 'auditor.sqlite'}")
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("select run, state from runs order by run")).all()]


def test_three_bodies_and_the_page_of_all(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES))) as site:
        file = written(tmp_path, site)
        done = auditor("fleet", file, "--workers", "2", "--json")
        first = told(done)
        assert {code: body["state"] for code, body in first["bodies"].items()} == dict.fromkeys(BODIES, "done")
        assert "[3/3]" in done.stderr, "progress, a line a body"
        asked = len(site.log)
        again = told(auditor("fleet", file, "--json"))
        assert {body["state"] for body in again["bodies"].values()} == {"before"}
        assert len(site.log) == asked, "a second fleet on the same night asks nothing"
        assert [body["run"] for body in again["bodies"].values()] == [b["run"] for b in first["bodies"].values()]
    for code in BODIES:
        assert [state for _, state in finished_runs(tmp_path, code)] == ["finished"]
    page = (tmp_path / "public" / "index.html").read_text("utf-8")
    english = (tmp_path / "public" / "en" / "index.html").read_text("utf-8")
    assert page.index("Kota Dua") < page.index("Kota Satu") < page.index("Kabupaten Tiga"), "by province and name"
    assert 'data-province="32"' in page
    assert "Rank interval" in english
    with (tmp_path / "public" / "bodies.csv").open(encoding="utf-8", newline="") as opened:
        rows = {row["code"]: row for row in csv.DictReader(opened)}
    assert set(rows) == set(BODIES)
    for code, row in rows.items():
        assert float(row["low"]) == pytest.approx(first["bodies"][code]["low"], abs=1e-3)
        assert 1 <= int(row["rank_best"]) <= int(row["rank_worst"]) <= int(row["rank_of"]) == 3


def test_a_broken_body_does_not_stop_the_others(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES))) as site:
        file = written(tmp_path, site)
        broken = tmp_path / "32.72" / "config.toml"
        broken.write_text(broken.read_text("utf-8").replace("[body]", "[body]\nkindd = 1"), "utf-8")
        with file.open("a", encoding="utf-8") as more:
            more.write('[[bodies]]\nconfig = "33.01/config.toml"\n\n[[bodies]]\nconfigg = "x"\n')
        done = auditor("fleet", file, "--json", check=False)
    assert done.returncode == 1
    found = told(done)["bodies"]
    assert [found["32.71"]["state"], found["33.01"]["state"]] == ["done", "failed"]
    by_line = {body["line"]: body for body in json.loads(done.stdout)["bodies"]}
    named = [line for line, body in by_line.items() if body["state"] == "failed"]
    text_lines = file.read_text("utf-8").splitlines()
    assert [text_lines[line - 1] for line in named] == ["[[bodies]]"] * 3
    assert "32.72/config.toml:2: body.kindd: unknown key; did you mean `kind`?" in by_line[named[0]]["reason"]
    assert "33.01 stands in line" in by_line[named[1]]["reason"]
    assert "configg: unknown key; did you mean 'config'?" in by_line[named[2]]["reason"]
    assert f"line {named[0]}: 32.72: FAILED" in done.stderr


def test_a_night_is_not_done_while_a_body_failed_also_where_all_stand_on_one_line(tmp_path: Path) -> None:
    with BadSite(pages(["32.71"])) as site:
        file = written(tmp_path, site, {code: BODIES[code] for code in ("32.71", "32.72")})
    (tmp_path / "32.71" / "var").write_text("no folder", encoding="utf-8")
    (tmp_path / "32.72" / "config.toml").write_text("[body]\n", encoding="utf-8")
    listed = ", ".join(f'{{ config = "{code}/config.toml" }}' for code in ("32.71", "32.72"))
    file.write_text(f'public = "public"\nbodies = [{listed}]\n', encoding="utf-8")
    assert auditor("fleet", file, check=False).returncode == 1
    assert json.loads((tmp_path / "fleet" / "night.json").read_text("utf-8"))["done"] is False


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[bodies]\n", "not TOML"),
        ("public = 'p'\n", "bodies: this key is missing; add it"),
        ("publik = 'p'\n[[bodies]]\nconfig = 'a'\n", "publik: unknown key; did you mean 'public'?"),
    ],
)
def test_a_file_that_names_nobody_is_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "bodies.toml"
    file.write_text(content, encoding="utf-8")
    done = auditor("fleet", file, check=False)
    assert done.returncode == 2
    assert said in done.stderr


def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    """SIGKILL in the middle of a body: it goes on from its evidence, and no page is asked or counted twice."""
    with BadSite(pages(list(BODIES), 12, after=0.1)) as site:
        file = written(tmp_path, site, delay=0.05)
        fleet = begun("fleet", file, "--workers", "3", "--json")
        until(lambda: len(pages_asked(site, "32.71")) >= 3)
        os.kill(worker_of(fleet.pid, "32.71", tmp_path), signal.SIGKILL)
        out, err = fleet.communicate(timeout=300)
        assert fleet.returncode == 0, err
        bodies = {body["code"]: body for body in json.loads(out)["bodies"]}
        assert (bodies["32.71"]["state"], bodies["32.71"]["attempts"], bodies["32.71"]["resumed"]) == ("done", 2, True)
        assert {body["attempts"] for code, body in bodies.items() if code != "32.71"} == {1}
        asked = pages_asked(site, "32.71")
        assert len(asked) <= len(set(asked)) + 1, "at most the request that was under way"
    assert finished_runs(tmp_path, "32.71") == [(bodies["32.71"]["run"], "finished")]
    assert {body["pages"] for body in bodies.values()} == {13}


def worker_of(parent: int, code: str, folder: Path) -> int:
    """The child that has the lock of that body's data folder open."""
    lock = str(folder / code / "var" / "lock")
    for child in Path(f"/proc/{parent}/task").glob("*/children"):
        for pid in child.read_text("ascii").split():
            files = [os.readlink(fd) for fd in Path(f"/proc/{pid}/fd").iterdir() if fd.exists()]
            if lock in files:
                return int(pid)
    raise AssertionError(f"no worker has {lock}")


def test_a_worker_out_of_memory_is_named(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES), 8, after=0.2)) as site:
        file = written(tmp_path, site)
        first = file.read_text("utf-8").replace("[[bodies]]\n", "[[bodies]]\nmemory_mb = 64\n", 1)
        file.write_text(first, encoding="utf-8")
        done = auditor("fleet", file, "--workers", "3", "--json", check=False)
    found = told(done)["bodies"]
    assert done.returncode == 1
    assert found["32.71"]["state"] == "failed"
    assert "out of memory: it used" in found["32.71"]["reason"]
    assert "memory_mb allows 64" in found["32.71"]["reason"]
    assert {found[code]["state"] for code in ("32.72", "33.01")} == {"done"}


def test_two_fleets_at_once(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES), 3)) as site:
        file = written(tmp_path, site)
        let_go = held(site, file, "33.01")
        fleet = begun("fleet", file, "--json")
        until(lambda: "/" in site.asked(host_of("33.01")))
        second = auditor("fleet", file, check=False)
        let_go.set()
        assert second.returncode == 3
        assert "another `auditor fleet` works on" in second.stderr
        out, err = fleet.communicate(timeout=300)
        assert fleet.returncode == 0, err
    assert json.loads(out)["done"] == 3


def test_a_fleet_that_is_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES), 10, after=0.2)) as site:
        file = written(tmp_path, site, delay=0.05)
        fleet = begun("fleet", file, "--workers", "1", "--json")
        until(lambda: len(pages_asked(site, "32.72")) >= 2)
        fleet.send_signal(signal.SIGTERM)
        out, err = fleet.communicate(timeout=300)
        assert fleet.returncode == 130, err
        states = {body["code"]: body["state"] for body in json.loads(out)["bodies"]}
        assert states == {"32.71": "done", "32.72": "interrupted", "33.01": "interrupted"}
        second = told(auditor("fleet", file, "--json"))["bodies"]
        assert [second[code]["state"] for code in BODIES] == ["before", "done", "done"]
        assert [second[code]["resumed"] for code in BODIES] == [False, True, False]
        for code in BODIES:
            asked = pages_asked(site, code)
            assert len(asked) <= len(set(asked)) + 1, f"{code}: at most the request under way is asked again"


def test_a_clock_that_was_set_back_adds_no_night(tmp_path: Path) -> None:
    with BadSite(pages(list(BODIES))) as site:
        file = written(tmp_path, site)
        auditor("fleet", file)
        asked = len(site.log)
        night = tmp_path / "fleet" / "night.json"
        kept = json.loads(night.read_text("utf-8"))
        night.write_text(json.dumps({**kept, "began": "2099-01-01T01:00:00+07:00"}), encoding="utf-8")
        done = auditor("fleet", file, "--json")
        assert "it was set back; set it right" in done.stderr
        assert {body["state"] for body in told(done)["bodies"].values()} == {"before"}
        assert len(site.log) == asked


def test_a_host_that_two_bodies_share_keeps_its_delay(tmp_path: Path) -> None:
    """Two worker processes, one drive: what its own log says of the time between two requests."""
    delay, shared = 0.3, "drive.localhost"
    codes = list(BODIES)[:2]
    routes = pages(codes, 1)

    def document(request: Request) -> Reply:
        return Reply(b"%PDF-1.4 tiny", 200, (("Content-Type", "application/pdf"),))

    with BadSite(routes) as site:
        for code in codes:
            links = "".join(f'<a href="{site.url(f"/{code}/berkas{n}.pdf", shared)}">Dokumen {n}</a>' for n in range(4))
            site.routes[host_of(code), "/"] = html(f"<h1>{code}</h1><p>{WORDS}</p>{links}", f"Situs {code}")
            site.routes.update({(shared, f"/{code}/berkas{n}.pdf"): document for n in range(4)})
        file = written(tmp_path, site, {code: BODIES[code] for code in codes}, delay)
        done = auditor("fleet", file, "--workers", "2", "--json")
        assert told(done)["done"] == 2
        seen = [one for one in site.log if one.host == shared]
    assert {one.target.split("/")[1] for one in seen} >= set(codes), "both bodies asked it"
    order = [one.target for one in seen]
    assert order != sorted(order), "in turns, not one body after the other"
    gaps = [b.began - a.began for a, b in pairwise(seen)]
    assert len(gaps) >= 8
    assert min(gaps) >= delay * 0.95
