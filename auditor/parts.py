"""The score of parts of a body: each OPD and each role of site, by the same formulae as the whole; pure.

A part is judged by its own findings alone, with the catalogue's weights among them. Parts do not add up to the whole:
what is asked of the body as such (no site, no OPD) belongs to none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from auditor.model import Catalogue, Criterion, Part, Site, Verdict
from auditor.score import score

Pairs = Sequence[tuple[Criterion, Verdict]]


def parts(judged: Iterable[tuple[Criterion, Verdict]], sites: Iterable[Site], catalogue: Catalogue) -> tuple[Part, ...]:
    """Units by name, then roles by name; a part in which nothing weighs is left out."""
    role_of = {site.id: site.role for site in sites}
    units: dict[str, list[tuple[Criterion, Verdict]]] = defaultdict(list)
    roles: dict[str, list[tuple[Criterion, Verdict]]] = defaultdict(list)
    for criterion, verdict in judged:
        if not verdict.applicable or criterion.weight <= 0:
            continue
        if verdict.unit:
            units[verdict.unit].append((criterion, verdict))
        if verdict.site in role_of:
            roles[role_of[verdict.site]].append((criterion, verdict))
    return (*_of("unit", units, catalogue), *_of("role", roles, catalogue))


def _of(kind: Literal["unit", "role"], groups: Mapping[str, Pairs], catalogue: Catalogue) -> Iterable[Part]:
    for name in sorted(groups):
        found = score(groups[name], catalogue)
        yield Part(kind, name, found.whole, found.band_low, found.band_high, found.band, len(groups[name]))
