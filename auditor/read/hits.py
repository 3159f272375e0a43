"""Numbers of the shape of a NIK or KK in one place, until it is known whether they are what they look like. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from auditor.model import Personal
from auditor.read import shapes
from auditor.read.shapes import Number, known_region, masked

Kind = Literal["nik", "kk"]


@dataclass(slots=True)
class Hits:
    """Numbers of one text or one column, until it is known whether they are what they look like."""

    region: str
    crowd: Sequence[str]
    place: Callable[[int, int], str]
    seen: dict[Kind, dict[str, Number]] = field(default_factory=lambda: {"nik": {}, "kk": {}})
    cells: dict[Kind, list[tuple[int, int]]] = field(default_factory=lambda: {"nik": [], "kk": []})

    def add(self, number: Number, cell: tuple[int, int] = (0, 0)) -> None:
        if number.named == "other" or not number.meant:
            return
        kind: Kind = "kk" if number.named == "kk" else "nik"
        # A rounded float is no number of its own: each counts.
        rounded = number.form == "float" and not shapes.plausible(number.digits)
        key = f"{number.digits} {len(self.seen[kind])}" if rounded else number.digits
        if key not in self.seen[kind] or number.named:
            self.seen[kind][key] = number
        self.cells[kind].append(cell)

    def stands(self, *cells: tuple[int, int]) -> None:
        """Where the numbers stand, where it was not said with each."""
        for kind in self.cells:
            self.cells[kind] = list(cells)

    def found(self) -> list[Personal]:
        made = []
        for kind, seen in self.seen.items():
            if not seen:
                continue
            labelled = any(number.named for number in seen.values())
            own = sum(bool(self.region) and digits.startswith(self.region) for digits in seen)
            known = sum(_own_or_known(digits, self.region) for digits in seen)
            alone = 2 * known >= len(set(self.crowd))
            if not labelled and not alone and len(self.crowd) >= _CROWD:
                continue
            sample = masked(min(seen)[:16])
            confirmed = labelled or (alone and (own > 0 or known >= 2))
            made.append(Personal(kind, len(seen), sample, confirmed, span(self.place, self.cells[kind])))
        return made


_CROWD = 20
"""So many numbers of sixteen digits of which most name no region are somebody's serial numbers."""


def _own_or_known(digits: str, region: str) -> bool:
    return (bool(region) and digits.startswith(region)) or known_region(digits[:16])


def span(place: Callable[[int, int], str], cells: Sequence[tuple[int, int]]) -> str:
    """The first and the last place."""
    first, last = place(*cells[0]), place(*cells[-1])
    return first if first == last else f"{first}–{last}"
