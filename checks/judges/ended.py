"""What is not asked of a service or an app that has ended. Pure.

Its standard (requirements, procedure, time, cost) is moot: nobody can ask for the service any more. Whether it opens
and what an app says of its users' data is asked as long as it answers; that it is gone is no fault, and whether what it
showed is kept is asked by the criterion of preservation.
"""

from __future__ import annotations

from dataclasses import replace

from auditor.model import SiteFacts, Verdict
from checks.judges.answer import of_site, unknown
from checks.judges.case import ENDED, Case
from checks.judges.search import Wanted, search_sites


def not_asked(case: Case, site: SiteFacts, *, moot: bool = False) -> Verdict | None:
    """The verdict `not-applicable` where a question is not asked of an ended service or app, else None. `moot`: it is
    one that only a going service can answer."""
    if site.site.lifecycle != "archived" or site.site.role not in ("service", "app") or site.site.url is None:
        return None
    if case.set_aside(site) or not (moot or site.visit.cause in ENDED):
        return None
    looked = search_sites(case, (site,), Wanted())
    found = unknown(case, "not-applicable", site=site, search=looked, evidence=of_site(case, site))
    return replace(found, applicable=False)
