"""How a verdict is put together: its evidence, its slots, and the ways of saying `unknown`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from auditor.model import Capture, Dataset, Document, Evidence, Item, Page, SiteFacts, Text, Verdict
from checks.judges.case import Case, names
from checks.judges.fronts import front_page
from checks.judges.known import UNKNOWN, Bound
from checks.judges.search import Search, Wanted, sections_of

MOST_EVIDENCE = 5
_LONGEST_QUOTE = 300


def verdict(
    case: Case,
    bound: Bound,
    reason: str,
    *,
    subject: str | None = None,
    site: SiteFacts | None = None,
    unit: str | None = None,
    slots: Mapping[str, object] | None = None,
    evidence: Iterable[Evidence] = (),
    items: Sequence[Item] = (),
    search: Search | None = None,
) -> Verdict:
    """A verdict about the body, or about `site` or `subject`. It carries what was searched."""
    places = (site,) if site is not None else search.sites if search is not None else ()
    filled = {"site": names(places) or case.facts.body.name, "pages": search.pages if search is not None else "–"}
    return Verdict(
        subject=subject or (site.site.id if site is not None else case.facts.body.code),
        low=bound.low,
        high=bound.high,
        reason=reason,
        site=site.site.id if site is not None else None,
        unit=unit,
        slots={**filled, **(slots or {})},
        evidence=unique(evidence),
        items=tuple(items),
        searched=search.searched if search is not None else (),
    )


def unknown(
    case: Case,
    reason: str,
    *,
    subject: str | None = None,
    site: SiteFacts | None = None,
    unit: str | None = None,
    search: Search | None = None,
    slots: Mapping[str, object] | None = None,
    evidence: Iterable[Evidence] = (),
) -> Verdict:
    filled = {"urls": ", ".join(search.holes) if search is not None and search.holes else "–", **(slots or {})}
    return verdict(
        case, UNKNOWN, reason, subject=subject, site=site, unit=unit, slots=filled, search=search, evidence=evidence
    )


def unique(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """At most five, each address once, in the order given."""
    found: dict[str, Evidence] = {}
    for entry in evidence:
        found.setdefault(entry.url, entry)
    return tuple(found.values())[:MOST_EVIDENCE]


def of_document(case: Case, document: Document) -> Evidence:
    quote = document.title if not document.words else f"{document.title} — {document.words}"
    return _evidence(case, document.url, document.digest, quote, document.at)


def of_page(case: Case, page: Page, quote: str = "") -> Evidence:
    return _evidence(case, page.url, page.digest, quote or page.title, page.at)


def of_dataset(case: Case, dataset: Dataset) -> Evidence:
    return _evidence(case, dataset.url, dataset.digest, dataset.title, dataset.at)


def of_capture(capture: Capture, quote: str = "") -> Evidence:
    return Evidence(capture.url, capture.at, capture.digest, capture.warc, quote or capture.cause)


def of_site(case: Case, site: SiteFacts) -> tuple[Evidence, ...]:
    """The front page, or the exchange that took its place."""
    front = front_page(site)
    if front is not None:
        return (of_page(case, front),)
    captures = case.captures_at.get(site.site.url or "", ())
    return (of_capture(captures[-1]),) if captures else ()


def of_search(case: Case, sites: Iterable[SiteFacts], wanted: Wanted) -> tuple[Evidence, ...]:
    """What was looked at before absence was said: each front page, then the sections where the thing would stand."""
    sites = tuple(s for s in sites if s.site.url is not None)
    fronts = [entry for s in sites[:2] for entry in of_site(case, s)]
    sections = [of_page(case, p) for p in sections_of(case, sites, wanted)[: MOST_EVIDENCE - len(fronts)]]
    rest = [entry for s in sites[2:] for entry in of_site(case, s)]
    return unique((*fronts, *sections, *rest))


def cut(text: str) -> str:
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def percent(share: float) -> int:
    """Whole per cents; rounded down, so that a share under a threshold never looks like it."""
    return int(share * 100 + 1e-9)


def share_slots(good: int, bad: int, not_seen: int, threshold: float) -> dict[str, object]:
    """How many of those that were seen are good, so that count and share say the same, and how many were not seen."""
    seen = good + bad
    unseen = Text("", "")
    if not_seen:
        unseen = Text(
            f" di antara yang terlihat, {not_seen} lainnya tidak terlihat",
            f" among those seen, {not_seen} more were not seen",
        )
    return {
        "n": good,
        "m": seen,
        "share": percent(good / seen if seen else 0.0),
        "threshold": percent(min(1.0, threshold)),
        "unseen": unseen,
    }


def _evidence(case: Case, url: str, digest: str, quote: str, at: datetime | None) -> Evidence:
    captures = case.captures_at.get(url, ())
    capture = next((c for c in captures if c.digest == digest), captures[-1] if captures else None)
    if capture is not None:
        return Evidence(url, capture.at, digest or capture.digest, capture.warc, cut(quote))
    return Evidence(url, at or case.facts.at, digest, "", cut(quote))
