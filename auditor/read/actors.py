"""Whose a finding is: the catalogue names roles (`BKAD atau BPKAD bersama PPID`), a body has units of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from auditor.model import Body, Finding, Site, Unit
from auditor.read.units import find_unit

# The first named leads; who helps, in what capacity and under whom stands in the catalogue's words beside it.
_OTHERS = re.compile(r"\s*(?:[;,(]|\b(?:bersama|dan|selaku|melalui|pada|dikoordinasikan)\b)")
_OR = re.compile(r"\s+atau\s+")
# Parts of the Sekretariat Daerah (Permendagri 56/2019), also the procurement unit.
_OF_SECRETARIAT = re.compile(r"^(?:bagian|ukpbj|sekretaris daerah)\b", re.IGNORECASE)
_EACH = re.compile(r"^(?:setiap perangkat daerah\b|produsen data$|ppid pelaksana$)", re.IGNORECASE)
_STEWARD = re.compile(r"^walidata$", re.IGNORECASE)

EACH = "Setiap perangkat daerah"


def owner_of(finding: Finding, body: Body, sites: Sequence[Site]) -> str:
    """Who is asked: the unit of the finding, the OPD of its site, or who leads by the criterion's actor."""
    site = next((one for one in sites if one.id == finding.verdict.site), None)
    named = finding.verdict.unit or (site.unit if site else None)
    return named or leading(finding.criterion.actor, body.units, _steward(sites))


_OF_SITE = frozenset(
    f"site-{what}"
    for what in (
        "unreachable", "incomplete", "script-only", "blocked", "suspended", "seen-elsewhere", "login", "robots",
        "taken-over", "expiring", "expired", "wildcard", "portal-incomplete",
    )
) | {"human-address-not-known"}  # fmt: skip
"""Reasons that only whoever keeps the site can do away with, whosever the finding is."""


def asked_of(finding: Finding, body: Body, sites: Sequence[Site]) -> str:
    """Who is asked to mend it. Where a site stands in the way: its unit, or the PPID's where it has none."""
    in_the_way = _in_the_way(finding, sites) if finding.verdict.reason in _OF_SITE else None
    if in_the_way is None:
        return owner_of(finding, body, sites)
    ppid = next((site.unit for site in sites if site.role == "ppid" and site.unit), None)
    return in_the_way.unit or ppid or owner_of(finding, body, sites)


def _in_the_way(finding: Finding, sites: Sequence[Site]) -> Site | None:
    """The first site that the finding names as the reason; each of them is asked for by what is its own as well."""
    named = str(finding.verdict.slots.get("site", ""))
    found = [site for site in sites if named == site.name or named.startswith(f"{site.name}, ")]
    if found:
        return max(found, key=lambda site: len(site.name))
    return next((site for site in sites if site.id == finding.verdict.site), None)


@lru_cache(maxsize=4096)
def leading(actor: str, units: tuple[Unit, ...], steward: str | None = None) -> str:
    """The unit that leads among those an actor names, by its name in `units`; a role that is no unit stays a role.

    `steward`: the unit that keeps the data portal, which is the *walidata* of the body.
    """
    first = _OTHERS.split(actor, maxsplit=1)[0].strip() or actor
    if _EACH.match(first):
        return EACH
    if _STEWARD.match(first) and steward:
        return steward
    for name in _OR.split(first):
        unit = find_unit("Sekretariat Daerah" if _OF_SECRETARIAT.match(name) else name, units) if units else None
        if unit:
            return unit
    return first


def _steward(sites: Sequence[Site]) -> str | None:
    return next((site.unit for site in sites if site.role == "portal" and site.unit), None)
