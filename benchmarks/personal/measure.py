"""What is found and hidden of made-up lists, and what is said wrongly of tables in which there is nothing to find."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from auditor.model import Body, Capture, Personal
from auditor.read.page import read_page
from auditor.read.personal import find_in_text, mask
from auditor.read.personal_files import scan
from auditor.read.table import check_table
from benchmarks.accuracy.metrics import wilson
from benchmarks.personal.made import CUT, HEADERS, People, lists, others, people
from checks.schemas import REGISTRY

REAL = Path(__file__).parents[2].parent / "shared" / "real"
FOLDERS = ("e_tables", "d_portal")
SEED, EACH = 20261124, 20
_AT = date(2026, 11, 2)
_LONG = re.compile(r"(?<!\d)\d{16,}(?!\d)")
_SIXTEEN = re.compile(r"(?<!\d)\d{16}(?!\d)")
_BODY = Body("99.71", "Kota Contoh", "kota", "Asia/Jakarta")


def recall(seed: int = SEED, each: int = EACH) -> dict[str, Any]:
    """By form, over CSV tables, running text and HTML tables: lists that became a finding, numbers counted, and numbers
    that masking left readable."""
    forms: dict[str, Counter[str]] = defaultdict(Counter)
    headers: dict[str, Counter[str]] = defaultdict(Counter)
    for one in lists(seed, each):
        for personal in _everywhere(one):
            count = max((p.count for p in personal if p.kind == "nik" and p.confirmed), default=0)
            sums = {"lists": 1, "found": int(count > 0), "numbers": len(one.numbers)}
            sums["counted"] = min(count, len(one.numbers))
            forms[one.form].update(sums)
            headers["named" if one.header[2] != HEADERS[-1] else "not named"].update(sums)
        forms[one.form].update(readable=_readable(one))
    total: Counter[str] = sum(forms.values(), Counter())
    return {
        "all": _shares(total),
        "headers": {name: _shares(sums) for name, sums in headers.items()},
        "forms": {form: _shares(sums) for form, sums in forms.items()},
    }


def people_lists(seed: int = SEED, each: int = EACH * 2) -> dict[str, Any]:
    """Lists of private people with telephones and of the sick that are found, and of officials that are not."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for kind, content in people(seed, each):
        said = {one.kind for one in check_table(content, "daftar.csv", _AT, REGISTRY).personal if one.confirmed}
        sums[kind or "officials"].update(lists=1, said=bool(said & {kind} if kind else said))
    return {kind: {**count, "interval": list(wilson(count["said"], count["lists"]))} for kind, count in sums.items()}


def _everywhere(one: People) -> Iterator[tuple[Personal, ...]]:
    yield check_table(one.csv, "penerima.csv", _AT, REGISTRY).personal
    if one.form not in CUT:  # a number cut into cells is one only in a table
        yield find_in_text(one.text)
    yield read_page(_capture(), one.html, _BODY).personal


def _capture() -> Capture:
    return Capture("https://contoh.go.id/", "ppid", datetime(2026, 11, 2, tzinfo=UTC), "ok", 200, "text/html")


def _readable(one: People) -> int:
    """Numbers of which more than the first five digits stand in a row after masking."""
    shown = mask(one.text)
    return sum(re.search(r"\D{0,3}".join(number[5:12]), shown) is not None for number in one.numbers)


def _shares(sums: Counter[str]) -> dict[str, Any]:
    return {
        "lists": sums["lists"],
        "found": sums["found"],
        "recall": round(sums["found"] / sums["lists"], 4),
        "interval": list(wilson(sums["found"], sums["lists"])),
        "numbers_counted": round(sums["counted"] / sums["numbers"], 4),
        "numbers_readable_after_masking": sums["readable"],
    }


def made_up_others(seed: int = SEED, each: int = EACH) -> dict[str, Any]:
    """Tables of long numbers that are nobody's: those of which it was said that personal data lie open."""
    said: Counter[str] = Counter()
    tables = 0
    for name, content in others(seed, each):
        tables += 1
        table = check_table(content, f"{name}.csv", _AT, REGISTRY)
        said[name] += any(one.confirmed for one in (*table.personal, *scan(content)))
    wrong = sum(said.values())
    return {"tables": tables, "false": wrong, "interval": list(wilson(wrong, tables)), "by_name": dict(said)}


def real(folder: Path = REAL) -> dict[str, Any]:
    """The same of real public tables and portal answers, of which people who read them say that they hold none."""
    files = sorted(path for name in FOLDERS for path in (folder / name).iterdir() if path.is_file())
    wrong, long, sixteen, masked = [], 0, 0, 0
    for path in files:
        payload = path.read_bytes()
        words = payload.decode("utf-8", "replace")
        long += len(_LONG.findall(words))
        sixteen += len(numbers := _SIXTEEN.findall(words))
        masked += len(numbers) - len(_SIXTEEN.findall(mask(words)))
        if any(one.confirmed for one in _of_file(path, payload)):
            wrong.append(path.name)
    return {
        "files": len(files),
        "false": wrong,
        "interval": list(wilson(len(wrong), len(files))),
        "numbers_of_16_or_more_digits": long,
        "numbers_of_16_digits": sixteen,
        "masked_by_shape_alone": masked,
    }


def _of_file(path: Path, payload: bytes) -> Iterable[Personal]:
    yield from scan(payload)
    try:
        yield from check_table(payload, path.name, _AT, REGISTRY).personal
    except ValueError:
        return


def summary(results: dict[str, Any]) -> dict[str, Any]:
    """The rows that the methodology prints, as those of `benchmarks/accuracy`."""
    tables, found, listed = results["made_up_others"], results["real"], results["people"]
    rows = [
        _recalled("di bawah kepala kolom yang menamainya", "under a header that names them", results, "named"),
        _recalled("tanpa kepala kolom yang menamainya", "without a header that names them", results, "not named"),
        _listed("Daftar telepon warga buatan yang ditemukan", "Made-up lists of residents' telephones that are found",
                listed["phone"]),
        _listed("Daftar pasien buatan yang ditemukan", "Made-up lists of patients that are found", listed["patient"]),
        _listed("Daftar pejabat buatan yang keliru disebut data pribadi",
                "Made-up lists of officials wrongly called personal data", listed["officials"]),
        _row(
            "Tabel angka panjang buatan yang keliru disebut data pribadi (NIP, rekening, kode)",
            "Made-up tables of long numbers wrongly called personal data (NIP, accounts, codes)",
            tables["tables"], tables["false"] / tables["tables"], tables["interval"],
        ),
        _row(
            "Tabel dan jawaban portal nyata yang keliru disebut memuat data pribadi",
            "Real tables and portal answers wrongly said to hold personal data",
            found["files"], len(found["false"]) / found["files"], found["interval"],
        ),
    ]  # fmt: skip
    return {"measured": results["measured"], "rows": rows}


def _recalled(indonesian: str, english: str, results: dict[str, Any], header: str) -> dict[str, Any]:
    sums = results["recall"]["headers"][header]
    words = (f"Daftar NIK buatan yang ditemukan, {indonesian}", f"Made-up lists of NIK that are found, {english}")
    return _row(*words, sums["lists"], sums["recall"], sums["interval"])


def _listed(indonesian: str, english: str, sums: dict[str, Any]) -> dict[str, Any]:
    return _row(indonesian, english, sums["lists"], sums["said"] / sums["lists"], sums["interval"])


def _row(indonesian: str, english: str, n: int, value: float, interval: list[float]) -> dict[str, Any]:
    what = {"id": indonesian, "en": english}
    return {"what": what, "n": n, "value": round(value, 4), "low": interval[0], "high": interval[1]}


def dump(value: Any) -> str:
    return json.dumps(value, indent=1, ensure_ascii=False) + "\n"
