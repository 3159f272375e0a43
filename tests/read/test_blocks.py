"""CSV cut by the block is the same table as CSV read row by row; and long tables are read whole in little memory."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auditor.read import blocks
from auditor.read.delimited import read_delimited
from auditor.read.rows import RawTable, file_row, shape

CELLS = st.text(alphabet='ab1,;"\n é€\t', max_size=9)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=12)


def cells(table: RawTable) -> list[list[str]]:
    return [[column[row] for column in table.cells] for row in range(table.height)]


def facts(table: RawTable | None) -> object:
    if table is None:
        return None
    rows = [file_row(table, index) for index in range(table.height)]
    return table.columns, cells(table), rows, table.titles, table.ragged, table.ragged_count


def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that every file has rows that end in another block than they begin."""
    monkeypatch.setattr(blocks, "BLOCK", 24)


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_what_is_written_is_what_is_read(monkeypatch: pytest.MonkeyPatch, line_end: str) -> None:
    small_blocks(monkeypatch)

    @settings(max_examples=60, deadline=None)
    @given(ROWS)
    def holds(rows: list[list[str]]) -> None:
        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator=line_end)
        writer.writerows([["nama", "isi", "ket"], ["awal", "awal", "awal"], *rows, ["akhir", "9", "akhir"]])
        table = read_delimited(out.getvalue().encode())
        assert table is not None
        assert cells(table) == [["awal"] * 3, *(row for row in rows if any(row)), ["akhir", "9", "akhir"]]

    holds()


def test_any_text_is_cut_as_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    small_blocks(monkeypatch)

    @settings(max_examples=150, deadline=None)
    @given(st.text(alphabet='a1,"\n ', max_size=60))
    def holds(text: str) -> None:
        text = "satu,dua\n1,2\n" + text
        rows = list(csv.reader(io.StringIO(text, newline="")))
        table = read_delimited(text.encode())
        if table is not None and table.delimiter == ",":
            assert facts(table) == facts(shape(rows))

    holds()


def test_two_cells_of_one_key_are_two_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    from auditor.read import columns

    monkeypatch.setattr(columns, "_MIX", columns.np.uint64(0))
    # Without mixing, a key is what stands in the last eight bytes.
    table = read_delimited(b"nama,n\nKelurahan-Satu-A,1\nkelurahan-Satu-A,2\n" * 3)
    assert table is not None
    assert {"Kelurahan-Satu-A", "kelurahan-Satu-A"} <= set(table.cells[0].values)


def test_a_quote_where_none_belongs_spoils_only_its_cell() -> None:
    table = read_delimited(b'nama,n\nTV 32" layar,1\n"a ""b""",2\nc,3\n')
    assert table is not None
    assert cells(table) == [['TV 32" layar', "1"], ['a "b"', "2"], ["c", "3"]]


def test_blank_and_ragged_rows_do_not_shift_what_is_named() -> None:
    table = read_delimited(b"nama,n\n\nA,1\n,\nB\nC,3\nSumber: Dinas\n\n")
    assert table is not None
    assert cells(table) == [["A", "1"], ["B", ""], ["C", "3"]]
    assert [file_row(table, index) for index in range(3)] == [3, 5, 6]
    assert (table.ragged, table.ragged_count) == (((5, 1),), 1)


COUNTED = """
import sys
from auditor.cli import main
sys.argv = ["auditor", *sys.argv[1:]]
try:
    main()
finally:
    print(open("/proc/self/status").read().partition("VmHWM:")[2].split()[0], file=sys.stderr)
"""


def checked(path: Path, *, megabytes: int) -> dict[str, object]:
    """What `check-table` says; it must not have held more than so much memory (a child's ru_maxrss begins with its
    parent's, so the process says itself what it held)."""
    command = [sys.executable, "-c", COUNTED, "check-table", str(path), "--json", "--at", "2026-11-02"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert int(done.stderr.split()[-1]) / 1024 < megabytes
    return dict(json.loads(done.stdout))


def test_a_million_rows_and_more_are_read_to_the_last_in_bounded_memory(tmp_path: Path) -> None:
    path = tmp_path / "panjang.csv"
    days = [f"2024-{1 + n % 12:02d}-{1 + n % 28:02d}" for n in range(336)]
    with path.open("w", encoding="utf-8") as out:
        out.write("id,tanggal,kelurahan,kasus,sembuh,keterangan\n")
        for start in range(0, 1_300_000, 10_000):
            rows = (f"{n},{days[n % 336]},Kel {n % 68},{n % 91},{n % 17},data\n" for n in range(start, start + 10_000))
            out.write("".join(rows))
        out.write("1300000,2024-12-31,Kel 1,banyak sekali,3,data\n")
    said = checked(path, megabytes=450)
    assert said["rows"] == 1_300_001
    errors = said["errors"]
    assert isinstance(errors, list)
    assert [(e["row"], e["column"], e["value"]) for e in errors] == [(1_300_002, "kasus", "banyak sekali")]
