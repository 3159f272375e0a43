"""Which datasets a portal offers, by the platform that the collection recognised; where none was, from its pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from auditor.model import Capture, Page, Site
from auditor.read import dcat, dkan, jabar, socrata
from auditor.read.answers import Answers, hosts_of, is_own
from auditor.read.catalogues import Listed, listed_in
from auditor.read.listing import Listing, NotThis
from auditor.read.listings import listed_on_pages
from auditor.read.structured import PLATFORM as STRUCTURED
from auditor.read.structured import described_in

Reader = Callable[[bytes, Capture], Listing]

READERS: Mapping[str, Reader] = {
    "dcat": dcat.read,
    "arcgis": dcat.read,
    "dkan": dkan.read,
    "jabar": jabar.read,
    "socrata": socrata.read,
}
PAGES = "halaman"


@dataclass(frozen=True, slots=True)
class Offered:
    """`shown_by`: the address that shows the platform. `read`: digests of the answers that list the datasets."""

    datasets: tuple[Listed, ...]
    platform: str = ""
    shown_by: str = ""
    declared: int | None = None
    read: frozenset[str] = frozenset()


def offered(site: Site, answers: Answers, pages: Sequence[Page]) -> Offered:
    """The platform's API first, then descriptions in the pages, then the pages themselves."""
    for record in answers.records("portal"):
        if record.get("site") == site.id and record.get("platform") in READERS:
            found = _listed_by(str(record["platform"]), record, site, answers)
            if found.datasets:
                return found
    listed, platform, shown_by, declared = listed_in(site, answers)
    if listed:
        return Offered(tuple(listed), platform, shown_by, declared)
    for capture in answers.captures:  # of evidence without the record: a catalogue that a page links
        if capture.site == site.id and is_own(capture.url, hosts_of(site)) and capture.url.endswith("/data.json"):
            found = _listed_by("dcat", {"answers": [capture.url], "shown_by": capture.url}, site, answers)
            if found.datasets:
                return found
    described = _described(site, answers, pages)
    if described:
        return Offered(tuple(described.values()), STRUCTURED, min(one.capture.url for one in described.values()))
    listed, shown_by = listed_on_pages(site, pages)
    return Offered(tuple(listed), PAGES if listed else platform, shown_by, declared)


def _listed_by(platform: str, record: Mapping[str, object], site: Site, answers: Answers) -> Offered:
    addresses = record.get("answers")
    found: dict[str, Listed] = {}
    digests: set[str] = set()
    declared: int | None = None
    for url in addresses if isinstance(addresses, list | tuple) else ():
        answer = answers.find(str(url), site.id)
        if answer is None or not answer.ok:
            continue
        try:
            listing = READERS[platform](answers.payload(answer.capture), answer.capture)
        except NotThis:
            continue  # the collection said so in the record
        digests.add(answer.capture.digest)
        declared = listing.declared if declared is None else declared
        for one in listing.datasets:
            found.setdefault(one.id, one)
    return Offered(tuple(found.values()), platform, str(record.get("shown_by") or ""), declared, frozenset(digests))


def _described(site: Site, answers: Answers, pages: Sequence[Page]) -> dict[str, Listed]:
    hosts = hosts_of(site)
    found: dict[str, Listed] = {}
    for page in sorted(pages, key=lambda one: one.url):
        answer = answers.find(page.url, site.id) if is_own(page.url, hosts) else None
        if answer is None or not answer.ok:
            continue
        for one in described_in(answers.payload(answer.capture), answer.capture):
            if one.id not in found or len(one.files) > len(found[one.id].files):
                found[one.id] = one
    return found
