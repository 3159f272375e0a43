"""Every sentence that a harvest may end with has a word of its own; reading catalogues of outsiders is bounded."""

from __future__ import annotations

import ast
import json
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from auditor.model import Capture
from auditor.read import apart, dcat, structured
from auditor.read.harvests import CODES, OTHER, code_of
from auditor.read.listing import NotThis
from reports.portals import BECAUSE, FAILURE

ROOT = Path(__file__).parents[2] / "auditor"
WHERE = [*sorted((ROOT / "collect" / "portals").glob("*.py")), *sorted((ROOT / "read").glob("*.py"))]
CAPTURE = Capture("http://data.misal.go.id/catalog.ttl", "data", datetime(2026, 11, 2, tzinfo=UTC), "ok", 200)


def said(node: ast.expr) -> str:
    """A string of the source with its fields filled in."""
    if isinstance(node, ast.JoinedStr):
        parts = (one.value if isinstance(one, ast.Constant) else "7" for one in node.values)
        return "".join(str(part) for part in parts)
    return str(node.value) if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def sentences() -> Iterator[str]:
    for path in WHERE:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                if node.func.id in ("NotThis", "_Refused") and node.args:
                    yield said(node.args[0])
                if node.func.id == "walk":
                    yield said(node.args[-1])
                if node.func.id == "Outcome":
                    yield from (said(word.value) for word in node.keywords if word.arg == "error")
            if path.name == "pages.py" and isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                yield from (said(one) for one in node.value.elts)


def test_every_sentence_of_a_harvest_has_a_word() -> None:
    found = {one for one in sentences() if " " in one}
    assert len(found) > 25
    assert [one for one in sorted(found) if code_of(one)[0] == OTHER] == []
    assert code_of("page 7: no answer: server-error (500)") == ("no-answer", "server-error (500), #7")
    assert code_of("the portal says 5 datasets and listed 3") == ("too-few", "5 / 3")
    assert code_of("something new") == (OTHER, "something new")
    assert code_of("") == ("", "")


def test_every_word_has_its_sentence_in_the_report() -> None:
    assert set(CODES) == {*BECAUSE, *FAILURE}


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A worker of this test alone, that may work one second."""
    workers: list[apart.Sandbox] = []
    monkeypatch.setattr(apart, "_workers", workers)
    monkeypatch.setattr(apart, "CPU_SECONDS", 1)
    yield
    for worker in workers:
        worker.close()


HEAD = "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix x: <http://x/> .\n<> a dcat:Catalog .\n"


@pytest.mark.parametrize(
    "body",
    [
        HEAD + "".join(f"x:a{n} x:b x:c{n}, x:d{n}, x:e{n} .\n" for n in range(120_000)),
        HEAD + "x:a x:b " + "( " * 50_000 + ") " * 50_000 + ".",
        HEAD + 'x:a x:b """' + "\\u0061" * 600_000 + '""" .' + " x:a x:b ( 1 " * 100_000,
    ],
    ids=["many", "deep", "long"],
)
def test_a_catalogue_that_takes_too_much_work_is_left(body: str, impatient: None) -> None:
    began = time.monotonic()
    with pytest.raises(NotThis) as caught:
        dcat.read(body.encode(), CAPTURE)
    assert code_of(str(caught.value))[0] in ("too-much", "unreadable", "nested")
    # Far less than the work would take; how quick a machine is does not matter.
    assert time.monotonic() - began < apart.WALL_SECONDS
    # The next catalogue finds a worker again.
    good = HEAD + '<satu> a dcat:Dataset ; <http://purl.org/dc/terms/title> "Satu" .'
    assert [one.title for one in dcat.read(good.encode(), CAPTURE).datasets] == ["Satu"]


def test_marks_of_a_page_that_take_too_much_work_leave_it_a_page(impatient: None) -> None:
    deep = '<div itemscope itemtype="https://schema.org/Dataset"><span itemprop="name">' * 40_000
    assert structured.described_in(deep.encode(), CAPTURE) == ()
    good = '<script type="application/ld+json">{"@type": "Dataset", "name": "Guru"}</script>'
    assert [one.title for one in structured.described_in(good.encode(), CAPTURE)] == ["Guru"]


def test_the_committed_figures_of_the_benchmark_keep_what_was_promised() -> None:
    path = Path(__file__).parents[2] / "benchmarks" / "tables" / "results.json"
    tools = json.loads(path.read_text("utf-8"))["rows"]["1000000"]
    own = tools["auditor"]
    assert len({one["faults"] for one in tools.values()}) == 1
    assert tools["frictionless"]["cpu_s"] >= 20 * own["cpu_s"]
    for bare in ("polars", "duckdb"):
        assert own["cpu_s"] <= 3 * tools[bare]["cpu_s"]
        assert own["peak_mb"] <= 2 * tools[bare]["peak_mb"]
