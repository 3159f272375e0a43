"""What a data portal offers: over the datasets of all the body's active portals together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from auditor.model import Criterion, Dataset, Evidence, Resource, SiteFacts, Text, Verdict
from checks.judges.answer import of_dataset, of_site, share_slots, unknown, verdict
from checks.judges.case import GONE, Case, readable_path
from checks.judges.due import fiscal
from checks.judges.fronts import front_page
from checks.judges.known import (
    NONE,
    UNKNOWN,
    Bound,
    Known,
    best,
    every,
    exists,
    share,
    step,
    stepped,
    unless_unseen,
    widen,
)
from checks.judges.search import Search, Wanted, search
from checks.judges.shares import not_applicable
from checks.judges.whose import unit_named
from checks.params import PortalParams

MACHINE = frozenset({"csv", "tsv", "json", "geojson", "xlsx", "xls", "ods", "xml"})

Measure = Callable[[Criterion, Case, PortalParams, Search], Verdict]


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = PortalParams.model_validate(dict(criterion.params))
    looked = enumeration(case, criterion)
    yield MEASURES[params.measure](criterion, case, params, looked)


def enumeration(case: Case, criterion: Criterion) -> Search:
    """As a search: complete when every portal answered and listed every dataset that it says it has."""
    looked = search(case, criterion, Wanted(counted=True))
    hidden = []
    for site in case.places(criterion):
        if site.site.url is None or site.site.role != "portal":
            continue
        if case.standing(site):
            hidden.append((case.standing(site), site))
        elif site.portal is not None and not site.portal.enumerated:
            hidden.append(("site-portal-incomplete", site))
        elif site.portal is None and not looked.complete:
            hidden.append((looked.why, site))
    others = tuple(s for s in case.places(criterion) if s.site.role != "portal")
    if others and not looked.complete and looked.why not in ("human-address-not-known",):
        hidden.append((looked.why, others[0]))
    if not looked.searched:
        return looked
    hidden.sort(key=lambda pair: (pair[0], pair[1].site.id))
    return Search(
        complete=not hidden,
        why=hidden[0][0] if hidden else "",
        searched=looked.searched,
        sites=tuple(s for _, s in hidden) or looked.sites,
        holes=looked.holes if hidden else (),
        pages=looked.pages,
    )


def datasets(case: Case, criterion: Criterion) -> tuple[Dataset, ...]:
    """Those of portals that are in the body's own hands, each once, by address."""
    found = {d.url: d for s in case.places(criterion) if not case.set_aside(s) for d in s.datasets}
    return tuple(found[url] for url in sorted(found))


def _active(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    del params
    portals = [s for s in case.places(criterion) if s.site.url is not None]
    if not portals:
        return unknown(case, "human-address-not-known", search=looked)
    states = [(_is_active(case, s, looked), s) for s in portals]
    bound = best(b for b, _ in states)
    leading = min(states, key=lambda pair: (-pair[0].low, -pair[0].high, pair[1].site.id))[1]
    evidence = tuple(e for _, s in states for e in of_site(case, s))
    slots = {"n": sum(1 for b, _ in states if b.low >= 1), "m": len(states), "title": leading.site.name}
    if bound == UNKNOWN:
        return unknown(case, looked.why or "site-incomplete", search=looked, slots=slots, evidence=evidence)
    gone = all(s.visit.cause in GONE for _, s in states)
    reason = "found" if bound.low >= 1 else "site-gone" if gone else "not-offered" if bound.high <= 0 else "some-parts"
    slots["parts"] = "API"
    return verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def _is_active(case: Case, site: SiteFacts, looked: Search) -> Bound:
    if site.visit.cause in GONE:
        return NONE
    if not case.seen(site):
        return UNKNOWN
    if site.datasets:
        return Bound(1.0, 1.0)
    if site.portal is not None and site.portal.enumerated:
        return Bound(0.5, 0.5)  # a portal that lists nothing
    front = front_page(site)
    if site.portal is not None or front is None or front.nature != "page" or not looked.complete:
        return UNKNOWN
    return NONE


def _count(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    found = datasets(case, criterion)
    met_at, partly_at = params.met_at or 1.0, params.partly_at or 1.0
    bound = widen(Bound(*(step(len(found), met_at, partly_at),) * 2), looked.complete)
    if params.max_age_days is not None and bound.high >= 1:
        days = [d.modified or d.created for d in found]
        ages = [(case.at - day).days <= params.max_age_days for day in days if day is not None]
        state = unless_unseen(exists(ages) if all(days) else exists([*ages, None]), looked.complete)
        if state is not True:
            bound = Bound(min(bound.low, 0.5), 1.0 if state is None else 0.5)
    slots = share_slots(len(found), max(0, int(met_at) - len(found)), 0, 1.0) | {"m": int(met_at)}
    return _of_share(case, bound, slots, looked, found)


def _fresh(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    """What ended for good is not due: an archive is never asked to be new."""
    going_on = [d for d in datasets(case, criterion) if d.quality is None or d.quality.archive is None]
    return _share(case, params, looked, [(d, d.fresh) for d in going_on])


def _licence(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    def open_(dataset: Dataset) -> Known:
        return dataset.licence_open if dataset.licence or dataset.licence_open else False

    return _share(case, params, looked, [(d, open_(d)) for d in datasets(case, criterion)])


def _format(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    rows = [(d, machine_readable(r)) for d in datasets(case, criterion) for r in d.resources]
    return _share(case, params, looked, rows)


def machine_readable(resource: Resource) -> Known:
    """A format a machine reads, that is what it says and can be read."""
    if resource.flaw in ("failed", "too-large"):
        return None
    if resource.flaw:
        return False
    if not resource.digest and resource.table is None:
        declared = resource.declared_format.lower().lstrip(".")
        return None if declared in MACHINE or not declared else False
    return (resource.format or resource.declared_format).lower().lstrip(".") in MACHINE


_KEYS: Mapping[str, str] = {
    "organization": r"organi[sz]a|producer|produsen|publisher|owner|author|instansi|opd",
    "maintainer": r"maintainer|walidata|contact|penanggung",
    "license": r"licen[cs]e|lisensi",
    "frequency": r"freq|frekuensi|cadence|periode|accrual",
    "unit": r"satuan|\bunit\b|measure",
    "spatial": r"spatial|wilayah|cakupan_?wilayah|geograph|lokasi",
    "temporal": r"temporal|waktu|dimensi|tahun|period_?(?:start|end)|cakupan_?waktu",
    "released": r"created|issued|rilis|terbit|publish|cdate",
    "contact": r"contact|kontak|e-?mail|telp|phone",
    "notes": r"notes|descri|deskripsi|abstra",
    "tags": r"tags?|keyword|topik|kata_?kunci|theme",
    "title": r"title|judul|nama",
}


def filled(dataset: Dataset, name: str) -> bool:
    """Whether a field of the metadata is filled: one of ours, or a key of the portal's record under a usual name."""
    known = {
        "title": dataset.title,
        "notes": dataset.notes,
        "organization": dataset.unit,
        "tags": dataset.tags,
        "license": dataset.licence,
        "frequency": dataset.cadence,
        "released": dataset.created,
    }
    if known.get(name):
        return True
    pattern = _KEYS.get(name, re.escape(name))
    return any(value and re.search(pattern, key, re.IGNORECASE) for key, value in dataset.metadata)


def _metadata(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    found = datasets(case, criterion)
    cells = [(d, filled(d, name)) for d in found for name in params.fields]
    empty = {name: sum(1 for d in found if not filled(d, name)) for name in params.fields}
    most = sorted((name for name in empty if empty[name]), key=lambda name: (-empty[name], name))[:4]
    result = _share(case, params, looked, cells)
    return _with(result, parts=", ".join(most) or "–")


def _units(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    units = case.facts.body.units
    if not units:
        return unknown(case, "human-units-not-known", search=looked)
    states: dict[str, Known] = {unit.name: False for unit in units}
    proofs: list[tuple[Dataset, Known]] = []
    for dataset in datasets(case, criterion):
        name = unit_named(dataset.unit, units)
        if name is None:
            continue
        state = _updated(dataset, case.at, params.max_age_days)
        states[name] = exists([states[name], state])
        proofs.append((dataset, state))
    seen = {name: unless_unseen(state, looked.complete) for name, state in states.items()}
    good, bad = sum(1 for s in seen.values() if s), sum(1 for s in seen.values() if s is False)
    found = share(good, len(seen) - good - bad, bad) or UNKNOWN
    bound = stepped(found, params.met_at or 1.0, params.partly_at or 0.0)
    evidence = tuple(d for d, _ in proofs)
    slots = share_slots(good, bad, len(seen) - good - bad, params.met_at or 1.0)
    result = _of_share(case, bound, slots, looked, evidence)
    missing = ", ".join(name for name, state in sorted(seen.items()) if not state)
    return _with(result, units=missing or "–")


def _names(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    """Whether the organisations of the portal are units of the body by name."""
    units = case.facts.body.units
    if not units:
        return unknown(case, "human-units-not-known", search=looked)
    rows: list[tuple[Dataset, Known]] = [
        (d, unit_named(d.unit, units) is not None) for d in datasets(case, criterion) if d.unit
    ]
    strange = sorted({d.unit or "" for d, known in rows if not known})
    return _with(_share(case, params, looked, rows), units=", ".join(strange) or "–", parts=", ".join(strange) or "–")


def _updated(dataset: Dataset, at: date, max_age_days: int | None) -> Known:
    if max_age_days is None:
        return True
    day = dataset.modified or dataset.created
    return None if day is None else (at - day).days <= max_age_days


def _about(criterion: Criterion, case: Case, params: PortalParams, looked: Search) -> Verdict:
    """Datasets about a matter: each asked part (or the matter itself) with a table of enough rows."""
    found = [d for d in datasets(case, criterion) if _matches(params.words, d)] if params.words else []
    some = found if params.words else list(datasets(case, criterion))
    parts = params.parts
    asked = [[d for d in some if _matches(part.any, d)] for part in parts] or [some]
    rule = fiscal(case, criterion)
    since = rule.year if rule is not None else None
    states = [
        unless_unseen(exists(every((_rows(d, params.min_rows), _reaches(d, since))) for d in fit), looked.complete)
        for fit in asked
    ]
    fragments = [d for d in some if any(d in fit for fit in asked)]
    good, unsure = states.count(True), states.count(None)
    fragment = 0.5 if any(_rows(d, 1) for d in fragments) else 0.0
    low = max(good / len(states), fragment)
    bound = Bound(low, max((good + unsure) / len(states), fragment, low))
    missing = [part.name for part, state in zip(parts, states, strict=False) if not state]
    slots = {
        "n": good,
        "m": len(states),
        "parts": Text(", ".join(n.id for n in missing) or "–", ", ".join(n.en for n in missing) or "–"),
        "title": fragments[0].title if fragments else "–",
    }
    evidence = tuple(of_dataset(case, d) for d in fragments) or _fronts(case, criterion)
    if bound.low <= 0 and bound.high >= 1:
        return unknown(case, looked.why or "site-unread", search=looked, slots=slots, evidence=evidence)
    reason = "found" if bound.low >= 1 else "not-found" if bound.high <= 0 else "some-parts"
    return verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def _reaches(dataset: Dataset, since: int | None) -> Known:
    """Whether its newest figures are of that year or later: by the data, else by the title."""
    if since is None:
        return True
    periods = [r.table.newest_period for r in dataset.resources if r.table is not None]
    said = " ".join(p for p in (dataset.newest_period, *periods) if p) or dataset.title
    years = [int(year) for year in re.findall(r"(?<!\d)20\d\d(?!\d)", said)]
    return max(years) >= since if years else None


def _matches(patterns: list[str], dataset: Dataset) -> bool:
    text = " ".join((dataset.title, dataset.notes, readable_path(dataset.url), *dataset.tags))
    return any(re.search(pattern, text, re.IGNORECASE) for pattern in patterns)


def _rows(dataset: Dataset, least: int | None) -> Known:
    """Whether a table of that many rows is behind it; None where no table could be read."""
    states: list[Known] = []
    for resource in dataset.resources:
        if resource.table is not None:
            states.append(resource.table.rows >= (least or 1))
        else:
            states.append(None if machine_readable(resource) is not False else False)
    return exists(states)


def _share(case: Case, params: PortalParams, looked: Search, rows: Sequence[tuple[Dataset, Known]]) -> Verdict:
    good = sum(1 for _, state in rows if state)
    bad = sum(1 for _, state in rows if state is False)
    found = share(good, len(rows) - good - bad, bad)
    evidence = tuple(dataset for dataset, state in sorted(rows, key=lambda r: (r[1] is not False, r[0].url)))
    if found is None and looked.complete:
        return not_applicable(case, looked, tuple(e for s in looked.sites for e in of_site(case, s)))
    if found is None or not looked.complete:
        bound = UNKNOWN
    else:
        bound = stepped(found, params.met_at or 1.0, params.partly_at or 0.0)
    slots = share_slots(good, bad, len(rows) - good - bad, params.met_at or 1.0)
    return _of_share(case, bound, slots, looked, evidence)


def _of_share(
    case: Case, bound: Bound, slots: Mapping[str, object], looked: Search, proofs: tuple[Dataset, ...]
) -> Verdict:
    evidence = tuple(of_dataset(case, d) for d in proofs) or tuple(e for s in looked.sites for e in of_site(case, s))
    if bound.low <= 0 and bound.high >= 1:
        return unknown(case, looked.why or "site-unread", search=looked, slots=slots, evidence=evidence)
    reason = "share-met" if bound.low >= 1 else "share-low" if bound.high <= 0 else "share-partly"
    return verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def _fronts(case: Case, criterion: Criterion) -> tuple[Evidence, ...]:
    return tuple(e for s in case.places(criterion) for e in of_site(case, s))


def _with(result: Verdict, **slots: object) -> Verdict:
    return replace(result, slots={**result.slots, **slots})


MEASURES: Mapping[str, Measure] = {
    "active": _active,
    "count": _count,
    "fresh": _fresh,
    "metadata": _metadata,
    "format": _format,
    "licence": _licence,
    "units": _units,
    "names": _names,
    "budget-data": _about,
    "covid-data": _about,
}
