"""The ways to read a title that are compared. Learned ones answer for a body by a model that never saw that body."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from auditor.read import years as time
from auditor.read.titles import classify
from auditor.read.titles import text as plain
from benchmarks.accuracy import linear
from benchmarks.accuracy.data import Row
from benchmarks.accuracy.metrics import NONE, Answer

_FOLDS = 5
_SURE = 0.8  # a model's probability from which the combination believes it where the rules said nothing
_NOTHING = 0.95  # and from which it believes that a weak answer of the rules is none
_WEAK = 0.8  # confidence of the rules

# What a crawler that counts words in links does: a name anywhere in the title is the document.
_KEYWORDS = {
    "perjanjian kinerja": "perjanjian-kinerja",
    "indikator kinerja utama": "iku",
    "rencana strategis": "renstra",
    "renstra": "renstra",
    "rencana kerja dan anggaran": "rka",
    "renja": "renja",
    "rka": "rka",
    "dpa": "dpa",
    "dppa": "dpa",
    "dokumen pelaksanaan anggaran": "dpa",
    "realisasi": "lra",
    "lra": "lra",
    "catatan atas laporan keuangan": "calk",
    "calk": "calk",
    "neraca": "neraca",
    "arus kas": "lak",
    "perubahan ekuitas": "lpe",
    "opini": "opini-bpk",
    "laporan keuangan": "lkpd",
    "lkpd": "lkpd",
    "penjabaran": "penjabaran-apbd",
    "perubahan apbd": "perubahan-apbd",
    "apbd": "apbd",
    "rkpd": "rkpd",
    "rpjmd": "rpjmd",
    "laporan kinerja": "lkjip",
    "lkjip": "lkjip",
    "lakip": "lkjip",
    "lkpj": "lkpj",
    "lppd": "lppd",
    "rencana umum pengadaan": "rup",
    "aset": "daftar-aset",
    "lhkpn": "lhkpn",
    "daftar informasi publik": "dip",
    "dikecualikan": "dik-dikecualikan",
    "layanan informasi": "laporan-ppid",
    "sop": "sop",
    "maklumat": "maklumat",
    "standar pelayanan": "standar-pelayanan",
    "struktur organisasi": "struktur-organisasi",
    "peraturan daerah": "perda",
    "peraturan bupati": "perwal",
    "keputusan": "keputusan",
    "kepuasan": "skm",
    "pengaduan": "pengaduan",
}


def keywords(rows: Sequence[Row]) -> list[Answer]:
    answers = []
    for row in rows:
        line = f" {' '.join(plain.words(plain.mend(plain.clean(row.title))))} "
        kind = next((kind for word, kind in _KEYWORDS.items() if f" {word} " in line), NONE)
        answers.append(Answer(kind, time.all_years(row.title) if kind != NONE else ()))
    return answers


def rules(rows: Sequence[Row]) -> list[Answer]:
    facts = [classify(row.title, row.context, row.url) for row in rows]
    return [Answer(fact.kind or NONE, fact.years) for fact in facts]


def fold_of(body: str) -> int:
    """The part of the material that a body is in: all its rows, in both files, are asked and left out together."""
    return int(hashlib.sha256(body.encode()).hexdigest(), 16) % _FOLDS


def guesses(rows: Sequence[Row], others: Sequence[Row]) -> list[tuple[str, float, float]]:
    """For each row the model's kind, its probability and that of none; `others` are further rows to learn from.

    The model reads titles alone: with heading and file name beside them it does worse on bodies it has not seen.
    """
    everything = [*rows, *others]
    matrix = linear.features([row.title for row in everything])
    folds = np.array([fold_of(row.body) for row in everything])
    result: list[tuple[str, float, float]] = [(NONE, 0.0, 1.0)] * len(rows)
    for fold in range(_FOLDS):
        asked = [index for index in range(len(rows)) if folds[index] == fold]
        if not asked:
            continue
        known = np.flatnonzero(folds != fold)
        model = linear.train(matrix[known], [everything[index].kinds[0] for index in known])
        nothing = model.labels.index(NONE)
        for index, row in zip(asked, model.probabilities(matrix[asked]), strict=True):
            best = int(np.argmax(row))
            result[index] = (model.labels[best], float(row[best]), float(row[nothing]))
    return result


def learned(rows: Sequence[Row], guessed: Sequence[tuple[str, float, float]]) -> list[Answer]:
    return [_dated(row, kind) for row, (kind, _, _) in zip(rows, guessed, strict=True)]


def combined(rows: Sequence[Row], guessed: Sequence[tuple[str, float, float]]) -> list[Answer]:
    """The rules, mended by the model where it is sure and they are silent or weak."""
    answers = []
    for row, (kind, probability, nothing) in zip(rows, guessed, strict=True):
        fact = classify(row.title, row.context, row.url)
        if fact.kind is None and kind != NONE and probability >= _SURE:
            answers.append(_dated(row, kind))
        elif fact.kind is not None and fact.confidence < _WEAK and nothing >= _NOTHING:
            answers.append(Answer(NONE))
        else:
            answers.append(Answer(fact.kind or NONE, fact.years))
    return answers


def _dated(row: Row, kind: str) -> Answer:
    return Answer(kind, time.years_of(kind, plain.mend(plain.clean(row.title))) if kind != NONE else ())
