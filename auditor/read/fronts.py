"""What the front pages of a night's sites were like, for the nights after it to compare theirs with. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from auditor.model import Body, Page, PriorFront, Site
from auditor.read.answers import Answers, Source, hosts_of, is_own
from auditor.read.language import language_of
from auditor.read.page import read_page
from auditor.read.personal import mask


def fronts_of(source: Source, body: Body, sites: Iterable[Site], at: date) -> dict[str, PriorFront]:
    """Site -> its front page, where that was the site's own and named the body; staff systems are left out."""
    answers = Answers(source)
    found: dict[str, PriorFront] = {}
    for site in sites:
        answer = answers.find(site.url, site.id) if site.url and site.role != "restricted" else None
        if answer is None or not answer.ok or not is_own(answer.capture.url, hosts_of(site)):
            continue
        if answers.format(answer.capture) != "html":
            continue
        page = read_page(answer.capture, answers.payload(answer.capture), body)
        if page.nature == "page" and names_body(words_of(page), body):
            found[site.id] = PriorFront(at, mask(page.title)[:200], language_of(words_of(page)))
    return found


def words_of(page: Page) -> str:
    """All that a reader sees of a page, its links with it."""
    return " ".join((page.title, *page.headings, page.text, *(link.text for link in page.links)))


def names_body(text: str, body: Body) -> bool:
    """Whether a text names the body (`Kota Bogor`, `Bogor`)."""
    short = re.sub(r"^(?:kota|kabupaten|provinsi)\s+", "", body.name, flags=re.IGNORECASE)
    return bool(re.search(rf"\b{re.escape(short)}\b", text, re.IGNORECASE))
