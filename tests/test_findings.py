"""A finding's identity and state over the nights, and whose change a change is."""

from datetime import date

import pytest

from auditor.findings import changes, findings
from auditor.model import Prior, PriorFinding, Status, Text, Verdict, finding_id
from tests.test_score import CATALOGUE as BARE
from tests.test_score import DPA

CATALOGUE = type(BARE)(
    **{
        **{name: getattr(BARE, name) for name in BARE.__slots__},
        "reasons": {
            "found": Text("Ditemukan {title}.", "Found {title}."),
            "not-found": Text("Tidak ada.", "Not there."),
            "site-unreachable": Text("Tidak dapat dilihat.", "Not seen."),
        },
    }
)
TONIGHT, BEFORE = date(2026, 11, 3), date(2026, 10, 1)
ID = finding_id("dpa-skpd", "99.71")


def one(low: float, high: float, reason: str, prior: PriorFinding | None = None):
    verdict = Verdict("99.71", low, high, reason, slots={"title": Text("DPA", "budget")})
    told = Prior(run="r", at=BEFORE, findings={ID: prior} if prior else {})
    return findings([(DPA, verdict)], CATALOGUE, told, TONIGHT)[0]


@pytest.mark.parametrize(
    ("low", "reason", "before", "state", "since"),
    [
        (0, "not-found", None, "new", TONIGHT),
        (0, "not-found", PriorFinding("unmet", BEFORE), "persisting", BEFORE),
        (0, "not-found", PriorFinding("unknown", BEFORE), "persisting", TONIGHT),
        (0, "not-found", PriorFinding("met", BEFORE), "new", TONIGHT),
        (1, "found", PriorFinding("unmet", BEFORE), "resolved", TONIGHT),
        (1, "found", PriorFinding("partly", BEFORE), "resolved", TONIGHT),
        (1, "found", PriorFinding("unknown", BEFORE), None, TONIGHT),
        (1, "found", PriorFinding("unknown", BEFORE, seen="met"), None, TONIGHT),
        (1, "found", PriorFinding("unknown", BEFORE, seen="unmet"), "resolved", TONIGHT),
        (1, "found", PriorFinding("met", BEFORE), None, BEFORE),
        (1, "found", None, None, TONIGHT),
        (0, "not-found", PriorFinding("met", BEFORE, changes=2), "flickering", TONIGHT),
    ],
)
def test_state_and_since(low: float, reason: str, before: PriorFinding | None, state: str | None, since: date) -> None:
    finding = one(low, low, reason, before)
    assert (finding.state, finding.since) == (state, since)


def test_under_another_catalogue_nothing_is_called_resolved_or_flickering() -> None:
    verdict = Verdict("99.71", 1, 1, "found", slots={"title": Text("DPA", "budget")})
    told = Prior(run="r", at=BEFORE, findings={ID: PriorFinding("unmet", BEFORE, changes=6)})
    (city,) = findings([(DPA, verdict)], CATALOGUE, told, TONIGHT)
    (method,) = findings([(DPA, verdict)], CATALOGUE, told, TONIGHT, same_method=False)
    assert (city.state, method.state, method.since) == ("flickering", None, TONIGHT)


def test_the_identity_is_the_same_in_every_run_and_words_are_filled_in_both_languages() -> None:
    finding = one(1, 1, "found")
    assert finding.id == ID
    assert finding.message == Text("Ditemukan DPA.", "Found budget.")
    assert finding.remedy == Text("", "")


def test_whose_change_it_is() -> None:
    gone, unseen = one(0, 0, "not-found"), one(0, 1, "site-unreachable")
    assert changes([gone], {}, "v", None) == ()
    assert changes([gone], {ID: ("unmet", 0.0, 0.0)}, "v", "v") == ()
    assert [c.whose for c in changes([gone], {ID: ("met", 1.0, 1.0)}, "v", "v")] == ["city"]
    assert [c.whose for c in changes([unseen], {ID: ("met", 1.0, 1.0)}, "v", "v")] == ["sight"]
    assert [c.whose for c in changes([gone], {ID: ("unknown", 0.0, 1.0)}, "v", "v")] == ["sight"]
    half_seen = one(0.5, 1, "found")
    assert [c.whose for c in changes([half_seen], {ID: ("met", 1.0, 1.0)}, "v", "v")] == ["sight"]
    (method,) = changes([gone], {ID: ("met", 1.0, 1.0)}, "v2", "v1")
    assert (method.whose, method.before) == ("method", Status.MET)
