"""What a web archive keeps of things that are gone (RFC 7089): shown beside a finding, never instead of the city's own.

A copy that somebody else keeps proves that the thing was there and lets it be read; it is no publication by the body.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from auditor.model import Criterion, Evidence, Memento, SiteFacts, Text, Verdict
from checks.judges.case import Case

MOST = 3
_NOTHING = Text("", "")
_TOLD = frozenset({"only-false", "site-vanished"})


@dataclass(frozen=True, slots=True)
class Kept:
    words: Text = _NOTHING
    evidence: tuple[Evidence, ...] = ()


def of_front(site: SiteFacts) -> Memento | None:
    """The last copy of the site itself."""
    return next((m for m in site.mementos if m.front and m.memento), None)


def asked_in_vain(site: SiteFacts) -> bool:
    """The archive answered that it keeps nothing of the site; its own failure proves nothing."""
    return any(m.front and not m.memento and m.cause in ("not-found", "gone") for m in site.mementos)


def evidence_of(memento: Memento) -> Evidence:
    seen = datetime.fromisoformat(memento.fetched_at)
    return Evidence(memento.memento, seen, memento.digest, memento.warc, f"{memento.url} — {day_of(memento)}")


def day_of(memento: Memento) -> str:
    return memento.at[:10]


def of_documents(case: Case, criterion: Criterion, verdict: Verdict) -> Kept:
    """The copies of documents of the kinds asked for whose links are dead now, where the finding is that they are."""
    if verdict.reason not in _TOLD:
        return Kept()
    kinds = _kinds(criterion)
    dead = {d.url for s in case.places(criterion) for d in s.documents if d.flaw == "dead" and d.facts.kind in kinds}
    found = [m for s in case.places(criterion) for m in s.mementos if m.memento and m.url in dead][:MOST]
    if not found:
        return Kept()
    listed = ", ".join(f"{m.memento} ({day_of(m)})" for m in found)
    words = Text(f" Salinan di arsip web: {listed}.", f" Copies in a web archive: {listed}.")
    return Kept(words, tuple(map(evidence_of, found)))


def _kinds(criterion: Criterion) -> frozenset[str]:
    listed = [*criterion.params.get("kinds", ()), *(k for p in criterion.params.get("all_of", ()) for k in p["kinds"])]
    return frozenset(map(str, listed))
