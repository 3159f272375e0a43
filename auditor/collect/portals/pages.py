"""How a listing that comes in pages is walked: to its end, on its own host, and not in circles. For every platform."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from auditor.collect.portals import Client, Outcome, Tried
from auditor.model import Capture, Link
from auditor.read.catalogues import Listed
from auditor.read.listing import Listing, NotThis

MAX_PAGES = 500
Reader = Callable[[bytes, Capture], Listing]
Steps = Generator[tuple[Link, ...], None, Outcome]


def walk(platform: str, addresses: Sequence[str], client: Client, read: Reader, because: str) -> Steps:
    """Asks each of `addresses` until one answers as `platform`, and lists that one to its end."""
    failed: list[Outcome] = []
    for first in addresses:
        outcome = yield from _list(platform, first, client, read, because)
        tried = tuple(Tried(platform, one.shown_by, one.error) for one in failed)
        if outcome.platform:
            return replace(outcome, tried=tried)
        failed.append(outcome)
        yield ()
    if not failed:
        return Outcome("", "", error="the front page does not point to one")
    return replace(failed[0], tried=tuple(Tried(platform, one.shown_by, one.error) for one in failed))


def _list(platform: str, first: str, client: Client, read: Reader, because: str) -> Steps:
    known: set[str] = set()
    answers: list[str] = []
    declared: int | None = None
    url, why = first, ""
    while url and not why:
        try:
            capture, listing = _page(url, client, read)
        except NotThis as error:
            why = f"page {len(answers) + 1}: {error}" if answers else str(error)
            break
        answers.append(url)
        declared = listing.declared if declared is None else declared
        fresh = [one for one in listing.datasets if one.id not in known]
        known.update(one.id for one in fresh)
        yield tuple(link for one in fresh for link in _links(one, capture))
        url, why = _following(url, listing, bool(fresh), answers)
    if not answers:
        return Outcome("", first, error=why)
    if not why and declared is not None and len(known) < declared:
        why = f"the portal says {declared} datasets and listed {len(known)}"
    declared = len(known) if declared is None and not why else declared
    return Outcome(platform, first, declared, not why, why, tuple(answers), because)


def _page(url: str, client: Client, read: Reader) -> tuple[Capture, Listing]:
    """Raises NotThis."""
    if not client.may_ask(url):
        raise NotThis("robots.txt asks not to call the API")
    capture, payload = client.ask(url)
    if capture.cause != "ok":
        status = f" ({capture.status})" if capture.status else ""
        raise NotThis(f"no answer: {capture.cause}{status}")
    if capture.truncated:
        raise NotThis("the answer is too large")
    return capture, read(payload, capture)


def _following(url: str, listing: Listing, fresh: bool, answers: list[str]) -> tuple[str, str]:
    """`(the next address, why the walk ends before the end)`."""
    following = listing.next
    if not following:
        return "", ""
    if urlsplit(following).netloc != urlsplit(url).netloc:
        return "", f"the next page is on another host: {urlsplit(following).netloc[:100]}"
    if following in answers:
        return "", "the next page is one that was read before"
    if not fresh:
        return "", "the same datasets on every page" if listing.datasets else "an empty page that goes on"
    if len(answers) >= MAX_PAGES:
        return "", f"the listing has no end; stopped after {MAX_PAGES} pages"
    return following, ""


def _links(one: Listed, capture: Capture) -> list[Link]:
    pages = [Link(one.url, one.title)] if one.url.partition("#")[0] != capture.url else []
    return pages + [Link(file.url, file.name, one.title) for file in one.files if file.url]
