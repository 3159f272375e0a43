"""The front pages that the sites had before a night, from the evidence of the night before it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from auditor.evidence.errors import EvidenceError
from auditor.evidence.source import Evidence
from auditor.judged import EvidenceMissing, read_run_record
from auditor.model import PriorFront
from auditor.read.fronts import fronts_of


def fronts_before(folder: Path) -> Mapping[str, PriorFront]:
    """Site -> its front page as it last named the body: that of the night in `folder`, else what that night remembered.

    Empty where the evidence of that night is not there any more: then only tonight's content can tell.
    """
    if not folder.is_dir():
        return {}
    try:
        evidence = Evidence(folder)
        record = read_run_record(evidence, folder)
        seen = fronts_of(evidence, record.config.body, record.config.sites, record.at.date())
    except (EvidenceMissing, EvidenceError):
        return {}
    return {**record.prior.fronts, **seen}
