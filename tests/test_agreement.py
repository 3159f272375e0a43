"""Machine against people: figures worked by hand, blind sheets, and decisions that only a person may take."""

from datetime import date
from pathlib import Path

import pytest

from auditor.agreement import Coded, CodedError, agreements, read_coded, spread
from auditor.model import Criterion, Text, Verdict
from auditor.settling import keep, kept, settle

NOTHING = Text("", "")
ONE = Criterion(
    id="inovasi-kolaborasi", indicator="komitmen-organisasi", level="extended", weight=0, question=NOTHING, met=NOTHING,
    unmet=NOTHING, why=NOTHING, how=NOTHING, limits=NOTHING, basis=(), remedies={"default": NOTHING}, actor="",
    since="1", judge="unobservable",
)  # fmt: skip


def test_kappa_and_f1_as_worked_by_hand() -> None:
    """20 pairs: 9 both met, 6 both unmet, 3 met/unmet, 2 unmet/met. Po = .75, Pe = .6 x .55 + .4 x .45 = .51."""
    machine = {("dip", f"s{n}"): "met" if n < 12 else "unmet" for n in range(20)}
    human = [Coded("dip", f"s{n}", "met" if n < 9 or n in (12, 13) else "unmet", "ani") for n in range(20)]
    overall = agreements(machine, human)[0]
    assert (overall.a, overall.b, overall.criterion, overall.pairs) == ("machine", "ani", None, 20)
    assert overall.agree == pytest.approx(0.75)
    assert overall.kappa is not None
    assert overall.kappa.value == pytest.approx((0.75 - 0.51) / 0.49)
    assert overall.kappa.low < overall.kappa.value < overall.kappa.high
    assert overall.f1 is not None
    assert overall.f1.value == pytest.approx((2 * 9 / (12 + 11) + 2 * 6 / (8 + 9)) / 2)


def test_what_is_left_open_is_no_disagreement() -> None:
    machine = {("dip", "a"): "unknown", ("dip", "b"): "met"}
    overall = agreements(machine, [Coded("dip", "a", "unmet", "ani"), Coded("dip", "b", "met", "ani")])[0]
    assert (overall.pairs, overall.abstained, overall.agree) == (1, 1, 1.0)
    assert overall.kappa is None  # one and the same answer throughout: chance explains it


def test_several_coders_are_compared_with_each_other() -> None:
    machine = {("dip", "a"): "met", ("dik", "a"): "unmet"}
    coded = [Coded(c, "a", s, who) for who in ("ani", "budi") for c, s in (("dip", "met"), ("dik", "unmet"))]
    found = agreements(machine, coded)
    assert [(one.a, one.b) for one in found if one.criterion is None] == [
        ("machine", "ani"),
        ("machine", "budi"),
        ("ani", "budi"),
    ]
    assert {one.criterion for one in found} == {None, "dip", "dik"}


def test_a_sheet_with_a_wrong_word_is_refused_with_its_row(tmp_path: Path) -> None:
    sheet = tmp_path / "coded.csv"
    sheet.write_text("criterion,subject,status\ndip,99.71,met\ndik,99.71,ada\n", encoding="utf-8")
    with pytest.raises(CodedError, match=r"coded\.csv:3: 'ada' is no status"):
        read_coded(sheet)
    sheet.write_text("criterion,status\n", encoding="utf-8")
    with pytest.raises(CodedError, match="column 'subject' is missing"):
        read_coded(sheet)
    sheet.write_text("criterion,subject,status,coder\ndip,99.71,met,ani\ndik,99.71,,ani\n", encoding="utf-8-sig")
    assert [row.criterion for row in read_coded(sheet)] == ["dip"]


def test_a_sample_meets_every_kind_of_answer_and_can_be_drawn_again() -> None:
    rows = [
        {"criterion": f"c{n:02d}", "subject": "b", "status": status, "indicator": indicator}
        for n, (status, indicator) in enumerate([("met", "x")] * 40 + [("unmet", "x")] * 3 + [("unknown", "y")] * 3)
    ]
    drawn = spread(rows, 6, seed=7)
    assert drawn == spread(list(reversed(rows)), 6, seed=7)
    assert sorted(row["status"] for row in drawn) == ["met", "met", "unknown", "unknown", "unmet", "unmet"]
    assert len(spread(rows, 100, seed=7)) == len(rows)


def test_a_person_settles_only_what_is_for_a_person(tmp_path: Path) -> None:
    file = tmp_path / "settled.json"
    assert keep(file, [Coded(ONE.id, "99.71", "met", "Ani", "pameran 2026")], date(2026, 11, 2)) == 1
    answers = kept(file)
    asked = (ONE, Verdict("99.71", 0, 1, "human-not-observable"))
    unseen = (ONE, Verdict("99.71", 0, 1, "site-unreachable"))
    seen = (ONE, Verdict("99.71", 0, 0, "not-found"))
    (_, settled), (_, still_unseen), (_, still_seen) = settle([asked, unseen, seen], answers)
    assert (settled.low, settled.high, settled.reason, settled.slots["who"]) == (1, 1, "settled", "Ani")
    assert (still_unseen, still_seen) == (unseen[1], seen[1])
    keep(file, [Coded(ONE.id, "99.71", "unmet", "Budi", "tidak ada")], date(2026, 11, 3))
    assert [(entry["who"], entry["status"]) for entry in kept(file)] == [("Budi", "unmet")]
