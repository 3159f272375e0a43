"""What the city's tables must keep to: pandera schemas, chosen by their column names."""

from __future__ import annotations

from auditor.read.schema import Schemas
from checks.schemas import budget, covid, people, regions, services, tidy

REGISTRY = Schemas(
    by_name={
        schema.name: schema
        for schema in (
            *(tidy.SCHEMA, regions.CODES, regions.SERIES, covid.SCHEMA, budget.SCHEMA, people.SCHEMA),
            *(services.EDUCATION, services.HEALTH, services.BUSINESS),
        )
    },
    fallback=tidy.SCHEMA.name,
    places=regions.PLACES,
)
"""Every schema by name. `tabel-rapi` is taken where no other fits."""
