"""The few figures of recognition that a reader of the methodology needs, in two languages, from the full results."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

FLOORS = Path(__file__).parent / "floors.toml"
_FILES = {
    "labelled.tsv": ("dari judul saja", "by title alone"),
    "labelled_links.tsv": ("dengan konteks tautan", "with the link's surroundings"),
}


def summary(results: Mapping[str, Any]) -> dict[str, Any]:
    """`{"measured", "rows": [{"what": {id,en}, "n", "value", "low", "high"}]}`; shares 0 to 1, 95 % intervals."""
    rows = [row for file, words in _FILES.items() for row in _of_file(file, words, results["files"][file]["rules"])]
    return {"measured": results["measured"], "rows": rows}


def _of_file(file: str, words: tuple[str, str], rules: Mapping[str, Any]) -> list[dict[str, Any]]:
    first = tomllib.loads(FLOORS.read_text("utf-8"))["first_sight"][file]
    return [
        _row("Jenis dokumen dikenali, F1 makro", "Kind recognised, macro F1", words, rules["n"], rules["macro_f1"],
             rules["macro_f1_interval"]),
        _row("Jenis yang disebut keliru", "Kinds said wrongly", words, rules["said"], rules["false_rate"],
             rules["false_interval"]),
        _row("Tahun benar", "Years right", words, rules["years_n"], rules["years_right"], rules["years_interval"]),
        _row("F1 makro pada badan publik yang belum pernah dilihat", "Macro F1 on bodies never seen before", words,
             first["said"] + first["missed"], first["macro_f1_of_labelled_kinds"], (None, None)),
        _row("Jenis yang disebut keliru pada badan publik yang belum pernah dilihat",
             "Kinds said wrongly on bodies never seen before", words, first["said"], first["false"] / first["said"],
             (None, None)),
    ]  # fmt: skip


def _row(indonesian: str, english: str, words: tuple[str, str], n: int, value: float, interval: Any) -> dict[str, Any]:
    low, high = interval
    what = {"id": f"{indonesian} ({words[0]})", "en": f"{english} ({words[1]})"}
    return {"what": what, "n": n, "value": round(value, 4), "low": low, "high": high}
