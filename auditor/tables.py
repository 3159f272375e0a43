"""`auditor check-table`: one file against the schemas that the nightly audit uses."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from auditor.model import Table
from auditor.read.table import check_table
from checks.schemas import REGISTRY


def check_file(path: Path, at: date, schema: str | None) -> Table:
    """The table's facts, with every cell that breaks a rule. Raises ValueError when it is no table or has no schema."""
    return check_table(path.read_bytes(), path.name, at, REGISTRY, schema)
