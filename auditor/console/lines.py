"""Two streams and the small words on them: progress and errors on stderr, results on stdout."""

from __future__ import annotations

import difflib
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid

from auditor.model import Text

out = Console(highlight=False, soft_wrap=True, markup=False)
err = Console(stderr=True, highlight=False, soft_wrap=True, markup=False)


def say(text: Text, lang: str) -> str:
    return text.id if lang == "id" else text.en


def nearest(word: str, known: Iterable[str]) -> str:
    """`did you mean x?`, or the list of what is known."""
    names = list(known)
    near = difflib.get_close_matches(word, names, n=1, cutoff=0.5)
    return f"did you mean {near[0]!r}?" if near else f"known: {', '.join(names[:20])}"


def rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def show_json(value: Any) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False, indent=1, default=str).encode() + b"\n")


def show_rows(found: Sequence[Mapping[str, Any]], names: Sequence[str], *, as_json: bool) -> None:
    """A grid on a terminal, tab-separated lines in a pipe."""
    if as_json:
        show_json([dict(row) for row in found])
        return
    if not out.is_terminal:
        out.print("\t".join(names))
        for row in found:
            out.print("\t".join(_cell(row.get(name)) for name in names))
        return
    grid = Grid(*names, box=None, pad_edge=False, header_style="bold")
    for row in found:
        grid.add_row(*(_cell(row.get(name)).replace("[", "\\[") for name in names))
    out.print(grid)


def _cell(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.2f}"
    return " ".join(str(value).split())
