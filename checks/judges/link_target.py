"""Whether a link leads to where the thing is kept: a national service, or another site of the body."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model import Criterion, Verdict
from checks.judges.answer import of_document, of_search, unknown, verdict
from checks.judges.case import Case
from checks.judges.document import Answer, Sought, best_answer, candidates, of_links, reason_of, slots_of
from checks.judges.due import due_of
from checks.judges.items import Asked, decisive, judge_items
from checks.judges.outgoing import links
from checks.judges.search import Wanted, search
from checks.params import LinkTargetParams


def judge(criterion: Criterion, case: Case) -> Iterator[Verdict]:
    params = LinkTargetParams.model_validate(dict(criterion.params))
    wanted = Wanted(frozenset(params.kinds), tuple(params.texts))
    looked = search(case, criterion, wanted)
    found = links(case, case.places(criterion), params, own_ok=params.own_ok)
    ways = [of_links(case, found, params.min_links, complete=looked.complete)]
    if params.kinds:
        asked = Asked(due_of(case, criterion), ("available", "current"), case.catalogue.items)
        documents = candidates(case, Sought(frozenset(params.kinds), units_too=True))
        judged = judge_items(documents, asked, looked)
        ways.append(
            Answer(
                judged.bound,
                reason_of(case, criterion, judged, documents, asked, looked),
                slots_of(judged, documents, asked),
                tuple(of_document(case, d) for d in decisive(documents, asked)[:3]),
            )
        )
    answer = best_answer(ways)
    evidence = answer.evidence or of_search(case, case.places(criterion), wanted)
    if answer.bound.low <= 0 and answer.bound.high >= 1:
        yield unknown(case, looked.why or "site-unread", search=looked, slots=answer.slots, evidence=evidence)
    else:
        yield verdict(case, answer.bound, answer.reason, slots=answer.slots, evidence=evidence, search=looked)
