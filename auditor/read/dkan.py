"""DKAN's metastore: https://dkan.readthedocs.io (the items of the schema `dataset` are records of data.json)."""

from __future__ import annotations

from auditor.model import Capture
from auditor.read.dcat import project_open_data
from auditor.read.listing import Listing, NotThis, parsed_json, records


def read(payload: bytes, capture: Capture) -> Listing:
    """`api/1/metastore/schemas/dataset/items`. Raises NotThis."""
    found = records(parsed_json(payload))
    if not all("identifier" in one and "title" in one for one in found):
        raise NotThis("items without identifier and title")
    return Listing(tuple(project_open_data(found, capture)), len(found))
