"""Which site's visit asks for the address of an officer's answer. Pure.

The site that the address belongs to asks; an address elsewhere is asked by the site that the finding is about, or by
the first that may. A restricted system is never asked, and nothing is asked for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from auditor.collect.scope import Scope
from auditor.model import Objection, Site


def by_site(
    objections: Sequence[Objection], every: Sequence[Site], visited: Sequence[Site], about: Mapping[str, str | None]
) -> dict[str, tuple[str, ...]]:
    """Site -> addresses. `every`: all sites of the body, `visited`: those of this run; `about`: finding -> its site as
    the night before told it."""
    scope = Scope(every)
    able = [site.id for site in visited if site.url is not None and site.role not in ("restricted", "app")]
    found: dict[str, list[str]] = {}
    for objection in objections:
        if not able or scope.sealed(objection.asked):
            continue
        wanted = (scope.owner(objection.asked), about.get(objection.finding), able[0])
        site = next(one for one in wanted if one in able)
        found.setdefault(str(site), []).append(objection.asked)
    return {site: tuple(dict.fromkeys(urls)) for site, urls in found.items()}
