"""The facts of one night, asked by the catalogue: every criterion goes to its judge; pure.

A crash of a judge is ours and never the city's: the finding is `unknown`, `auditor-check-crashed`, and whoever calls is
told. Where no site answered at all, nothing was seen: every verdict is `unknown`, `auditor-no-network`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from auditor.model import Catalogue, Criterion, Facts, Status, Text, Verdict, finding_id
from checks import words
from checks.judges import (
    archive,
    copies,
    coverage,
    document,
    form,
    identity,
    link_target,
    listing,
    page_parts,
    personal,
    portal,
    preserved,
    restricted,
    service,
    shares,
    site,
    unobservable,
)
from checks.judges.answer import unknown
from checks.judges.case import Case
from checks.judges.due import fiscal
from checks.judges.expiry import expiry_slots
from checks.judges.fronts import collected

_VANISHING = frozenset({"not-found", "only-false", "empty-section", "no-parts", "not-offered"})


@dataclass(frozen=True, slots=True)
class Judge:
    """`needs`: what must be there before it is called: `places` (a site with an address that was collected)."""

    answer: Callable[[Criterion, Case], Iterable[Verdict]]
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Crash:
    """A judge that failed, for the operator; the finding itself only names the error's class."""

    criterion: str
    error: Exception


JUDGES: Mapping[str, Judge] = {
    "archive": Judge(archive.judge, frozenset({"places"})),
    "coverage": Judge(coverage.judge),
    "document": Judge(document.judge, frozenset({"places"})),
    "form": Judge(form.judge, frozenset({"places"})),
    "identity": Judge(identity.judge),
    "link_target": Judge(link_target.judge, frozenset({"places"})),
    "listing": Judge(listing.judge, frozenset({"places"})),
    "page_parts": Judge(page_parts.judge, frozenset({"places"})),
    "personal": Judge(personal.judge, frozenset({"places"})),
    "portal": Judge(portal.judge, frozenset({"places"})),
    "service": Judge(service.judge),
    "preserved": Judge(preserved.judge),
    "restricted": Judge(restricted.judge),
    "share_documents": Judge(shares.judge, frozenset({"places"})),
    "site": Judge(site.judge),
    "unobservable": Judge(unobservable.judge),
}


def judge(
    facts: Facts, catalogue: Catalogue, on_crash: Callable[[Crash], None] = lambda crash: None
) -> list[tuple[Criterion, Verdict]]:
    """Every criterion of the catalogue with its verdicts, in the catalogue's order, subjects by name.

    `on_crash` is called for each judge that failed. Raises nothing of its own.
    """
    case = Case(facts, catalogue)
    judged: list[tuple[Criterion, Verdict]] = []
    for criterion in catalogue.criteria:
        found = sorted(_ask(criterion, case, on_crash), key=lambda verdict: verdict.subject)
        judged += [(criterion, _finished(case, criterion, one)) for one in found]
    return judged


def _ask(criterion: Criterion, case: Case, on_crash: Callable[[Crash], None]) -> Iterator[Verdict]:
    try:
        chosen = JUDGES[criterion.judge]
        missing = _missing(criterion, case, chosen)
        yield from [missing] if missing is not None else list(chosen.answer(criterion, case))
    except Exception as error:
        on_crash(Crash(criterion.id, error))
        yield unknown(case, "auditor-check-crashed", slots={"error": type(error).__name__})


def _missing(criterion: Criterion, case: Case, chosen: Judge) -> Verdict | None:
    """Says so where the facts that a judge needs are not there; it is not called then."""
    if "places" not in chosen.needs:
        return None
    places = case.places(criterion)
    known = [s for s in places if s.site.url is not None]
    if not known:
        return unknown(
            case,
            "human-address-not-known",
            slots={"site": ", ".join(s.site.name for s in places) or _of_roles(criterion)},
        )
    if not any(map(collected, known)):
        return unknown(case, "auditor-not-collected", slots={"site": ", ".join(s.site.name for s in known)})
    return None


_ROLE_NAMES = {
    "ppid": Text("situs PPID", "the PPID site"),
    "website": Text("laman resmi", "the official website"),
    "portal": Text("portal data", "the data portal"),
    "covid": Text("situs Covid-19", "the Covid-19 site"),
    "service": Text("situs layanan", "the service sites"),
    "app": Text("aplikasi", "the apps"),
    "restricted": Text("sistem pegawai", "the staff systems"),
}


def _of_roles(criterion: Criterion) -> Text:
    """What is asked for where no site of these roles is configured at all."""
    names = [_ROLE_NAMES[role] for role in criterion.places]
    return Text(" / ".join(name.id for name in names), " / ".join(name.en for name in names))


def _finished(case: Case, criterion: Criterion, verdict: Verdict) -> Verdict:
    """What holds for every judge: no network, things that vanished, and no slot left open."""
    if case.no_network and verdict.applicable:
        verdict = _unknown_instead(verdict, "auditor-no-network")
    elif missing := _vanished(case, criterion, verdict):
        counted = {**verdict.slots, "missing": missing, "nights": case.catalogue.vanished_nights}
        verdict = replace(_unknown_instead(verdict, "site-vanished"), slots=counted)
    kept = copies.of_documents(case, criterion, verdict)
    return replace(
        verdict,
        slots={**_defaults(case, criterion), "copy": kept.words, **verdict.slots, **_certificate(case, verdict)},
        evidence=(*verdict.evidence, *kept.evidence),
    )


def _certificate(case: Case, verdict: Verdict) -> dict[str, object]:
    """Whose certificate ends and when, for what is not judged because of it; of several sites the first to end."""
    if verdict.reason not in ("site-expiring", "site-expired"):
        return {}
    looked = {verdict.site, *(one.site for one in verdict.searched)}
    ended = [s.site for s in case.sites if s.site.id in looked and case.standing(s) == verdict.reason]
    signs = [(sign, site.name) for site in ended if (sign := case.signs[site.id]) is not None]
    dated = [(sign.certificate, name) for sign, name in signs if sign.certificate is not None]
    if not dated:
        return {}
    certificate, name = min(dated, key=lambda one: (one[0].not_after, one[1]))
    return {**expiry_slots(certificate, case.facts.at), "site": name}


def _unknown_instead(verdict: Verdict, reason: str) -> Verdict:
    return replace(verdict, low=0.0, high=1.0, reason=reason, items=())


def _vanished(case: Case, criterion: Criterion, verdict: Verdict) -> int:
    """The nights, with this one, that a thing which was there has been missing; 0 where it never was there, or where it
    was missing for so many that it is called absent."""
    if verdict.status is not Status.UNMET or verdict.reason not in _VANISHING:
        return 0
    before = case.facts.prior.findings.get(finding_id(criterion.id, verdict.subject))
    if before is None:
        return 0
    was_there = (before.seen or before.status) in (Status.MET, Status.PARTLY) or before.missing > 0
    return before.missing + 1 if was_there and before.missing < case.catalogue.vanished_nights else 0


def _defaults(case: Case, criterion: Criterion) -> dict[str, object]:
    """A dash for whatever a sentence of this criterion may ask for, and the year that is due."""
    names = set(words.SLOTS_OF_JUDGE.get(criterion.judge, ())).union(*words.SLOTS_OF_REASON.values())
    found: dict[str, object] = dict.fromkeys(sorted(names | words.SLOTS_ALWAYS | words.SLOTS_FISCAL), "–")
    try:
        rule = fiscal(case, criterion)
    except ValueError:
        rule = None
    if rule is not None:
        found |= {"year": rule.year, "previous": rule.previous}
    return found
