"""Which document a title names, for which years, of which OPD: rules over a vocabulary that is data (`kinds.toml`)."""

from auditor.read.titles.decide import classify
from auditor.read.titles.line import classify_line

__all__ = ["classify", "classify_line"]
