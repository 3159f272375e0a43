"""The floors, on the real labelled titles where they lie beside the repository, and how they are computed anywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.accuracy import approaches
from benchmarks.accuracy.data import FILES, REAL, Row, body_of, digest, load
from benchmarks.accuracy.gate import failures, floors, main
from benchmarks.accuracy.linear import features, train
from benchmarks.accuracy.metrics import Answer, macro_f1, measure, wilson
from tests.titles.made import NAMED
from tests.titles.nothing import NOTHING

PRESENT = [file for file in FILES if (REAL / file).exists()]
HEADER = "kind\tyears\tsure\ttitle\tsource\tlink\n"


@pytest.mark.parametrize("file", PRESENT)
def test_the_floor_holds_on_real_titles(file: str) -> None:
    assert digest(REAL / file) == floors(file)["sha256"]
    assert failures(REAL, file) == []


def _file(folder: Path, lines: list[str]) -> Path:
    file = folder / "labelled.tsv"
    file.write_text(HEADER + "".join(lines), encoding="utf-8")
    return file


def test_the_gate_names_what_fell_below(tmp_path: Path) -> None:
    _file(tmp_path, ["dpa\t2023\t1\tRapat Pembahasan DPA 2023\tKota Contoh\t\n", "-\t-\t1\tUnduh\tKota Contoh\t\n"])
    assert any("macro F1 is 0.0000" in line for line in failures(tmp_path, "labelled.tsv"))


def test_the_gate_holds_on_titles_that_it_knows(tmp_path: Path) -> None:
    named = [
        f"{kind}\t{';'.join(map(str, years)) or '-'}\t1\t{title}\tKota Contoh\t\n"
        for kind, titles in NAMED.items()
        for title, years in titles
    ]
    _file(tmp_path, [*named, *(f"-\t-\t1\t{title}\tKota Contoh\t\n" for title in NOTHING if title)])
    assert failures(tmp_path, "labelled.tsv") == []


def test_other_files_than_the_pinned_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _file(tmp_path, ["dpa\t2023\t1\tDPA 2023\tKota Contoh\t\n"])
    assert main(tmp_path) == 2
    assert "labelled_links.tsv" in capsys.readouterr().out


def test_labels_are_read(tmp_path: Path) -> None:
    rows = load(_file(tmp_path, ["profil-badan|-\t2019;2024\t0\tVisi\tHTML h2 in a_html/pktj_index.html\t/x\n"]))
    assert rows == [Row("Visi", "", "", ("profil-badan", "-"), (2019, 2024), False, "pktj")]
    assert not rows[0].held_out
    assert body_of("PPID Kabupaten Garut") == body_of("Satu Data Garut (API)") == "Kabupaten Garut"


def _row(kinds: str, years: tuple[int, ...] = ()) -> Row:
    return Row("", "", "", tuple(kinds.split("|")), years, True, "x")


def test_the_figures() -> None:
    rows = [_row("dpa", (2023,)), _row("dpa", (2022,)), _row("-"), _row("rka"), _row("sop|-")]
    said = [Answer("dpa", (2023,)), Answer("dpa", (2021,)), Answer("lra"), Answer("-"), Answer("-")]
    figures = measure(rows, said)
    assert (figures["said"], figures["false"], figures["missed"]) == (3, 1, 1)
    assert figures["years_right"] == 0.5
    assert figures["kinds"]["dpa"]["f1"] == 1.0
    assert figures["macro_f1"] == pytest.approx(1 / 3, abs=1e-4)
    assert sorted(figures["confusion"]) == [["-", "lra", 1], ["rka", "-", 1]]
    assert macro_f1([("-", "-")]) == 1.0


def test_the_interval_of_a_share_is_wilsons() -> None:
    assert wilson(10, 10) == (0.7225, 1.0)
    assert wilson(0, 0) == (0.0, 1.0)


def test_the_model_learns_and_is_the_same_each_time() -> None:
    titles = ["Renstra Dinas A", "Renstra Badan B", "Neraca 2020", "Neraca 2021", "Unduh", "Lihat"]
    labels = ["renstra", "renstra", "neraca", "neraca", "-", "-"]
    matrix = features(titles)
    first, second = train(matrix, labels), train(matrix, labels)
    assert (first.weights == second.weights).all()
    asked = first.probabilities(features(["Renstra Kantor C", "Neraca 2019"]))
    assert [first.labels[int(place)] for place in asked.argmax(axis=1)] == ["renstra", "neraca"]


def test_a_learned_answer_comes_from_other_bodies_only() -> None:
    rows = [Row("Renstra", "", "", ("renstra",), (), True, "satu"), Row("Unduh", "", "", ("-",), (), True, "dua")]
    others = [Row("Neraca", "", "", ("neraca",), (), True, "tiga"), Row("Beranda", "", "", ("-",), (), True, "empat")]
    guessed = approaches.guesses(rows, others)
    asked = approaches.fold_of("satu")
    learned_from = {row.kinds[0] for row in [*rows, *others] if approaches.fold_of(row.body) != asked}
    assert guessed[0][0] in learned_from
    assert "renstra" not in learned_from
    assert [answer.kind for answer in approaches.combined(rows, guessed)] == ["renstra", "-"]
