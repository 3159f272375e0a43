"""Whether a form can be filled in by anyone: it is read, never sent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model import Criterion, Form, Page, Text, Verdict
from checks.judges.answer import of_page, of_search, unknown, verdict
from checks.judges.case import Case, collapse
from checks.judges.known import Bound
from checks.judges.outgoing import Outgoing, hosts_of, links
from checks.judges.search import Wanted, search
from checks.params import FormParams


@dataclass(frozen=True, slots=True)
class _Elsewhere:
    """Forms of other hosts, as a pattern for outgoing links."""

    hosts: list[str]
    specific: list[str]
    texts: list[str]


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = FormParams.model_validate(dict(criterion.params))
    wanted = Wanted(sections=tuple(params.section))
    places = case.places(criterion)
    looked = search(case, criterion, wanted)
    pages = tuple(p for s in places if not case.set_aside(s) for p in sorted(s.pages, key=lambda p: p.url))
    forms = sorted(
        (
            (-len(filled(form, params)), page.url, page, form)
            for page in pages
            if page.nature == "page" and not page.news
            for form in page.forms
            if _may_be_it(case, wanted, page, form)
        ),
        key=lambda row: (row[0], row[1], row[3].action),
    )
    best = filled(forms[0][3], params) if forms else frozenset()
    login = [p for p in pages if params.login_partly and p.nature == "login" and wanted.in_section(*case.labels(p))]
    outside = _outside(case, params, wanted, pages, criterion)
    other = 0.5 if login or outside else 0.0
    low = max(min(1.0, len(best) / params.min_fields), other)
    bound = Bound(low, low if looked.complete else 1.0)
    missing = [f.name for i, f in enumerate(params.fields) if i not in best]
    slots = {
        "n": len(best),
        "m": params.min_fields,
        "parts": Text(", ".join(n.id for n in missing) or "–", ", ".join(n.en for n in missing) or "–"),
        "host": hosts_of(outside),
        "title": forms[0][2].title if forms else "–",
    }
    shown = [row[2] for row in forms[:2]] or login or [case.page_at[k.via] for k in outside if k.via in case.page_at]
    evidence = tuple(of_page(case, p) for p in shown[:3]) or of_search(case, places, wanted)
    if bound.low <= 0 and bound.high >= 1:
        yield unknown(case, looked.why or "site-unread", search=looked, slots=slots, evidence=evidence)
        return
    reason = _reason(bound, best=len(best), need=params.min_fields, outside=bool(outside))
    yield verdict(case, bound, reason, slots=slots, evidence=evidence, search=looked)


def filled(form: Form, params: FormParams) -> frozenset[int]:
    """Which of the usual fields a form has, by their place in `params.fields`."""
    return frozenset(
        i
        for i, part in enumerate(params.fields)
        if any(re.search(pattern, name, re.IGNORECASE) for pattern in part.any for name in form.fields)
    )


def _may_be_it(case: Case, wanted: Wanted, page: Page, form: Form) -> bool:
    return not form.search and not form.has_password and wanted.in_section(*case.labels(page), form.action)


def _outside(
    case: Case, params: FormParams, wanted: Wanted, pages: tuple[Page, ...], criterion: Criterion
) -> tuple[Outgoing, ...]:
    """Links to a form service that the words around them, or the page they stand in, say are this form."""
    if not params.external_hosts:
        return ()
    found = links(case, case.places(criterion), _Elsewhere(params.external_hosts, [], []))
    heads = {p.url for p in pages if wanted.in_section(*case.labels(p))}
    return tuple(k for k in found if k.alive is not False and (k.via in heads or wanted.in_section(collapse(k.text))))


def _reason(bound: Bound, *, best: int, need: int, outside: bool) -> str:
    if bound.low >= 1:
        return "all-parts"
    if bound.high <= 0:
        return "not-offered"
    return "generic-link" if outside and best / need < bound.low else "some-parts"
