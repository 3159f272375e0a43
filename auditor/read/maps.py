"""The data behind the maps of a site, each as a dataset of one file: what its pages and scripts name and we fetched."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from urllib.parse import unquote

from auditor.model import Capture, Link, Page, Site
from auditor.read.answers import Answers, hosts_of, is_own
from auditor.read.catalogues import Listed, ListedFile
from auditor.read.mapdata import named_in_page, named_in_script

_SHOWN = ("page", "script-only")


def map_files(site: Site, pages: Sequence[Page], answers: Answers, known: Collection[str]) -> list[Listed]:
    """Those that were asked for and are there, or failed for want of sight; `known`: addresses that a link offers."""
    found: dict[str, Listed] = {}
    for capture, link in _named(site, pages, answers):
        if link.url in known or link.url in found:
            continue
        answer = answers.find(link.url, site.id)
        if answer is None or answer.capture.cause in ("not-found", "gone", "robots", "bad-address"):
            continue
        if answer.ok and answers.format(answer.capture) not in ("json", "geojson"):
            continue
        name = unquote(link.text) or link.url
        title = f"{link.context} \u2014 {name}" if link.context else name
        file = ListedFile(link.url, name, link.url, "json")
        found[link.url] = Listed(link.url, title[:200], link.url, capture, unit=site.unit or "", files=(file,))
    return list(found.values())


def _named(site: Site, pages: Sequence[Page], answers: Answers) -> Iterator[tuple[Capture, Link]]:
    hosts = hosts_of(site)
    titles = {page.url: page.title for page in pages}
    for page in sorted(pages, key=lambda one: one.url):
        answer = answers.find(page.url, site.id)
        if page.nature in _SHOWN and answer is not None and answer.ok:
            for link in named_in_page(answers.payload(answer.capture), answer.capture.url):
                yield answer.capture, link
    for capture in answers.captures:
        own = capture.site == site.id and capture.cause == "ok" and is_own(capture.url, hosts)
        if own and ("javascript" in capture.media_type or "ecmascript" in capture.media_type):
            base = capture.via or capture.url
            for link in named_in_script(answers.payload(capture), base):
                yield capture, Link(link.url, link.text, titles.get(base, ""))
