"""`tabel-rapi`: what every published table must keep to (Wickham 2014, Tidy data; Perpres 39/2019)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from auditor.model import Basis, Text
from auditor.read.numbers import Style
from auditor.read.schema import TableContext, TableSchema, words_of
from checks.schemas import cells

MESSAGES = {
    "kolom-tanpa-nama": Text("Ada kolom tanpa judul.", "A column has no name."),
    "judul-angka": Text(
        "Judul kolom berupa angka: baris judul tampaknya tidak ada.",
        "Column names are figures: the header row is missing.",
    ),
    "baris-kembar": Text("Baris ini sama persis dengan baris sebelumnya.", "This row repeats an earlier one."),
    "baris-jumlah": Text(
        "Baris jumlah/total bercampur dengan data; pindahkan keluar dari tabel.", "A total row stands among the data."
    ),
    "angka": Text(
        "{value} bukan angka, padahal kolom {column} berisi angka.", "{value} is no number in a column of numbers."
    ),
    "angka-campur": Text(
        "{value} memakai tanda desimal lain dari sel-sel lain di kolom {column}.",
        "{value} uses another decimal mark than the rest of the column.",
    ),
    "tanggal": Text("{value} bukan tanggal yang dapat dibaca.", "{value} is no readable date."),
    "tahun": Text("{value} bukan tahun yang wajar.", "{value} is no plausible year."),
    "kolom-kosong": Text("Kolom {column} kosong seluruhnya.", "The column {column} is empty."),
}
_LABELS = 8
"""Columns in which the word `Jumlah` may stand: the first that is filled counts."""

ROW_RULES = frozenset(("baris-kembar", "baris-jumlah", "kolom-tanpa-nama", "judul-angka"))


def columns_for(names: Sequence[str], context: TableContext) -> dict[str, Any]:
    """A pandera column with the generic checks for each name."""
    import pandera.pandas as pa

    built = {}
    for name in names:
        checks = [rule(_not_empty, "kolom-kosong")]
        words = words_of(name)
        if words in ("tahun", "thn", "year", "tahun anggaran", "tahun data"):
            checks.append(each(_year, "tahun"))
        elif words.split()[:1] in (["tanggal"], ["tgl"], ["date"]):
            checks.append(rule(_date, "tanggal"))
        elif not cells.is_code(name):
            checks += _number_checks(name, context)
        built[name] = pa.Column(None, checks, nullable=True, required=False)
    return built


def frame_checks(*, distinct: bool = True) -> list[Any]:
    """The generic checks of whole rows. `distinct`: two rows that say the same are a mistake."""
    twice = [rule(lambda frame: ~cells.repeated(frame), "baris-kembar")] if distinct else []
    return [
        *twice,
        rule(_no_total, "baris-jumlah"),
        rule(lambda frame: not any(str(name).startswith("kolom ") for name in frame.columns), "kolom-tanpa-nama"),
        rule(_words_above, "judul-angka"),
    ]


def build(names: Sequence[str], context: TableContext) -> Any:
    import pandera.pandas as pa

    return pa.DataFrameSchema(columns_for(names, context), checks=frame_checks(), name="tabel-rapi")


def rule(test: Any, code: str) -> Any:
    import pandera.pandas as pa

    # No cell is NaN here: an empty one is an empty string, and to look for NaN costs more than most rules.
    return pa.Check(test, error=code, name=code, ignore_na=False)


def each(test: Any, code: str) -> Any:
    """A rule about each cell by itself: `test` is given the different cells of a column."""
    return rule(lambda series: cells.holds(series, test), code)


def not_negative(style: Style, code: str) -> Any:
    return each(lambda series: ~(cells.numbers(series, style) < 0), code)


def _number_checks(name: str, context: TableContext) -> list[Any]:
    figures = cells.Figures(context.styles.get(name, "id"))

    return [
        rule(lambda series: figures.none(series, cells.WORDS), "angka"),
        rule(lambda series: figures.none(series, cells.OTHER_MARK), "angka-campur"),
    ]


def _not_empty(series: Any) -> bool:
    return not len(series) or any(cell.strip() for cell in series.cat.categories)


def _year(series: Any) -> Any:
    return cells.matches(
        series, r"^\s*(?:19[4-9]\d|20[0-4]\d)(?:\.0|\s*/\s*20\d{2}|\s*[-–]\s*20\d{2})?\*{0,3}\s*$"
    ) | cells.absent(series)


def _date(series: Any) -> Any:
    dates, filled = cells.matches(series, cells.DATE), ~cells.absent(series)
    if int((dates & filled).sum()) < 0.5 * int(filled.sum()):
        return True
    return dates | ~filled


def _no_total(frame: Any) -> Any:
    total = cells.labelled(frame, _LABELS, lambda one: cells.matches(one, cells.TOTAL, case=False))
    return ~total if total.any() else True


def _words_above(frame: Any) -> bool:
    names = [str(name) for name in frame.columns]
    figures = [n for n in names if n.replace(".", "").isdigit() and not (len(n) == 4 and n[:2] in ("19", "20"))]
    return not figures


SCHEMA = TableSchema(
    name="tabel-rapi",
    title=Text("Tabel rapi", "Tidy table"),
    fits=lambda columns: 0.01,
    build=build,
    messages=MESSAGES,
    row_rules=ROW_RULES,
    basis=(
        Basis("Wickham (2014), Tidy Data, JSS 59(10)", "https://www.jstatsoft.org/article/view/v059i10", False),
        Basis(
            "Perpres 39/2019: konsisten dalam bentuk, struktur, skema; format terbuka yang terbaca sistem elektronik",
            "https://www.krjogja.com/peristiwa/nasional/jokowi-tandatangani-perpres-satu-data/",
            True,
        ),
    ),
)
