"""What a table schema is to the reader; the schemas themselves belong to whoever knows the tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from auditor.model import Basis, TableRules, Text
from auditor.read.numbers import Style


@dataclass(frozen=True, slots=True)
class Places:
    """The kecamatan and kelurahan of one body, as `place_name` writes them."""

    code: str
    kecamatan: frozenset[str] = frozenset()
    kelurahan: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TableContext:
    """What a rule may know besides the cells: the audit's day and how each column writes its figures."""

    at: date
    styles: Mapping[str, Style] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableSchema:
    """`fits`: 0 to 1, how well these column names suit it. `build`: the pandera schema for a frame of strings whose
    columns have these names; each of its checks carries a code in `error`, and `messages` says the code in words.
    `row_rules`: codes that judge a row as a whole, not one of its cells; `basis`: where the rules were read."""

    name: str
    title: Text
    fits: Callable[[Sequence[str]], float]
    build: Callable[[Sequence[str], TableContext], Any]
    messages: Mapping[str, Text]
    row_rules: frozenset[str] = frozenset()
    basis: tuple[Basis, ...] = ()


@dataclass(frozen=True, slots=True)
class Schemas:
    """A registry: the schemas by name, the generic one that is taken where none fits, and the places that are known."""

    by_name: Mapping[str, TableSchema]
    fallback: str
    places: tuple[Places, ...] = ()

    def sources(self) -> tuple[TableRules, ...]:
        """What a reader may know of each schema, by name."""
        return tuple(TableRules(one.name, one.title, one.basis) for _, one in sorted(self.by_name.items()))

    def choose(self, columns: Sequence[str], wanted: str | None = None) -> TableSchema:
        """The schema asked for, else the one that fits best. Raises ValueError for a name that is none."""
        if wanted is not None:
            if wanted not in self.by_name:
                raise ValueError(f"no schema {wanted!r}; there are {', '.join(sorted(self.by_name))}")
            return self.by_name[wanted]
        scored = [(schema.fits(columns), name) for name, schema in sorted(self.by_name.items())]
        score, name = max(scored, key=lambda pair: pair[0])
        return self.by_name[name if score > 0 else self.fallback]


_PREFIX = re.compile(r"^\W*(?:kelurahan|kecamatan|kel|kec|desa|kota|kabupaten|kab)\b\.?\s*", re.IGNORECASE)


def place_name(text: str) -> str:
    """A place as it is compared: `Kel. Tanah Baru` and `TANAHBARU` are one."""
    return re.sub(r"[^a-z]+", "", _PREFIX.sub("", text).lower())


def words_of(column: str) -> str:
    """A column name as it is compared: `Jumlah_Penduduk (jiwa)` -> `jumlah penduduk jiwa`."""
    return re.sub(r"[\W_]+", " ", column).strip().lower()
