"""Whose a document is: the body's own, or that of one of its units (OPD)."""

from __future__ import annotations

import re

from auditor.model import Document, SiteFacts, Unit
from auditor.read.units import find_unit
from checks.judges.case import Case
from checks.judges.fronts import host_of

_TREASURER = re.compile(r"keuangan|\b(?:bp?kad|bppkad|bpkd|bkd|dppkad|s?kppkd|ppkd|skpkd)\b", re.IGNORECASE)

OF_BOTH = frozenset(
    {"rka", "dpa", "lra", "neraca", "calk", "lkpd", "renstra", "renja", "iku", "perjanjian-kinerja", "lkjip", "dip"}
    | {"sop", "laporan-ppid", "standar-pelayanan", "skm", "struktur-organisasi", "profil-pejabat", "profil-badan"}
    | {"sk-ppid", "maklumat"}
)
"""Kinds that a unit makes for itself as the body does: on a unit's own site they are the unit's."""

BODY_ONLY = frozenset(
    {"rpjmd", "rpjpd", "rkpd", "kua", "ppas", "apbd", "perubahan-apbd", "penjabaran-apbd", "lkpj", "lppd", "ilppd"}
    | {"opini-bpk", "perda", "perwal"}
)
"""Kinds that no unit has: a unit that is named beside one (Bappeda beside the RPJMD) drew it up for the body."""


def unit_named(text: str | None, units: tuple[Unit, ...]) -> str | None:
    """The full name of the unit that a text names; None where it names none of them."""
    return find_unit(text, units) if text and units else None


def own_site_of(case: Case, site: SiteFacts) -> str | None:
    """The unit whose own website this is: the configuration names it, and so does the site's name or host.

    A site that a unit merely answers for (the PPID, run by Diskominfo) is the body's.
    """
    units = case.facts.body.units
    unit = unit_named(site.site.unit, units)
    if unit is None or site.site.role != "website":
        return None
    spoken = (site.site.name, host_of(site.site.url or "").split(".")[0])
    return unit if any(unit_named(text, units) == unit for text in spoken) else None


def unit_of(case: Case, document: Document) -> str | None:
    """The unit that a document is of: as its title says, else as the site says where it lies. None: the body's."""
    if document.facts.unit is not None:
        return unit_named(document.facts.unit, case.facts.body.units) or document.facts.unit
    if document.facts.kind in OF_BOTH:
        site = next((s for s in case.sites if s.site.id == document.site), None)
        return own_site_of(case, site) if site is not None else None
    return None


def is_units(case: Case, document: Document) -> bool:
    """Whether a document is a unit's own and not the body's; the treasurer's stand for the body."""
    if document.facts.kind in BODY_ONLY:
        return False
    unit = unit_of(case, document)
    return unit is not None and not _TREASURER.search(unit)
