"""One tool over one file, in a process of its own: `python -m benchmarks.tables.tools TOOL FILE` prints one JSON line.

Every tool checks the same eight constraints (`benchmarks.tables.rules` says which). The auditor does besides what it
always does: it finds delimiter, encoding, header, periods and personal data, and names the first faults of each rule.
`auditor-covid` is what a published table meets: the shipped schema `covid`, which has other rules.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.tables.rules import CODE, COUNTS, DISTRICTS, FIRST, LAST, REGISTRY, SOURCES

AT = date(2026, 11, 2)


def auditor(path: str) -> int:
    from auditor.read.table import check_table

    return check_table(Path(path).read_bytes(), Path(path).name, AT, REGISTRY).error_count


def auditor_covid(path: str) -> int:
    from auditor.tables import check_file

    return check_file(Path(path), AT, None).error_count


def polars(path: str) -> int:
    import polars as pl

    def broken(rule: pl.Expr) -> pl.Expr:
        return (~rule.fill_null(False)).sum()

    c = pl.col
    told = (
        pl.scan_csv(path, try_parse_dates=True)
        .select(
            day=broken(c("tanggal").is_between(date.fromisoformat(FIRST), date.fromisoformat(LAST))),
            code=broken(c("kode_wilayah").str.contains(CODE)),
            district=broken(c("kecamatan").is_in(DISTRICTS)),
            counts=sum(broken(c(name) >= 0) for name in COUNTS),
            share=broken(c("persen_sembuh").is_between(0, 100)),
            parts=broken(c("positif") == c("sembuh") + c("meninggal") + c("aktif")),
            source=broken(c("sumber").is_in(SOURCES)),
            twice=pl.struct("tanggal", "kode_wilayah").is_duplicated().sum(),
        )
        .collect()
    )
    return sum(told.row(0))


def duckdb(path: str) -> int:
    import duckdb as db

    counts = " + ".join(f"count(*) filter (not coalesce({name} >= 0, false))" for name in COUNTS)
    query = f"""
        with t as (select * from read_csv('{path}')), a as (select
            count(*) filter (not coalesce(tanggal between date '{FIRST}' and date '{LAST}', false))
            + count(*) filter (not regexp_matches(kode_wilayah, '{CODE}'))
            + count(*) filter (kecamatan not in {DISTRICTS}) + {counts}
            + count(*) filter (not coalesce(persen_sembuh between 0 and 100, false))
            + count(*) filter (positif != sembuh + meninggal + aktif)
            + count(*) filter (sumber not in {SOURCES}) from t),
        u as (select coalesce(sum(n), 0) from
            (select count(*) n from t group by tanggal, kode_wilayah having count(*) > 1))
        select * from a, u"""
    row = db.connect().execute(query).fetchone()
    return int(sum(row)) if row else 0


def frictionless(path: str) -> int:
    from frictionless import Checklist, Resource, Schema

    fields = [
        {"name": "tanggal", "type": "date", "constraints": {"minimum": FIRST, "maximum": LAST}},
        {"name": "kode_wilayah", "type": "string", "constraints": {"pattern": CODE[1:-1]}},
        {"name": "kecamatan", "type": "string", "constraints": {"enum": list(DISTRICTS)}},
        {"name": "kelurahan", "type": "string"},
        *({"name": name, "type": "integer", "constraints": {"minimum": 0}} for name in COUNTS),
        {"name": "persen_sembuh", "type": "number", "constraints": {"minimum": 0, "maximum": 100}},
        {"name": "sumber", "type": "string", "constraints": {"enum": list(SOURCES)}},
        {"name": "keterangan", "type": "string"},
    ]
    schema = Schema.from_descriptor({"fields": fields, "primaryKey": ["tanggal", "kode_wilayah"]})
    formula = "positif == sembuh + meninggal + aktif"
    checks = Checklist.from_descriptor({"checks": [{"type": "row-constraint", "formula": formula}]})
    file = Path(path)
    report = Resource(path=file.name, basepath=str(file.parent), schema=schema).validate(checks, limit_errors=1_000_000)
    return len(report.flatten(["type"]))


TOOLS: dict[str, Callable[[str], int]] = {
    "auditor": auditor,
    "auditor-covid": auditor_covid,
    "polars": polars,
    "duckdb": duckdb,
    "frictionless": frictionless,
}


_LIBRARIES = {"auditor": ("pandera.pandas", "checks.schemas"), "auditor-covid": ("pandera.pandas", "checks.schemas")}


def _cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def main() -> None:
    tool, path = sys.argv[1:]
    for library in _LIBRARIES.get(tool, (tool,)):
        importlib.import_module(library)
    started = _cpu()
    faults = TOOLS[tool](path)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"faults": faults, "cpu_s": _cpu(), "warm_cpu_s": _cpu() - started, "peak_mb": peak}))


if __name__ == "__main__":
    main()
