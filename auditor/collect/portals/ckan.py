"""CKAN (2.9 to 2.11) through its action API, by ckanapi with GET only: https://docs.ckan.org/en/latest/api/

CKAN's own default robots.txt says `Disallow: /api/`. It was written against search engines that index JSON; Google
Dataset Search and data.europa.eu harvest through it. Still it is what the site asks, so with
`[network] obey_api_robots = true` (the default) the API of such a portal is not called: the refusal is recorded
(rule `robots`) and the dataset pages are crawled instead. An operator who has the portal owner's word sets it to false.

Recognised by its listing; `status_show` is asked only where that does not come. Listed by `package_search`, the oldest
first, 1,000 rows a page (CKAN's own silent cap): what is added meanwhile comes at the end, and what is withdrawn shows
as a smaller count, after which the paging goes back by as many. A count that stays the same while a dataset was added
may hide one withdrawn: then it is listed again. Of a portal that was listed on an earlier night only what was modified
since is asked for: see `ckan_again`.
"""

from __future__ import annotations

from collections.abc import Generator
from datetime import UTC, datetime
from typing import Any

import requests
from ckanapi import RemoteCKAN  # type: ignore[import-untyped]

from auditor.collect import wellknown
from auditor.collect.portals import Client, Outcome
from auditor.collect.portals.ckan_again import changes_since
from auditor.collect.portals.ckan_api import ROWS, SKEW, Refused, call, count_of, links_of, packages_of
from auditor.model import Link, Site
from auditor.read.linkformat import moment

PLATFORM = "ckan"
ORDER = "metadata_created asc, id asc"
FEWER_ROWS = 100
"""Asked for when a page of `ROWS` does not come: too large, or too much work for the server."""

MAX_BACK = 10
MAX_CALLS = 2000


def harvest(site: Site, client: Client) -> Generator[tuple[Link, ...], None, Outcome]:
    """Lists every dataset of the portal at `site.url`. Yields dataset pages and resource files."""
    base = site.url or ""
    shown_by = wellknown.portal_api(PLATFORM, base)
    if not client.may_ask(shown_by):
        return Outcome("", shown_by, error="robots.txt asks not to call the API")
    clock = _ServerClock(client.session)
    ckan = RemoteCKAN(base, user_agent=client.agent, get_only=True, session=client.session)
    known = yield from changes_since(base, client, ckan)
    if known is not None:
        return known
    listing = _Listing(clock)
    recognised = False
    while not listing.finished:
        try:
            page = call(ckan, client, "package_search", **listing.query())
            links = listing.take(page, base)
        except Refused as error:
            yield ()
            if not recognised:
                # One guess a platform: a page or a plain refusal is nobody's API, and is not asked a second question.
                trouble = _no_ckan(ckan, client) if clock.may_be_an_api else str(error)
                if trouble:
                    return Outcome("", shown_by, error=trouble)
                recognised = True
                yield ()
            if listing.ask_for_less():
                continue
            return Outcome(PLATFORM, shown_by, listing.declared, False, str(error))
        recognised = True
        yield links
    return Outcome(PLATFORM, shown_by, listing.declared, listing.whole, listing.why)


def _no_ckan(ckan: RemoteCKAN, client: Client) -> str:
    """Why this is no CKAN, or nothing where `status_show` says that it is one."""
    try:
        status = call(ckan, client, "status_show")
    except Refused as error:
        return str(error)
    is_one = isinstance(status, dict) and ("ckan_version" in status or "site_title" in status)
    return "" if is_one else "status_show does not answer as CKAN does"


class _ServerClock:
    """When the harvest began by the clock that writes `metadata_created`: the first Date header (RFC 9110, 6.6.1)
    of its answers."""

    def __init__(self, session: requests.Session) -> None:
        self._first: datetime | None = None
        self.may_be_an_api = True  # the last answer was JSON, a failure of the server, or did not come
        session.hooks["response"].append(self._note)

    def _note(self, response: requests.Response, **_: Any) -> None:
        json = "json" in response.headers.get("Content-Type", "")
        self.may_be_an_api = json or response.status_code >= 500
        if self._first is None:
            self._first = moment(response.headers.get("Date", ""))

    def began(self) -> datetime:
        return self._first or datetime.now(UTC) - SKEW


class _Listing:
    """The state of paging through package_search. `clock`: when it began."""

    def __init__(self, clock: _ServerClock) -> None:
        self.declared: int | None = None
        self.finished = False
        self.why = ""
        self._clock = clock
        self._rows = ROWS
        self._start = 0
        self._calls = 0
        self._back = 0
        self._again = False
        self._added = False
        self._known: set[str] = set()

    @property
    def whole(self) -> bool:
        return not self.why and self.declared is not None and len(self._known) >= self.declared

    def query(self) -> dict[str, Any]:
        return {"q": "*:*", "sort": ORDER, "rows": self._rows, "start": self._start}

    def ask_for_less(self) -> bool:
        """True once: the same again with fewer rows."""
        less, self._rows = self._rows > FEWER_ROWS, FEWER_ROWS
        return less

    def take(self, page: Any, base: str) -> tuple[Link, ...]:
        """The links of the datasets that are new on this page. Raises Refused where it is no page."""
        packages = packages_of(page)
        before, count = self.declared, count_of(page)
        self.declared = before if count is None else count
        self._calls += 1
        fresh = [p for p in packages if p["id"] not in self._known]
        self._known.update(p["id"] for p in fresh)
        newest = self._clock.began().astimezone(UTC).replace(tzinfo=None).isoformat()
        self._added = self._added or any(str(p.get("metadata_created", "")) > newest for p in fresh)
        withdrawn = before - self.declared if before is not None and self.declared is not None else 0
        if withdrawn > 0 and self._back < MAX_BACK:
            self._back += 1
            self._start = max(0, self._start - withdrawn)
        else:
            self._go_on(len(packages), len(fresh))
        if self.finished and not self.whole and not self.why:
            self.why = f"the portal says {self.declared} datasets and listed {len(self._known)}"
        return tuple(link for package in fresh for link in links_of(package, base))

    def _go_on(self, shown: int, fresh: int) -> None:
        self._start += shown
        self.finished = not shown or (self.declared is not None and self._start >= self.declared)
        if not self.finished and not fresh and not self._back and not self._again:
            self.finished, self.why = True, "package_search gives the same datasets on every page"
        elif not self.finished and self._calls >= MAX_CALLS:
            self.finished, self.why = True, f"package_search has no end; stopped after {MAX_CALLS} pages"
        elif self.finished and self._calls > 1 and self._added and not self._again:
            self.finished, self._again, self._start = False, True, 0
