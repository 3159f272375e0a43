"""`auditor check-table`: one file against the schemas that the nightly audit uses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.model import Basis, Table
from auditor.read.sandbox import Broken, Sandbox
from auditor.read.sniff import sniff
from auditor.read.table import check_table, read_table
from checks.schemas import REGISTRY

MOST = 1_000_000_000
"""Bytes of a file that is looked into."""

_PLAIN = ("csv", "text", "json", "geojson", "html", "pdf", "empty")
_REGISTRY = "checks.schemas:REGISTRY"


def check_file(path: Path, at: date, schema: str | None) -> Table:
    """The table's facts, with every cell that breaks a rule. Raises ValueError when it is no table or has no schema.

    What can end an interpreter (spreadsheets, archives) is opened in the sandbox, as at night.
    """
    size = path.stat().st_size
    if size > MOST:
        raise ValueError(f"{path.name}: too large ({size:,} bytes; at most {MOST:,}); publish it in parts")
    payload = path.read_bytes()
    if sniff(payload) in _PLAIN:
        return check_table(payload, path.name, at, REGISTRY, schema)
    with Sandbox() as sandbox:
        table = sandbox.call(read_table, payload, path.name, at, _REGISTRY, "", schema)
    if isinstance(table, Broken):
        said = table.detail.partition(": ")[2] if table.reason == "error" else ""
        raise ValueError(said or f"{path.name}: too large or damaged ({table.reason}: {table.detail})")
    return table


def basis_of(table: Table) -> tuple[Basis, ...]:
    """Where the rules that it was checked against were read."""
    return REGISTRY.by_name[table.schema].basis
