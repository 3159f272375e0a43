"""Made-up lists, seeded: of people (no number belongs to anybody: serials from 9000 up), and of other long numbers."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

NAMES = ("Asep", "Siti", "Dewi", "Budi", "Rina", "Ujang", "Neneng", "Wawan", "Euis", "Dadang", "Lilis", "Agus")
REGIONS = ("327101", "327102", "327106", "320101", "317402", "337401", "357801", "127501", "647201", "737101")


def nik(chance: random.Random) -> str:
    """A number of the shape (Permendagri 108/2019): region, day (+ 40 for a woman), month, year, serial."""
    day = chance.randint(1, 28) + chance.choice((0, 40))
    month, year = chance.randint(1, 12), chance.randint(40, 99)
    return f"{chance.choice(REGIONS)}{day:02d}{month:02d}{year:02d}{chance.randint(9000, 9999)}"


def _in(number: str, mark: str, *cuts: int) -> str:
    pieces, start = [], 0
    for cut in cuts:
        pieces.append(number[start : start + cut])
        start += cut
    return mark.join(pieces)


FORMS: dict[str, Callable[[str], str]] = {
    "run": str,
    "spaces 6-6-4": lambda n: _in(n, " ", 6, 6, 4),
    "spaces 4-4-4-4": lambda n: _in(n, " ", 4, 4, 4, 4),
    "dots 6-6-4": lambda n: _in(n, ".", 6, 6, 4),
    "dots 2-2-2-6-4": lambda n: _in(n, ".", 2, 2, 2, 6, 4),
    "dashes 6-6-4": lambda n: _in(n, "-", 6, 6, 4),
    "dashes 4-4-4-4": lambda n: _in(n, "-", 4, 4, 4, 4),
    "thousands": lambda n: _in(n, ".", 1, 3, 3, 3, 3, 3),
    "in quotes": lambda n: f"“{n}”",
    "leading apostrophe": lambda n: f"'{n}",
    "float with .0": lambda n: f"{n}.0",
    "float 3.27…E+15": lambda n: f"{n[0]}.{n[1:]}E+15",
    "float 3.27E+15": lambda n: f"{n[0]}.{n[1:6]}E+15",
    "float 3,27E+15": lambda n: f"{n[0]},{n[1:3]}E+15",
    "hidden characters": lambda n: "\u200b".join((n[:4], n[4:9], n[9:])),
    "label in the cell": lambda n: f"NIK.{n}",
}
CUT = {"in three cells": (6, 6, 4), "in four cells": (4, 4, 4, 4), "a digit a cell": (1,) * 16}


HEADERS = ("NIK", "No. KTP", "Nomor Induk Kependudukan", "nik_penerima", "No Identitas (NIK)", "Nomor")
"""What the column is called; the last says nothing, and the numbers have to speak for themselves."""


@dataclass(frozen=True)
class People:
    """One made-up list. `numbers` as they are, `cells` as they are written."""

    form: str
    numbers: tuple[str, ...]
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @property
    def csv(self) -> bytes:
        out = io.StringIO()
        csv.writer(out).writerows([self.header, *self.rows])
        return out.getvalue().encode()

    @property
    def text(self) -> str:
        named = self.header[2]
        lines = (
            f"{number}. {row[1]}, {named} {' '.join(row[2:-1])}, {row[-1]}" for number, row in enumerate(self.rows, 1)
        )
        return "Daftar penerima\n" + "\n".join(lines)

    @property
    def html(self) -> bytes:
        rows = "".join(f"<tr>{''.join(f'<td>{cell}' for cell in row)}" for row in self.rows)
        heads = "".join(f"<th>{cell}" for cell in self.header)
        return f"<!doctype html><title>Penerima</title><body><main><table><tr>{heads}{rows}</table></main>".encode()


def lists(seed: int, each: int) -> Iterator[People]:
    """`each` lists of every form, of 3 to 30 people."""
    chance = random.Random(seed)
    for form in (*FORMS, *CUT):
        for _ in range(each):
            numbers = tuple(nik(chance) for _ in range(chance.randint(3, 30)))
            cells = [_cells(form, number) for number in numbers]
            blank = ("",) * (len(cells[0]) - 1)
            rows = tuple(
                (str(n), chance.choice(NAMES), *written, f"Jalan {chance.choice(NAMES)} {chance.randint(1, 99)}")
                for n, written in enumerate(cells, 1)
            )
            yield People(form, numbers, ("No", "Nama", chance.choice(HEADERS), *blank, "Alamat"), rows)


def _cells(form: str, number: str) -> tuple[str, ...]:
    if form in CUT:
        return tuple(_in(number, "|", *CUT[form]).split("|"))
    return (FORMS[form](number),)


OTHERS: dict[str, Callable[[random.Random], str]] = {
    "NIP": lambda c: (
        f"19{c.randint(60, 99)}{c.randint(1, 12):02d}{c.randint(1, 28):02d}{c.randint(1990, 2024)}"
        f"{c.randint(1, 12):02d}1{c.randint(1, 999):03d}"
    ),
    "NPWP": lambda c: f"{c.randint(0, 10**16 - 1):016d}",
    "No Rekening": lambda c: f"{c.randint(10**15, 10**16 - 1)}",
    "Kode Rekening": lambda c: (
        f"5.{c.randint(1, 4)}.{c.randint(1, 9):02d}.{c.randint(1, 9):02d}.{c.randint(1, 99):02d}."
        f"{c.randint(1, 9999):04d}"
    ),
    "Virtual Account": lambda c: f"8{c.randint(10**14, 10**15 - 1)}",
    "id": lambda c: f"{c.randint(10**15, 10**16 - 1)}",
    "Nomor Register": lambda c: f"{c.randint(10**15, 10**16 - 1)}",
    "Waktu": lambda c: (
        f"20{c.randint(20, 26)}{c.randint(1, 12):02d}{c.randint(1, 28):02d}{c.randint(0, 23):02d}"
        f"{c.randint(0, 59):02d}{c.randint(0, 59):02d}{c.randint(0, 99):02d}"
    ),
    "Koordinat": lambda c: f"106.{c.randint(10**15, 10**16 - 1)}",
    "NOP": lambda c: f"3271{c.randint(10**13, 10**14 - 1)}",
    "Pagu": lambda c: f"{c.randint(10**9, 10**13):,}".replace(",", "."),
    "Tahun": lambda c: "2019 2020 2021 2022",
    "Nilai": lambda c: f"{c.randint(1, 9)}.{c.randint(0, 99999):05d}E+15",
}


def others(seed: int, each: int) -> Iterator[tuple[str, bytes]]:
    """`each` tables of every kind of long number that is nobody's, of 30 to 300 rows, and the same beside people's
    names and addresses under a header that says only `Nomor`: name and CSV."""
    chance = random.Random(seed)
    for name, made in OTHERS.items():
        for _ in range(each):
            out = io.StringIO()
            rows = [(n, f"Kegiatan {n}", made(chance)) for n in range(1, chance.randint(30, 300))]
            csv.writer(out).writerows([("no", "uraian", name), *rows])
            yield name, out.getvalue().encode()
            out = io.StringIO()
            residents = [
                (n, chance.choice(NAMES), f"Jalan {chance.choice(NAMES)} {n}", long) for n, _, long in rows[:40]
            ]
            csv.writer(out).writerows([("No", "Nama", "Alamat", "Nomor"), *residents])
            yield f"{name} (Nomor)", out.getvalue().encode()


LISTS: dict[str, tuple[str, ...]] = {
    "phone": ("No", "Nama Penerima", "Alamat", "No HP"),
    "patient": ("No", "Nama", "Umur", "Hasil Swab"),
    "": ("No", "Nama", "Jabatan", "No HP"),
}
"""Kind of what lies open -> columns; officials in their public role are none."""


def people(seed: int, each: int) -> Iterator[tuple[str, bytes]]:
    """`each` lists of every kind: of private people with telephones, of the sick, and of officials."""
    chance = random.Random(seed)
    for kind, header in LISTS.items():
        for _ in range(each):
            rows = [
                [str(n), *(_said(column, chance) for column in header[1:])] for n in range(1, chance.randint(4, 40))
            ]
            out = io.StringIO()
            csv.writer(out).writerows([header, *rows])
            yield kind, out.getvalue().encode()


def _said(column: str, chance: random.Random) -> str:
    made: dict[str, Callable[[], str]] = {
        "No HP": lambda: f"08{chance.randint(11, 99)}{chance.choice(('', '-', ' '))}{chance.randint(10**7, 10**8 - 1)}",
        "Alamat": lambda: f"Jalan {chance.choice(NAMES)} {chance.randint(1, 99)}",
        "Umur": lambda: str(chance.randint(1, 90)),
        "Hasil Swab": lambda: chance.choice(("positif", "negatif")),
        "Jabatan": lambda: chance.choice(("Kepala Dinas", "Lurah", "Camat", "Sekretaris")),
    }
    return made.get(column, lambda: f"{chance.choice(NAMES)} {chance.choice(NAMES)}")()
